import { USAGE, streamed, type AnswerRow } from './answerRow';
import { chunk } from './rawGateway';

/** Deltas that say once more what was said: each time, or at the end. And those that only seem to. */

const END = chunk({}, 'stop', USAGE);
const pieces = (name: string, deltas: readonly string[], text = deltas.join('')): AnswerRow =>
	streamed(name, [...deltas.map((content) => chunk({ content })), END], { text });
const HELP = ['Hello! How', 'Hello! How can I', 'Hello! How can I help?'];
const FINE = ['I', 'I am', 'I am fine', 'I am fine, thanks', 'I am fine, thanks!'];
const ALL = 'Hello! How can I help?';
const FOX = ['The quick brown fox ', 'jumps over ', 'the lazy dog.'];

export const deltaRows: AnswerRow[] = [
	// QwenLM/qwen-code#3896
	pieces('all that was said so far', HELP, ALL),
	pieces('all that was said so far, word by word', FINE, FINE.at(-1)),
	pieces('all that was said so far, in two', ['Hello! How can I', ALL], ALL),
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
	pieces(
		'all of it once more at the end, with a source',
		[...FOX, `${FOX.join('')} [1]`],
		`${FOX.join('')} [1]`,
	),
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
	streamed(
		'arguments that were said so far',
		[
			...['{"x', '{"x":', '{"x":1}'].map((text) =>
				chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: text } }] }),
			),
			chunk({}, 'tool_calls', USAGE),
		],
		{ toolCalls: [{ id: 'a', name: 'look', arguments: '{"x":1}' }] },
	),
];
