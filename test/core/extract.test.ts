import { z } from 'zod/v4';
import { extract, type ExtractRequest, type SchemaSource } from '../../core';
import { coerce } from '../../core/extract/answer/coercion/coerce';
import { parseJson } from '../../core/extract/answer/parseJson';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const person = {
	type: 'object',
	properties: { name: { type: 'string' }, age: { type: 'integer' } },
	required: ['name', 'age'],
	additionalProperties: false,
};
const ada = { name: 'Ada', age: 36 };
const saves = (args: object | string) => ({
	toolCalls: [{ name: 'save_extraction', arguments: args }],
});

async function run(script: Script, request: Partial<ExtractRequest> = {}) {
	const { client, bodies } = await openGateway(script);
	const result = await extract(client, { text: 'Ada, aged 36', schema: person, ...request });
	return { result, bodies: bodies() };
}

describe('extract', () => {
	test('forces a tool whose parameters are the schema', async () => {
		const { result, bodies } = await run([saves(ada)], { instructions: 'Ages in years.' });
		expect(result).toMatchObject({
			output: ada,
			stage: 'tool',
			warnings: [],
			requests: 1,
			attempts: [{ stage: 'tool', model: 'anthropic/claude-sonnet-4-6' }],
		});
		expect(bodies[0]).toMatchObject({
			tools: [{ function: { name: 'save_extraction', parameters: person } }],
			tool_choice: { type: 'function', function: { name: 'save_extraction' } },
			messages: [
				{ role: 'system', content: expect.stringContaining('Ages in years.') },
				{ role: 'user', content: 'Ada, aged 36' },
			],
		});
	});

	test('asks for JSON in JSON mode', async () => {
		const { result, bodies } = await run([{ text: JSON.stringify(ada) }], { mode: 'json' });
		expect(result).toMatchObject({ output: ada, stage: 'json' });
		expect(bodies[0]).toMatchObject({ response_format: { type: 'json_object' } });
		expect(JSON.stringify(bodies[0]?.messages)).toContain('additionalProperties');
	});

	const sources: Array<[name: string, schema: SchemaSource]> = [
		['a zod 4 schema', z.object({ name: z.string(), age: z.int() })],
		['an example', { example: ada }],
		['several examples', { examples: [ada, { name: null, age: 36 }] }],
		[
			'a JSON Schema with $defs',
			{
				$defs: { n: { type: 'string' } },
				type: 'object',
				properties: { name: { $ref: '#/$defs/n' } },
			},
		],
	];
	test.each(sources)('takes %s', async (_name, schema) => {
		const { result } = await run([saves(ada)], { schema });
		expect(result.output).toEqual(ada);
	});

	test('wraps a schema that is not an object, and unwraps its value', async () => {
		const schema = {
			type: 'array',
			items: { $ref: '#/$defs/n' },
			$defs: { n: { type: 'string' } },
		};
		const { result, bodies } = await run([saves({ value: ['Ada'] })], { schema });
		expect(result.output).toEqual(['Ada']);
		expect(bodies[0]?.tools).toMatchObject([
			{
				function: {
					parameters: { type: 'object', required: ['value'], $defs: { n: { type: 'string' } } },
				},
			},
		]);
	});

	test.each<[name: string, schema: Record<string, unknown>, sent: object]>([
		[
			'a choice at the top',
			{ type: 'object', properties: { name: {} }, anyOf: [{ required: ['name'] }] },
			{ type: 'object', properties: { value: { anyOf: [{ required: ['name'] }] } } },
		],
		[
			'a reference to its own top',
			{
				type: ['object', 'null'],
				properties: { next: { $ref: '#' }, last: { $ref: '#/$defs/a' } },
			},
			{
				properties: {
					value: {
						properties: { next: { $ref: '#/properties/value' }, last: { $ref: '#/$defs/a' } },
					},
				},
			},
		],
		[
			'an address of its own',
			{ $id: 'https://x.y/z', type: 'object', properties: {} },
			{ type: 'object' },
		],
	])('sends %s in a form that Claude takes', async (_name, schema, sent) => {
		const $defs = { a: { type: 'null' } };
		const { bodies } = await run([saves({ value: { name: 'Ada', last: null } })], {
			schema: { ...schema, $defs },
		});
		expect(bodies[0]?.tools).toMatchObject([{ function: { parameters: sent } }]);
		expect(JSON.stringify(bodies[0]?.tools)).not.toContain('"$id"');
	});

	test('asks under other names where those of the fields cannot stand in a tool', async () => {
		const schema = { type: 'object', properties: { Straße: { type: 'string' } } };
		const { result, bodies } = await run([saves({ Stra_e: 'Weg 1' })], { schema });
		expect(result).toMatchObject({ output: { Straße: 'Weg 1' }, stage: 'tool', warnings: [] });
		expect(bodies[0]?.tools).toMatchObject([
			{ function: { parameters: { properties: { Stra_e: { title: 'Straße' } } } } },
		]);
	});

	test('falls back to JSON mode where the tool is refused, for the rest of the run', async () => {
		const script: Script = ({ tools }) =>
			tools
				? { status: 400, error: { message: 'tools.0.custom.input_schema: too complex' } }
				: { text: JSON.stringify(ada) };
		const { client, gateway } = await openGateway(script);
		const request = { text: 'Ada, aged 36', schema: person };
		const warnings = ['left out tools: anthropic/claude-sonnet-4-6 refuses it'];
		expect(await extract(client, request)).toMatchObject({ output: ada, stage: 'json', warnings });
		expect(await extract(client, request)).toMatchObject({ output: ada, stage: 'json' });
		expect(gateway.requests.map(({ status }) => status)).toEqual([400, 200, 200]);
		const error = await failure(extract(client, { ...request, mode: 'tool' }));
		expect(error.kind).toBe('badRequest');
	});

	test('does not ask again when a pattern takes too long', async () => {
		const schema = { type: 'object', properties: { name: { pattern: '(.).*(.).*\\1x\\2' } } };
		const { client, gateway } = await openGateway(() => saves({ name: 'ab'.repeat(2_000) }));
		const request = { text: 'x', schema, escalateTo: ['anthropic/claude-opus-4-6'] };
		const error = await failure(extract(client, request));
		expect(error.details).toMatchObject({ failures: [{ code: 'slowPattern' }] });
		expect(error.details.costUsd).toBeGreaterThan(0);
		expect(gateway.requests).toHaveLength(1);
	});

	test('repairs in the same conversation, with the exact issues', async () => {
		const { result, bodies } = await run([saves({ name: 'Ada' }), saves(ada)]);
		expect(result).toMatchObject({ output: ada, stage: 'repair', requests: 2 });
		expect(result.attempts[0]?.failures).toMatchObject([
			{ message: expect.stringContaining('"age"') },
		]);
		expect(JSON.stringify(bodies[1]?.messages)).toMatch(
			/"role":"tool".*required property \\"age\\"/,
		);
	});

	test('escalates to the next model', async () => {
		const script: Script = ({ model }) => saves(model.includes('haiku') ? { name: 1 } : ada);
		const request = {
			model: 'claude-haiku-4-5',
			escalateTo: ['claude-sonnet-4-6'],
			maxRepairs: 1,
			coerce: false,
		};
		const { result } = await run(script, request);
		expect(result).toMatchObject({ output: ada, stage: 'escalation', requests: 3 });
		expect(result.attempts.map(({ stage }) => stage)).toEqual(['tool', 'repair', 'escalation']);
	});

	test('coerces without loss and says so', async () => {
		const { result } = await run([saves({ name: 'Ada', age: '36' })]);
		expect(result).toMatchObject({
			output: ada,
			requests: 1,
			warnings: ['coerced /age: text to number'],
		});
		const error = await failure(
			run([saves({ name: 'Ada', age: '36' })], { coerce: false, maxRepairs: 0 }),
		);
		expect(error.details.failures).toMatchObject([{ path: '/age' }]);
	});

	describe('a model that refuses a parameter', () => {
		const script: Script = ({ tool_choice }) =>
			tool_choice
				? { status: 400, error: { message: 'tool_choice: forced tools are not supported' } }
				: saves(ada);

		test('is asked once more without it, and from then on', async () => {
			const { client, gateway } = await openGateway(script);
			const request = { text: 'Ada, aged 36', schema: person };
			const first = await extract(client, request);
			expect(first).toMatchObject({
				output: ada,
				requests: 1,
				warnings: ['left out tool_choice: anthropic/claude-sonnet-4-6 refuses it'],
			});
			expect(gateway.requests.map(({ status }) => status)).toEqual([400, 200]);
			await extract(client, request);
			expect(gateway.requests.map(({ status }) => status)).toEqual([400, 200, 200]);
			await extract(client, { ...request, model: 'claude-haiku-4-5' });
			expect(gateway.requests.map(({ status }) => status)).toEqual([400, 200, 200, 400, 200]);
		});

		test('fails where nothing but a tool call was asked for', async () => {
			expect((await failure(run(script, { mode: 'tool' }))).kind).toBe('badRequest');
		});

		test('fails when it refuses something else', async () => {
			const refuse: Script = () => ({ status: 400, error: { message: 'messages: too long' } });
			const { client, gateway } = await openGateway(refuse);
			const error = await failure(extract(client, { text: 'x', schema: person }));
			expect(error.kind).toBe('badRequest');
			expect(gateway.requests).toHaveLength(1);
		});
	});

	test('takes zod defaults into the value', async () => {
		const schema = z.object({ name: z.string(), mood: z.string().default('good') });
		const { result } = await run([saves({ name: 'Ada' })], { schema });
		expect(result.output).toEqual({ name: 'Ada', mood: 'good' });
	});

	test.each<[name: string, reply: object, kind: string]>([
		['a value that never validates', saves({ name: 'Ada', age: 'old' }), 'schemaMismatch'],
		['prose', { text: 'I see a person.' }, 'schemaMismatch'],
		[
			'a cut answer, even when it validates',
			{ ...saves(ada), finishReason: 'length' },
			'truncated',
		],
		['a refusal', { text: 'No.', refusal: 'No.', finishReason: 'content_filter' }, 'refused'],
	])('%s fails with raw text and spending', async (_name, reply, kind) => {
		const error = await failure(run(() => reply, { maxRepairs: 1 }));
		expect(error.kind).toBe(kind);
		expect(error.details.raw).not.toBe('');
		expect(error.details.failures?.length).toBeGreaterThan(0);
		expect(error.details.usage.totalTokens).toBeGreaterThan(0);
		expect(error.details.costUsd).toBeGreaterThan(0);
	});

	test('reads a long text in chunks and merges them', async () => {
		const text = Array.from({ length: 60 }, (_, n) => `Record ${n} is here.`).join('\n\n');
		const schema = z.object({ records: z.array(z.object({ n: z.int() })), title: z.string() });
		const script: Script = ({ messages }) => {
			const seen = [...JSON.stringify(messages.at(-1)).matchAll(/Record (\d+) is/g)];
			const records = seen.map(([, n]) => ({ n: Number(n) }));
			return saves(records[0]?.n === 0 ? { records, title: 'All' } : { records });
		};
		const { result } = await run(script, { text, schema, chunk: { size: 300, overlap: 60 } });
		expect(result.requests).toBeGreaterThan(3);
		expect(result.output).toEqual({
			title: 'All',
			records: Array.from({ length: 60 }, (_, n) => ({ n })),
		});
	});

	test.each<[name: string, request: Partial<ExtractRequest>, words: RegExp]>([
		['no text', { text: ' ' }, /no text to extract from/],
		['an empty schema', { schema: {} }, /empty/],
		['a type that is none', { schema: { type: 'objekt' } }, /not valid at \/type/],
		[
			'a reference to nowhere',
			{ schema: { type: 'object', properties: { a: { $ref: '#/$defs/a' } } } },
			/leads nowhere/,
		],
		['temperature 1.5', { temperature: 1.5 }, /temperature/],
		[
			'an overlap that is too wide',
			{ text: 'x'.repeat(500), chunk: { size: 200, overlap: 150 } },
			/Chunk Overlap/,
		],
	])('%s is refused before any request', async (_name, request, words) => {
		const { client, gateway } = await openGateway([]);
		const error = await failure(extract(client, { text: 'Ada', schema: person, ...request }));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
		expect(gateway.requests).toHaveLength(0);
	});
});

