import { z as z3 } from 'zod/v3';
import { z } from 'zod/v4';
import { defineTool, runToolLoop, type Tool } from '../../core';
import type { JsonSchema, ZodType } from '../../core/schema/jsonSchema';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { asks, call, done } from './fault';

const named = (name: string, parameters?: ZodType | JsonSchema | null): Tool =>
	defineTool({ name, description: name, parameters, execute: () => name });

function tooDeep(): JsonSchema {
	let part: JsonSchema = { type: 'string' };
	for (let depth = 0; depth < 194; depth += 1) part = { type: 'array', items: part };
	return { anyOf: [{ type: 'object', properties: { part } }] };
}

/** Refuses the tools of these names, one by one, in words that `say` makes of place and name. */
const refusing =
	(bad: readonly string[], say: (at: number, name: string) => string): Script =>
	({ tools = [], messages }): Reply => {
		const at = tools.findIndex((tool) => bad.includes(tool.function.name));
		if (at < 0) return messages.length > 1 ? done : asks(call('good'));
		const message = say(at, tools[at]?.function.name ?? '');
		return { status: 400, error: { message } };
	};

const claudes = (at: number) => `tools.${at}.custom.input_schema: JSON schema is invalid.`;
const words: Array<[string, (at: number, name: string) => string]> = [
	['Claude', claudes],
	[
		'a gateway in front of it',
		(at) => `AnthropicException - {"message":"tools.${at}.input_schema.type: Field required"}`,
	],
	[
		'the name of a function',
		(_at, name) => `Invalid schema for function '${name}': None is not of type 'object'`,
	],
	['an index in brackets', (at) => `Invalid 'tools[${at}].function.parameters': too complex`],
	['a place of OpenAI', (at) => `tools.${at}.function.parameters: too many properties`],
];

test.each(words)(
	'a tool refused in the words of %s is left out, the others work',
	async (_who, say) => {
		const { client, gateway } = await openGateway(refusing(['bad', 'worse'], say));
		const tools = ['first', 'bad', 'good', 'worse'].map((name) => named(name));
		const result = await runToolLoop(client, { prompt: 'Go', tools });
		expect(result).toMatchObject({ output: 'Done.', steps: [{ tool: 'good', result: 'good' }] });
		expect(result.warnings).toEqual([
			expect.stringMatching(/^The tool "bad" was left out: TokenHub answered 400/),
			expect.stringMatching(/^The tool "worse" was left out: /),
		]);
		expect(gateway.requests.map(({ status }) => status)).toEqual([400, 400, 200, 200]);
	},
);

test('a tool that one turn forces is not left out: its refusal is an error', async () => {
	const { client } = await openGateway(refusing(['bad'], claudes));
	const tools = ['bad', 'good'].map((name) => named(name));
	const beforeTurn = () => ({ toolChoice: { name: 'bad' } });
	const error = await failure(runToolLoop(client, { prompt: 'Go', tools, beforeTurn }));
	expect(error.message).toContain('tools.0.custom.input_schema');
});

test.each(words)('in a stream as well: %s', async (_who, say) => {
	const { client } = await openGateway(refusing(['bad'], say));
	const tools = ['bad', 'good'].map((name) => named(name));
	const result = await runToolLoop(client, { prompt: 'Go', tools, stream: true });
	expect(result).toMatchObject({ output: 'Done.', warnings: [expect.stringMatching(/"bad"/)] });
});

test.each<[string, string[], { name: string } | undefined, string]>([
	['the last tool', ['bad'], undefined, 'tools.0.custom.input_schema: no'],
	['a forced tool', ['bad', 'good'], { name: 'bad' }, 'tools.0.custom.input_schema: no'],
	['no tool at all', ['good', 'bad'], undefined, 'tools: List should have at most 128 items'],
	[
		'a message that speaks of tools',
		['good', 'bad'],
		undefined,
		'messages.0.content: "tools.1.x" is too long',
	],
	['a tool that is not there', ['good', 'bad'], undefined, 'tools.7.custom.input_schema: no'],
])('a refusal of %s is an error', async (_what, names, toolChoice, message) => {
	const { client, gateway } = await openGateway(() => ({ status: 400, error: { message } }));
	const tools = names.map((name) => named(name));
	const error = await failure(runToolLoop(client, { prompt: 'Go', tools, toolChoice }));
	expect(error).toMatchObject({ kind: 'badRequest' });
	expect(error.message).toContain(message);
	expect(gateway.requests).toHaveLength(1);
});

