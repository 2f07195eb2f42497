import fc from 'fast-check';
import { z } from 'zod/v4';
import {
	answer,
	chat,
	defineTool,
	estimateExtract,
	extract,
	runToolLoop,
	streamChat,
	type ToolLoopResult,
	type TokenHubClient,
} from '../../core';
import { hostileReply, type HostileReply } from './hostileReply';

const circular: Record<string, unknown> = { n: 1 };
circular.self = circular;
const nested = (levels: number) =>
	Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), 1);

/** What a tool, or a person who answers for one, may give. */
const RESULTS: Array<() => unknown> = [
	...[() => 'fine', () => 42, () => null, () => ({ a: [1] }), () => '', () => 'x'.repeat(90_000)],
	...[() => circular, () => nested(5_000), () => nested(20_000), () => 1n, () => Symbol('s')],
	...[() => new Map([['__proto__', 1]]), () => ({ toJSON: 5 }), () => Object.create(null)],
	() => ({
		toJSON() {
			throw new Error('no JSON of me');
		},
	}),
	() => ({
		get a() {
			return thrown(undefined);
		},
	}),
	() => thrown(undefined),
	() => thrown(Object.freeze({ message: 5 })),
	() => thrown(Object.defineProperty(new Error('x'), 'message', { get: () => thrown('y') })),
	() => thrown(new AggregateError([new Error('a'), 'b'])),
	() => thrown(new DOMException('stop', 'AbortError')),
	() => Promise.reject(new RangeError('deep')),
	() => JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
	() => [
		{ type: 'text', text: 'hi' },
		{ type: 'image_url', image_url: { url: 'x' } },
	],
	() => ({ then: 5 }),
];

/** Thrown as it is, error or not. */
export function thrown(what: unknown): never {
	throw what;
}

const SCHEMAS: Array<Parameters<typeof estimateExtract>[1]['schema']> = [
	z.object({ name: z.string(), age: z.number() }),
	z.object({ people: z.array(z.object({ name: z.string(), age: z.number().int() })) }),
	z.looseObject({ a: z.unknown().optional() }),
	z.record(z.string(), z.unknown()),
	{
		type: 'object',
		properties: { constructor: { type: 'string' }, toString: { type: ['number', 'null'] } },
		required: ['constructor'],
	},
	{ $ref: '#/$defs/node', $defs: { node: { properties: { child: { $ref: '#/$defs/node' } } } } },
	{
		type: 'object',
		toString: ['x'],
		constructor: { type: 5 },
		properties: { a: { format: '__proto__' } },
	},
	{ type: 'array', items: { type: ['object', 'number', 'array'] } },
	{ example: { name: 'Ada', age: 36, constructor: 'x' } },
];

const TEXT =
	'Ada Lovelace, 36, of London. She wrote on 12 May 1843 to Charles Babbage, 51. '.repeat(12);

export const hostileCase = fc.record({
	call: fc.constantFrom(
		...['chat', 'chat', 'stream', 'answer', 'streamed answer', 'loop', 'loop', 'streamed loop'],
		...['loop for a value', 'extract', 'extract', 'extract in parts', 'estimate'],
	),
	replies: fc.array(hostileReply, { minLength: 1, maxLength: 4 }),
	retries: fc.constantFrom(0, 0, 0, 1),
	schema: fc.nat(SCHEMAS.length - 1),
	result: fc.nat(RESULTS.length - 1),
	flags: fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }),
	abortMs: fc.option(fc.nat(20), { freq: 10 }),
});
export interface HostileCase {
	call: string;
	replies: HostileReply[];
	retries: number;
	schema: number;
	result: number;
	flags: { a: boolean; b: boolean; c: boolean };
	abortMs: number | null;
}

const question = { messages: [{ role: 'user' as const, content: 'Go' }], maxTokens: 50 };

/** Makes the call of a case; what it gives is judged by others. */
export async function makeCall(client: TokenHubClient, given: HostileCase): Promise<object> {
	const { call, flags } = given;
	const signal = given.abortMs === null ? undefined : AbortSignal.timeout(given.abortMs);
	switch (call) {
		case 'chat':
			return await chat(client, question, { signal, includeRaw: flags.a });
		case 'stream':
			return await lastOf(streamChat(client, question, { signal }), flags.a);
		case 'answer':
			return await answer(client, question, { signal, autoContinue: flags.a });
		case 'streamed answer': {
			const onText = flags.c ? () => thrown(circular) : () => undefined;
			return await answer(client, question, {
				...{ signal, autoContinue: flags.a, stream: true },
				onText: flags.b ? onText : undefined,
			});
		}
		case 'estimate':
			return estimateExtract(client, { text: TEXT, schema: schemaOf(given) });
		case 'extract':
		case 'extract in parts':
			return await extract(
				client,
				{
					...{ text: TEXT, schema: schemaOf(given), maxRepairs: 1, evidence: flags.a },
					...(call === 'extract' ? {} : { chunk: { size: 400, overlap: 50 } }),
					mode: flags.b ? 'auto' : 'json',
					escalateTo: flags.c ? ['toString'] : [],
				},
				{ signal },
			);
		default:
			return await loop(client, given, signal);
	}
}

const schemaOf = ({ schema }: HostileCase) => SCHEMAS[schema] ?? {};

async function lastOf(events: ReturnType<typeof streamChat>, isLeft: boolean): Promise<object> {
	for await (const event of events) {
		if (event.type === 'done') return event.result;
		if (isLeft) return { left: true };
	}
	return thrown(new Error('the stream ended without a result'));
}

async function loop(
	client: TokenHubClient,
	{ call, flags, result: chosen }: HostileCase,
	signal: AbortSignal | undefined,
): Promise<ToolLoopResult> {
	const give = RESULTS[chosen] ?? (() => undefined);
	const parameters = { type: 'object' };
	const tools = [
		defineTool({
			...{ name: 'add', description: 'Adds', parameters: z.looseObject({ a: z.unknown() }) },
			execute: (args) => args,
		}),
		defineTool({ name: 'hostile', description: 'Any', parameters, execute: give }),
		defineTool({ name: 'constructor', description: 'Any', parameters, execute: give }),
		defineTool({ name: 'ask', description: 'Asks', parameters }),
	];
	const limits = {
		...{
			maxIterations: 3,
			maxTokens: 50,
			stream: call === 'streamed loop',
			toolResultLimit: 5_000,
		},
		onLimit: flags.a ? ('error' as const) : ('answer' as const),
		...(call === 'loop for a value' ? { outputSchema: z.object({ name: z.string() }) } : {}),
	};
	const onEvent = flags.b ? () => thrown(undefined) : undefined;
	const options = { signal, onEvent };
	let result = await runToolLoop(client, { prompt: 'Go', tools, ...limits }, options);
	for (let stops = 0; result.resume && stops < 3; stops += 1) {
		const resume = structuredClone(result.resume);
		resume.results = resume.pending.map(({ callId }) =>
			flags.c ? { callId, error: 'no' } : { callId, result: flags.b ? 'yes' : nested(100) },
		);
		result = await runToolLoop(client, { tools, resume, ...limits }, options);
	}
	return result;
}
