import { LEVELS } from '../../nodes/TokenHubJsonExtract/fieldSchema';
import type { Reply } from '../../gateway';
import type { FieldRow, Setting } from './fieldRow';
import { fieldTypeRows } from './fieldTypeRows';
import { resultRows, sharedRows } from './sharedRows';
import { validAnswer } from './validAnswer';

/** JSON mode takes the same answers as the other nodes. */
export const extractBase = {
	...{ text: 'a is b', fields: { values: [{ name: 'a' }] } },
	options: { mode: 'json' },
};

const SCHEMA = 'bodies.0.tools.0.function.parameters';
const HAIKU = 'anthropic/claude-haiku-4-5';
const tool: Setting = {
	with: { options: { mode: 'auto' } },
	script: validAnswer,
};
const withSchema = (own: object): Setting => ({ ...tool, with: { ...tool.with, ...own } });
const answer = (value: unknown): Reply => ({ text: JSON.stringify(value) });
const wrong = answer({ a: 1 });
const fields = (...types: string[]) => ({
	fields: { values: types.map((type, n) => ({ name: 'ab'[n], type })) },
});
const shape = (key: string) => ({ [key]: { type: 'string' } });
const jsonSchema = JSON.stringify({ type: 'object', properties: shape('c') });
const number = { ...fields('number'), text: 'a is 36' };
const lists = { ...fields('stringList', 'stringList'), options: { outputMode: 'items' } };
const bothLists = { script: [answer({ a: ['x'], b: ['y'] })] };
const input = { items: [{ from: 'input' }] };
const long = (own: object): Setting => ({
	with: { text: 'a is b. '.repeat(150), options: { chunkSize: 600, ...own } },
});
const PICTURE = 'https://example.com/a.png';

const sources: FieldRow[] = [
	[
		'schemaSource=fields',
		'fields',
		SCHEMA + '.properties',
		shape('a'),
		{ ...tool, from: 'jsonSchema' },
	],
	[
		'schemaSource=example',
		'example',
		SCHEMA + '.properties',
		shape('b'),
		withSchema({ jsonExample: '{"b":"x"}' }),
	],
	[
		'schemaSource=jsonSchema',
		'jsonSchema',
		SCHEMA + '.properties',
		shape('c'),
		withSchema({ jsonSchema }),
	],
	[
		'schemaSource=zod',
		'zod',
		SCHEMA + '.properties',
		shape('d'),
		withSchema({ zodSchema: 'z.object({ d: z.string() })' }),
	],
	[
		'jsonExample',
		'{"b":"x"}',
		SCHEMA + '.properties',
		shape('b'),
		withSchema({ schemaSource: 'example' }),
	],
	[
		...(['severalExamples', true, SCHEMA + '.required', ['a']] as const),
		withSchema({ schemaSource: 'example', jsonExample: '[{"a":"b"},{"a":"c","b":1}]' }),
	],
	[
		'jsonSchema',
		jsonSchema,
		SCHEMA + '.properties',
		shape('c'),
		withSchema({ schemaSource: 'jsonSchema' }),
	],
	[
		'zodSchema',
		'z.object({ d: z.string() })',
		SCHEMA + '.properties',
		shape('d'),
		withSchema({ schemaSource: 'zod' }),
	],
	...fieldTypeRows(LEVELS).map(([name, value, where, is, setting]): FieldRow => [
		...([name, value, where, is] as const),
		{ ...tool, ...setting, with: { ...setting?.with, ...tool.with } },
	]),
];

