import { TokenHubError, withFacts } from '../errors';
import { isRecord } from '../lib/isRecord';
import { mapTexts, type Redactor } from './redactor';

/** How many levels of causes are kept. */
const DEEPEST_CAUSE = 5;

/** The message of an error as it may be shown. */
export function errorText(text: string, redactor: Redactor): string {
	return withoutSecrets(redactor.text(text));
}

/**
 * Whatever was thrown, reduced to a message without secrets: errors of HTTP clients carry requests and
 * answers, headers included.
 */
export function plainError(thrown: unknown, redactor: Redactor, depth = 0): Error {
	if (thrown instanceof TokenHubError) return plainOwnError(thrown, redactor);
	if (!isRecord(thrown)) return new Error(errorText(wordsOf(thrown), redactor));
	const { message, name, code, syscall, stack, cause, errors } = thrown;
	const inner: unknown = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
	const isDeep = inner === undefined || inner === null || depth >= DEEPEST_CAUSE;
	const plain = new Error(typeof message === 'string' ? errorText(message, redactor) : '', {
		...(isDeep ? {} : { cause: plainError(inner, redactor, depth + 1) }),
	});
	for (const [key, value] of Object.entries({ name, code, syscall, stack })) {
		if (typeof value !== 'string') continue;
		const text = errorText(value, redactor);
		Object.defineProperty(plain, key, { value: text, enumerable: false, configurable: true });
	}
	return plain;
}

/** The same error, unless it contains a secret or a foreign error. */
function plainOwnError(error: TokenHubError, redactor: Redactor): TokenHubError {
	const { kind: _kind, ...details } = error.details;
	const message = errorText(error.message, redactor);
	const plain = mapTexts(details, (text) => errorText(text, redactor));
	const isPlain = message === error.message && plain === details && error.cause === undefined;
	if (isPlain) return error;
	const cause = error.cause === undefined ? undefined : plainError(error.cause, redactor);
	return withFacts(error, { message, ...details, ...(isRecord(plain) ? plain : {}), cause });
}

function wordsOf(thrown: unknown): string {
	return typeof thrown === 'string' ? thrown : `an error without a message (${typeof thrown})`;
}

