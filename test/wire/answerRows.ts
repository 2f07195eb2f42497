import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import {
	brokenOff,
	chunk,
	completion,
	event,
	json,
	sse,
	type RawReply,
	type Way,
} from './rawGateway';

/** What a gateway answers, and the result that it is. */
export type AnswerRow = [name: string, way: Way, reply: RawReply, result: object];

const HI = { text: 'Hi', finishReason: 'stop', usage: { promptTokens: 10, completionTokens: 5 } };
const WHOLE = completion({ content: 'Hi' });
const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } };
const PIECES = [chunk({ content: 'H' }), chunk({ content: 'i' }), chunk({}, 'stop', USAGE)];
const BOM = '\uFEFF';
const SSE_BODY = String(sse(PIECES).body);

const typed = (type: string | undefined, body: string): RawReply => ({
	...{ headers: type === undefined ? {} : { 'content-type': type }, body },
});
const packed = (name: string, pack: (text: string) => Buffer, body: string): RawReply => ({
	headers: { 'content-type': 'application/json', 'content-encoding': name },
	body: pack(body),
});
const TYPES = ['text/plain', 'APPLICATION/JSON', 'Text/Event-Stream; charset=UTF-8', undefined];
const PACKS: Array<[name: string, pack: (text: string) => Buffer]> = [
	['gzip', gzipSync],
	['br', brotliCompressSync],
	['deflate', deflateSync],
	['zstd', zstdCompressSync],
];

/** The body decides what came, whatever it calls itself. */
export const bodyRows: AnswerRow[] = [
	...(['whole', 'stream'] as const).flatMap((way) => [
		...TYPES.flatMap((type): AnswerRow[] => [
			[`JSON as ${type}`, way, typed(type, JSON.stringify(WHOLE)), HI],
			[`events as ${type}`, way, typed(type, SSE_BODY), HI],
		]),
		...PACKS.flatMap(([name, pack]): AnswerRow[] => [
			[`JSON in ${name}`, way, packed(name, pack, JSON.stringify(WHOLE)), HI],
			[`events in ${name}`, way, packed(name, pack, SSE_BODY), HI],
		]),
		...(
			[
				['JSON behind a byte order mark', typed('application/json', BOM + JSON.stringify(WHOLE))],
				['events behind a byte order mark', typed('text/event-stream', BOM + SSE_BODY)],
				['JSON behind blank lines', typed('text/plain', `\r\n\n ${JSON.stringify(WHOLE)}\n`)],
				['JSON in many lines', typed('text/event-stream', JSON.stringify(WHOLE, null, 2))],
				['one JSON a line', typed(undefined, PIECES.map((one) => JSON.stringify(one)).join('\n'))],
				['events behind a comment', typed('application/json', `: hello\n\n${SSE_BODY}`)],
				[
					'events with names and ids',
					typed(undefined, SSE_BODY.replace(/^/gm, 'id: 1\nevent: x\n')),
				],
			] satisfies Array<[string, RawReply]>
		).map(([name, reply]): AnswerRow => [name, way, reply, HI]),
	]),
];

const whole = (name: string, answer: object, result: object): AnswerRow => [
	...([name, 'whole', json(answer), result] as const),
];
const streamed = (name: string, values: unknown[], result: object): AnswerRow => [
	...([name, 'stream', sse(values), result] as const),
];
const says = (message: object, finish: unknown = 'stop') => ({
	...WHOLE,
	choices: [{ index: 0, message, finish_reason: finish }],
});
const part = (text: unknown) => ({ type: 'text', text });
const THINKING = { type: 'thinking', thinking: 'hm', signature: 'x' };

/** The same content as a message and as a delta. */
const CONTENTS: Array<[name: string, message: object, text: string]> = [
	['a list of parts', { content: [part('H'), part('i')] }, 'Hi'],
	['parts of other kinds beside', { content: [THINKING, part('Hi'), { type: 'image' }] }, 'Hi'],
	['texts without a type', { content: ['H', { text: 'i' }] }, 'Hi'],
	['parts of the Responses API', { content: [{ type: 'output_text', text: 'Hi' }] }, 'Hi'],
	['a part by itself', { content: part('Hi') }, 'Hi'],
	['a text in an object', { content: [part({ value: 'Hi', annotations: [] })] }, 'Hi'],
	['nothing', { content: null, reasoning: 'hm' }, ''],
	['no part', { content: [] }, ''],
	['reasoning beside', { content: 'Hi', reasoning_content: 'hm', reasoning: 'hm' }, 'Hi'],
	[
		'a value that is parsed already',
		{ content: { name: 'Ann', tags: ['a'] } },
		'{"name":"Ann","tags":["a"]}',
	],
	['a list that is parsed already', { content: [{ name: 'Ann' }] }, '[{"name":"Ann"}]'],
	['a number', { content: 42 }, '42'],
];

