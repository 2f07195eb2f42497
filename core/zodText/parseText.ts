import { parse, type Program, tokenizer, type Token } from 'acorn';
import { TokenHubError } from '../errors';
import { messageOf } from '../messageOf';
import type { Source } from './allowed';

const LONGEST_TEXT = 100_000;

/** The fences around code that was copied from a chat or a Markdown page. */
const FENCES = /^\s*```\w*[ \t]*(?=\r?\n)|(?<=\n)[ \t]*```\s*$/g;

/** The statements of a JavaScript module. @throws TokenHubError `badConfig` with line and column. */
export function parseText({ name, text }: Source): Program['body'] {
	if (text.length > LONGEST_TEXT) {
		throw new TokenHubError('badConfig', `${name} is longer than ${LONGEST_TEXT} characters.`);
	}
	const code = text.replace(FENCES, (fence) => ' '.repeat(fence.length));
	if (/^\s*\{/.test(code)) {
		throw new TokenHubError(
			'badConfig',
			`${name} contains the fields of an object, not a schema.`,
			{
				hint: /^\s*\{\s*"/.test(code)
					? 'It is JSON, not zod: choose JSON Schema, or JSON Example.'
					: 'Write z.object( before them and ) behind them.',
			},
		);
	}
	try {
		return parse(withoutTypes(code), { ecmaVersion: 2023, sourceType: 'module' }).body;
	} catch (cause) {
		const reason = messageOf(cause);
		throw new TokenHubError('badConfig', `${name} is not valid JavaScript: ${reason}`, {
			cause,
			hint: 'Close every bracket and quote. The numbers are the line and column of the mistake.',
		});
	}
}

/**
 * The text with its TypeScript types replaced by blanks, so that positions stay the same: annotations,
 * `as`, `satisfies`, type arguments, type aliases and interfaces. What is unclear is left to the
 * parser.
 */
function withoutTypes(text: string): string {
	const tokens = tokensOf(text);
	let done = '';
	for (let at = 0; at < tokens.length; at += 1) {
		const end = endOfTypes(tokens, at);
		if (end <= at) continue;
		const [from, to] = [startOf(tokens, at), startOf(tokens, end, text.length)];
		done += text.slice(done.length, from) + text.slice(from, to).replace(/\S/g, ' ');
		at = end - 1;
	}
	return done + text.slice(done.length);
}

type Tokens = ReadonlyArray<{ word: string; start: number; startsLine: boolean }>;

function tokensOf(text: string): Tokens {
	const found: Array<Tokens[number]> = [];
	let end = 0;
	const add = (token: Token) => {
		const { start } = token;
		const word = text.slice(start, token.end);
		found.push({ word, start, startsLine: /\n/.test(text.slice(end, start)) || start === 0 });
		end = token.end;
	};
	try {
		for (const token of tokenizer(text, { ecmaVersion: 2023, sourceType: 'module' })) add(token);
	} catch {
		return [];
	}
	return found;
}

function startOf(tokens: Tokens, at: number, otherwise = 0): number {
	return tokens[at]?.start ?? otherwise;
}

function word(tokens: Tokens, at: number): string {
	return tokens[at]?.word ?? '';
}

const NAME = /^[A-Za-z_$][\w$]*$/;

/** Where the types that begin at a token end; the token's own position if there are none. */
function endOfTypes(tokens: Tokens, at: number): number {
	const [before, here, next] = [-1, 0, 1].map((step) => word(tokens, at + step));
	if (here === undefined || before === undefined || next === undefined) return at;
	if (isStatement(tokens, at)) {
		const name = here === 'export' || here === 'declare' ? at + 1 : at;
		const keyword = word(tokens, name);
		if (keyword === 'interface') return endOfInterface(tokens, name + 2);
		if (keyword === 'type' && NAME.test(word(tokens, name + 1))) {
			return endOfAlias(tokens, name + 2) ?? at;
		}
		if (keyword === 'import' && word(tokens, name + 1) === 'type') return endOfLine(tokens, at);
	}
	const isCast = (here === 'as' || here === 'satisfies') && /[\w$)\]}"'`]$/.test(before);
	if (isCast && !isInImport(tokens, at)) return endOfType(tokens, at + 1);
	if (here === '<' && NAME.test(before) && word(tokens, at - 2) === '.') {
		const end = endOfAngles(tokens, at);
		if (word(tokens, end) === '(') return end;
	}
	if (here === ':' && NAME.test(before) && /^(const|let|var)$/.test(word(tokens, at - 2))) {
		return endOfType(tokens, at + 1);
	}
	if (here !== ':' || before !== ')') return at;
	const end = endOfType(tokens, at + 1, false);
	return word(tokens, end) === '=>' ? end : at;
}

