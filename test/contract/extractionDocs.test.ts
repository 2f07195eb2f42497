import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { extract } from '../../core';
import { mergeValues } from '../../core/extract/parts/merge';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const page = readFileSync(join(__dirname, '../../docs/extraction.md'), 'utf8');

const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

async function warningsOf(script: Script, request: object = {}): Promise<string[]> {
	const { client } = await openGateway(script);
	const { warnings } = await extract(client, { text: 'n is 1', schema, ...request });
	return warnings;
}

const calls = (...values: number[]) =>
	values.map((n) => ({ name: 'save_extraction', arguments: { n } }));

const node = { $ref: '#/$defs/node' };
const more = (required: string[]) => ({ properties: { a: node, b: {} }, required, type: 'object' });
const either = { anyOf: [more(['a']), more(['a', 'b']), { type: 'number' }] };
const tried = { ...node, $defs: { node: either } };
const nested = (depth: number): string => (depth === 0 ? '"x"' : `{"a":${nested(depth - 1)}}`);

const ROWS = Array.from({ length: 12 }, (_, n) => ({
	id: `A${100 + n}`,
	n: 20 + n,
	total: 400 + n,
}));

const says = (text: string): Reply => ({ text });

/** The names in the first column of a section's table. */
function namesUnder(heading: string): string[] {
	const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	return [...section.matchAll(/^\| `([\w ]+)` +\|/gm)].map(([, name]) => name ?? '');
}

test('the page of extraction has every code that is ours', async () => {
	const failing = async (script: Script, request: object = {}) => {
		const { client } = await openGateway(script);
		const base = { text: 'n is 1', schema, maxRepairs: 0 };
		const { details } = await failure(extract(client, { ...base, ...request }));
		return (details.failures ?? []).map(({ code }) => code);
	};
	const optional = { properties: { n: {} } };
	const slow = { properties: { n: { pattern: '(.).*(.).*\\1x\\2' } } };
	const codes = [
		...(await failing([says('none')])),
		...(await failing([says('{"n":1, ...}')])),
		...(await failing([says('{"n":"<n>"}')])),
		...(await failing([{ toolCalls: calls(1, 2) }])),
		...(await failing([says('{"n":9007199254740993}')])),
		...(await failing([{ text: '{"n":', finishReason: 'length' }], { cutAnswers: 'fail' })),
		...(await failing([says('{"error":"no"}')], { schema: optional })),
		...(await failing([says('{"n":2}')], { minEvidence: 1 })),
		...(await failing([says(`{"n":"${'ab'.repeat(2_000)}"}`)], { schema: slow })),
		...(await failing([says('{"n":"1,234"}')], {
			schema: { properties: { n: { type: 'number' } } },
		})),
		...(await failing([says(nested(24))], { schema: tried })).slice(0, 1),
	];
	expect(codes).toEqual(namesUnder('Failures'));
});

/** One answer for each way of reading what is not quite JSON. */
async function leniencies(): Promise<string[]> {
	const answers = [
		'<json>{"n":1}</json>',
		'{"n":1 "m":2}',
		'{"n":1,"m":"a "b" c"}',
		'{"n":1,"m":"a”}',
		'{"n":1,"m":"a" + "b"}',
		'{"n":1,"m":\\"a\\"}',
		'{"n":1,"m":word}',
		'{"n":1}}',
		'{&quot;n&quot;:1}',
		'{{"n":1}}',
		'{"n":1,"m":"\\d"}',
		'{"n":1,"m":NaN}',
		'{"n":2,"n":1}',
		'<n>1</n>',
		'n: 1',
		'n: 1 # one',
		'n = 1',
		'- **n:** 1',
		'N(n=1)',
		'[[ ## n ## ]]\n1\n\n[[ ## completed ## ]]',
		'｛"n"：1｝',
		'{"n":1}\nFinal: {"n":2}',
	];
	const read = await Promise.all(answers.map((text) => warningsOf([says(text)])));
	const list = { type: 'array', items: schema };
	const lines = await warningsOf([says('{"n":1}\n{"n":2}')], { schema: list });
	const fences = [1, 2].map((n) => `\`\`\`json\n{"n":${n}}\n\`\`\``).join('\n');
	const blocks = await warningsOf([says(fences)], { schema: list });
	const table = await warningsOf([says('|n|\n|-|\n|1|')], { schema: list });
	const pair = { type: 'array', items: { properties: { n: {}, m: {} } } };
	const csv = await warningsOf([says('n,m\n1,2')], { schema: pair });
	const html = await warningsOf([says('<table><tr><th>n</th></tr><tr><td>1</td></tr></table>')], {
		schema: list,
	});
	const plain = await warningsOf([says('a')], { schema: { enum: ['a', 'b'] } });
	const twice = ['{"n":1}', '{ "n": 1 }'].map((text) => ({
		...{ name: 'save_extraction', arguments: text },
	}));
	const joined = await warningsOf([{ toolCalls: twice }]);
	return [...read.flat(), ...lines, ...blocks, ...table, ...csv, ...html, ...plain, ...joined];
}