test('a tool that cannot be sent is left out before any request', async () => {
	const { client, gateway } = await openGateway([done]);
	const tools = [named('deep', tooDeep()), named('good')];
	const result = await runToolLoop(client, { prompt: 'Go', tools });
	expect(result.warnings).toEqual([
		expect.stringMatching(/^The tool "deep" was left out: its schema is nested/),
	]);
	expect(gateway.requests[0]?.body).toMatchObject({ tools: [{ function: { name: 'good' } }] });
});

test.each([
	[
		'forced',
		[named('deep', tooDeep()), named('good')],
		/Tool choice names a tool that cannot be sent.*"deep"/,
	],
	['the only one', [named('deep', tooDeep())], /None of the tools can be sent.*"deep"/],
])('one that is %s is refused before any request', async (_how, tools, said) => {
	const { client, gateway } = await openGateway([]);
	const toolChoice = tools.length > 1 ? { name: 'deep' } : undefined;
	const error = await failure(runToolLoop(client, { prompt: 'Go', tools, toolChoice }));
	expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(said) });
	expect(gateway.requests).toHaveLength(0);
});

test('slips in the schemas of tools are warnings of the loop, and there is no key without any', async () => {
	const { client } = await openGateway([done, done]);
	const slip = named('slip', {
		type: 'object',
		properties: { a: { type: 'string', minlength: 2 } },
	});
	expect((await runToolLoop(client, { prompt: 'Go', tools: [slip] })).warnings).toEqual([
		expect.stringMatching(/^tool "slip": schema: \/properties\/a\/minlength .*minLength/),
	]);
	expect(await runToolLoop(client, { prompt: 'Go', tools: [named('good')] })).not.toHaveProperty(
		'warnings',
	);
});

/** What a tool is handed for the arguments that a model wrote. */
async function handed(parameters: ZodType | JsonSchema | null | undefined, args: object) {
	const seen: unknown[] = [];
	const tool = defineTool({
		...{ name: 'take', description: 'Takes', parameters },
		execute: (given) => {
			seen.push(given);
			return 'ok';
		},
	});
	const { client } = await openGateway([asks(call('take', args)), done]);
	const result = await runToolLoop(client, { prompt: 'Go', tools: [tool] });
	return { seen, step: result.steps[0] };
}

test.each<[string, ZodType | JsonSchema | null | undefined, unknown]>([
	['undefined', undefined, {}],
	['null', null, {}],
	['{}', {}, {}],
	[
		'only words',
		{ $schema: 'https://json-schema.org/draft/2020-12/schema', description: 'none' },
		{},
	],
	['type: object', { type: 'object' }, {}],
	['no properties', { type: 'object', properties: {} }, {}],
	['type: null', { type: 'null' }, {}],
	['z.object({})', z.object({}), {}],
	['a strict one', z3.object({}).strict(), {}],
	['z.void()', z.void(), undefined],
	['z.undefined()', z3.undefined(), undefined],
	['z.null()', z.null(), null],
	['z.never()', z.never(), {}],
	['z.any()', z3.any(), {}],
	['z.unknown()', z.unknown(), {}],
])('a tool without parameters: %s', async (_name, parameters, expected) => {
	expect(await handed(parameters, {})).toMatchObject({ seen: [expected], step: { result: 'ok' } });
});

const at = '2026-02-28T09:30:00Z';
test.each<[string, ZodType, object, unknown]>([
	['zod 4', z.object({ on: z.date() }), { on: at }, { on: new Date(at) }],
	['zod 3', z3.object({ on: z3.date() }), { on: at }, { on: new Date(at) }],
	[
		'a day',
		z.object({ on: z.date().min(new Date(0)) }),
		{ on: '2026-02-28' },
		{ on: new Date('2026-02-28') },
	],
	[
		'nested',
		z.object({
			a: z.array(z.object({ 'the day': z.date().nullable() })),
			b: z.record(z.string(), z.date().optional()),
		}),
		{ a: [{ the_day: at }, { the_day: null }], b: { x: at } },
		{ a: [{ 'the day': new Date(at) }, { 'the day': null }], b: { x: new Date(at) } },
	],
	['a choice', z.object({ on: z.union([z.date(), z.number()]) }), { on: at }, { on: new Date(at) }],
	[
		'a choice of zod 3',
		z3.object({ on: z3.union([z3.date(), z3.number()]) }),
		{ on: at },
		{ on: new Date(at) },
	],
	['a choice with text', z.object({ on: z.union([z.string(), z.date()]) }), { on: at }, { on: at }],
	[
		'a BigInt of digits',
		z3.object({ n: z3.coerce.bigint() }),
		{ n: '12345678901234567890' },
		{ n: 12345678901234567890n },
	],
	[
		'an asynchronous check',
		z.object({ a: z.string().refine(async (a) => a === 'x') }),
		{ a: 'x' },
		{ a: 'x' },
	],
	[
		'an asynchronous transform',
		z3.object({ a: z3.string().transform(async (a) => a.length) }),
		{ a: 'xyz' },
		{ a: 3 },
	],
])('a tool is handed what its zod schema means: %s', async (_name, parameters, args, expected) => {
	const { seen, step } = await handed(parameters, args);
	expect(step).toMatchObject({ result: 'ok' });
	expect(seen).toEqual([expected]);
});

