import { USAGE, streamed, type AnswerRow } from './answerRow';
import { chunk } from './rawGateway';

/** Deltas that say once more what was said: each time, or at the end. And those that only seem to. */

const END = chunk({}, 'stop', USAGE);
const pieces = (name: string, deltas: readonly string[], text = deltas.join('')): AnswerRow =>
	streamed(name, [...deltas.map((content) => chunk({ content })), END], { text });
/** The last delta comes with the reason. */
const closed = (name: string, deltas: readonly string[], text = deltas.join('')): AnswerRow =>
	streamed(
		name,
		deltas.map((content, n) =>
			n === deltas.length - 1 ? chunk({ content }, 'stop', USAGE) : chunk({ content }),
		),
		{ text, finishReason: 'stop' },
	);
const message = (content: string) => ({
	...{ id: 'x', usage: USAGE.usage },
	choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
});
const HELP = ['Hello! How', 'Hello! How can I', 'Hello! How can I help?'];
const FINE = ['I', 'I am', 'I am fine', 'I am fine, thanks', 'I am fine, thanks!'];
const ALL = 'Hello! How can I help?';
const INFO = 'INFO worker ready';
const TRY = '10:00 INFO trying to connect to db-1\n10:00 ERROR gave up\n';
const FOX = ['The quick brown fox ', 'jumps over ', 'the lazy dog.'];

const ARGUMENTS = [
	['{"x', '{"x":', '{"x":1}'],
	['{"', '{"x', '{"x":1', '{"x":1}'],
	['{', '{"x":1}'],
	['{"x":', '{"x":1}'],
];

/** The second is another call, if only by its digits. */
const TWICE = [
	['{"x":1}', '{"x":2}'],
	['{"x":1.0}', '{"x":1.00}'],
];

const called = (id: string, text: string) => ({
	...{ id, type: 'function', function: { name: 'look', arguments: text } },
});
const [A, B] = [called('a', '{"x":1}'), called('b', '{"x":2}')];
const MESSAGES: Array<[name: string, messages: object[][], calls: Array<[string, string]>]> = [
	['arguments that grow', [[called('a', '{"x"')], [A]], [['a', '{"x":1}']]],
	[
		'calls that are added',
		[[A], [A, B]],
		[
			['a', '{"x":1}'],
			['b', '{"x":2}'],
		],
	],
	[
		'a call each',
		[[A], [B]],
		[
			['a', '{"x":1}'],
			['b', '{"x":2}'],
		],
	],
	[
		'the same call twice',
		[[A, called('b', '{"x":1}')]],
		[
			['a', '{"x":1}'],
			['b', '{"x":1}'],
		],
	],
];

