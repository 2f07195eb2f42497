import type { ErrorKind } from '../../core';
import { USAGE, WHOLE, type AnswerRow } from './answerRow';
import { brokenOff, chunk, completion, event, json, sse, type RawReply } from './rawGateway';

/**
 * Streams that are not as the standard has them: lines that belong to no field, fields written otherwise,
 * values in other wrappings, and reasons that are none. Nothing in them is dropped without a word.
 */

const PIECES = [chunk({ content: 'H' }), chunk({ content: 'i' }), chunk({}, 'stop', USAGE)];
const [H, I, END] = PIECES.map(event);
const BODY = [...PIECES, '[DONE]'].map(event).join('');
const LINES = PIECES.map((one) => JSON.stringify(one));
const HALF = `${H}${I}`;
const DONE = event('[DONE]');
const typed = (body: string, type = 'text/event-stream'): RawReply => ({
	...{ headers: { 'content-type': type }, body },
});
const HI = { text: 'Hi', finishReason: 'stop', usage: { totalTokens: 15 } };
const both = (name: string, reply: RawReply, result: object = HI) =>
	(['whole', 'stream'] as const).map((way): AnswerRow => [name, way, reply, result]);
const ended = (reason: unknown, more: object = {}) =>
	sse([chunk({ content: 'Hi' }), { choices: [{ delta: {}, finish_reason: reason, ...more }] }]);

/** Each is the answer that it was meant to be. */
export const strayRows: AnswerRow[] = [
	...both('blanks before the field', typed(BODY.replace(/^data/gm, '  data'))),
	...both('a field in capitals', typed(BODY.replace(/^data/gm, 'DATA'))),
	...both('a blank before the colon', typed(BODY.replace(/^data:/gm, 'data :'))),
	...both('the field twice', typed(BODY.replace(/^data: /gm, 'data: data: '))),
	...both('a byte order mark within', typed(`${H}\uFEFF${I}${END}${DONE}`)),
	...both('bytes of nothing first', typed(`\0\0${BODY}`)),
	...both('chunks without a field between', typed(`${H}${LINES[1]}\n\n${END}${DONE}`)),
	...both('chunks without a field, and no empty lines', typed(`${H}${LINES[1]}\n${END}${DONE}`)),
	...both(
		'JSON over lines, of which the first has a field',
		typed(PIECES.map((one) => `data: ${JSON.stringify(one, null, 1)}\n\n`).join('') + DONE),
	),
	...both('lines that end by CR', typed(BODY.replaceAll('\n', '\r'))),
	...both(
		'lines of all ends',
		typed(`${H}${I}`.replaceAll('\n', '\r\n') + `${END}`.replaceAll('\n', '\r') + DONE),
	),
	...both('fields that nobody knows', typed(`meta: 1\n\n${H}x-trace: a\n${I}${END}${DONE}`)),
	...both('words before the first event', typed(`model is warm\n\n${BODY}`)),
	...both('words behind the last', typed(`${HALF}${END}served by x\n\n${DONE}`)),
	...both(
		'JSON behind comments',
		typed(`: OPENROUTER PROCESSING\n\n${JSON.stringify(WHOLE)}`, 'application/json'),
	),
	...['ping', 'keep-alive', ': keepalive', 'heartbeat', 'null', '""'].flatMap((said) =>
		both(`data ${said} between`, typed(BODY.replaceAll(I ?? '', `data: ${said}\n\n${I}`))),
	),
	...both('events called ping', typed(`event: ping\ndata: 12:30\n\n${BODY}`)),
	...both('one JSON a line, and [DONE]', typed(`${LINES.join('\n')}\n[DONE]\n`)),
	...both('one JSON a line, and data: [DONE]', typed(`${LINES.join('\n')}\ndata: [DONE]\n`)),
	...both('a list of chunks', json(PIECES)),
	...both('a list of one answer', json([WHOLE])),
	...both('JSON in a text of JSON', json(JSON.stringify(JSON.stringify(WHOLE)))),
	...both('chunks in texts of JSON', sse(LINES.map((line) => JSON.stringify(line)))),
	...both(
		'a filtered answer without a message',
		json({ choices: [{ finish_reason: 'content_filter' }] }),
		{
			...{ text: '', finishReason: 'content_filter' },
		},
	),
	...['null', 'None', 'undefined'].flatMap((reason) => [
		...both(`the reason ${reason}, then [DONE]`, ended(reason), {
			text: 'Hi',
			finishReason: 'stop',
		}),
	]),
	...both(
		'the reason null with each piece, and then another',
		sse([chunk({ content: 'H' }, 'null'), chunk({ content: 'i' }, 'null'), chunk({}, 'length')]),
		{ text: 'Hi', finishReason: 'length' },
	),
	...both(
		'a reason with each piece',
		sse([chunk({ content: 'H' }, 'stop'), chunk({ content: 'i' }, 'stop')]),
		{
			...{ text: 'Hi', finishReason: 'stop' },
		},
	),
	...both('incomplete', ended('incomplete'), { finishReason: 'length' }),
	...both('a reason in its details', ended(null, { finish_details: { type: 'max_tokens' } }), {
		finishReason: 'length',
	}),
	...both(
		'a cut answer whose reason was translated wrongly',
		ended('stop', { native_finish_reason: 'MAX_TOKENS' }),
		{
			finishReason: 'length',
		},
	),
	...both('a stop string that is called length', ended('stop', { stop_reason: 'length' }), {
		finishReason: 'stop',
	}),
	...both(
		'a call without arguments, without a reason',
		sse([
			chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: '' } }] }),
		]),
		{ toolCalls: [{ id: 'a', name: 'look', arguments: '' }] },
	),
];

