import { call, calls, result, says, user, type RepairRow } from './rowPieces';

const textOf = (text: string) => ({ type: 'text', text });
const use = (id: unknown, input: unknown, more: object = {}) => ({
	...{ type: 'tool_use', id, name: 'look', input },
	...more,
});
const read = (id: unknown, args: unknown) => ({ id, name: 'look', args, type: 'tool_call' });
const delta = (input: string, more: object = {}) => ({ type: 'input_json_delta', input, ...more });
const one = /that a message contains twice: look/;
const oneCall = [user, calls(call('a', '{"b":1}')), result('a')];
const gemini = (args: object) => ({ functionCall: { name: 'look', args } });
const both = (content: unknown[], ...tool_calls: unknown[]) => says(content, { tool_calls });

/** One call that a message holds in its content and beside it, in pieces, or under a number. */
export const twiceRows: RepairRow[] = [
	[
		'a call of Claude that LangChain has read, behind words',
		[user, both([textOf('So'), use('a', { b: 1 })], read('a', { b: 1 })), result('a')],
		[user, both([textOf('So')], call('a', '{"b":1}')), result('a')],
		one,
	],
	[
		'a call without an id beside one that has one, its keys in another order',
		[user, both([gemini({ b: 1, c: 2 })], read('a', { c: 2, b: 1 })), result('a')],
		[user, calls(call('a', '{"c":2,"b":1}')), result('a')],
		one,
	],
	[
		'two equal calls without ids beside two that have them',
		[
			user,
			both([gemini({}), gemini({})], read('a', {}), read('b', {})),
			...[result('b', '2'), result('a', '1')],
		],
		[user, calls(call('a'), call('b')), result('a', '1'), result('b', '2')],
		/that a message contains twice: look \(2 times\)/,
	],
	[
		'a call with an id beside one that has none',
		[user, both([use('a', { b: 1 })], read(undefined, { b: 1 })), result('a')],
		oneCall,
		one,
	],
	[
		'other arguments without an id are another call',
		[user, both([gemini({ b: 1 })], read('a', { b: 2 })), result('a')],
		[
			user,
			calls(call('call_1', '{"b":1}'), call('a', '{"b":2}')),
			result('call_1', 'The result of this call was not kept.'),
			result('a'),
		],
		/Added a result/,
	],
	[
		'ids that differ are two calls',
		[user, both([use('a', {})], read('b', {})), result('a', '1'), result('b', '2')],
		[user, calls(call('a'), call('b')), result('a', '1'), result('b', '2')],
		/another format/,
	],
	[
		'arguments that a client has changed since',
		[user, both([use('a', { b: 2 })], read('a', { b: 1 })), result('a')],
		oneCall,
		one,
	],
	[
		'a call whose arguments a client could not read',
		[user, both([use('a', { b: 1 })], read('a', {})), result('a')],
		oneCall,
		one,
	],
	[
		'pieces of arguments, of calls that are told apart by their index',
		[
			user,
			says([
				use('a', {}, { index: 1 }),
				use('b', '', { index: 2 }),
				delta('{"b":', { index: 1 }),
				delta('{"c":2}', { index: 2 }),
				delta('1}', { index: 1 }),
			]),
			...[result('a'), result('b')],
		],
		[user, calls(call('a', '{"b":1}'), call('b', '{"c":2}')), result('a'), result('b')],
		/another format: tool_use/,
	],
	[
		'pieces of arguments behind their call, which stands beside the content as well',
		[
			user,
			both(
				[use('a', {}), { type: 'input_json_delta', partial_json: '{"b":' }, delta('1}')],
				read('a', { b: 1 }),
			),
			result('a'),
		],
		oneCall,
		one,
	],
	...['tool_call', 'tool_call_chunk', 'invalid_tool_call', 'function_call'].map(
		(type): RepairRow => [
			`a block ${type}, alone`,
			[user, says([{ type, id: 'a', name: 'look', args: '{"b":1}' }]), result('a')],
			oneCall,
			new RegExp(`another format: ${type}`),
		],
	),
	[
		'an item of the Responses API in the content, with two ids',
		[
			user,
			both(
				[{ type: 'function_call', id: 'fc', call_id: 'a', name: 'look', arguments: '{"b":1}' }],
				read('a', { b: 1 }),
			),
			result('a'),
		],
		oneCall,
		one,
	],
	[
		'a function of old beside the same call',
		[
			user,
			{
				...calls(call('a', '{"b":1}')),
				function_call: { name: 'look', arguments: '{"b": 1}' },
			},
			result('a'),
		],
		[user, calls(call('a', '{"b": 1}')), result('a')],
		one,
	],
	[
		"calls of Mistral's client",
		[
			user,
			{ role: 'assistant', content: '', toolCalls: [{ id: 'a', function: { name: 'look' } }] },
			{ role: 'tool', toolCallId: 'a', content: 'seen' },
		],
		[user, calls(call('a')), result('a')],
		/another format: toolCalls, tool call/,
	],
	[
		'items of an agent',
		[
			user,
			{ type: 'function_call', callId: 'a', name: 'look', arguments: '{}', status: 'completed' },
			{ type: 'function_call_result', callId: 'a', name: 'look', output: textOf('seen') },
		],
		[user, { role: 'assistant', tool_calls: [call('a')] }, result('a')],
		/function_call_result as tool/,
	],
	[
		'numbers as ids, the results in another order',
		[user, calls(call(3, '{"b":3}'), call(4)), result(4, '4'), result('3', '3')],
		[user, calls(call('3', '{"b":3}'), call('4')), result('3', '3'), result('4', '4')],
		/call ids.*: 3, 4/,
	],
	[
		'a number as id in other forms',
		[
			user,
			says([use(0, {}), { type: 'tool-look', toolCallId: 5, state: 'input-available', input: {} }]),
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 0, content: '0' }] },
			{ role: 'tool', content: [{ type: 'tool-result', toolCallId: '5', output: '5' }] },
		],
		[user, calls(call('0'), call('5')), result('0', '0'), result('5', '5')],
		/call ids.*: 0, 5/,
	],
];
