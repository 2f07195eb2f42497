import { evaluate } from '../../core';
import { marksOf } from '../../core/evaluate/score';
import type { Reply } from '../../gateway';
import { openNode } from '../support/openNode';

/** The Extract node's Expected: the score and the differences, as `evaluate` counts them. */

const jsonSchema = {
	type: 'object',
	properties: {
		total: { type: 'number' },
		due: { type: 'string' },
		lines: {
			type: 'array',
			items: {
				type: 'object',
				properties: { name: { type: 'string' }, n: { type: 'number' } },
				required: ['name', 'n'],
			},
		},
	},
	required: ['total', 'due', 'lines'],
};
const value = {
	total: 1234.5,
	due: '2026-11-27',
	lines: [
		{ name: 'Tea', n: 1 },
		{ name: 'Ink', n: 2 },
	],
};
const expected = {
	total: '1.234,50 €',
	due: '27 November 2026',
	lines: [
		{ name: 'ink', n: 3 },
		{ name: 'Tea', n: 1 },
	],
};
const MODEL = 'anthropic/claude-haiku-4-5';
const base = {
	model: { __rl: true, mode: 'id', value: MODEL },
	...{ text: '={{ $json.text }}', schemaSource: 'jsonSchema', maxTokens: 500 },
	jsonSchema: JSON.stringify(jsonSchema),
};
const answers = (reply: unknown): Reply => ({ text: JSON.stringify(reply) });
const TEXT = 'Total 1.234,50 EUR, due 27.11.2026: Tea 1, Ink 2';

async function extracted(options: object, replies: Reply[] = [answers(value)], more: object = {}) {
	const opened = await openNode({ type: 'tokenHubJsonExtract', base, gateway: [replies] });
	const parameters = { options: { mode: 'json', maxRepairs: 0, ...options } };
	const items = [{ text: TEXT, expected }];
	const ran = await opened.run(parameters, { items, ...more });
	return { ...ran, bodies: opened.bodies(), client: opened.client };
}

const wrong = {
	...{ verdict: 'wrong', path: '/lines/0/n', field: '/lines/*/n' },
	...{ expected: 3, actual: 2, given: '/lines/1/n' },
};

test.each([
	['an object', '={{ $json.expected }}'],
	['a text', JSON.stringify(expected)],
])('%s is compared by what it means, whatever the order', async (_what, given) => {
	const { last, error } = await extracted({ expected: given });
	expect(error).toBeUndefined();
	expect(last[0]?.json).toMatchObject({ output: value, score: 5 / 6, differences: [wrong] });
});

test('the number is that of evaluate', async () => {
	const { last } = await extracted({ expected: '={{ $json.expected }}' });
	const { client } = await extracted({}, [answers(value), answers(value)]);
	const report = await evaluate({
		...{ client, models: [MODEL], cases: [{ text: TEXT, expected }] },
		extract: { schema: jsonSchema, mode: 'json' },
	});
	expect(last[0]?.json.score).toBe(report.models[0]?.f1);
	expect(last[0]?.json.differences).toEqual(report.results[0]?.differences);
});

test.each([
	['what is missing and what is more', { total: 1, due: null, note: 'x' }, { total: 1, due: 'y' }],
	['nothing expected', {}, value],
	['all right', value, value],
])('%s', async (_what, given, reply) => {
	const output = { lines: [], ...reply };
	const { last } = await extracted({ expected: JSON.stringify(given) }, [answers(output)]);
	const marks = marksOf(given, output);
	const differences = marks.filter(({ verdict }) => verdict !== 'right');
	expect(last[0]?.json.differences).toEqual(differences);
	const right = marks.length - differences.length;
	const [wanted, said] = ['extra', 'missing'].map(
		(left) => marks.filter(({ verdict }) => verdict !== left).length,
	);
	expect(last[0]?.json.score).toBe(right / (((wanted ?? 0) + (said ?? 0)) / 2));
});

test('with each output mode, and with Simplify Output', async () => {
	const given = { expected: '={{ $json.expected }}' };
	const merged = await extracted({ ...given, outputMode: 'merge' });
	expect(merged.last[0]?.json).toMatchObject({ total: 1234.5, score: 5 / 6 });
	const rows = await extracted({ ...given, outputMode: 'items' });
	expect(rows.last.map(({ json }) => [json.output, json.score])).toEqual([
		[value.lines[0], 5 / 6],
		[value.lines[1], 5 / 6],
	]);
	const simple = await extracted(given, [answers(value)], { node: { typeVersion: 2 } });
	expect(simple.last[0]?.json).toMatchObject({ score: 5 / 6, differences: [wrong] });
});

test('a failed item has no score, and what is not JSON is refused before any request', async () => {
	const given = { expected: '={{ $json.expected }}' };
	const node = { onError: 'continueRegularOutput' };
	const failed = await extracted(given, [{ text: 'no' }], { node });
	expect(failed.last[0]?.json).toMatchObject({ details: { kind: 'schemaMismatch' } });
	expect(failed.last[0]?.json).not.toHaveProperty('score');
	const broken = await extracted({ expected: '{ "total": ' });
	expect(broken.error?.message).toMatch(/Expected \(JSON\)/);
	expect(broken.bodies).toEqual([]);
	expect((await extracted({ expected: '' })).last[0]?.json).not.toHaveProperty('score');
});
