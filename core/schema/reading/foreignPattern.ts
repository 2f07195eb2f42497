import { unicodePattern } from './unicodePattern';

/** What one of these means, JavaScript writes otherwise, or reads as plain letters: `\A` is an A to it. */
const FOREIGN =
	/\\[AZzhHRaeQ]|\\x\{|\(\?P[<=]|\(\?#|\(\?[a-zA-Z]+\)|\[\[:|\[\^\[:|:\]|^\/\^.*\$\/[gu]{0,2}$/s;

/** A regular expression of any language as JSON Schema means them: with JavaScript's flag `u`. */
export function ownPattern(source: string): string {
	return unicodePattern(foreignPattern(source));
}

/** A regular expression of Python, Go, Java, PHP or .NET, or one between slashes, as JavaScript has it. */
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
	/** Whether it reads a class of letters. */
	isIn: boolean;
	/** Of the whole: `i` for letters of both cases, `s` for a dot that is any letter. */
	flags: string;
	/** What the class holds up to here. */
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
	const read = taken(reader, OUTSIDE) ?? taken(reader, ANYWHERE);
	if (read !== undefined) return read;
	const letter = next(reader);
	if (letter === '[') {
		reader.isIn = true;
		reader.items = [];
		const sign = reader.source[reader.at] === '^' ? next(reader) : '';
		// In these languages the first bracket of a class is a letter of it.
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
	const read = taken(reader, IN_CLASS) ?? taken(reader, ANYWHERE);
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

function taken(
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
