import fc from 'fast-check';
import { fullText, hostileText, mutated, mutation, toJson, type Mutation } from './hostileValues';

const MODEL = 'anthropic/claude-sonnet-4-6';

const content = fc.oneof(
	fc.record({ kind: fc.constant('text' as const), text: hostileText }),
	fc.record({
		kind: fc.constant('calls' as const),
		calls: fc.array(
			fc.record({
				name: fc.constantFrom(
					'add',
					'hostile',
					'ask',
					'save_extraction',
					'constructor',
					'__proto__',
					'',
				),
				args: hostileText,
			}),
			{ minLength: 1, maxLength: 3 },
		),
	}),
);

/** What the network, or the server in front of the model, makes of an answer. */
const FAULTS = [
	...['none', 'none', 'none', 'none', 'none', 'none', 'wrongType', 'noType', 'tooShort', 'tooLong'],
	...['truncated', 'reset', 'drip', 'garbage', 'empty', 'redirect', 'headers', 'odd status'],
	...['error status', 'error inside', 'not asked for'],
] as const;

export const hostileReply = fc.record({
	content,
	finish: fc.constantFrom('stop', 'stop', 'tool_calls', 'length', 'content_filter', 'toString'),
	mutations: fc.oneof(
		{ weight: 2, arbitrary: fc.constant<Mutation[]>([]) },
		{ weight: 3, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) },
	),
	fault: fc.constantFrom(...FAULTS),
	status: fc.constantFrom(201, 204, 299, 400, 401, 402, 404, 408, 413, 429, 500, 503, 529, 599),
});
export type HostileReply = typeof hostileReply extends fc.Arbitrary<infer Reply> ? Reply : never;

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
/** At the price of `MODEL`. */
const USD = (100 * 3 + 20 * 15) / 1e6;

/** What an answer has to show up as in the client's accounts; undefined when nobody can say. */
export type Bill = { tokens: number; usd: number | null } | undefined;
export const FREE: Bill = { tokens: 0, usd: 0 };
/** No answer to a request that was sent: nobody knows what it has cost. */
export const UNANSWERED: Bill = { tokens: 0, usd: null };

/** An answer as it would be sent, and its bill when it arrives whole. */
export function written(reply: HostileReply, isStream: boolean): { body: string; bill: Bill } {
	if (reply.fault === 'error inside' || (reply.fault === 'error status' && reply.status >= 400)) {
		const body = mutated({ error: ERROR }, reply.mutations);
		const isRefusal = reply.fault === 'error status' || saysError(body);
		return { body: toJson(body), bill: isRefusal ? FREE : undefined };
	}
	if (isStream) {
		const events = chunks(reply).map((chunk, index) =>
			mutated(chunk, index === reply.mutations.length ? reply.mutations : []),
		);
		const body = events.map((event) => `data: ${toJson(event)}\n\n`).join('');
		const bill = reply.mutations.length > 0 ? undefined : { tokens: 120, usd: USD };
		return { body: `${body}data: [DONE]\n\n`, bill };
	}
	const body = mutated(completion(reply), reply.mutations);
	return { body: toJson(body), bill: isBillIntact(body) ? { tokens: 120, usd: USD } : undefined };
}

const ERROR = { message: 'no', type: 'invalid_request_error', code: 'x', param: 'model' };

/** Of an answer with status 200 that no longer says what is wrong, nobody knows what it has cost. */
function saysError(body: unknown): boolean {
	return typeof body === 'object' && body !== null && Boolean(Reflect.get(body, 'error'));
}

function isBillIntact(body: unknown): boolean {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
	const model: unknown = Reflect.get(body, 'model');
	return model === MODEL && JSON.stringify(Reflect.get(body, 'usage')) === JSON.stringify(USAGE);
}

function completion(reply: HostileReply): object {
	const message = { role: 'assistant', content: textOf(reply), tool_calls: callsOf(reply) };
	return {
		...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: MODEL },
		choices: [{ index: 0, finish_reason: reply.finish, message }],
		usage: USAGE,
	};
}

function chunks(reply: HostileReply): object[] {
	const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: MODEL };
	const text = textOf(reply) ?? '';
	const half = Math.ceil(text.length / 2);
	const deltas = [
		...[text.slice(0, half), text.slice(half)].map((piece) => ({ content: piece })),
		...(callsOf(reply) ?? []).map((call, index) => ({ tool_calls: [{ index, ...call }] })),
	];
	return [
		...deltas.map((delta) => ({ ...base, choices: [{ index: 0, delta }] })),
		{ ...base, choices: [{ index: 0, delta: {}, finish_reason: reply.finish }] },
		{ ...base, choices: [], usage: USAGE },
	];
}

function textOf({ content: said }: HostileReply): string | null {
	return said.kind === 'text' ? fullText(said.text) : null;
}

function callsOf({ content: said }: HostileReply) {
	if (said.kind === 'text') return undefined;
	return said.calls.map(({ name, args }, index) => ({
		...{ id: `call_${index}`, type: 'function' },
		function: { name, arguments: fullText(args) },
	}));
}
