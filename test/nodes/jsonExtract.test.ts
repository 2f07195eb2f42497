import type { IBinaryKeyData } from 'n8n-workflow';
import { makePdf } from '../support/makePdf';
import { openNode } from '../support/openNode';
import type { Script } from '../../gateway';

const base = {
	model: { __rl: true, mode: 'list', value: 'anthropic/claude-haiku-4-5' },
	text: 'Ada, aged 36',
	maxTokens: 1024,
	options: {},
};

const open = (script: Script) => openNode({ type: 'tokenHubJsonExtract', base, gateway: [script] });

const saves = (args: object) => ({ toolCalls: [{ name: 'save_extraction', arguments: args }] });
const ada = { name: 'Ada', age: 36 };
const schema = {
	type: 'object',
	properties: { name: { type: 'string' }, age: { type: 'integer' } },
	required: ['name', 'age'],
};
const fields = (...values: object[]) => ({ schemaSource: 'fields', fields: { values } });
const asSchema = { schemaSource: 'jsonSchema', jsonSchema: JSON.stringify(schema) };

describe('each schema source', () => {
	test.each<[name: string, parameters: Record<string, unknown>, sent: object]>([
		[
			'fields',
			fields(
				{ name: 'name', type: 'string', description: 'first name', required: true },
				{ name: 'age', type: 'integer', required: false },
				{ name: 'mood', type: 'enum', choices: 'good, bad', required: false },
				{ name: 'born', type: 'date', required: false },
				{ name: 'tags', type: 'stringList', required: false },
			),
			{
				type: 'object',
				properties: {
					name: { type: 'string', description: 'first name' },
					age: { type: 'integer' },
					mood: { type: 'string', enum: ['good', 'bad'] },
					born: { type: 'string', format: 'date' },
					tags: { type: 'array', items: { type: 'string' } },
				},
				required: ['name'],
				additionalProperties: false,
			},
		],
		[
			'fields in fields',
			fields(
				{ name: 'name', type: 'string' },
				{ name: 'age', type: 'integer' },
				{
					name: 'lines',
					type: 'objectList',
					required: false,
					fields: {
						values: [
							{ name: 'sku', type: 'string' },
							{
								name: 'price',
								type: 'object',
								fields: { values: [{ name: 'net', type: 'number', description: 'in EUR' }] },
							},
						],
					},
				},
			),
			{
				required: ['name', 'age'],
				properties: {
					lines: {
						type: 'array',
						items: {
							type: 'object',
							properties: {
								sku: { type: 'string' },
								price: {
									type: 'object',
									properties: { net: { type: 'number', description: 'in EUR' } },
									required: ['net'],
									additionalProperties: false,
								},
							},
							required: ['sku', 'price'],
						},
					},
				},
			},
		],
		[
			'several examples',
			{
				schemaSource: 'example',
				jsonExample: JSON.stringify([ada, { ...ada, born: null }]),
				severalExamples: true,
			},
			{ type: 'object', required: ['name', 'age'] },
		],
		[
			'an example',
			{ schemaSource: 'example', jsonExample: JSON.stringify(ada) },
			{ required: ['name', 'age'] },
		],
		['JSON Schema', asSchema, schema],
		[
			'zod',
			{ schemaSource: 'zod', zodSchema: 'z.object({ name: z.string(), age: z.int() })' },
			{ required: ['name', 'age'] },
		],
	])('%s', async (_name, parameters, sent) => {
		const { run, bodies } = await open([saves(ada)]);
		const { last, error } = await run(parameters);
		expect(error).toBeUndefined();
		expect(last[0]?.json).toMatchObject({
			output: ada,
			stage: 'tool',
			warnings: [],
			model: 'anthropic/claude-haiku-4-5',
			requests: 1,
			costUsd: expect.any(Number),
		});
		expect(bodies()[0]?.tools).toMatchObject([{ function: { parameters: sent } }]);
	});

	test('may differ from item to item', async () => {
		const { run } = await open(({ tools }) =>
			saves(JSON.stringify(tools).includes('"age"') ? ada : { name: 'Ada' }),
		);
		const jsonSchema = '={{ $json.schema }}';
		const items = [
			{ schema },
			{ schema: { type: 'object', properties: { name: { type: 'string' } } } },
		];
		const { last } = await run({ schemaSource: 'jsonSchema', jsonSchema }, { items });
		expect(last.map(({ json }) => json.output)).toEqual([ada, { name: 'Ada' }]);
	});
});

