import { atPlace, fieldsOf, isListSchema, isOfTexts, type FormReader } from './fields';
import { readCell } from './readTable';

const HEAD = /^\[\[ ## ([A-Za-z_]\w{0,80}) ## \]\][ \t\r]*$/m;
const THOUGHTS = new Set(['reasoning', 'rationale']);

/** The fields of a record below heads such as `[[ ## title ## ]]`, as DSPy asks for them. */
export const readSections: FormReader = (text, { root }) => {
	if (!text.startsWith('[[ ## ')) return undefined;
	const [before = '', ...parts] = text.split(HEAD);
	const all = parts.flatMap((name, at) =>
		at % 2 === 0 ? [{ name, value: (parts[at + 1] ?? '').trim() }] : [],
	);
	const fields = fieldsOf(root, root);
	const isField = ({ name }: { name: string }) => Object.hasOwn(fields, name);
	const last = all.at(-1);
	const isEnded = last?.name === 'completed' && last.value === '' && !isField(last);
	const said = isEnded ? all.slice(0, -1) : all;
	const own = said.filter((one, at) => at > 0 || isField(one) || !THOUGHTS.has(one.name));
	const valueOf = ({ name, value }: (typeof own)[number]) =>
		isListSchema(fields[name], root) ? (quotedEntries(value) ?? value) : value;
	const isOnce = new Set(own.map(({ name }) => name)).size === own.length;
	// Words may follow the last field, where nothing ends it.
	const isOver = isEnded || !/\n\s*\n/.test(last?.value ?? '');
	const isRead =
		isOver && before === '' && isOnce && own.every((one) => isField(one) && one.value !== '');
	return isRead && own.length > 0
		? {
				name: 'sections',
				value: Object.fromEntries(own.map((one) => [one.name, valueOf(one)])),
			}
		: {
				...{ name: 'sections', value: undefined },
				reason: 'a heading is not a field, occurs twice or has nothing below it',
			};
};

/** `[1] «red»`, one in each line, where no number is missing. */
function quotedEntries(said: string): string[] | undefined {
	const found = said.split('\n').map((line) => /^\[(\d{1,6})\] «([^«»]*)»[ \t\r]*$/.exec(line));
	const isInOrder = found.every((entry, at) => Number(entry?.[1]) === at + 1);
	return isInOrder ? found.map((entry) => entry?.[2] ?? '') : undefined;
}

const ENTRY = /^(?:[*•+]|(\d{1,6})[.)])[ \t]+(\S.*)$/u;

/** A list of texts behind bullets or numbers, each in its line: only where they are the whole answer. */
export const readListed: FormReader = (text, { root, place }) => {
	const found = text.split('\n').flatMap((line) => [ENTRY.exec(line.trimEnd())]);
	if (!place || !isOfTexts(place, root) || found.length < 2 || found.includes(null))
		return undefined;
	const texts = found.map((entry) => readCell(entry?.[2] ?? ''));
	const numbers = found.map((entry) => entry?.[1]);
	const isInOrder = numbers.every(
		(number, at) =>
			number === (numbers[0] === undefined ? undefined : String(Number(numbers[0]) + at)),
	);
	return isInOrder && !texts.includes(undefined)
		? { name: 'bullets', value: atPlace(place, texts) }
		: undefined;
};