test('the page of extraction has every warning, and no other', async () => {
	const cascade: Script = ({ model }) => says(model.includes('haiku') ? 'none' : '{"n":1}');
	const { client } = await openGateway(cascade);
	const cheapFirst = {
		...{ model: 'anthropic/claude-haiku-4-5', escalateTo: ['anthropic/claude-sonnet-4-6'] },
		...{ text: 'n is 1', schema },
	};
	for (let n = 0; n < 8; n += 1) await extract(client, cheapFirst);
	const warnings = [
		...(await warningsOf([says('```json\n{"n":1}\n```')])),
		...(await warningsOf([says('It is {"n":1}.')])),
		...(await warningsOf([says('{"n":1,}')])),
		...(await warningsOf([says('"{\\"n\\":1}"')])),
		...(await leniencies()),
		...(await warningsOf([says('{"result":{"n":1}}')])),
		...(await warningsOf([says('{"n":"1"}')])),
		...(await warningsOf([says('{"N":1}')])),
		...(await warningsOf([says('{"n":1,"note":"x"}')], {
			schema: { ...schema, additionalProperties: false },
		})),
		...(await warningsOf([says('{"n":1}')], { schema: { ...schema, require: ['n'] } })),
		...(await warningsOf([says('{"n":"many"}')], {
			schema: z.object({ n: z.number().catch(0) }),
		})),
		...(await warningsOf([says('{"n":"1"}')], {
			schema: z.object({ n: z.preprocess(Number, z.number()) }),
		})),
		...(await warningsOf([says('{"n":1,"list":[],"truncated":true}')], {
			schema: { properties: { n: {}, list: { type: 'array' }, truncated: {} } },
		})),
		...mergeValues([1, 2].map((n) => ({ value: { n }, own: '', shared: '' }))).warnings,
		...mergeValues([
			{ value: ['good'], own: 'I like it. I hate it.', shared: '' },
			{ value: ['good'], own: 'I do not.', shared: 'I hate it.' },
		]).warnings,
		...mergeValues([
			{ value: [{ id: 'A', lines: ['x'] }], own: 'A: x', shared: '' },
			{ value: [{ id: null, lines: ['y'] }], own: 'y', shared: '' },
		]).warnings,
		...mergeValues([
			{ value: [{ id: 'A', lines: ['x'] }], own: 'A: x', shared: '' },
			{ value: [{ id: 'A (continued)', lines: ['y'] }], own: 'A (continued): y', shared: '' },
		]).warnings,
		...mergeValues([
			{ value: [1, 2, null].map((total, id) => ({ id, total })), own: '', shared: '' },
			{ value: [{ id: 3, total: 4 }], own: '', shared: '' },
		]).warnings,
		...mergeValues([
			{ value: ['one', 'two'], own: '- one\n- two\n- three\n', shared: '' },
			{ value: ['four', 'five'], own: '- four\n- five\n', shared: '- three\n' },
		]).warnings,
		...mergeValues([
			{
				value: ROWS.toSpliced(6, 1),
				...{ own: ROWS.map(({ id, n, total }) => `${id}; ${n}; ${total}\n`).join(''), shared: '' },
			},
		]).warnings,
		...(await warningsOf((_body, n) =>
			n === 0 ? { text: '{"n":', finishReason: 'length' } : says('{"n":1}'),
		)),
		...(await extract(client, cheapFirst)).warnings,
		...(await warningsOf([says('[{"id":"A1","n":21},{"id":"B2","n":11}]')], {
			...{ text: 'A1 costs 11.\n\nB2 costs 21.', evidence: true },
			schema: { type: 'array', items: { properties: { id: {}, n: {} } } },
		})),
		...(await warningsOf(({ tool_choice }) =>
			tool_choice ? { status: 400, error: { message: 'tool_choice: no' } } : says('{"n":1}'),
		)),
	];
	const names = namesUnder('Warnings');
	const nameOf = (warning: string) => names.find((name) => warning.startsWith(name)) ?? warning;
	expect([...new Set(warnings.map(nameOf))].sort()).toEqual([...names].sort());
});