export const contentRows: AnswerRow[] = CONTENTS.flatMap(([name, message, text]) => [
	whole(name, says(message), { text }),
	streamed(name, [chunk(message), chunk({}, 'stop', USAGE)], { text }),
]);

/** Who says it how, and what it means. */
const REASONS: Array<[said: unknown, reason: string]> = [
	['stop', 'stop'],
	['end_turn', 'stop'],
	['stop_sequence', 'stop'],
	['max_tokens', 'length'],
	['MAX_TOKENS', 'length'],
	['model_context_window_exceeded', 'length'],
	['tool_use', 'tool_calls'],
	['tool-calls', 'tool_calls'],
	['function_call', 'tool_calls'],
	['refusal', 'content_filter'],
	['SAFETY', 'content_filter'],
	['COMPLETE', 'stop'],
	['eos', 'stop'],
	['', 'stop'],
	[null, 'stop'],
	[undefined, 'stop'],
	['something_new', 'something_new'],
];

export const finishRows: AnswerRow[] = [
	...REASONS.flatMap(([said, finishReason]) => [
		whole(`${said}`, says({ content: 'Hi' }, said), { text: 'Hi', finishReason }),
		streamed(`${said}, then [DONE]`, [chunk({ content: 'Hi' }), chunk({}, said)], {
			...{ text: 'Hi', finishReason },
		}),
	]),
	streamed(
		'a late usage chunk with an empty one',
		[chunk({ content: 'Hi' }), chunk({}, 'length'), chunk({}, '', USAGE)],
		{ finishReason: 'length', usage: HI.usage },
	),
	streamed(
		'a late usage chunk with another one',
		[chunk({ content: 'Hi' }), chunk({}, 'length'), chunk({}, 'stop', USAGE)],
		{ finishReason: 'length' },
	),
	streamed('an early stop', [chunk({ content: 'H' }, 'stop'), chunk({ content: 'i' }, 'length')], {
		...{ text: 'Hi', finishReason: 'length' },
	}),
];

const call = (id: unknown, name: unknown, args: unknown, more: object = {}) => ({
	...{ id, type: 'function', function: { name, arguments: args } },
	...more,
});
const deltas = (...calls: unknown[]) => [
	...calls.map((one) => chunk({ tool_calls: [one] })),
	chunk({}, 'tool_calls', USAGE),
];
const calls = (...given: Array<[id: unknown, name: string, args: string]>) => ({
	toolCalls: given.map(([id, name, args]) => ({ id, name, arguments: args })),
});
const A = ['a', 'look', '{"x":1}'] as const satisfies unknown[];
const B = ['b', 'look', '{"y":2}'] as const satisfies unknown[];
const at = (index: unknown) => ({ index });
const more = (args: unknown, index?: unknown) => ({ index, function: { arguments: args } });