export const deltaRows: AnswerRow[] = [
	// QwenLM/qwen-code#3896
	pieces('all that was said so far', HELP, ALL),
	pieces('all that was said so far, word by word', FINE, FINE.at(-1)),
	pieces('all that was said so far, and once more', [...HELP, ALL], ALL),
	streamed(
		'all that was said so far, the last with the reason',
		[
			...HELP.slice(0, 2).map((content) => chunk({ content })),
			chunk({ content: ALL }, 'stop', USAGE),
		],
		{ text: ALL, finishReason: 'stop' },
	),
	// infiniflow/ragflow#15286
	pieces('all of it once more at the end', [...FOX, FOX.join('')], FOX.join('')),
	pieces('a line, and two that begin with it', [`${INFO}\n`, `${INFO}\nERROR out of memory\n`]),
	pieces('two lines, the second like the first', [
		'10:00 ',
		'INFO trying ',
		'to connect to db-1\n',
		TRY,
	]),
	pieces('lines that grow', ['\n', '\n/usr/local/lib', '\n/usr/local/lib/python3', '\n/etc/hosts']),
	pieces('all of it twice, and more', [...FOX, FOX.join(''), ' Again.']),
	pieces('one that begins with the one before', ['ha', 'haha', '!']),
	pieces('the last one begins with the one before', ['ha', 'haha']),
	pieces('digits that begin with those before', ['1', '12', '123', '1234', '12345']),
	pieces('dashes', ['-', '--', '---', '---', '---', '---']),
	pieces('a song, in pieces that grow', ['La la la la ', 'La la la la la ', 'La la la la la la ']),
	pieces(
		'a song, in pieces that are alike',
		Array.from({ length: 8 }, () => 'Row, row, row your boat. '),
	),
	pieces('the same word first', ['Paris', 'Paris is', ' nice']),
	...[[ALL], ['Hello! How ', 'can I help?'], ['Hello!', ALL], HELP].map((deltas) =>
		streamed(
			`a whole message after ${deltas.join('|')}`,
			[...deltas.map((content) => chunk({ content })), message(ALL)],
			{ text: ALL },
		),
	),
	streamed(
		'a whole message that says that two deltas were pieces',
		[chunk({ content: 'Para' }), chunk({ content: 'Paragraph' }), message('ParaParagraph')],
		{ text: 'ParaParagraph' },
	),
	closed('all of it once more with the reason', ['Hello! How ', 'can I help?', ALL], ALL),
	closed(
		'all of it once more with the reason, after three',
		['Hi ', 'there, ', 'Ada.', 'Hi there, Ada.'],
		'Hi there, Ada.',
	),
	closed('a delta once more with the reason', [ALL, ALL]),
	closed('a verse once more with the reason', [
		'Row, row, ',
		'row your boat, ',
		'Row, row, row your boat, ',
	]),
	closed('a line once more with the reason', ['10:00 INFO ', 'ready\n', '10:00 INFO ready\n']),
	closed('a cheer once more with the reason', [
		'Hip hip ',
		'hooray',
		'Hip hip hooray',
		'! Hip hip hooray!',
	]),
	closed('a refrain without blanks', ['我爱你中国', '我亲爱的母亲呀', '我爱你中国我亲爱的母亲呀']),
	closed('short texts that grow', ['Hi', 'Hi there', 'Hi there!'], 'Hi there!'),
	closed('two texts of which the second has more', ['Paris', 'Paris is nice'], 'Paris is nice'),
	pieces('short texts that grow, and once more', ['I', 'I am', 'I am ok', 'I am ok'], 'I am ok'),
	pieces('words that grow, with their blanks', ['The ', 'The cat ', 'The cat sat. ']),
	pieces('lines that grow', ['Usr\n', 'Usr\nUsr local\n']),
	pieces('a laugh that grows', ['Ha', 'Haha', 'Haha ha']),
	pieces('a stutter', ['N', 'No', 'Noo', 'Noooo']),
	pieces('a word that begins with the one before', ['for', 'fortune tellers']),
	...ARGUMENTS.map((texts) =>
		streamed(
			`arguments that were said so far: ${texts.join(' · ')}`,
			[
				...texts.map((text) =>
					chunk({
						tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: text } }],
					}),
				),
				chunk({}, 'tool_calls', USAGE),
			],
			{ toolCalls: [{ id: 'a', name: 'look', arguments: '{"x":1}' }] },
		),
	),
	...TWICE.map((texts) =>
		streamed(
			`two calls of one tool with one id: ${texts.join(' ')}`,
			[
				...texts.map((text) =>
					chunk({
						tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: text } }],
					}),
				),
				chunk({}, 'tool_calls', USAGE),
			],
			{ toolCalls: texts.map((text) => ({ id: 'a', name: 'look', arguments: text })) },
		),
	),
	streamed(
		'a whole message that begins with blank lines',
		[{ id: 'x', choices: [{ index: 0, message: { content: '\n\n  Hi' }, finish_reason: 'stop' }] }],
		{ text: '\n\n  Hi' },
	),
	...MESSAGES.map(([name, messages, calls]) =>
		streamed(
			`messages in place of deltas: ${name}`,
			messages.map((tool_calls, n) => ({
				...{ id: 'x', model: 'm', ...(n === messages.length - 1 ? { usage: USAGE } : {}) },
				choices: [
					{
						...{ index: 0, message: { role: 'assistant', content: null, tool_calls } },
						finish_reason: n === messages.length - 1 ? 'tool_calls' : null,
					},
				],
			})),
			{ toolCalls: calls.map(([id, text]) => ({ id, name: 'look', arguments: text })) },
		),
	),
];
