import { z } from 'zod/v4';
import {
	chat,
	defineTool,
	estimateExtract,
	extract,
	priceOf,
	runToolLoop,
	streamChat,
	toJsonSchema,
	TokenHubError,
} from '../../core';
import type { Script } from '../../gateway';
import { mergeValues } from '../../core/extract/parts/merge';
import { readJsonText } from '../../core/json/tryJson';
import { schemaCheck } from '../../core/schema/schemaCheck';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const question = { messages: [{ role: 'user' as const, content: 'Go' }] };
const NAMES = ['toString', 'constructor', '__proto__', 'valueOf', 'hasOwnProperty', 'prototype'];
const deepText = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const nested = (levels: number) =>
	Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), {});

const MODEL = 'anthropic/claude-sonnet-4-6';
const completion = (more: object) => ({
	...{ id: 'x', model: MODEL },
	choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
	usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
	...more,
});
const openRaw = async (body: unknown) =>
	await openGateway(() => ({ raw: JSON.stringify(body) }), { maxRetries: 0 });

describe('errors inside of an answer', () => {
	const rows: Array<[error: unknown, kind: string, message: RegExp]> = [
		[{ message: 'x', code: { toString: 1 } }, 'badResponse', /error: x$/],
		[{ message: { toString: 1 }, code: 'x' }, 'badResponse', /\{"toString":1\}/],
		[{ message: 'x', type: ['overloaded'], code: null }, 'overloaded', /error: x$/],
		[{ message: 'x', code: 401 }, 'auth', /answered 401: x$/],
		[{ message: 'x', code: 1e300 }, 'badResponse', /error: x$/],
		[{ message: 'x', code: 200 }, 'badResponse', /error: x$/],
		[{ valueOf: null, toString: null }, 'badResponse', /"valueOf":null/],
		['Overloaded', 'overloaded', /error: Overloaded$/],
		[[{ message: 'x' }], 'badResponse', /error: x$/],
	];
	test.each(rows)('%j', async (error, kind, message) => {
		const { client } = await openRaw({ error });
		expect(await failure(chat(client, question))).toMatchObject({
			kind,
			message: expect.stringMatching(message),
		});
	});

	test.each([[{ toString: 1 }], [['x']], [5], [null], ['__proto__']])(
		'with status 400 and %j everywhere',
		async (any) => {
			const raw = JSON.stringify({ error: { message: any, code: any, type: any, param: any } });
			const { client } = await openGateway(() => ({ raw, status: 400 }));
			const error = await failure(chat(client, question));
			expect(error.kind).toBe('badRequest');
			expect(error.message).not.toMatch(/\[object|undefined/);
			for (const { path } of error.details.failures ?? []) expect(typeof path).toBe('string');
		},
	);
});

describe('what an answer says it has cost', () => {
	const rows: Array<[usage: unknown, tokens: number, costUsd: number | null]> = [
		[{ prompt_tokens: 10, completion_tokens: 20 }, 30, 0.00033],
		[{ prompt_tokens: '10', completion_tokens: '20' }, 30, 0.00033],
		[{ prompt_tokens: 10, completion_tokens: 20, total_tokens: -5 }, 30, 0.00033],
		[{ prompt_tokens: 10, completion_tokens: 20, total_tokens: 1e300 }, 30, 0.00033],
		[{ prompt_tokens: 10, completion_tokens: 20, total_tokens: 0 }, 30, 0.00033],
		[{ prompt_tokens: 10, completion_tokens: 20, total_tokens: 35 }, 35, 0.000405],
		[{ prompt_tokens: 10, completion_tokens: 20, total_tokens: 90 }, 90, null],
		[{ prompt_tokens: -1, completion_tokens: 20 }, 20, null],
		[{ prompt_tokens: 10, completion_tokens: 1e308 }, 10, null],
		[{ prompt_tokens: 10, total_tokens: 40 }, 40, null],
		[{ prompt_tokens: null, completion_tokens: [] }, 0, null],
		[{ toString: 1 }, 0, null],
		...[{}, [], 'x', 5, null, true].map((usage): [unknown, number, null] => [usage, 0, null]),
	];
	test.each(rows)('%j', async (usage, totalTokens, costUsd) => {
		const { client } = await openRaw(completion({ usage }));
		const result = await chat(client, question);
		expect(result).toMatchObject({ text: 'Hi', costUsd, usage: { totalTokens } });
	});

	test.each([
		[{ choices: {} }],
		[{ choices: [] }],
		[{ choices: [{ message: null }] }],
		[{ choices: [{ message: 'x' }] }],
		[{ choices: [{ message: { content: 'x', tool_calls: 'x' } }] }],
		[{ choices: [{ message: { content: 'x' }, finish_reason: {} }] }],
		[{ error: { message: 'x' }, choices: null }],
	])('%j cannot be used, and is billed each time that it is asked for', async (more) => {
		const raw = JSON.stringify(completion(more));
		const { client, gateway } = await openGateway(
			() => ({
				...{ raw, headers: { 'retry-after-ms': '1' } },
			}),
			{ maxRetries: 1 },
		);
		const error = await failure(chat(client, question));
		const { length } = gateway.requests;
		expect(error.details).toMatchObject({ usage: { totalTokens: 30 * length } });
		expect(error.details.costUsd).toBeCloseTo(0.00033 * length, 9);
	});

	test('an answer after one that could not be used costs both', async () => {
		const bad = {
			raw: JSON.stringify(completion({ choices: 5 })),
			headers: { 'retry-after-ms': '1' },
		};
		const good = { raw: JSON.stringify(completion({})) };
		const { client } = await openGateway([bad, good]);
		expect(await chat(client, question)).toMatchObject({ costUsd: 0.00066, retries: 1 });
	});

	test('no price of numbers that are none', () => {
		for (const promptTokens of [NaN, -1, Infinity, -Infinity]) {
			expect(priceOf(MODEL, { promptTokens, completionTokens: 0, totalTokens: 0 })).toBeNull();
		}
		for (const name of NAMES) {
			expect(priceOf(name, { promptTokens: 1, completionTokens: 1, totalTokens: 2 })).toBeNull();
		}
	});
});

describe('calls and chunks of any form', () => {
	const call = (more: object) => ({
		id: 'a',
		type: 'function',
		function: { name: 'add', ...more },
	});
	test.each([
		[call({ arguments: { a: 1 } }), 'ran 1'],
		[call({ arguments: '{"a":1}' }), 'ran 1'],
		[{ ...call({ arguments: { a: 1 } }), id: { toString: 1 } }, 'ran 1'],
		[call({ arguments: 5 }), /must be a JSON object, not 5/],
		[call({ arguments: [1] }), /must be a JSON object/],
		[{ function: { name: 7, arguments: {} } }, /no tool ""/],
	])('%j', async (made, told) => {
		const message = { role: 'assistant', content: null, tool_calls: [made] };
		const asks = completion({ choices: [{ finish_reason: 'tool_calls', message }] });
		const { client, bodies } = await openGateway([
			{ raw: JSON.stringify(asks) },
			{ text: 'Done.' },
		]);
		const parameters = z.object({ a: z.number() });
		const tools = [
			defineTool({ name: 'add', description: '', parameters, execute: ({ a }) => `ran ${a}` }),
		];
		await runToolLoop(client, { prompt: 'Go', tools });
		const said = JSON.stringify(bodies()[1]?.messages).replaceAll('\\"', '"');
		expect(said).toMatch(told);
	});

	const stream =
		(delta: unknown): Script =>
		() => ({
			contentType: 'text/event-stream',
			raw: [
				{ ...completion({}), choices: [{ delta }] },
				{ choices: [{ delta: {}, finish_reason: 'stop' }] },
			]
				.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
				.join(''),
		});
	test.each([
		[{ tool_calls: [{ index: '0', function: { name: 'add', arguments: '{}' } }] }, '{}'],
		[
			{ tool_calls: [{ index: null, id: 5, function: { name: 'add', arguments: { a: 1 } } }] },
			'{"a":1}',
		],
	])('a stream with %j', async (delta, args) => {
		const { client } = await openGateway(stream(delta));
		const events = [];
		for await (const event of streamChat(client, question)) events.push(event);
		expect(events).toContainEqual(expect.objectContaining({ type: 'toolCall', arguments: args }));
	});
	test.each([[{ tool_calls: 'x' }], [{ tool_calls: [{ index: 10_000 }] }], ['x']])(
		'a stream with %j is refused, and its bill kept',
		async (delta) => {
			const { client } = await openGateway(stream(delta), { maxRetries: 0 });
			const read = async () => {
				for await (const event of streamChat(client, question)) void event;
			};
			const error = await failure(read());
			expect(error).toMatchObject({ kind: 'badResponse', details: { usage: { totalTokens: 30 } } });
		},
	);
});

describe('nesting', () => {
	const tree = {
		$ref: '#/$defs/t',
		$defs: { t: { type: 'object', properties: { a: { $ref: '#/$defs/t' } } } },
	};

	test.each([201, 5_000, 20_000])(
		'arguments of %d levels are told to the model',
		async (levels) => {
			const execute = jest.fn();
			const tools = [
				defineTool({ name: 't', description: '', parameters: { type: 'object' }, execute }),
			];
			const { client, bodies } = await openGateway([
				{ toolCalls: [{ name: 't', arguments: deepText(levels) }] },
				{ text: 'Done.' },
			]);
			const result = await runToolLoop(client, { prompt: 'Go', tools });
			expect(result).toMatchObject({ output: 'Done.', stopReason: 'answered', requests: 2 });
			expect(execute).not.toHaveBeenCalled();
			expect(JSON.stringify(bodies()[1])).toContain('they are nested deeper than 200 levels');
			expect(JSON.stringify(result.steps)).toContain('nested deeper');
		},
	);

	test('arguments of 200 levels are run', async () => {
		const execute = jest.fn(() => 'fine');
		const tools = [
			defineTool({ name: 't', description: '', parameters: { type: 'object', ...tree }, execute }),
		];
		const text = `${'{"a":'.repeat(199)}{}${'}'.repeat(199)}`;
		const { client } = await openGateway([
			{ toolCalls: [{ name: 't', arguments: text }] },
			{ text: 'x' },
		]);
		await runToolLoop(client, { prompt: 'Go', tools });
		expect(execute).toHaveBeenCalledTimes(1);
	});

	const lazy: z.ZodType = z.lazy(() => z.looseObject({ a: lazy.optional() }));
	test.each([
		['JSON Schema', tree],
		['zod', lazy],
	])('an answer of 2,000 levels for a recursive %s', async (_name, schema) => {
		const { client } = await openGateway(() => ({ text: deepText(2_000) }));
		const error = await failure(
			extract(client, { text: 'x', schema, mode: 'json', maxRepairs: 1 }),
		);
		expect(error.kind).toBe('schemaMismatch');
		expect(error.message).toContain('nested deeper than 200 levels');
		expect(error.details.usage.completionTokens).toBeGreaterThan(0);
	});

	const circular: Record<string, unknown> = { type: 'object' };
	circular.properties = { self: circular };
	const endless: z.ZodType = z.lazy(() => z.array(z.lazy(() => z.tuple([endless]))));
	const arrays = Array.from({ length: 3_000 }).reduce<z.ZodType>(
		(inner) => z.array(inner),
		z.string(),
	);
	test.each([
		['a deep schema', { type: 'object', properties: nested(5_000) }],
		['a schema that holds itself', circular],
		['a deep zod schema', arrays],
	])('%s is refused before any request', async (_name, given) => {
		const { client, gateway } = await openGateway();
		const schema: z.ZodType | Record<string, unknown> = given;
		const tries = [
			() => toJsonSchema(schema),
			() => defineTool({ name: 't', description: '', parameters: schema }),
			() => estimateExtract(client, { text: 'x', schema }),
		];
		for (const run of tries) expect(run).toThrow(TokenHubError);
		expect(await failure(extract(client, { text: 'x', schema }))).toMatchObject({
			kind: 'badConfig',
		});
		expect(gateway.requests).toHaveLength(0);
		expect(() => toJsonSchema(endless)).not.toThrow(RangeError);
	});

	test('inputs of a caller', async () => {
		const { client } = await openGateway(() => ({ text: 'x' }));
		const parameters = { type: 'object', properties: nested(3_000) };
		const tool = { type: 'function' as const, function: { name: 't', parameters } };
		const example = nested(3_000);
		for (const refused of [
			chat(client, {
				...question,
				tools: [{ ...tool, function: { ...tool.function, parameters: { ...parameters } } }],
			}),
			extract(client, { text: 'x', schema: { example } }),
		]) {
			expect(await failure(refused)).toMatchObject({
				kind: 'badConfig',
				message: expect.stringContaining('nested deeper than 200 levels'),
			});
		}
		expect(() => readJsonText(deepText(5_000), 'The field')).toThrow(
			/nested deeper than 200 levels/,
		);
	});
});

describe('names that every object answers to', () => {
	test.each(NAMES)('a keyword and a format called %s', (name) => {
		const named = (value: unknown) => Object.fromEntries([[name, value]]);
		const schema = {
			type: 'object',
			...named([{ type: 5 }]),
			properties: { a: { type: 'string', format: name }, ...named({ type: 'number' }) },
			required: [name],
		};
		const check = schemaCheck(schema);
		expect(check({ a: 'x', ...named(1) })).toEqual([]);
		expect(check({ a: 'x' })).toMatchObject([{ code: 'required' }]);
		expect(check({ a: 'x', ...named('y') })).toMatchObject([{ code: 'type' }]);
		// With a keyword that the quick check leaves to the validator.
		const slow = schemaCheck({ ...schema, minProperties: 1 });
		expect(slow({ a: 'x', ...named(1) })).toEqual([]);
		expect(slow({ a: 'x' })).toMatchObject([{ code: 'required' }]);
	});

	test.each(NAMES)('parts of which one has a field %s', (name) => {
		const part = (value: object) => ({ value, own: '', shared: '' });
		const first = { b: 1, list: [{ b: 1 }] };
		const second = Object.fromEntries([
			['c', 2],
			[name, 'x'],
		]);
		const { value, warnings } = mergeValues([part(first), part(second)]);
		expect(warnings).toEqual([]);
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(JSON.parse(JSON.stringify(value))).toEqual({ ...first, ...second });
	});

	test.each(NAMES)('a field %s in an extraction of a long text', async (name) => {
		const schema = {
			type: 'object',
			properties: Object.fromEntries([
				['n', { type: 'number' }],
				[name, { type: 'string' }],
			]),
			additionalProperties: false,
		};
		const { client } = await openGateway((_body, n) => ({
			text: JSON.stringify(Object.fromEntries([n === 0 ? ['n', 1] : [name, 'x']])),
		}));
		const text = 'word '.repeat(90);
		const result = await extract(client, {
			...{ text, schema, mode: 'json', chunk: { size: 300, overlap: 0 }, evidence: true },
		});
		expect(JSON.stringify(result.output)).toBe(
			JSON.stringify(
				Object.fromEntries([
					['n', 1],
					[name, 'x'],
				]),
			),
		);
	});

	test.each(NAMES)('an argument called %s', async (name) => {
		const text = `{"a":1,${JSON.stringify(name)}:{"polluted":true}}`;
		const got: unknown[] = [];
		const execute = (args: unknown) => {
			got.push(args);
			return 'fine';
		};
		const tools = [
			defineTool({ name: 'json', description: '', parameters: { type: 'object' }, execute }),
			defineTool({ name: 'loose', description: '', parameters: z.looseObject({}), execute }),
			defineTool({
				name: 'map',
				description: '',
				parameters: z.record(z.string(), z.unknown()),
				execute,
			}),
			defineTool({
				name: 'strict',
				description: '',
				parameters: z.strictObject({ a: z.number() }),
				execute,
			}),
		];
		const { client, bodies } = await openGateway([
			{ toolCalls: tools.map((tool) => ({ name: tool.name, arguments: text })) },
			{ text: 'Done.' },
		]);
		const { steps } = await runToolLoop(client, { prompt: 'Go', tools });
		for (const args of got) {
			expect(Object.hasOwn(Object(args), name)).toBe(true);
			expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
		}
		// zod itself takes a record with a `constructor` for an instance of a class, and says so.
		const refused = name === '__proto__' ? ['loose', 'map'] : name === 'constructor' ? ['map'] : [];
		expect(got).toHaveLength(3 - refused.length);
		const failed = steps.flatMap(({ tool, error }) => (error === undefined ? [] : [tool]));
		expect(failed).toEqual([...refused, 'strict']);
		expect(JSON.stringify(bodies()[1]?.messages)).toContain('polluted');
		expect(Reflect.get({}, 'polluted')).toBeUndefined();
	});

	test.each(NAMES)('a tool, a model and a finish reason called %s', async (name) => {
		const parameters = { type: 'object', properties: { a: { enum: NAMES } } };
		const tools = [defineTool({ name, description: '', parameters, execute: () => name })];
		const { client } = await openGateway([
			{ toolCalls: [{ name, arguments: JSON.stringify({ a: name }) }], model: name },
			{ text: name, finishReason: name, model: name },
		]);
		const result = await runToolLoop(client, { prompt: 'Go', tools });
		expect(result).toMatchObject({
			output: name,
			model: name,
			steps: [{ result: name }],
		});
	});
});
