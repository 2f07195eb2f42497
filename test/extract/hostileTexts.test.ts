import { extract } from '../../core';
import { partsOf } from '../../core/extract/parts/chunk';
import { mergeSteps, mergeValues } from '../../core/extract/parts/merge';
import { inOneGo, type Steps } from '../../core/lib/steps';
import { openGateway } from '../support/openGateway';

const stepsOf = (steps: Steps<unknown>) => [...steps].length;

test.each([';;;;\n', 'x', '1. ', 'a;b;2,50\n', '東京；', 'x\n'])(
	'others may run between the parts of a text of %j',
	(unit) => {
		const text = unit.repeat(50_000 / unit.length);
		expect(stepsOf(partsOf({ text, chunk: { size: 500, overlap: 50 } }))).toBeGreaterThan(100);
		const rows = Array.from({ length: 50 }, () => unit.trim());
		const parts = [0, 1].map(() => ({ value: { rows }, shared: unit, own: unit.repeat(50) }));
		expect(stepsOf(mergeSteps(parts))).toBeGreaterThan(2 * rows.length);
	},
);

const BLANKS = ['\n', ' \n', '\t', '\u2028', '\u00A0'];
test.each(BLANKS)('a part of %j alone is not read, and none of a text is lost', (blank) => {
	const blanks = blank.repeat(3000 / blank.length);
	const text = `${blanks}Ada${blanks}Bob${blanks}`;
	const parts = inOneGo(partsOf({ text, chunk: { size: 400, overlap: 50 } }));
	expect(parts.map((part) => part.text.trim())).toEqual(['Ada', 'Bob']);
	for (const { text: own, start } of parts) expect(text.slice(start, start + own.length)).toBe(own);
});

const schema = {
	type: 'object',
	properties: { names: { type: 'array', items: { type: 'string' } } },
};
const IMAGE = 'https://example.com/a.png';
test.each([
	['before and between', `${'\n'.repeat(2000)}Ada${'\n'.repeat(2000)}Bob`, ['Ada', 'Bob']],
	['before a single part', `${' '.repeat(5000)}Ada`, ['Ada']],
	['without any', '\n'.repeat(2000), []],
])('blanks %s are not paid, and the images are read once', async (_where, text, names) => {
	const asked: string[] = [];
	const { client } = await openGateway(({ messages }) => {
		const said = JSON.stringify(messages.at(-1));
		asked.push(said);
		return {
			toolCalls: [{ name: 'save_extraction', arguments: { names: said.match(/Ada|Bob/g) ?? [] } }],
		};
	});
	const chunk = { size: 400, overlap: 50 };
	const { output } = await extract(client, { text, images: [IMAGE], schema, chunk });
	expect(output).toEqual({ names });
	expect(asked).toHaveLength(Math.max(1, names.length));
	expect(asked.filter((said) => said.includes(IMAGE))).toHaveLength(1);
	expect(Math.max(...asked.map(({ length }) => length))).toBeLessThan(2000);
});

test.each(['€@ || nett@; ', '€@; --nett@ ', '[€@] || nett@. '])(
	'merging ends where the words of a row have nothing between them: %s',
	(mark) => {
		const filler = 'Some other text that is long enough to be no part of the row. ';
		const rows = Array.from({ length: 12 }, (_, at) => filler + mark.replaceAll('@', `${10 + at}`));
		const parts = [0, 4, 8].map((from) => {
			const ids = [-1, 0, 1, 2, 3].map((at) => from + at).filter((at) => at >= 0);
			return {
				value: { rows: ids.map((at) => ({ sign: '€', id: 10 + at, name: `nett${10 + at}` })) },
				...{ shared: rows[from - 1] ?? '', own: rows.slice(from, from + 4).join('') },
			};
		});
		expect(mergeValues(parts)).toMatchObject({ value: { rows: { length: 12 } }, warnings: [] });
	},
);