describe('options', () => {
	test.each<[name: string, options: object, sent: object]>([
		['json mode', { mode: 'json' }, { response_format: { type: 'json_object' } }],
		[
			'sampling',
			{ temperature: 0, stop: ['X'], user: 'u' },
			{ temperature: 0, stop: ['X'], user: 'u' },
		],
		[
			'images',
			{ images: ['https://x.y/z.png'] },
			{
				messages: expect.arrayContaining([
					{
						role: 'user',
						content: expect.arrayContaining([
							{ type: 'image_url', image_url: { url: 'https://x.y/z.png' } },
						]),
					},
				]),
			},
		],
	])('%s', async (_name, options, sent) => {
		const { run, bodies } = await open([
			{ text: JSON.stringify(ada), ...('mode' in options ? {} : saves(ada)) },
		]);
		const { last } = await run({ ...asSchema, options });
		expect(last[0]?.json.output).toEqual(ada);
		expect(bodies()[0]).toMatchObject(sent);
	});

	test('instructions reach the system message', async () => {
		const { run, bodies } = await open([saves(ada)]);
		await run({ ...asSchema, instructions: 'Ages in years.' });
		expect(JSON.stringify(bodies()[0]?.messages)).toContain('Ages in years.');
	});

	test('escalation, repairs and coercion', async () => {
		const { run } = await open(({ model }) =>
			saves(model.includes('haiku') ? { name: 'Ada', age: 'x' } : { name: 'Ada', age: '36' }),
		);
		const { last } = await run({
			...asSchema,
			options: { maxRepairs: 0, escalateTo: ['claude-sonnet-4-6'] },
		});
		expect(last[0]?.json).toMatchObject({ output: ada, stage: 'escalation', requests: 2 });
		const strict = await run(
			{ ...asSchema, options: { maxRepairs: 0, coerce: false } },
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(strict.last[0]?.json.details).toMatchObject({
			kind: 'schemaMismatch',
			failures: [{ path: '/age' }],
		});
	});

	test('evidence', async () => {
		const { run } = await open([saves(ada)]);
		const { last } = await run({ ...asSchema, options: { evidence: true } });
		expect(last[0]?.json.evidence).toEqual({
			'/name': { start: 0, end: 3, quote: 'Ada', score: 1 },
			'/age': { start: 10, end: 12, quote: '36', score: 1 },
		});
	});

	test('min evidence', async () => {
		const { run, bodies } = await open([saves({ ...ada, name: 'Bob' }), saves(ada)]);
		const { last } = await run({ ...asSchema, options: { minEvidence: 1 } });
		expect(last[0]?.json).toMatchObject({ output: ada, stage: 'repair' });
		expect(JSON.stringify(bodies()[1]?.messages)).toContain('the text does not say this');
	});

	test('chunks', async () => {
		const list = {
			type: 'object',
			properties: { n: { type: 'array', items: { type: 'integer' } } },
			required: ['n'],
		};
		const script: Script = ({ messages }) =>
			saves({
				n: [...JSON.stringify(messages.at(-1)).matchAll(/No (\d+)\./g)].map(([, n]) => Number(n)),
			});
		const { run } = await open(script);
		const text = Array.from({ length: 50 }, (_, n) => `No ${n}.`).join(' ');
		const options = { chunkSize: 200, chunkOverlap: 20 };
		const { last } = await run({ text, schemaSource: 'jsonSchema', jsonSchema: list, options });
		expect(last[0]?.json.output).toEqual({ n: Array.from({ length: 50 }, (_, n) => n) });
	});

	test('merge puts the fields beside the input', async () => {
		const { run } = await open([saves(ada)]);
		const { last } = await run(
			{ ...asSchema, options: { outputMode: 'merge' } },
			{ items: [{ id: 7, stage: 'mine' }] },
		);
		expect(last[0]?.json).toMatchObject({ id: 7, ...ada, stage: 'mine', requests: 1 });
		expect(Object.keys(last[0]?.json ?? {}).slice(0, 4)).toEqual(['id', 'stage', 'name', 'age']);
	});

	test('items gives one item for each entry, and the spending once', async () => {
		const list = {
			type: 'object',
			properties: { people: { type: 'array', items: schema } },
			required: ['people'],
		};
		const { run } = await open([saves({ people: [ada, { name: 'Bob', age: 1 }] })]);
		const options = { outputMode: 'items', itemsPath: 'people' };
		const { last } = await run({ schemaSource: 'jsonSchema', jsonSchema: list, options });
		expect(last).toMatchObject([
			{ json: { output: ada, requests: 1 }, pairedItem: { item: 0 } },
			{
				json: { output: { name: 'Bob', age: 1 }, requests: 0, costUsd: 0 },
				pairedItem: { item: 0 },
			},
		]);
	});

	test('the first item alone tells of a fallback', async () => {
		const list = { type: 'object', properties: { people: { type: 'array', items: schema } } };
		const { run } = await open([{ status: 529 }, saves({ people: [ada, ada] })]);
		const fallbackModels = ['anthropic/claude-haiku-4-5'];
		const options = { outputMode: 'items', fallbackModels, maxRetries: 0 };
		const { last } = await run({ schemaSource: 'jsonSchema', jsonSchema: list, options });
		expect(last.map(({ json }) => json.fallbacks)).toEqual([
			[{ model: expect.any(String), kind: 'overloaded', message: expect.any(String) }],
			undefined,
		]);
	});

	test('items have their own places', async () => {
		const list = { type: 'object', properties: { people: { type: 'array', items: schema } } };
		const { run } = await open([saves({ people: [ada, { name: 'Bob', age: 1 }] })]);
		const parameters = { schemaSource: 'jsonSchema', jsonSchema: list, text: 'Ada 36, Bob 1' };
		const { last } = await run({ ...parameters, options: { outputMode: 'items', evidence: true } });
		expect(last[1]?.json.evidence).toMatchObject({
			'/name': { start: 8, quote: 'Bob' },
			'/age': { start: 12, quote: '1' },
		});
	});

	test.each<[outputMode: string, kept: object]>([
		['nested', { id: 7, output: { people: [ada] } }],
		['items', { id: 7, output: ada }],
	])('input fields stay on request: %s', async (outputMode, kept) => {
		const list = { type: 'object', properties: { people: { type: 'array', items: schema } } };
		const { run } = await open([saves({ people: [ada] })]);
		const options = { outputMode, includeOtherFields: true };
		const { last } = await run(
			{ schemaSource: 'jsonSchema', jsonSchema: list, options },
			{ items: [{ id: 7, output: 'old' }] },
		);
		expect(last[0]?.json).toMatchObject(kept);
	});

	test.each<[problem: string, itemsPath: string, properties: object, words: RegExp]>([
		['no such field', 'persons', { people: { type: 'array' } }, /no "persons"/],
		['no list', 'who', { who: { type: 'string' } }, /no list there/],
		['two lists', '', { a: { type: 'array' }, b: { type: ['array', 'null'] } }, /more than one/],
	])('an items path that cannot be is refused before any request: %s', async (...row) => {
		const [, itemsPath, properties, words] = row;
		const { run, gateway } = await open([]);
		const jsonSchema = { type: 'object', properties };
		const options = { outputMode: 'items', itemsPath };
		const { error } = await run({ schemaSource: 'jsonSchema', jsonSchema, options });
		expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
		expect(gateway.requests).toHaveLength(0);
	});

	test('a path that leads to no list fails, and keeps what was paid for', async () => {
		const { run } = await open([saves(ada)]);
		const options = { outputMode: 'items', itemsPath: 'people' };
		const anyObject = { type: 'object', additionalProperties: true, required: ['name'] };
		const { last } = await run(
			{ schemaSource: 'jsonSchema', jsonSchema: anyObject, options },
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(last[0]?.json).toMatchObject({
			error: expect.stringContaining('"people"'),
			details: { raw: JSON.stringify(ada) },
		});
		expect(last[0]?.json.details).toMatchObject({ usage: { totalTokens: expect.any(Number) } });
	});
});

describe('files', () => {
	const PNG = Buffer.from('\x89PNG\r\n\x1a\n bytes', 'latin1');
	const file = (bytes: Buffer, mimeType: string) => ({
		data: { data: bytes.toString('base64'), mimeType },
	});
	const read = async (binary: IBinaryKeyData, parameters: object = {}) => {
		const opened = await open([saves(ada)]);
		const options = { images: ['data'], evidence: true };
		const input = [{ json: {}, binary }];
		const result = await opened.run({ ...asSchema, options, ...parameters }, { input });
		const user = opened.bodies()[0]?.messages;
		return { ...result, words: JSON.stringify(user), gateway: opened.gateway };
	};

	test('an image alone', async () => {
		const { last, words } = await read(file(PNG, 'application/octet-stream'), { text: '' });
		expect(last[0]?.json.output).toEqual(ada);
		expect(words).toContain(`data:image/png;base64,${PNG.toString('base64')}`);
	});

	test('an image and a text', async () => {
		const { words } = await read(file(PNG, 'image/png'));
		expect(words).toMatch(/"image_url".*"text","text":"Ada, aged 36"/);
	});

	test('a PDF gives its text, and the places are told in it', async () => {
		const pdf = makePdf([['Name: Ada'], ['Age: 36']]);
		const { last, words } = await read(file(pdf, 'application/octet-stream'), { text: '' });
		expect(words).toContain('Name: Ada\\n\\nAge: 36');
		expect(last[0]?.json).toMatchObject({
			...{ output: ada, text: 'Name: Ada\n\nAge: 36' },
			evidence: { '/name': { start: 6 }, '/age': { start: 16 } },
		});
	});

	test('a PDF stands behind the text', async () => {
		const { words } = await read(file(makePdf([['Age: 36']]), 'application/pdf'), { text: 'Ada' });
		expect(words).toContain('"Ada\\n\\nAge: 36"');
	});

	test.each<[name: string, binary: IBinaryKeyData, words: RegExp]>([
		['a scan', file(makePdf([[]]), 'application/pdf'), /PDF "data" has no text layer/],
		[
			'another file',
			file(Buffer.from('PK\x03\x04\x14\0'), 'application/zip'),
			/"data": it is application\/zip/,
		],
		['no file', {}, /data/],
	])('%s is refused before any request', async (_name, binary, words) => {
		const { error, gateway } = await read(binary, { text: '' });
		expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
		expect(gateway.requests).toHaveLength(0);
	});
});

test.each<[problem: string, parameters: Record<string, unknown>, words: RegExp]>([
	['no text', { ...asSchema, text: '' }, /no text to extract from/],
	['no fields', fields({ name: ' ', type: 'string' }), /name at least one field/],
	[
		'a field twice',
		fields({ name: 'a', type: 'string' }, { name: 'a', type: 'number' }),
		/duplicate field "a"/,
	],
	['an object without fields', fields({ name: 'a', type: 'object' }), /Fields › a: name at least/],
	[
		'several examples that are one',
		{ schemaSource: 'example', jsonExample: '{}', severalExamples: true },
		/must be a list of results/,
	],
	['a choice without choices', fields({ name: 'a', type: 'enum', choices: ' ' }), /no Choices/],
	[
		'broken JSON',
		{ schemaSource: 'jsonSchema', jsonSchema: '{"type":}' },
		/JSON Schema is not valid JSON/,
	],
	[
		'a schema that is none',
		{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"objekt"}' },
		/not valid at \/type/,
	],
	['an empty schema', { schemaSource: 'jsonSchema', jsonSchema: '{}' }, /empty/],
	['an empty example', { schemaSource: 'example', jsonExample: '{}' }, /example is empty/],
	[
		'code for zod',
		{ schemaSource: 'zod', zodSchema: 'process.exit()' },
		/Zod Schema.*1:\d+.*process/s,
	],
	['temperature 1.5', { ...asSchema, options: { temperature: 1.5 } }, /Sampling Temperature/],
])('%s is refused before any request', async (_problem, parameters, words) => {
	const { run, gateway } = await open([]);
	const { error } = await run(parameters);
	expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
	expect(gateway.requests).toHaveLength(0);
});

describe('an answer cut off by Maximum Number of Tokens', () => {
	const script: Script = ({ max_tokens }) => ({
		...saves(ada),
		finishReason: Number(max_tokens) > 1024 ? 'tool_calls' : 'length',
	});

	test('fails in a node of version 1, as saved by 1.0.0, and is finished in a new one', async () => {
		const { run, bodies } = await open(script);
		const saved = await run(asSchema, { node: { typeVersion: 1 } });
		expect(saved.error).toBeDefined();
		expect(bodies()).toHaveLength(1);
		const node = { typeVersion: 2 };
		const added = await run({ ...asSchema, simplify: false }, { node });
		expect(added.last[0]?.json).toMatchObject({ output: ada, requests: 2 });
	});
});