test.each<[string, ZodType, object, RegExp]>([
	['no date', z.object({ on: z.date() }), { on: 'soon' }, /\/on: .*date/],
	[
		'a day that is none',
		z.object({ on: z.date() }),
		{ on: '2026-02-30T00:00:00Z' },
		/\/on: .*date/,
	],
	[
		'a time without its zone',
		z.object({ on: z.date() }),
		{ on: '2026-02-28T09:30:00' },
		/\/on: .*date/,
	],
	[
		'an asynchronous no',
		z.object({ a: z.string().refine(async () => false, 'not free') }),
		{ a: 'x' },
		/\/a: not free/,
	],
	[
		'an asynchronous no of zod 3',
		z3.object({ a: z3.string().refine(async () => false, 'not free') }),
		{ a: 'x' },
		/\/a: not free/,
	],
	[
		'a rejection',
		z.object({ a: z.string().refine(() => Promise.reject(new Error('no database'))) }),
		{ a: 'x' },
		/no database/,
	],
	[
		'a rejection of zod 3',
		z3.object({ a: z3.string().transform(() => Promise.reject(new Error('no database'))) }),
		{ a: 'x' },
		/no database/,
	],
])('the model is told of %s', async (_name, parameters, args, said) => {
	const { seen, step } = await handed(parameters, args);
	expect(seen).toEqual([]);
	expect(step).toMatchObject({ error: expect.stringMatching(said) });
});

test.each<[string, ZodType, RegExp]>([
	['a set', z.object({ s: z.set(z.string()) }), /no JSON form at \/s: JSON has no sets/],
	['a map', z3.object({ m: z3.map(z3.string(), z3.string()) }), /no JSON form at \/m/],
	['a BigInt', z.object({ n: z.bigint() }), /no JSON form at \/n/],
	['a symbol', z.object({ s: z.symbol() }), /no symbols/],
	['a custom kind', z.object({ s: z.custom<Date>() }), /no JSON form/],
	['a text', z.union([z.string(), z.number()]), /must describe an object/],
])('%s is refused when the tool is defined', (_name, parameters, said) => {
	expect(() => named('x', parameters)).toThrow(said);
});

test('a check that never ends is left behind when the time of the tool is up', async () => {
	const parameters = z.object({
		a: z.string().refine(() => new Promise<boolean>(() => undefined)),
	});
	const { client } = await openGateway([asks(call('slow', { a: 'x' })), done]);
	const tools = [named('slow', parameters)];
	const result = await runToolLoop(client, { prompt: 'Go', tools, toolTimeoutMs: 50 });
	expect(result.steps[0]).toMatchObject({
		error: expect.stringMatching(/no result within 0.05 s/),
	});
});

test('manual tools are shown and resumed under their own names', async () => {
	const parameters = { type: 'object', properties: { 'the id': { type: 'string' } } };
	const tool = defineTool({ name: 'ask', description: 'Asks', parameters });
	const { client } = await openGateway([asks(call('ask', { the_id: '7' })), done]);
	const waiting = await runToolLoop(client, { prompt: 'Go', tools: [tool] });
	expect(waiting.pendingToolCalls).toMatchObject([{ arguments: { 'the id': '7' } }]);
	const { resume } = waiting;
	if (!resume) throw new Error('nothing to resume');
	const results = [{ callId: resume.pending[0]?.callId ?? '', result: 'yes' }];
	const ended = await runToolLoop(client, { tools: [tool], resume: { ...resume, results } });
	expect(ended).toMatchObject({ output: 'Done.', steps: [{ arguments: { 'the id': '7' } }] });
});
