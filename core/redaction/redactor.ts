import { isRecord } from '../lib/isRecord';

/** Removes one secret from whatever comes from outside. What does not contain it is not changed. */
export interface Redactor {
	text(this: void, text: string): string;
	/** A JSON value, including its keys; the same object if it does not contain the secret. */
	value(this: void, value: unknown): unknown;
	/** How many characters at the end of a text may be the beginning of the secret. */
	openTail(this: void, text: string): number;
}

/** Deeper values are cut off where they contain the secret: a hostile one would overflow the stack. */
const DEEPEST = 500;

/**
 * @param secret An empty one occurs nowhere.
 * @param mark Replaces the secret.
 */
export function redactorOf(secret: string, mark = 'th-…'): Redactor {
	const spellings = secret === '' ? [] : spellingsOf(secret);
	const isTooShort = (given: string) => given.length < secret.length;
	// One form after the other: searching for all of them at each place would take quadratic time.
	const text = (given: string) =>
		isTooShort(given)
			? given
			: spellings.reduce((rest, spelling) => replaced(rest, spelling, mark), given);
	const holds = (given: string) =>
		!isTooShort(given) && spellings.some(({ find }) => find(given, 0) !== undefined);
	return {
		text,
		value: (given) => (someText(given, holds) ? mapTexts(given, text) : given),
		openTail: (given) => Math.max(0, ...spellings.map((spelling) => spelling.openTail(given))),
	};
}

function replaced(text: string, { find }: Spelling, mark: string): string {
	const parts: string[] = [];
	let from = 0;
	for (let place = find(text, 0); place; place = find(text, from)) {
		parts.push(text.slice(from, place.start), mark);
		from = place.end;
	}
	return from === 0 ? text : parts.join('') + text.slice(from);
}

/** Whether any text in a JSON value matches; without recursion, because it may be deep. */
function someText(value: unknown, isMeant: (text: string) => boolean): boolean {
	const left = [value];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next === 'string') {
			if (isMeant(next)) return true;
		} else if (Array.isArray(next)) {
			for (const entry of next) left.push(entry);
		} else if (isRecord(next)) {
			for (const key of Object.keys(next)) left.push(key, next[key]);
		}
	}
	return false;
}

/** A JSON value with each text in it replaced, including keys; the same object if nothing changes. */
export function mapTexts(value: unknown, map: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return map(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) return '…';
	const given: Array<[string, unknown]> = Object.entries(value);
	const mapped = given.map(([key, entry]): [string, unknown] => [
		Array.isArray(value) ? key : map(key),
		mapTexts(entry, map, depth + 1),
	]);
	const isSame = mapped.every(
		([key, entry], at) => key === given[at]?.[0] && entry === given[at][1],
	);
	if (isSame) return value;
	return Array.isArray(value) ? mapped.map(([, entry]) => entry) : Object.fromEntries(mapped);
}

/** Where a secret is in a text. */
interface Place {
	start: number;
	end: number;
}

/** One form in which somebody may repeat a secret. */
interface Spelling {
	/** The next place at or after `from`. */
	find(this: void, text: string, from: number): Place | undefined;
	/** How many characters at the end of a text may be its beginning. */
	openTail(this: void, text: string): number;
}

/** Shorter ones would be found in texts that never contained them. */
const SHORTEST_ENCODED = 8;

/**
 * Unchanged, in other letter case, escaped for JSON, URLs or HTML (also twice), in base64 from any byte
 * on, and in hexadecimal: no form is shorter than the secret. Short secrets count only unchanged.
 */
function spellingsOf(secret: string): Spelling[] {
	if (secret.length < SHORTEST_ENCODED) return [exactly(secret)];
	return [escapedForm(secret), ...encodings(secret).map(exactly)];
}

/** A form that occurs letter by letter. */
function exactly(form: string): Spelling {
	return {
		find(text, from) {
			const start = text.indexOf(form, from);
			return start < 0 ? undefined : { start, end: start + form.length };
		},
		openTail(text) {
			const first = Math.max(0, text.length - form.length + 1);
			for (let at = text.indexOf(form.charAt(0), first); at >= 0;) {
				if (form.startsWith(text.slice(at))) return text.length - at;
				at = text.indexOf(form.charAt(0), at + 1);
			}
			return 0;
		},
	};
}

/** The base64 characters that the secret alone determines, from each of three offsets; and hex. */
function encodings(secret: string): string[] {
	const forms = [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.from('\0'.repeat(before) + secret);
		const end = Math.floor((bytes.length * 8) / 6);
		const alphabets = [bytes.toString('base64'), bytes.toString('base64url')];
		return alphabets.map((text) => text.slice(Math.ceil((before * 8) / 6), end));
	});
	const hex = Buffer.from(secret).toString('hex');
	return [...new Set([...forms, hex, hex.toUpperCase()])];
}

