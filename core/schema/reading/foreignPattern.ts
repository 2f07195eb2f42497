/** JavaScript spells these differently, or reads them as plain letters: `\A` is an A to it. */
const FOREIGN =
	/\\[AZzhHRaeQ]|\\x\{|\(\?P[<=]|\(\?#|\(\?[a-zA-Z]+\)|\[\[:|\[\^\[:|:\]|^\/\^.*\$\/[gu]{0,2}$/s;

/**
 * A regular expression from any language as JSON Schema expects it: for JavaScript with the flag `u`.
 */
export function ownPattern(source: string): string {
	return unicodePattern(foreignPattern(source));
}

/**
 * A regular expression from Python, Go, Java, PHP or .NET, or one between slashes, in JavaScript's
 * syntax.
 */
function foreignPattern(source: string): string {
	if (!FOREIGN.test(source)) return source;
	const [, between = source] = /^\/(\^.*\$)\/[gu]{0,2}$/s.exec(source) ?? [];
	const [head = '', flags = ''] = /^\(\?([aiLsu]+)\)/.exec(between) ?? [];
	const reader: Reader = { source: between, at: head.length, isIn: false, flags, items: [] };
	let text = '';
	while (reader.at < between.length) text += reader.isIn ? inClass(reader) : outside(reader);
	return text;
}

interface Reader {
	source: string;
	at: number;
	/** Whether it is inside a character class. */
	isIn: boolean;
	/** For the whole pattern: `i` ignores case, `s` lets a dot match any letter. */
	flags: string;
	/** The content of the class so far. */
	items: string[];
}

const OUTSIDE: ReadonlyArray<readonly [RegExp, (found: string[]) => string]> = [
	[/\\A/y, () => '^'],
	[/\\[Zz]/y, () => '$'],
	[/\\Q([^]*?)(?:\\E|$)/y, ([, text = '']) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')],
	[/\(\?P<(\w+)>/y, ([, name = '']) => `(?<${name}>`],
	[/\(\?P=(\w+)\)/y, ([, name = '']) => `\\k<${name}>`],
	[/\(\?#[^)]*\)/y, () => ''],
	[/\\R/y, () => '(?:\\r\\n|[\\n\\r])'],
	[/\\h/y, () => '[ \\t]'],
	[/\\H/y, () => '[^ \\t]'],
];

const ANYWHERE: ReadonlyArray<readonly [RegExp, (found: string[]) => string]> = [
	[/\\a/y, () => '\\x07'],
	[/\\e/y, () => '\\x1b'],
	[/\\x\{([\da-f]{1,6})\}/iy, ([, code = '']) => `\\u{${code}}`],
	[/\\[^]/y, ([text = '']) => text],
];

function outside(reader: Reader): string {
	const read = readPiece(reader, OUTSIDE) ?? readPiece(reader, ANYWHERE);
	if (read !== undefined) return read;
	const letter = next(reader);
	if (letter === '[') {
		reader.isIn = true;
		reader.items = [];
		const sign = reader.source[reader.at] === '^' ? next(reader) : '';
		// In these languages, a bracket at the start of a class is a letter.
		if (reader.source[reader.at] === ']') reader.items.push(`\\${next(reader)}`);
		return `[${sign}${reader.items.join('')}`;
	}
	if (letter === '.' && reader.flags.includes('s')) return '[^]';
	const other = swapped(letter);
	return reader.flags.includes('i') && other !== letter ? `[${letter}${other}]` : letter;
}

const CLASSES: Readonly<Partial<Record<string, string>>> = {
	...{ alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z' },
	...{ space: '\\s', blank: ' \\t', word: '\\w', xdigit: '0-9A-Fa-f', cntrl: '\\x00-\\x1f\\x7f' },
	...{ punct: '!-\\/:-@\\[-`{-~', print: ' -~', graph: '!-~' },
};

const IN_CLASS: ReadonlyArray<readonly [RegExp, (found: string[]) => string]> = [
	[/\[:(\w+):\]/y, ([whole = '', name = '']) => CLASSES[name] ?? whole],
	[/\\h/y, () => ' \\t'],
];

function inClass(reader: Reader): string {
	const read = readPiece(reader, IN_CLASS) ?? readPiece(reader, ANYWHERE);
	if (read !== undefined) {
		reader.items.push(read);
		return read;
	}
	const letter = next(reader);
	if (letter !== ']') {
		reader.items.push(letter);
		return letter;
	}
	reader.isIn = false;
	const others = reader.flags.includes('i') ? reader.items.map(swappedItem).join('') : '';
	return others === reader.items.join('') ? letter : `${others}${letter}`;
}

function readPiece(
	reader: Reader,
	forms: ReadonlyArray<readonly [RegExp, (found: string[]) => string]>,
): string | undefined {
	for (const [form, written] of forms) {
		form.lastIndex = reader.at;
		const found = form.exec(reader.source);
		if (!found) continue;
		reader.at += found[0].length;
		return written([...found]);
	}
	return undefined;
}

function next(reader: Reader): string {
	const [letter = ''] = reader.source.slice(reader.at, reader.at + 2);
	reader.at += letter.length;
	return letter;
}

function swappedItem(item: string): string {
	return item.length === 1 ? swapped(item) : item;
}

function swapped(letter: string): string {
	const lower = letter.toLowerCase();
	return letter === lower ? letter.toUpperCase() : lower;
}

/**
 * JSON Schema expects regular expressions with JavaScript's flag `u`, and many are written without it
 * in mind: `[\w-.]`, `\-`, a bare `{`. A pattern that is only valid in the older syntax becomes an
 * equivalent one with `u`; one that is not valid in either is unchanged.
 */
export function unicodePattern(source: string): string {
	if (compiles(source, 'u') || !compiles(source, '')) return source;
	const own = translated(source);
	return compiles(own, 'u') ? own : source;
}

function compiles(source: string, flags: string): boolean {
	try {
		return new RegExp(source, flags) instanceof RegExp;
	} catch {
		return false;
	}
}

/** What was read at a place, and how many letters of the source it takes. */
interface Piece {
	text: string;
	taken: number;
}

interface Facts {
	groups: number;
	hasNames: boolean;
}

function translated(source: string): string {
	const facts = {
		groups:
			source.replace(/\\.|\[(?:\\.|[^\]])*\]/gs, '').match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0,
		hasNames: /\(\?<[^=!]/.test(source),
	};
	let text = '';
	let opened: number[] = [];
	for (let at = 0; at < source.length;) {
		const piece = pieceAt(source, at, facts);
		if (source[at] === '(') opened = [...opened, text.length];
		const closes = source[at] === ')';
		text += piece.text;
		at += piece.taken;
		if (!closes) continue;
		const from = opened.pop() ?? 0;
		// Without `u`, a look-ahead may be repeated.
		const isRepeated = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(source.slice(at));
		if (isRepeated && /^\(\?[=!]/.test(text.slice(from))) {
			text = `${text.slice(0, from)}(?:${text.slice(from)})`;
		}
	}
	return text;
}

function pieceAt(source: string, at: number, facts: Facts): Piece {
	const letter = source[at] ?? '';
	const rest = source.slice(at);
	if (letter === '\\') return escapeAt(rest, facts, false);
	if (letter === '[') return classAt(rest, facts);
	if (letter === '{') {
		const count = /^\{\d+(?:,\d*)?\}/.exec(rest)?.[0];
		return count ? { text: count, taken: count.length } : { text: '\\{', taken: 1 };
	}
	const isLiteral = letter === '}' || letter === ']';
	return { text: isLiteral ? `\\${letter}` : letter, taken: 1 };
}

const KEPT = /^\\(?:[dDsSwWbBfnrtv^$\\.*+?()[\]{}|/]|x[\da-f]{2}|u[\da-f]{4}|c[a-z])/i;
const LETTERS_KEPT = /^\\[dDsSwWbBfnrtvxuc^$\\.*+?()[\]{}|/]/;

function escapeAt(rest: string, { groups, hasNames }: Facts, isInClass: boolean): Piece {
	const kept = LETTERS_KEPT.test(rest) ? KEPT.exec(rest)?.[0] : undefined;
	if (kept !== undefined && !(isInClass && kept === '\\B')) return whole(kept);
	const next = [...rest.slice(1)][0] ?? '';
	if (isInClass && next === '-') return whole('\\-');
	if (next === 'c') return { text: '\\\\', taken: 1 };
	if (next === 'k' && hasNames) return whole(/^\\k<[^>]*>/.exec(rest)?.[0] ?? '\\k');
	const reference = isInClass ? undefined : /^\\[1-9]\d*/.exec(rest)?.[0];
	if (reference !== undefined && Number(reference.slice(1)) <= groups) {
		// A digit may follow.
		return { text: `(?:${reference})`, taken: reference.length };
	}
	const octal = /^\\([0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest);
	if (octal) return { text: hex(parseInt(octal[1] ?? '', 8)), taken: octal[0].length };
	return { text: isInClass ? escapedInClass(next) : next, taken: 1 + next.length };
}

function whole(text: string): Piece {
	return { text, taken: text.length };
}

function hex(code: number): string {
	return `\\x${code.toString(16).padStart(2, '0')}`;
}

/** A class such as `\d` cannot end a range: then the `-` next to it is a letter. */
function classAt(rest: string, facts: Facts): Piece {
	let at = rest.startsWith('[^') ? 2 : 1;
	const atoms: string[] = [];
	while (at < rest.length && rest[at] !== ']') {
		const letter = [...rest.slice(at)][0] ?? '';
		const piece =
			letter === '\\'
				? escapeAt(rest.slice(at), facts, true)
				: { text: letter === '-' ? letter : escapedInClass(letter), taken: letter.length };
		atoms.push(piece.text);
		at += piece.taken;
	}
	const text = atoms.map((atom, index) => {
		const [before, after] = [atoms[index - 1], atoms[index + 1]];
		const isEdge = before === undefined || after === undefined;
		return atom === '-' && (isEdge || isSet(before) || isSet(after)) ? '\\-' : atom;
	});
	return { text: `${rest.startsWith('[^') ? '[^' : '['}${text.join('')}]`, taken: at + 1 };
}

function isSet(atom: string): boolean {
	return /^\\[dDsSwW]$/.test(atom);
}

function escapedInClass(letter: string): string {
	return /[\\^\]]/.test(letter) ? `\\${letter}` : letter;
}