/** What looks like an answer and is none: the error that it is, and what was written before it. */
export type BrokenRow = [
	name: string,
	reply: RawReply,
	error: { kind: ErrorKind; message: RegExp; again: boolean; way?: 'whole' },
];

const overloaded = { message: 'Overloaded', type: 'overloaded_error' };
const fails = (kind: ErrorKind, message: RegExp, again = true) => ({ kind, message, again });
const EARLY = fails('network', /ended before the answer did/);
const NOT_SAID = fails('badResponse', /an error event without a message/);
/** As a stream, it has ended before it began. */
const SILENT = { ...fails('badResponse', /is empty and gives no reason/), way: 'whole' as const };
const callChunk = (args: string) =>
	chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: args } }] });

export const brokenRows: BrokenRow[] = [
	// ggml-org/llama.cpp#16109
	[
		'error as a field, then [DONE]',
		typed(`${HALF}error: {"code":500,"message":"slot failed"}\n\n${DONE}`),
		fails('overloaded', /500: slot failed$/),
	],
	[
		'error as a field, first',
		typed(
			`error: {"code":400,"message":"the request exceeds the available context size."}\n\n${DONE}`,
		),
		fails('contextLength', /exceeds the available context/, false),
	],
	[
		'error as a field, alone',
		typed('error: {"code":503,"message":"Loading model"}\n\n'),
		fails('overloaded', /503: Loading model/),
	],
	[
		'words between, then [DONE]',
		typed(`${HALF}Internal Server Error\n\n${DONE}`),
		fails('overloaded', /: Internal Server Error$/),
	],
	[
		'words between, without an empty line',
		typed(`${HALF}upstream connect error\n${END}${DONE}`),
		fails('badResponse', /: upstream connect error$/),
	],
	[
		'an error without a field, then [DONE]',
		typed(`${HALF}${JSON.stringify({ error: overloaded })}\n\n${DONE}`),
		fails('overloaded', /: Overloaded$/),
	],
	[
		'an error of Python, then [DONE]',
		typed(`${HALF}RuntimeError: CUDA out of memory\n\n${DONE}`),
		fails('badResponse', /RuntimeError: CUDA out of memory/),
	],
	[
		'a page between, then [DONE]',
		typed(`${HALF}<html>\n<title>504 Gateway Time-out</title>\n</html>\n\n${DONE}`),
		fails('badResponse', /504 Gateway Time-out/),
	],
	['an event error, then [DONE]', typed(`${HALF}event: error\n\n${DONE}`), NOT_SAID],
	[
		'an event error with an empty line of data',
		typed(`${HALF}event: error\ndata:\n\n${DONE}`),
		NOT_SAID,
	],
	['an event error with null', typed(`${HALF}event: error\ndata: null\n\n${DONE}`), NOT_SAID],
	[
		'an event exception with nothing',
		typed(`${HALF}event: exception\ndata: {}\n\n${DONE}`),
		NOT_SAID,
	],
	[
		'an error in a delta',
		sse([chunk({ content: 'Hi' }), chunk({ content: '', error: overloaded })]),
		fails('overloaded', /: Overloaded$/),
	],
	[
		'an error in a message',
		json(completion({ content: 'Hi', error: overloaded })),
		fails('overloaded', /: Overloaded$/),
	],
	[
		'an error in a text of JSON',
		json(JSON.stringify(JSON.stringify({ error: overloaded }))),
		fails('overloaded', /: Overloaded$/),
	],
	[
		'an error behind comments',
		typed(`: hello\n\n${JSON.stringify({ error: overloaded })}`, 'application/json'),
		fails('overloaded', /: Overloaded$/),
	],
	[
		'a list of two answers',
		json([completion({ content: 'A' }), completion({ content: 'B' })]),
		{ ...fails('badResponse', /two different answers/), way: 'whole' },
	],
	['a call that is cut, then [DONE]', sse([callChunk('{"x":')]), EARLY],
	[
		'a call that is cut, then its tokens',
		brokenOff([callChunk('{"x":'), { choices: [], ...USAGE }]),
		EARLY,
	],
	[
		'tokens are counted, and then it goes on',
		brokenOff([chunk({ content: 'H' }), { choices: [], ...USAGE }, chunk({ content: 'i' })]),
		EARLY,
	],
	[
		'the reason null with each piece',
		brokenOff([chunk({ content: 'H' }, 'null'), chunk({ content: 'i' }, 'null')]),
		EARLY,
	],
	[
		'a reason, and then it goes on',
		brokenOff([chunk({ content: 'H' }, 'stop'), chunk({ content: 'i' })]),
		EARLY,
	],
	// huggingface/text-generation-inference#1648
	[
		'each piece has an index of its own',
		sse(
			[1, 2, 3].map((index) => ({
				choices: [{ index, delta: { content: 'x' }, finish_reason: index === 3 ? 'stop' : null }],
			})),
		),
		EARLY,
	],
	[
		'nothing said, and not why',
		json({ choices: [{ message: { content: null }, finish_reason: null }] }),
		SILENT,
	],
	[
		'lines of another API',
		typed(
			['H', 'i']
				.map((content) => `${JSON.stringify({ message: { role: 'assistant', content } })}\n`)
				.join(''),
			'application/x-ndjson',
		),
		fails('badResponse', /not a chat completion/, false),
	],
	[
		'events of another API',
		sse([{ response: 'H' }, { response: 'i' }]),
		fails('badResponse', /not a chat completion/, false),
	],
	[
		'values that are no chunks',
		sse(['0', 'true', '[]'].map(String)),
		fails('badResponse', /not a chat completion/),
	],
];