describe('parseJson', () => {
	test.each<[text: string, value: unknown, warnings: string[]]>([
		['{"a":1}', { a: 1 }, []],
		['\uFEFF {"a":1}\n', { a: 1 }, []],
		['[1,2]', [1, 2], []],
		['"text"', 'text', []],
		['```json\n{"a":1}\n```', { a: 1 }, ['fenced']],
		['Draft:\n```\n{"a":1}\n```\nFinal:\n```json\n{"a":2}\n```', { a: 2 }, ['fenced']],
		['Sure! Here it is: {"a":{"b":"}"}} Enjoy.', { a: { b: '}' } }, ['prose']],
		['{"a":1,}', { a: 1 }, ['repaired']],
		["{'a': True, 'b': None}", { a: true, b: null }, ['repaired']],
		['{a: 1 /* one */}', { a: 1 }, ['repaired']],
		['"{\\"a\\":1}"', { a: 1 }, ['doubleEncoded']],
	])('%j', (text, value, warnings) => {
		expect(parseJson(text)).toMatchObject({ ok: true, candidates: expect.arrayContaining([]) });
		const parsed = parseJson(text);
		const [first] = parsed.ok ? parsed.candidates : [];
		expect({ value: first?.value, warnings: first?.warnings }).toEqual({ value, warnings });
	});

	test.each<[text: string, reason: RegExp]>([
		['', /empty/],
		['no json at all', /no JSON/],
		['{"a": 1, "b": [1, 2', /truncated/],
		['```json\n{"a": 1', /truncated/],
	])('refuses %j', (text, reason) => {
		expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
	});

	test('leaves __proto__ harmless', () => {
		const parsed = parseJson('{"__proto__": {"polluted": true}}');
		expect(parsed.ok).toBe(true);
		expect(Object.prototype).not.toHaveProperty('polluted');
	});

	test('reads megabytes of brackets in one pass', () => {
		expect(parseJson('['.repeat(2_000_000)).ok).toBe(false);
		expect(parseJson(`x ${'{"a":1} '.repeat(20_000)}`).ok).toBe(true);
	});
});

