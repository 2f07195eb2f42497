import { part, says, streamed, USAGE, whole, type AnswerRow } from './answerRow';
import { chunk } from './rawGateway';

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
	whole('a single call that is not a list', says({ tool_calls: call(...A) }), calls([...A])),
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
	// skye-harris/hass_local_openai_llm#92
	streamed(
		'all with index 0 and one id',
		deltas(call(...A, at(0)), call('a', 'find', '{"y":2}', at(0))),
		calls([...A], ['a', 'find', '{"y":2}']),
	),
	streamed(
		'in pieces, told apart by their places alone',
		[
			chunk({ tool_calls: [call(undefined, 'look', '{"x"'), call(undefined, 'find', '{"y"')] }),
			chunk({ tool_calls: [more(':1}'), more(':2}')] }),
			chunk({}, 'tool_calls', USAGE),
		],
		calls(['', 'look', '{"x":1}'], ['', 'find', '{"y":2}']),
	),
	streamed(
		'as a whole, several in each chunk, without index and id',
		[
			chunk({ tool_calls: [call(undefined, 'look', '{}'), call(undefined, 'find', '{}')] }),
			chunk({ tool_calls: [call(undefined, 'look', '{"x":1}'), call(undefined, 'find', '{}')] }),
			chunk({}, 'tool_calls', USAGE),
		],
		calls(['', 'look', '{}'], ['', 'find', '{}'], ['', 'look', '{"x":1}'], ['', 'find', '{}']),
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
	...[
		['', '{"x"', ':1}'],
		[' ', '{"x":', '1}'],
		['{', '"x"', ':1}'],
		['{"x"', '', ':1}'],
	].map((texts) =>
		streamed(
			`the name again, and a new id: ${texts.join(' · ')}`,
			deltas(...texts.map((text, n) => call(['a', 'y', 'z'][n], 'look', text, at(0)))),
			calls(['a', 'look', texts.join('')]),
		),
	),
	...[
		['{"x":', '{"y":', '[', '{"z":1}', ']}', '}'],
		['{"x":[', '{}', ',', '{"y":1}', ']}'],
	].map((texts) =>
		streamed(
			`the name again, and a new id: ${texts.join(' · ')}`,
			deltas(...texts.map((text, n) => call(`a${n}`, 'look', text, at(0)))),
			calls(['a0', 'look', texts.join('')]),
		),
	),
	streamed(
		'the name again, a new id, and the number of the piece as index',
		deltas(...['{"x"', ':', '1}'].map((text, n) => call(`a${n}`, 'look', text, at(n)))),
		calls(['a0', 'look', '{"x":1}']),
	),
	streamed(
		'two calls of one tool, in pieces that interleave',
		deltas(
			...[call('a', 'look', '{"x"', at(0)), call('b', 'look', '', at(1))],
			...[more(':1', 0), more('{"y":', 1), more('}', 0), more('2}', 1)],
		),
		calls([...A], [...B]),
	),
	streamed(
		'two calls of one tool, the first without arguments',
		deltas(call('a', 'look', '', at(0)), call('b', 'look', '{"y":2}', at(0))),
		calls(['a', 'look', ''], [...B]),
	),
	...[
		{ how: 'no id and no name', last: more('{}', 0) },
		{ how: 'its id', last: call('a', undefined, ' { } ', at(0)) },
		{ how: 'its id and its name', last: call('a', 'look', '{}', at(0)) },
		{ how: 'its name', last: call(undefined, 'look', {}, at(0)) },
	].map(({ how, last }) =>
		streamed(
			`{} behind the arguments, with ${how}`,
			deltas(call(...A, at(0)), last),
			calls([...A]),
		),
	),
	streamed(
		'{} behind the arguments, with another id, is another call',
		deltas(call(...A, at(0)), call('b', 'look', '{}', at(0))),
		calls([...A], ['b', 'look', '{}']),
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