function escapedForm(secret: string): Spelling {
	const chars = [...secret.toLowerCase()];
	const start = new RegExp(chars.slice(0, 3).map(anySpelling).join(''), 'gi');
	/** Where a spelling may begin. */
	const first = new RegExp(
		`[${escaped(chars[0] ?? '')}${Object.keys(ESCAPES).map(escaped).join('')}]`,
		'gi',
	);
	return {
		find(text, from) {
			start.lastIndex = from;
			for (let begin = start.exec(text); begin; begin = start.exec(text)) {
				const { end } = spelledAt(text, begin.index, chars);
				if (end !== undefined) return { start: begin.index, end };
				start.lastIndex = begin.index + 1;
			}
			return undefined;
		},
		openTail(text) {
			first.lastIndex = Math.max(0, text.length - chars.length * LONGEST_ESCAPE);
			for (let begin = first.exec(text); begin; begin = first.exec(text)) {
				if (spelledAt(text, begin.index, chars).isOpen) return text.length - begin.index;
			}
			return 0;
		},
	};
}

interface Spelled {
	end?: number;
	/** The text ends before it is decided. */
	isOpen: boolean;
}

/** All ways to continue are followed in parallel: `%25` may be three characters or one. */
function spelledAt(text: string, at: number, chars: readonly string[]): Spelled {
	let ends = [at];
	let isOpen = false;
	for (const char of chars) {
		const next = new Set<number>();
		for (const end of ends) {
			if (text.charAt(end).toLowerCase() === char) next.add(end + 1);
			for (const escaped of escapesAt(text, end)) if (escaped.char === char) next.add(escaped.end);
			isOpen ||= end === text.length || mayBecomeEscape(text, end);
		}
		ends = [...next];
		if (ends.length === 0) return { isOpen };
	}
	return { end: Math.max(...ends), isOpen: false };
}

/** Escapes may be escaped again; without a limit, a text of nothing but escapes would take forever. */
const ESCAPES: Record<string, RegExp[]> = {
	'%': [0, 1, 2, 3].map((n) => new RegExp(`%(?:25){${n}}(?<hex>[0-9a-f]{2})`, 'iy')),
	'\\': [1, 2, 3, 4, 5, 6, 7, 8].map(
		(n) =>
			new RegExp(
				`\\\\{${n}}(?:u(?<hex>[0-9a-f]{4})|x(?<two>[0-9a-f]{2})|(?<self>[^\\w\\s]))`,
				'iy',
			),
	),
	'&': [0, 1, 2, 3].map(
		(n) =>
			new RegExp(
				`&(?:amp;){${n}}(?:#x(?<hex>[0-9a-f]{1,6})|#(?<dec>\\d{1,7})|(?<name>[a-z]{2,6}));`,
				'iy',
			),
	),
};
const UNFINISHED = /[%\\&][%\\#&;\w]*$/y;
const LONGEST_ESCAPE = 24;

function mayBecomeEscape(text: string, at: number): boolean {
	UNFINISHED.lastIndex = at;
	return text.length - at < LONGEST_ESCAPE && UNFINISHED.test(text);
}

/** The characters, in lower case, that an escape at this place may represent. */
function escapesAt(text: string, at: number): Array<{ char: string; end: number }> {
	return (ESCAPES[text.charAt(at)] ?? []).flatMap((escape) => {
		escape.lastIndex = at;
		const groups = escape.exec(text)?.groups;
		const char = groups && charOf(groups);
		return char === undefined ? [] : { char: char.toLowerCase(), end: escape.lastIndex };
	});
}

function charOf({ hex, two, dec, self, name }: Record<string, string | undefined>) {
	const sixteen = hex ?? two;
	if (self !== undefined) return self;
	if (name !== undefined) return NAMED.get(name);
	return String.fromCharCode(sixteen === undefined ? Number(dec) : Number.parseInt(sixteen, 16));
}

/** HTML's names for characters that a secret may contain. */
const NAMED = new Map(
	Object.entries({
		...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', bsol: '\\', equals: '=' },
		...{ plus: '+', period: '.', lowbar: '_', colon: ':', semi: ';', num: '#', percnt: '%' },
		...{ commat: '@', comma: ',', excl: '!', quest: '?', ast: '*', lpar: '(', rpar: ')' },
		...{ dollar: '$', lsqb: '[', rsqb: ']', lcub: '{', rcub: '}', verbar: '|', grave: '`' },
		...{ Hat: '^', tilde: '~', dash: '-' },
	}),
);

const escaped = (char: string) => (/\w/.test(char) ? char : `\\${char}`);

/** The source of a pattern that quickly finds all spellings of one character. */
function anySpelling(char: string): string {
	const itself = escaped(char);
	const codes = [...new Set([char, char.toUpperCase()])].map((one) => one.charCodeAt(0));
	const hex = `(?:${codes.map((code) => code.toString(16)).join('|')})`;
	const names = [...NAMED].filter(([, named]) => named === char).map(([name]) => `|${name}`);
	const self = /\w/.test(char) ? '' : `|${itself}`;
	return [
		`(?:${itself}`,
		`|%(?:25){0,3}${hex}`,
		`|\\\\{1,8}(?:u00${hex}|x${hex}${self})`,
		`|&(?:amp;){0,3}(?:#x0{0,4}${hex}|#0{0,5}(?:${codes.join('|')})${names.join('')});)`,
	].join('');
}