export const callRows: AnswerRow[] = [
	whole(
		'legacy function_call',
		says({ content: null, function_call: { name: 'look', arguments: '{"x":1}' } }, 'function_call'),
		{
			...{ ...calls(['', 'look', '{"x":1}']), finishReason: 'tool_calls' },
		},
	),
	whole(
		'arguments as an object',
		says({ tool_calls: [call('a', 'look', { x: 1 })] }),
		calls([...A]),
	),
	whole('a numeric id', says({ tool_calls: [call(7, 'look', '{}')] }), calls(['7', 'look', '{}'])),
	whole(
		'name and arguments beside the id',
		says({ tool_calls: [{ id: 'a', name: 'look', input: { x: 1 } }] }),
		calls([...A]),
	),
	whole(
		'function null',
		says({ tool_calls: [{ id: 'a', name: 'look', function: null, arguments: '{"x":1}' }] }),
		calls([...A]),
	),
	whole('a single call that is no list', says({ tool_calls: call(...A) }), calls([...A])),
	whole(
		"Claude's own part",
		says(
			{ content: [part('Hm'), { type: 'tool_use', id: 'a', name: 'look', input: { x: 1 } }] },
			'tool_use',
		),
		{
			...{ ...calls([...A]), text: 'Hm', finishReason: 'tool_calls' },
		},
	),
	whole('calls without a reason', says({ tool_calls: [call(...A)] }, null), {
		finishReason: 'tool_calls',
	}),
	streamed(
		'legacy function_call',
		[
			chunk({ function_call: { name: 'look', arguments: '{"x"' } }),
			chunk({ function_call: { arguments: ':1}' } }),
			chunk({}, 'function_call'),
		],
		{
			...{ ...calls(['', 'look', '{"x":1}']), finishReason: 'tool_calls' },
		},
	),
	streamed(
		'all with index 0 and ids of their own',
		deltas(call(...A, at(0)), call(...B, at(0))),
		calls([...A], [...B]),
	),
	streamed(
		'all with index 0, in pieces',
		deltas(
			call('a', 'look', '', at(0)),
			more('{"x"', 0),
			more(':1}', 0),
			call('b', 'look', '', at(0)),
			more('{"y":2}', 0),
		),
		calls([...A], [...B]),
	),
	streamed(
		'all with index 0 and no ids',
		deltas(call(undefined, 'look', '{"x":1}', at(0)), call(undefined, 'look', '{"y":2}', at(0))),
		calls(['', 'look', '{"x":1}'], ['', 'look', '{"y":2}']),
	),
	streamed(
		'index null, in pieces',
		deltas(
			call('a', 'look', '{"x"', at(null)),
			more(':1}', null),
			call('b', 'look', '{"y"', at(null)),
			more(':2}', null),
		),
		calls([...A], [...B]),
	),
	streamed(
		'index as a text',
		deltas(
			call('a', 'look', '{"x"', at('0')),
			call('b', 'look', '{"y"', at('1')),
			more(':1}', '0'),
			more(':2}', '1'),
		),
		calls([...A], [...B]),
	),
	streamed(
		'a negative index',
		deltas(call('a', 'look', '{"x"', at(-1)), more(':1}', -1), call(...B, at(-1))),
		calls([...A], [...B]),
	),
	streamed(
		'no index, the same tool twice, no ids',
		deltas(call(undefined, 'look', '{"x":1}'), call(undefined, 'look', '{"y":2}')),
		calls(['', 'look', '{"x":1}'], ['', 'look', '{"y":2}']),
	),
	streamed(
		'no index, pieces told apart by id',
		deltas(
			call('a', 'look', '{"x"'),
			call('b', 'look', '{"y"'),
			call('a', undefined, ':1}'),
			call('b', undefined, ':2}'),
		),
		calls([...A], [...B]),
	),
	streamed(
		'the name again with each piece',
		deltas(call('a', 'look', '{"x"', at(0)), call('a', 'look', ':1}', at(0))),
		calls([...A]),
	),
	streamed(
		'the name again, and a new id',
		deltas(call('a', 'look', '{"x"', at(0)), call('z', 'look', ':1}', at(0))),
		calls([...A]),
	),
	streamed(
		'a name in pieces',
		deltas(call('a', 'lo', '', at(0)), call(undefined, 'ok', '', at(0)), more('{"x":1}', 0)),
		calls([...A]),
	),
	streamed(
		'function null',
		deltas({ index: 0, id: 'a', function: null }, call(undefined, 'look', '{"x":1}', at(0))),
		calls([...A]),
	),
	streamed(
		'numeric ids',
		deltas(call(1, 'look', '{"x":1}', at(0)), call(2, 'look', '{"y":2}', at(0))),
		calls(['1', 'look', '{"x":1}'], ['2', 'look', '{"y":2}']),
	),
	streamed('arguments as an object', deltas(call('a', 'look', { x: 1 }, at(0))), calls([...A])),
	streamed(
		'{} before the real arguments',
		deltas(call('a', 'look', '{}', at(0)), more('{"x"', 0), more(':1}', 0)),
		calls([...A]),
	),
	streamed(
		'an empty object before the real arguments',
		deltas(call('a', 'look', {}, at(0)), call('a', 'look', '{"x":1}', at(0))),
		calls([...A]),
	),
	streamed(
		'arguments once more as a whole',
		deltas(call('a', 'look', '{"x"', at(0)), more(':1}', 0), more('{"x":1}', 0)),
		calls([...A]),
	),
	streamed(
		'no arguments at all',
		deltas(call('a', 'look', '{}', at(0))),
		calls(['a', 'look', '{}']),
	),
	streamed(
		'a brace within arguments',
		deltas(call('a', 'look', '{"x":', at(0)), more('{"z":"}{"}', 0), more('}', 0)),
		calls(['a', 'look', '{"x":{"z":"}{"}}']),
	),
];