describe('coerce', () => {
	const number = { type: 'number' };
	test.each<[value: unknown, schema: object, result: unknown]>([
		['36', number, 36],
		['-1.5e3', number, -1500],
		['1,234', number, '1,234'],
		['036', number, '036'],
		['12345678901234567890', number, '12345678901234567890'],
		['1.5', { type: 'integer' }, '1.5'],
		['true', { type: 'boolean' }, true],
		['yes', { type: 'boolean' }, true],
		[36, { type: 'string' }, '36'],
		['null', { type: ['number', 'null'] }, null],
		['', { type: ['number', 'null'] }, null],
		['{"a":"1"}', { type: 'object', properties: { a: number } }, { a: 1 }],
		[[{ a: '1' }], { type: 'object', properties: { a: number } }, { a: 1 }],
		[{ result: { a: '1' } }, { type: 'object', properties: { a: number } }, { a: 1 }],
		[
			{ list: ['1', '2'] },
			{ type: 'object', properties: { list: { type: 'array', items: number } } },
			{ list: [1, 2] },
		],
		[
			{ a: '1' },
			{ $defs: { n: number }, type: 'object', properties: { a: { $ref: '#/$defs/n' } } },
			{ a: 1 },
		],
		['1', { anyOf: [number, { type: 'null' }] }, 1],
	])('%j by %j', (value, schema, result) => {
		const coerced = coerce(value, { ...schema });
		expect(coerced.value).toEqual(result);
		expect(coerced.warnings.length > 0).toBe(JSON.stringify(value) !== JSON.stringify(result));
	});
});
