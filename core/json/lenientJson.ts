import { tryJson } from '../tryJson';
import { endOfComment, endOfString } from './balancedSpans';

/** What Python and JavaScript write. A Map: words such as `valueOf` are just words. */
const LITERALS = new Map([
	['True', 'true'],
	['False', 'false'],
	['None', 'null'],
	['undefined', 'null'],
	['NaN', 'null'],
]);

/**
 * The value of a JSON text with comments, trailing commas, single quotes, bare keys, line breaks in
 * strings, or the literals of Python and JavaScript. Strings are taken over letter by letter, so
 * that nothing in them can be mistaken for anything else.
 */
export function lenientJson(text: string): unknown {
	const tokens: string[] = [];
	for (let index = 0; index < text.length;) {
		const end = tokenEnd(text, index);
		const token = text.slice(index, end);
		if (token.trim() !== '' && !isComment(token)) tokens.push(token);
		index = end;
	}
	return tryJson(tokens.map(toJson).join(''));
}

function isComment(token: string): boolean {
	return token.startsWith('//') || token.startsWith('/*');
}

function tokenEnd(text: string, start: number): number {
	const char = text.charAt(start);
	if (char === '"' || char === "'") return endOfString(text, start) + 1;
	if (char === '/') return endOfComment(text, start) + 1;
	WORD.lastIndex = start;
	return start + (WORD.exec(text)?.[0].length ?? 1);
}

const WORD = /[A-Za-z_$][\w$]*|\s+/y;
const BARE_KEY = /^[A-Za-z_$]/;

function toJson(token: string, index: number, tokens: readonly string[]): string {
	const next = tokens[index + 1];
	if (token === ',' && (next === '}' || next === ']')) return '';
	if (token.startsWith("'")) return JSON.stringify(unescaped(token.slice(1, -1)));
	if (token.startsWith('"')) return token.replace(CONTROL, escaped);
	if (next === ':' && BARE_KEY.test(token)) return JSON.stringify(token);
	return LITERALS.get(token) ?? token;
}

// JSON wants them escaped; models leave them as they are.
const CONTROL = /[\u0000-\u001f]/g;
const escaped = (char: string) => JSON.stringify(char).slice(1, -1);

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^])/g;
const NAMED = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
]);

function unescaped(body: string): string {
	return body.replace(ESCAPE, (sequence) => {
		const kind = sequence.charAt(1);
		const isCode = sequence.length > 2 && 'ux'.includes(kind);
		if (isCode) return String.fromCharCode(parseInt(sequence.slice(2), 16));
		return NAMED.get(kind) ?? sequence.slice(1);
	});
}
