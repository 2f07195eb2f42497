import { isAbbreviation } from '../../json/abbreviation';
import { withComments } from '../../json/comments';
import { strictJson } from '../../json/readJson';
import { takesBack } from '../../json/notTheAnswer';
import { joinedNumbers, type SourceNumbers } from '../../json/exactJson';
import { fieldNamed, fieldsOf, type Form, type FormReader } from './fields';

const LINE = /^\s*("[^"\\]*"|[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,60}?)\s*=\s*(\S.*?)?\s*$/u;
const SECTION = /^\s*\[\s*[^[\]]*\]\s*$/;
/** Behind a comment, a table in one line, or a text in several. */
const NOT_PLAIN = /\s[#;]|^[{'"]|"""|'''|\\$/;

const unread: Form = {
	...{ name: 'settings', value: undefined },
	reason: 'a line is not a field, or its value has more than one reading',
};

/** Lines such as `total = 3`, as in INI and TOML, which make up one flat record. */
export const readSettings: FormReader = (text, { root }) => {
	const fields = fieldsOf(root, root);
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const isOurs = lines.some((line) => fieldNamed(keyOf(line), fields) !== undefined);
	const said = lines.filter((line) => !/^\s*[#;]/.test(line));
	const notes = lines
		.filter((line) => !said.includes(line))
		.map((line) => line.replace(/^\s*[#;]+/, ''));
	const rest = SECTION.test(said[0] ?? '') ? said.slice(1) : said;
	if (!isOurs || !rest.every((line) => LINE.test(line) || SECTION.test(line))) return undefined;
	if (notes.some((note) => isAbbreviation(note) || takesBack(note))) return unread;
	const numbers: SourceNumbers[] = [];
	const entries = new Map<string, unknown>();
	for (const line of rest) {
		const name = fieldNamed(keyOf(line), fields);
		const value = valueOf(LINE.exec(line)?.[2] ?? '', numbers);
		if (name === undefined || entries.has(name) || value === undefined) return unread;
		entries.set(name, value);
	}
	const all = joinedNumbers(numbers);
	const spoken = notes.map((words) => ({ path: [], words: words.trim() }));
	return {
		...{ name: 'settings', value: Object.fromEntries(entries) },
		...withComments(spoken.filter(({ words }) => words !== '')),
		...(all ? { numbers: all } : {}),
	};
};

function keyOf(line: string): string {
	return (LINE.exec(line)?.[1] ?? '').replace(/^"(.*)"$/, '$1');
}

/** What is quoted, or a list, as JSON has it; anything else is text until the schema says otherwise. */
function valueOf(said: string, numbers: SourceNumbers[]): unknown {
	if (/^["[]/.test(said)) {
		const read = strictJson(said);
		if (read?.numbers) numbers.push(read.numbers);
		return read?.value;
	}
	const [, verbatim] = /^'([^']*)'$/.exec(said) ?? [];
	if (verbatim !== undefined) return verbatim;
	return NOT_PLAIN.test(said) ? undefined : said;
}