const spent = (promptTokens: number, completionTokens: number, more: object = {}) => ({
	usage: { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens },
	...more,
});
/** Of claude-haiku-4-5: a dollar for a million tokens that are sent, five for those written. */
const COST = { costUsd: 0.000035 };
const told = (usage: unknown) => ({ ...says({ content: 'Hi' }), usage });
const UNKNOWN = { costUsd: null, estimated: { totalTokens: expect.any(Number) } };

export const usageRows: AnswerRow[] = [
	whole("Anthropic's keys", told({ input_tokens: 10, output_tokens: 5 }), spent(10, 5, COST)),
	whole(
		"Anthropic's cache",
		told({
			input_tokens: 1,
			output_tokens: 5,
			cache_creation_input_tokens: 4,
			cache_read_input_tokens: 5,
		}),
		spent(10, 5),
	),
	whole(
		'both, one of them zero',
		told({ prompt_tokens: 10, completion_tokens: 5, input_tokens: 0, output_tokens: 0 }),
		spent(10, 5, COST),
	),
	whole(
		'numbers as texts',
		told({ prompt_tokens: '10', completion_tokens: '5', total_tokens: null }),
		spent(10, 5, COST),
	),
	whole(
		"Google's keys",
		{ ...told(undefined), usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5 } },
		spent(10, 5, COST),
	),
	whole(
		'a total that is too small',
		told({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 1 }),
		spent(10, 5),
	),
	whole('none', told(undefined), UNKNOWN),
	whole('null', told(null), UNKNOWN),
	whole('zeros', told({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }), UNKNOWN),
	whole(
		'nothing written, though something was said',
		told({ prompt_tokens: 10, completion_tokens: 0 }),
		UNKNOWN,
	),
	whole('a total alone', told({ total_tokens: 15 }), { ...UNKNOWN, usage: { totalTokens: 15 } }),
	whole(
		'negative and endless numbers',
		told({ prompt_tokens: -1, completion_tokens: 1e300 }),
		UNKNOWN,
	),
	streamed(
		'split over chunks',
		[
			chunk({}, null, { usage: { input_tokens: 10, output_tokens: 1 } }),
			chunk({ content: 'Hi' }),
			chunk({}, 'end_turn', { usage: { output_tokens: 5 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'growing',
		[
			chunk({ content: 'H' }, null, { usage: { prompt_tokens: 10, completion_tokens: 1 } }),
			chunk({ content: 'i' }, 'stop', { usage: { prompt_tokens: 10, completion_tokens: 5 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'zero at the end',
		[
			chunk({ content: 'Hi' }, null, USAGE),
			chunk({}, 'stop', { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }),
		],
		spent(10, 5, COST),
	),
	streamed(
		'within the choice',
		[chunk({ content: 'Hi' }), { choices: [{ delta: {}, finish_reason: 'stop', ...USAGE }] }],
		spent(10, 5),
	),
	streamed(
		'where Groq has it',
		[chunk({ content: 'Hi' }), chunk({}, 'stop', { x_groq: { id: 'r', ...USAGE } })],
		spent(10, 5),
	),
	streamed(
		'in a chunk without choices',
		[chunk({ content: 'Hi' }), chunk({}, 'stop'), { choices: [], ...USAGE }],
		spent(10, 5),
	),
	streamed(
		'in a chunk whose choices are null',
		[chunk({ content: 'Hi' }), chunk({}, 'stop'), { choices: null, ...USAGE }],
		spent(10, 5),
	),
	streamed('none in a stream', [chunk({ content: 'Hi' }), chunk({}, 'stop')], UNKNOWN),
];

export const reportedRows: AnswerRow[] = [
	whole('as OpenRouter does', told({ ...USAGE.usage, cost: 0.00014, cost_details: {} }), {
		reportedCostUsd: 0.00014,
	}),
	whole(
		'by its parts',
		told({ ...USAGE.usage, cost: { input_tokens_cost: 0.1, total_cost: 0.3 } }),
		{ reportedCostUsd: 0.3 },
	),
	whole('as a text', told({ ...USAGE.usage, cost: '0.00014' }), { reportedCostUsd: 0.00014 }),
	whole(
		'beside the usage',
		{ ...told(USAGE.usage), cost: 0.5 },
		{ reportedCostUsd: 0.5, costUsd: 0.000035 },
	),
	whole('of a free model', told({ ...USAGE.usage, cost: 0 }), { reportedCostUsd: 0 }),
	[
		'in a header',
		'whole',
		json(WHOLE, { headers: { 'x-litellm-response-cost': '3.5e-05' } }),
		{ reportedCostUsd: 0.000035 },
	],
	streamed(
		'at the end of a stream',
		[chunk({ content: 'Hi' }), chunk({}, 'stop', { usage: { ...USAGE.usage, cost: 0.00014 } })],
		{ reportedCostUsd: 0.00014 },
	),
];

/** Faults of streams that people have met, each told in a public thread. */
export const endRows: AnswerRow[] = [
	[
		'[DONE] with blanks',
		'stream',
		typed('text/event-stream', SSE_BODY.replace('[DONE]', ' [DONE] \t')),
		HI,
	],
	[
		'[DONE] in quotes',
		'stream',
		typed('text/event-stream', SSE_BODY.replace('[DONE]', '"[DONE]"')),
		HI,
	],
	['empty data', 'stream', typed('text/event-stream', `data:\n\ndata: \n\n${SSE_BODY}`), HI],
	[
		'no blank after the colon',
		'stream',
		typed('text/event-stream', SSE_BODY.replaceAll('data: ', 'data:')),
		HI,
	],
	['no empty line at the end', 'stream', typed('text/event-stream', SSE_BODY.trimEnd()), HI],
	['no [DONE]', 'stream', brokenOff(PIECES), HI],
	['no [DONE], and an open connection', 'stream', brokenOff(PIECES, { staysOpen: true }), HI],
	[
		'no [DONE], no usage and an open connection',
		'stream',
		brokenOff([chunk({ content: 'Hi' }), chunk({}, 'stop')], { staysOpen: true }),
		{ text: 'Hi', costUsd: null },
	],
	['[DONE], and an open connection', 'stream', sse(PIECES, { staysOpen: true }), HI],
	[
		'no reason, but [DONE]',
		'stream',
		sse([chunk({ content: 'Hi' })]),
		{ text: 'Hi', finishReason: 'stop' },
	],
	[
		'comments between',
		'stream',
		typed('text/event-stream', SSE_BODY.replaceAll('data:', ': OPENROUTER PROCESSING\n\ndata:')),
		HI,
	],
	[
		'pings between',
		'stream',
		sse([{ type: 'ping' }, ...PIECES.flatMap((one) => [one, { type: 'ping' }])]),
		HI,
	],
	[
		'what a filter has found before',
		'stream',
		sse([{ choices: [], prompt_filter_results: [] }, ...PIECES]),
		HI,
	],
	[
		'null as a choice and as a delta',
		'stream',
		sse([{ choices: [null] }, chunk(null), ...PIECES]),
		HI,
	],
	[
		'more after [DONE]',
		'stream',
		typed('text/event-stream', SSE_BODY + event(chunk({ content: '!' }))),
		HI,
	],
	[
		'a whole message at the end',
		'stream',
		sse([
			chunk({ content: 'H' }),
			chunk({ content: 'i' }),
			{ ...completion({ content: 'Hi' }), object: 'chat.completion.chunk' },
		]),
		HI,
	],
	[
		'a message that grows beside the deltas',
		'stream',
		sse([
			{ choices: [{ delta: { content: 'H' }, message: { content: 'H' } }] },
			{
				choices: [{ delta: { content: 'i' }, message: { content: 'Hi' }, finish_reason: 'stop' }],
				...USAGE,
			},
		]),
		HI,
	],
	['a message in place of deltas', 'stream', sse([completion({ content: 'Hi' })]), HI],
	[
		'text of legacy completions',
		'stream',
		sse([
			{ choices: [{ text: 'H' }] },
			{ choices: [{ text: 'i', finish_reason: 'stop' }], ...USAGE },
		]),
		HI,
	],
	['a numeric id of the answer', 'stream', sse(PIECES.map((one) => ({ ...one, id: 7 }))), HI],
];
