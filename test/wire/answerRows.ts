import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { brokenOff, chunk, completion, event, sse, type RawReply } from './rawGateway';
import { part, says, streamed, USAGE, whole, WHOLE, type AnswerRow } from './answerRow';

const HI = { text: 'Hi', finishReason: 'stop', usage: { promptTokens: 10, completionTokens: 5 } };
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

const GREETING = 'Grüße — 1 €';
const greeting = (charset: BufferEncoding) => ({
	JSON: Buffer.from(JSON.stringify(says({ content: GREETING })), charset),
	events: Buffer.from(SSE_BODY.replace('"H"', '"Grüße"').replace('"i"', '" — 1 €"'), charset),
});
/** In windows-1252, which everybody means by ISO 8859-1. */
const western = (bytes: Buffer) =>
	Buffer.from(bytes.toString().replaceAll('—', '\x97').replaceAll('€', '\x80'), 'latin1');

/** The bytes decide what they are written in; only where they are no UTF-8, the type is believed. */
export const charsetRows: AnswerRow[] = (['whole', 'stream'] as const).flatMap((way) =>
	(['JSON', 'events'] as const).flatMap((form): AnswerRow[] => {
		const utf8 = greeting('utf8')[form];
		const as = (charset: string, body: Buffer): RawReply => ({
			...{ headers: { 'content-type': `application/json; charset=${charset}` }, body },
		});
		const read = { text: GREETING };
		return [
			[`${form} in UTF-8 that is said to be ISO-8859-1`, way, as('ISO-8859-1', utf8), read],
			[`${form} in ISO-8859-1`, way, as('"iso-8859-1"', western(utf8)), read],
			[`${form} in a charset that nobody knows`, way, as('x-none', utf8), read],
		];
	}),
);

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
const REASONS: Array<[said: string | null | undefined, reason: string]> = [
	['stop', 'stop'],
	['end_turn', 'stop'],
	['stop_sequence', 'stop'],
	['max_tokens', 'length'],
	['MAX_TOKENS', 'length'],
	['model_context_window_exceeded', 'length'],
	['model_length', 'length'],
	['max_completion_tokens', 'length'],
	['tool_use', 'tool_calls'],
	['tool-calls', 'tool_calls'],
	['function_call', 'tool_calls'],
	['refusal', 'content_filter'],
	['SAFETY', 'content_filter'],
	['sensitive', 'content_filter'],
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
	...(['native_finish_reason', 'stop_reason', 'finishReason'] as const).map((name) =>
		whole(
			`as ${name} alone`,
			{ ...WHOLE, choices: [{ message: { content: 'Hi' }, [name]: 'max_tokens' }] },
			{ finishReason: 'length' },
		),
	),
	streamed('an early stop', [chunk({ content: 'H' }, 'stop'), chunk({ content: 'i' }, 'length')], {
		...{ text: 'Hi', finishReason: 'length' },
	}),
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

const choice = (index: unknown, message: object, finish: unknown = 'stop') => ({
	...{ index, message, finish_reason: finish },
});
const delta = (index: unknown, content: string, finish: unknown = null) => ({
	choices: [{ index, delta: { content }, finish_reason: finish }],
});
const LOOK = { id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } };
const LOOKED = { text: 'Hm', toolCalls: [{ id: 'a', name: 'look', arguments: '{}' }] };

/** One choice was asked for: another one is another answer, and pieces of one answer are one. */
export const choiceRows: AnswerRow[] = [
	...[0, undefined].map((index) =>
		whole(
			`text and calls apart, with index ${index}`,
			{
				...WHOLE,
				choices: [
					choice(index, { content: 'Hm' }, 'tool_calls'),
					choice(index, { content: null, tool_calls: [LOOK] }, 'tool_calls'),
				],
			},
			LOOKED,
		),
	),
	streamed(
		'text and calls apart, in one chunk',
		[
			{
				choices: [
					{ delta: { content: 'Hm' } },
					{ delta: { tool_calls: [LOOK] }, finish_reason: 'tool_calls' },
				],
			},
		],
		LOOKED,
	),
	whole(
		'two answers',
		{ ...WHOLE, choices: [choice(0, { content: 'A' }), choice(1, { content: 'B' }, 'length')] },
		{ text: 'A', finishReason: 'stop' },
	),
	streamed(
		'two answers, piece by piece',
		[delta(0, 'A'), delta(1, 'B'), delta(1, 'B', 'length'), delta(0, 'a'), delta(0, '', 'stop')],
		{ text: 'Aa', finishReason: 'stop' },
	),
	streamed(
		'two answers in each chunk',
		[
			{ choices: [...delta(0, 'A').choices, ...delta(1, 'B').choices] },
			{ choices: [...delta(0, 'a', 'stop').choices, ...delta(1, 'b', 'stop').choices] },
		],
		{ text: 'Aa' },
	),
	streamed('a count that begins with one', [delta(1, 'A'), delta(1, 'a', 'stop')], { text: 'Aa' }),
];