/** What may be anybody's secret in a text that was never meant for readers: an error message. */
const SECRETS: ReadonlyArray<[pattern: RegExp, replacement: string]> = [
	[/\bth-[^\s"'`<>,;()\\…]{6,}/gi, 'th-…'],
	[/(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)[^-…]{1,20000}/g, '$1…'],
	[/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?/g, 'eyJ…'],
	[
		/\b(sk-|rk-|[spr]k_live_|[spr]k_test_|gh[opsur]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA|AIza|hf_|npm_|ya29\.)(?=[\w.-]{0,200}\d)[\w.-]{10,}/g,
		'$1…',
	],
	[
		/\b(bearer)((?:\s|%20|\+){1,4})(?!(?:tokens?|auth\w*|scheme|realm|header|keys?|in|is|or|and|was|for|required|credentials?)\b)[^\s"',;<>…]+/gi,
		'$1$2…',
	],
	// Addresses to which anybody who has them may write.
	[
		/(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d{1,30}\/|\.webhook\.office\.com\/webhookb2\/)[^\s"'<>…]+/gi,
		'$1…',
	],
	[/(?<![a-z])(bot)\d{6,15}:[\w-]{20,}/gi, '$1…'],
	[/\b(SG\.)[\w-]{10,}\.[\w-]{10,}/g, '$1…'],
	[/\b(GOCSPX-|whsec_|xapp-|ntn_|secret_)(?=[\w-]{0,100}[A-Z0-9])[\w+/=-]{16,}/g, '$1…'],
	[/\b(shp(?:at|ca|pa|ss)_|SK|AC|key-)[0-9a-f]{32}\b/g, '$1…'],
	[/\b(pat)[A-Za-z0-9]{14}\.[0-9a-f]{32,}/g, '$1…'],
	[/(?<![\w-])[MNO][\w-]{22,26}\.[\w-]{6}\.[\w-]{27,}/g, '…'],
	// Command lines.
	[/((?:^|\s)(?:-u|--user|--proxy-user)[ =]["']?[^\s:"']{1,100}:)[^\s"'…]+/g, '$1…'],
	[
		/((?:^|\s)--[\w-]{0,40}(?:password|passwd|passphrase|token|secret|api-?key|access-?key)\s{1,3}["']?)(?!-|(?:is|are|was|must|may|can|cannot|should|not|option|flag|argument|parameter|value|requires?|and|or|for|to|needs|has)\b)[^\s"'…]+/gi,
		'$1…',
	],
	[/(\b(?:mysql\w*|mariadb\w*|mongo\w*)\s[^\n]{0,200}?\s-p)[^\s"'-][^\s"'…]*/g, '$1…'],
	[/(\bsshpass\s[^\n]{0,50}?-p\s{0,3}["']?)[^\s"'…]+/g, '$1…'],
	// Not "Basic plan": a name and a password in base64 are longer, and more than lower-case letters.
	[/\b([Bb]asic|BASIC)((?:\s|%20|\+){1,4})(?=[a-z+/]*[A-Z0-9=])[\w+/=-]{8,}/g, '$1$2…'],
	// Up to the last "@" of a possible host; a password may contain one, and a slash where it must not.
	[/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,500}@/gi, '$1…@'],
	[
		/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#:@"'<>]{0,100}:(?!\d{1,5}\/)[^\s@"'<>]{1,200}@(?=[\w.-]{1,100}(?:[:/?\s"']|$))/gi,
		'$1…@',
	],
];

/**
 * A name followed by a sign, in every form in which requests and answers are printed: header, JSON
 * (also inside JSON), a printed object, a query, a connection string.
 */
const NAMED =
	/(?<![\w.]|[\w.]-)((?:(?:api|access|private|secret|client|auth|refresh)\s)?[a-z][\w.-]{0,60})(\\{0,6}["'`]?\s{0,3}(?:=>?|:)\s{0,3}\[?\s{0,3})/gi;

const VALUE =
	/\\{1,6}"(?:(?!\\{1,6}")[^\n]){1,4000}|"(?:\\[^\n]|[^"\\\n]){1,4000}|'(?:\\[^\n]|[^'\\\n]){1,4000}|[^\s"'`,;&<>()[\]{}|\\]{1,4000}/y;

const SCHEME = /^(?:bearer|basic|token|digest|negotiate|ntlm|apikey|key|hmac\S*|oauth|aws4\S*)$/i;

/** An error message without tokens, key-like words, passwords in URLs and the like. */
export function withoutSecrets(text: string): string {
	const plain = SECRETS.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), text);
	return withoutNamed(plain);
}

function withoutNamed(text: string): string {
	const parts: string[] = [];
	let from = 0;
	NAMED.lastIndex = 0;
	for (let found = NAMED.exec(text); found; found = NAMED.exec(text)) {
		const [, name = '', sign = ''] = found;
		const start = found.index + name.length + sign.length;
		const place = secretAt({ text, name, sign, start });
		if (!place) continue;
		const { value } = place;
		const [quote = ''] = /^\\*["']/.exec(value) ?? [];
		parts.push(text.slice(from, start), quote, '…');
		from = start + lengthOf(place);
		NAMED.lastIndex = from;
	}
	return from === 0 ? text : parts.join('') + text.slice(from);
}

interface Named {
	text: string;
	name: string;
	sign: string;
	/** The position at which the value begins. */
	start: number;
}

/** Values that have nothing left to hide. */
const HIDDEN =
	/^\\*["']?(?:(?:bearer|basic|token|digest)\s{1,3}|th-|sk-|rk-|[spr]k_(?:live|test)_|gh[opsur]_|github_pat_|glpat-|xox[a-z]-|A[KS]IA|AIza|hf_|npm_|ya29\.|eyJ)?…/i;

const isQuoted = (value: string) => /^\\*["']/.test(value);

/** Undefined if it is not a secret: it may itself be a name with a value, an address with its query. */
function secretAt(named: Named): (Named & { value: string }) | undefined {
	const { text, name, sign, start } = named;
	const before = text.charAt(start - sign.length - name.length - 1);
	const isQuery = /[?&#;]/.test(before) && sign === '=';
	if (!(isQuery ? isSecretPart(name) : isSecretName(name))) return undefined;
	VALUE.lastIndex = start;
	const [value = ''] = VALUE.exec(text) ?? [];
	return value !== '' && isSecret({ ...named, value }) ? { ...named, value } : undefined;
}

function isSecret({ text, name, sign, value, start }: Named & { value: string }): boolean {
	if (HIDDEN.test(text.slice(start, start + 50))) return false;
	if (
		isSaidOfSecret(value.replace(/^\\*["']/, '')) ||
		isOfGrammar(text, { name, sign, value, start })
	)
		return false;
	if (isQuoted(value) || sign.includes('=') || !/^[A-Z]?[a-z]+$/.test(value)) return true;
	// "password: must be longer" is a statement, "password: letmein" is not.
	const more = text.slice(start + value.length, start + value.length + 3);
	return SCHEME.test(value) || !/^ [a-z]/i.test(more);
}

/**
 * About a parser's token, a count of tests, or a thing that is only named: none of them is a secret.
 */
function isOfGrammar(text: string, named: Omit<Named, 'text'> & { value: string }) {
	const { name, sign, value, start } = named;
	const before = text.slice(Math.max(0, start - name.length - 30), start);
	const after = text.slice(start + value.length, start + value.length + 40);
	if (/\b(?:unexpected|unsupported|near)\s{1,3}tokens?["'`]?\s{0,3}[:=]/i.test(before))
		return /^["']?[^\d"']{1,20}["']?$/.test(value);
	if (/^pass$/i.test(name)) return /^\d{1,6}$/.test(value) && /^[,;]?\s{0,3}fail/i.test(after);
	const isMissed = /^ (?:(?:was|is) )?(?:not found|missing)|^ (?:does not exist|attribute )/.test(
		after,
	);
	return isMissed && sign.includes(':') && /^[a-z]{1,20}(?:-[a-z]{1,20}){0,5}$/i.test(value);
}

/** Including what belongs to it: the words after the scheme of a header, all cookies of a line. */
function lengthOf({ text, name, value, start }: Named & { value: string }): number {
	if (isQuoted(value)) return value.length;
	const rest = text.slice(start, start + LONGEST_LINE);
	if (/cookie$/i.test(name)) return (/^[^\n\r"'\\]+/.exec(rest) ?? [value])[0].length;
	if (!SCHEME.test(value)) return value.length;
	const parameters = /^\S+(?:\s+[^\s"'\\]+=[^\n\r]*|\s+[^\s"',;\\]+)/.exec(rest);
	return parameters?.[0].length ?? value.length;
}

const LONGEST_LINE = 4_000;

/**
 * Names whose values give access, in any spelling: `X-Api-Key`, `apiKey`, `API_KEY`. The end of a name
 * says what it is: a `tokenCount` is a number, a `secretary` a person.
 */
const SECRET_NAMES = [
	/(?:password|passwd|passphrase|passcode|pwd|secret|cookie|credential|signature)s?$/,
	/(?:^|db|user|smtp|mail|ftp|proxy|redis|admin|root)pass$/,
	/(?:authorization|bearer|jwt)$/,
	/^(?:x|proxy|http|basic)?auth$/,
	/(?:^x?|user|login|php|j|asp)sess(?:ion)?(?:id|key)?$|session(?:id|key)$/,
	/(?<!page|next|cursor|continuation|sync|delta|skip|resume|cancel|cancellation|stop|unexpected)token$/,
	/(?:api|access|private|secret|auth|signing|encryption|master|account|shared|subscription|functions|license|webhook)key$/,
];

export function isSecretName(name: string): boolean {
	const letters = lettersOf(name);
	return SECRET_NAMES.some((pattern) => pattern.test(letters));
}

/** A longer text is not a name. */
const LONGEST_NAME = 100;

function lettersOf(name: string): string {
	return name.length > LONGEST_NAME ? '' : name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The same for a header or a query parameter, where `key` usually means a secret one. */
export function isSecretPart(name: string): boolean {
	return isSecretName(name) || SECRET_PARTS.test(lettersOf(name));
}

const SECRET_PARTS =
	/(?:sig|hmac|auth|session|accesskeyid)$|(?<!sort|primary|foreign|public|cache|partition|group|order|idempotency|mon)key$/;

/** What is under the name of a secret, but says what is wrong with it. */
const SAID =
	/^(?:(?:is )?(?:not )?(?:required|missing|invalid|valid|expired|revoked|wrong|incorrect|unknown|expected|none|null|undefined|empty|blank|hidden|redacted|true|false|string|too[ _-](?:short|long|weak|simple|common|old)|include|omit|same-origin)(?![^\s.,:;!)])|\W*$|…|\[?redacted)|\s(?:is|are|was|be|been|must|may|should|not|cannot|required|invalid|expected|missing|wrong|incorrect|expired|has|have|does|too|than|least)\b/i;

function isSaidOfSecret(value: string): boolean {
	return SAID.test(value.slice(0, 1_000));
}

/** A field of an error as it may be shown: `…` replaces a secret. */
export function shownField(name: string, value: unknown): unknown {
	if (!isSecretName(name)) return value;
	if (typeof value === 'string') return isSaidOfSecret(value) ? value : '…';
	if (typeof value === 'number' || typeof value === 'bigint') return '…';
	if (Array.isArray(value)) return value.slice(0, 100).map((entry) => shownField(name, entry));
	const isHolder = /(?:cookie|secret|credential)s?$/i.test(name);
	return isHolder && typeof value === 'object' && value !== null ? '…' : value;
}
