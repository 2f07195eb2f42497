/**
 * Names whose values open doors, however they are spelled: `X-Api-Key`, `apiKey`, `API_KEY`. The end
 * of a name says what it is: a `tokenCount` is a number, a `secretary` a person.
 */
const SECRETS = [
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
	return SECRETS.some((pattern) => pattern.test(letters));
}

/** A longer name is none. */
const LONGEST_NAME = 100;

function lettersOf(name: string): string {
	return name.length > LONGEST_NAME ? '' : name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The same for a header or a part of a query, where a key is mostly one to a door. */
export function isSecretPart(name: string): boolean {
	return isSecretName(name) || SECRET_PARTS.test(lettersOf(name));
}

const SECRET_PARTS =
	/(?:sig|hmac|auth|session|accesskeyid)$|(?<!sort|primary|foreign|public|cache|partition|group|order|idempotency|mon)key$/;

/** What stands under a name of a secret, and says what is wrong with it. */
const SAID =
	/^(?:(?:is )?(?:not )?(?:required|missing|invalid|valid|expired|revoked|wrong|incorrect|unknown|expected|none|null|undefined|empty|blank|hidden|redacted|true|false|string|too[ _-](?:short|long|weak|simple|common|old)|include|omit|same-origin)(?![^\s.,:;!)])|\W*$|…|\[?redacted)|\s(?:is|are|was|be|been|must|may|should|not|cannot|required|invalid|expected|missing|wrong|incorrect|expired|has|have|does|too|than|least)\b/i;

export function isSaidOfSecret(value: string): boolean {
	return SAID.test(value.slice(0, 1_000));
}

/** What may be shown of a field of an error: `…` in place of what opens doors. */
export function shownField(name: string, value: unknown): unknown {
	if (!isSecretName(name)) return value;
	if (typeof value === 'string') return isSaidOfSecret(value) ? value : '…';
	if (typeof value === 'number' || typeof value === 'bigint') return '…';
	if (Array.isArray(value)) return value.slice(0, 100).map((entry) => shownField(name, entry));
	const isHolder = /(?:cookie|secret|credential)s?$/i.test(name);
	return isHolder && typeof value === 'object' && value !== null ? '…' : value;
}