const label = answer({ label: 'b' });
const labelled = (own: object = {}): Setting => ({
	script: [label],
	with: { schemaSource: 'labels', labels: { values: [{ name: 'a' }, { name: 'b' }] }, ...own },
});
const sent = 'bodies.0.messages.0.content';
const labels: FieldRow[] = [
	[
		'schemaSource=labels',
		'labels',
		'json.output',
		{ label: 'b' },
		{
			...labelled(),
			script: (body) => (JSON.stringify(body).includes('label') ? label : answer({ a: 'b' })),
		},
	],
	[
		'labels.values.name',
		'c',
		sent,
		/"a","c"/,
		{ ...labelled(), entry: 1, script: [answer({ label: 'c' })] },
	],
	['labels.values.description', 'what is b', sent, /- b: what is b/, { ...labelled(), entry: 1 }],
	['otherLabel', 'none', sent, /"a","b","none"/, labelled()],
	[
		'severalLabels',
		true,
		'json.output',
		{ labels: ['b'] },
		{ ...labelled(), script: [answer({ labels: ['b'] }), label] },
	],
	['routeByLabel', true, 'outputs.1.length', 1, labelled()],
];

const modes: FieldRow[] = [
	['options.mode=auto', 'auto', 'bodies.0.tools.length', 1, { ...tool, from: 'json' }],
	[
		'options.mode=tool',
		'tool',
		'bodies.length',
		1,
		{ script: [{ status: 400, error: { message: 'no tools' } }], error: /no tools/ },
	],
	['options.mode=json', 'json', 'bodies.0.tools', undefined],
	['options.outputMode=nested', 'nested', 'json.output', { a: 'b' }, { from: 'merge' }],
	['options.outputMode=merge', 'merge', 'json.a', 'b'],
	[
		'options.outputMode=items',
		'items',
		'outputs.0.length',
		2,
		{ with: fields('stringList'), script: [answer({ a: ['x', 'y'] })] },
	],
];

/** Nodes of version 1 fail where nothing is chosen. */
const cut: Setting = {
	script: (_body, n) => (n === 0 ? { text: '{"a":', finishReason: 'length' } : answer({ a: 'b' })),
	node: { typeVersion: 2 },
};
const failing = { ...cut, error: /cut off by Maximum Number of Tokens/ };
const cuts: FieldRow[] = [
	['options.cutAnswers=fail', 'fail', 'bodies.length', 1, failing],
	['options.cutAnswers=finish', 'finish', 'json.output', { a: 'b' }, { ...cut, from: 'fail' }],
];

export const extractRows: FieldRow[] = [
	...cuts,
	...sharedRows,
	...resultRows,
	...sources,
	...labels,
	...modes,
	['text', 'a is c', 'bodies.0.messages.1.content', /a is c/],
	['instructions', 'Be exact.', 'bodies.0.messages.0.content', /Be exact\./],
	['options.chunkOverlap', 0, 'bodies.length', 2, long({})],
	['options.chunkSize', 600, 'bodies.length', 3, long({})],
	[
		'options.coerce',
		false,
		'bodies.length',
		2,
		{ with: number, script: [answer({ a: '36' }), answer({ a: 36 })] },
	],
	[
		'options.escalateTo',
		[HAIKU],
		'json.model',
		HAIKU,
		{ with: { options: { maxRepairs: 0, coerce: false } }, script: [wrong, answer({ a: 'b' })] },
	],
	['options.evidence', true, 'json.evidence./a.quote', 'b'],
	[
		'options.images',
		[PICTURE],
		'bodies.0.messages.1.content',
		expect.arrayContaining([{ type: 'image_url', image_url: { url: PICTURE } }]),
	],
	['options.includeOtherFields', true, 'json.from', 'input', input],
	['options.itemsPath', 'b', 'json.output', 'y', { with: lists, ...bothLists }],
	[
		'options.maxRepairs',
		0,
		'bodies.length',
		1,
		{
			with: { options: { coerce: false } },
			script: [wrong, answer({ a: 'b' })],
			error: /No valid value after 1 attempts/,
		},
	],
	[
		'options.minEvidence',
		1,
		'bodies.length',
		2,
		{ script: [answer({ a: 'nowhere' }), answer({ a: 'b' })] },
	],
	[
		'options.expected',
		'{"a":"c"}',
		'json.differences.0.verdict',
		'wrong',
		{ script: () => answer({ a: 'b' }) },
	],
	[
		'options.samples',
		2,
		'bodies.length',
		2,
		{ script: [answer({ a: 'nowhere' }), answer({ a: 'b' })] },
	],
];