function isStatement(tokens: Tokens, at: number): boolean {
	const before = word(tokens, at - 1);
	const isStart = at === 0 || /^[;}]$/.test(before) || tokens[at]?.startsLine === true;
	return isStart && !/^[{,(.:=]$/.test(before) && word(tokens, at + 1) !== ':';
}

/** `import * as z` and `{ a as b }` are not casts. */
function isInImport(tokens: Tokens, at: number): boolean {
	for (let back = at; back >= Math.max(0, at - 40); back -= 1) {
		if (/^(import|from)$/.test(word(tokens, back))) return word(tokens, back) === 'import';
		if (/^[;)=]$/.test(word(tokens, back))) return false;
		if (word(tokens, back) === 'export' && word(tokens, back + 1) === '{') return true;
	}
	return false;
}

function endOfLine(tokens: Tokens, from: number): number {
	let at = from + 1;
	while (at < tokens.length && tokens[at]?.startsLine !== true && word(tokens, at - 1) !== ';')
		at += 1;
	return at;
}

function endOfInterface(tokens: Tokens, from: number): number {
	let at = from;
	while (at < tokens.length && word(tokens, at) !== '{') at += 1;
	return endOfBrackets(tokens, at);
}

function endOfAlias(tokens: Tokens, from: number): number | undefined {
	const at = word(tokens, from) === '<' ? endOfAngles(tokens, from) : from;
	if (word(tokens, at) !== '=') return undefined;
	const end = endOfType(tokens, at + 1);
	return word(tokens, end) === ';' ? end + 1 : end;
}

const PREFIXES = new Set(['typeof', 'keyof', 'readonly', 'unique', 'infer', '|', '&', '-']);

/** One type, with its unions, lists and arguments. */
function endOfType(tokens: Tokens, from: number, takesArrow = true): number {
	for (let at = from; ;) {
		while (PREFIXES.has(word(tokens, at))) at += 1;
		const isGroup = /^[({[]$/.test(word(tokens, at));
		at = endOfSuffixes(tokens, isGroup ? endOfBrackets(tokens, at) : at + 1);
		const isContinued = /^[|&]$/.test(word(tokens, at));
		const isArrow = isGroup && takesArrow && word(tokens, at) === '=>';
		if (!isContinued && !isArrow) return at;
		at += 1;
	}
}

function endOfSuffixes(tokens: Tokens, from: number): number {
	for (let at = from; ;) {
		const here = word(tokens, at);
		if (here === '.' && tokens[at]?.startsLine !== true) at += 2;
		else if (here === '<') at = endOfAngles(tokens, at);
		else if (here === '[' && tokens[at]?.startsLine !== true) at = endOfBrackets(tokens, at);
		else return at;
	}
}

function endOfBrackets(tokens: Tokens, from: number): number {
	let depth = 0;
	for (let at = from; at < tokens.length; at += 1) {
		const here = word(tokens, at);
		if (/^(?:[({[]|\$\{)$/.test(here)) depth += 1;
		if (/^[)}\]]$/.test(here)) depth -= 1;
		if (depth <= 0) return at + 1;
	}
	return tokens.length;
}

function endOfAngles(tokens: Tokens, from: number): number {
	let depth = 0;
	for (let at = from; at < tokens.length; at += 1) {
		const here = word(tokens, at);
		if (here === '<') depth += 1;
		if (/^>+$/.test(here)) depth -= here.length;
		if (depth <= 0) return at + 1;
	}
	return tokens.length;
}
