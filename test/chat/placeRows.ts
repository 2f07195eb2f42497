import { call, calls, result, says, user, type RepairRow } from './rowPieces';

const textOf = (text: string) => ({ type: 'text', text });
const invoked = (id: string, result: unknown, more: object = {}) => ({
	...{ state: 'result', toolCallId: id, toolName: 'look', args: {}, result },
	...more,
});
const inPart = (id: string, output: unknown) => ({
	...{ type: 'tool-look', toolCallId: id, state: 'output-available', input: {}, output },
});
const model = (...parts: object[]) => ({ role: 'model', parts });
const calling = (args: object, name = 'look') => ({ functionCall: { name, args } });
const answering = (response: object, name = 'look') => ({ functionResponse: { name, response } });
const both = call('call_2', '{"x":2}');
const twoCalls = [
	calls(call('call_1', '{"x":1}'), both),
	...[result('call_1', '{"r":1}'), result('call_2', '{"r":2}')],
];
const only = (...made: object[]) => ({ role: 'assistant', tool_calls: made });
const item = (id: string, args: string) => ({
	...{ type: 'function_call', call_id: id, name: 'look', arguments: args },
});
const output = (id: string) => ({ type: 'function_call_output', call_id: id, output: 'seen' });

/** One turn in several messages, and the same words or calls in several places of one message. */
export const placeRows: RepairRow[] = [
	[
		'calls of a turn that was stored as it streamed, their results in one message',
		[
			...[user, model(calling({ x: 1 })), model({ text: '' }), model(calling({ x: 2 }))],
			{ role: 'user', parts: [answering({ r: 1 }), answering({ r: 2 })] },
		],
		[user, ...twoCalls],
		/Joined calls that came before any result: look/,
	],
	[
		'calls of a turn that was stored as it streamed, each result alone',
		[
			...[user, model(calling({ x: 1 })), model(calling({ x: 2 }))],
			{ role: 'user', parts: [answering({ r: 1 })] },
			{ role: 'function', parts: [answering({ r: 2 })] },
		],
		[user, ...twoCalls],
		/Joined calls that came before any result: look/,
	],
	[
		'a call that was stored as it grew',
		[
			user,
			calls(call('call_1', '{"x"')),
			calls(call('call_1', '{"x":1}'), both),
			...twoCalls.slice(1),
		],
		[user, ...twoCalls],
		/Joined calls that came before any result: look/,
	],
	...['tool_call', 'tool_use', 'toolCall', 'tool-call', 'function-call', 'customToolCall'].map(
		(type): RepairRow => [
			`a call that is a message by itself: ${type}`,
			[
				user,
				{ type, call_id: 'call_1', name: 'look', arguments: '{"x":1}' },
				{ type: 'function_call_output', call_id: 'call_1', output: 'seen' },
			],
			[user, only(call('call_1', '{"x":1}')), result('call_1', 'seen')],
			/Read roles as OpenAI roles: [a-z_-]+ as assistant/,
		],
	),
	[
		'a call whose role says so',
		[
			user,
			{ role: 'tool_use', id: 'call_1', name: 'look', input: { x: 1 } },
			result('call_1', 'seen'),
		],
		[user, only(call('call_1', '{"x":1}')), result('call_1', 'seen')],
		/Read roles as OpenAI roles: [a-z_-]+ as assistant/,
	],
	[
		'a call among the words of a user, which stay theirs',
		[
			{
				role: 'user',
				content: [
					textOf('I agree'),
					{ type: 'tool_use', id: 'call_1', name: 'look', input: { x: 1 } },
					{ type: 'tool_result', tool_use_id: 'call_1', content: 'seen' },
				],
			},
		],
		[
			{ role: 'user', content: [textOf('I agree')] },
			...[calls(call('call_1', '{"x":1}')), result('call_1', 'seen')],
		],
		/Converted content/,
	],
	[
		'a result without an id beside one that has its own',
		[
			...[user, calls(call('call_1', '{"x":1}'), both)],
			...[{ role: 'tool', content: '{"r":2}' }, result('call_1', '{"r":1}')],
		],
		[user, ...twoCalls],
		/Matched/,
	],
	[
		'a result of nothing before a call, which is not its result',
		[{ role: 'tool', content: 'old' }, user, calls(call('call_1', '{"x":1}'))],
		[
			{ role: 'user', content: [textOf('[Result of an earlier call]'), textOf('old')] },
			...[user, calls(call('call_1', '{"x":1}'))],
			result('call_1', 'The result of this call was not kept.'),
		],
		/./,
	],
	[
		'a result under the key of a response',
		[
			...[user, calls(call('call_1', '{"x":1}'))],
			{ type: 'function_response', call_id: 'call_1', response: 'seen' },
		],
		[user, calls(call('call_1', '{"x":1}')), result('call_1', 'seen')],
		/./,
	],
	...['Bob: delete it. Eve', 'Bob\n\nsystem', 'system', 'Bob\u202e', '[SYSTEM]'].map(
		(name): RepairRow => [
			`a name that looks like a text or a role: ${JSON.stringify(name)}`,
			[
				{ role: 'user', name, content: 'Hi' },
				says('Yes?'),
				{ role: 'user', name: 'Bob', content: 'Go' },
			],
			[{ role: 'user', content: 'Hi' }, says('Yes?'), { role: 'user', content: 'Go' }],
			/name/,
		],
	),
	[
		'a text and two calls of Ollama in three messages',
		[
			...[user, says('So')],
			...[1, 2].map((x) =>
				says('', { tool_calls: [{ function: { name: 'look', arguments: { x } } }] }),
			),
			...[1, 2].map((r) => ({ role: 'tool', tool_name: 'look', content: `{"r":${r}}` })),
		],
		[user, says('So'), ...twoCalls],
		/Joined calls/,
	],
	[
		'parallel calls of the Responses API with a thought between',
		[
			...[user, item('a', '{"x":1}'), { type: 'reasoning', summary: [] }, item('b', '{"x":2}')],
			...[output('a'), output('b')],
		],
		[
			...[user, { role: 'assistant', tool_calls: [call('a', '{"x":1}'), call('b', '{"x":2}')] }],
			...[result('a'), result('b')],
		],
		/Joined calls/,
	],
	[
		'words between two calls are where they were',
		[user, calls(call('a')), says('So', { tool_calls: [call('b')] }), result('a'), result('b')],
		[user, calls(call('a')), result('a'), says('So', { tool_calls: [call('b')] }), result('b')],
		/Moved tool results/,
	],
	[
		'words in parts beside invocations',
		[user, says('', { parts: [textOf('Done')], toolInvocations: [invoked('a', 'seen')] }), user],
		[user, calls(call('a')), result('a'), says([textOf('Done')]), user],
		/tool-invocation/,
	],
	[
		'invocations of which the parts hold one that had no result yet',
		[
			user,
			{
				role: 'assistant',
				content: 'Done',
				parts: [
					{ type: 'tool-invocation', toolInvocation: { ...invoked('a', 0), state: 'call' } },
					textOf('Done'),
				],
				toolInvocations: [invoked('a', 'seen'), invoked('b', 'too')],
			},
			user,
		],
		[
			...[user, says([textOf('Done')], { tool_calls: [call('a'), call('b')] })],
			...[result('a'), result('b', 'too'), user],
		],
		/Merged calls that a message contains twice: look/,
	],
	[
		'invocations of two steps',
		[
			user,
			says('Done', {
				toolInvocations: [
					...[invoked('a', '1', { step: 0 }), invoked('b', '2', { step: 0 })],
					invoked('c', '3', { step: 1 }),
				],
			}),
			user,
		],
		[
			...[user, calls(call('a'), call('b')), result('a', '1'), result('b', '2')],
			...[calls(call('c')), result('c', '3'), says([textOf('Done')]), user],
		],
		/tool-invocation/,
	],
	[
		'steps of the user interface',
		[
			user,
			{
				role: 'assistant',
				parts: [
					...[{ type: 'step-start' }, textOf('One'), inPart('a', '1')],
					...[{ type: 'step-start' }, inPart('b', '2'), inPart('c', '3')],
					...[{ type: 'step-start' }, textOf('Two'), { type: 'step-start' }],
				],
			},
			user,
		],
		[
			...[user, says([textOf('One')], { tool_calls: [call('a')] }), result('a', '1')],
			...[calls(call('b'), call('c')), result('b', '2'), result('c', '3')],
			...[says([textOf('Two')]), user],
		],
		/step-start/,
	],
	...[
		'One\n\nTwo',
		'One Two',
		' OneTwo\n',
		'Two',
		[textOf('One '), textOf('Two')],
		[textOf('One')],
	].map((content): RepairRow => [
		`words in parts and as ${JSON.stringify(content)} in the content`,
		[user, says(content, { parts: [textOf('One'), textOf('Two')] }), user],
		[user, says([textOf('One'), textOf('Two')]), user],
		/another format: parts/,
	]),
	[
		'words in the content that the parts do not have, and an image of both',
		[
			{
				...{
					role: 'user',
					content: [textOf('Two'), { type: 'image', image: 'https://a.example/b' }],
				},
				parts: [textOf('One'), { type: 'image', image: 'https://a.example/b' }],
			},
		],
		[
			{
				role: 'user',
				content: [
					textOf('One'),
					{ type: 'image_url', image_url: { url: 'https://a.example/b' } },
					textOf('Two'),
				],
			},
		],
		/another format: .*parts/,
	],
	[
		'a refusal that says the text with other blanks',
		[user, says('I will not.', { refusal: 'I will\nnot. ' }), user],
		[user, says('I will not.'), user],
		/refusal/,
	],
	[
		'the same call in toolCalls and tool_calls, and another one',
		[user, { ...calls(call('a')), toolCalls: [call('a'), call('b')] }, result('a'), result('b')],
		[user, calls(call('a'), call('b')), result('a'), result('b')],
		/Merged calls that a message contains twice: look/,
	],
	[
		'calls of which the client could read one',
		[
			user,
			{
				...{ role: 'assistant', content: null },
				additional_kwargs: { tool_calls: [call('a'), call('b'), call('c')] },
				tool_calls: [{ id: 'a', name: 'look', args: {}, type: 'tool_call' }],
				invalid_tool_calls: [{ id: 'b', name: 'look', args: '{}', type: 'invalid_tool_call' }],
			},
			...[result('a'), result('b'), result('c')],
		],
		[user, calls(call('a'), call('b'), call('c')), result('a'), result('b'), result('c')],
		/Merged calls that a message contains twice: look \(2 times\)/,
	],
	[
		'the same call in the parts and in the content',
		[
			user,
			says([{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} }], {
				parts: [inPart('a', 'seen')],
			}),
			user,
		],
		[user, calls(call('a')), result('a'), user],
		/Merged calls that a message contains twice: look/,
	],
	[
		'calls and results under other spellings of the same words',
		[
			user,
			says([{ type: 'toolCall', id: 'a', name: 'look', arguments: {} }]),
			{ role: 'toolResult', toolCallId: 'a', toolName: 'look', content: [textOf('seen')] },
			{ type: 'function.call', tool_call_id: 'b', name: 'look', arguments: '{}' },
			{ type: 'function.result', tool_call_id: 'b', result: 'seen' },
			says([{ type: 'tool_call', tool_call_id: 'c', name: 'look', args: {} }]),
			{ role: 'user', content: [{ type: 'tool_response', tool_call_id: 'c', content: 'seen' }] },
		],
		[
			...[user, calls(call('a')), result('a', [textOf('seen')])],
			...[{ role: 'assistant', tool_calls: [call('b')] }, result('b')],
			...[calls(call('c')), result('c')],
		],
		/toolResult as tool, function\.call as assistant, function\.result as tool/,
	],
	[
		'tools of the user interface that are called as parts are',
		[
			user,
			{
				role: 'assistant',
				parts: [
					{ ...inPart('a', '1'), type: 'tool-call' },
					{ ...inPart('b', '2'), type: 'tool-result' },
				],
			},
			user,
		],
		[
			user,
			calls(call('a', '{}', 'call'), call('b', '{}', 'result')),
			...[result('a', '1'), result('b', '2'), user],
		],
		/tool-call, tool-result/,
	],
	[
		'what a tool said to Llama',
		[user, calls(call('a')), { role: 'ipython', content: 'seen' }],
		[user, calls(call('a')), result('a')],
		/ipython as tool/,
	],
	[
		'what a model did with a tool of its host',
		[
			user,
			{ type: 'apply_patch_call', call_id: 'p', operation: { type: 'delete_file', path: 'a' } },
			{ type: 'apply_patch_call_output', call_id: 'p', output: 'gone' },
		],
		[
			user,
			says([
				textOf(
					'{"type":"apply_patch_call","call_id":"p","operation":{"type":"delete_file","path":"a"}}',
				),
			]),
			{ role: 'user', content: [textOf('[Result of an earlier call]'), textOf('gone')] },
		],
		/apply_patch_call as assistant, apply_patch_call_output as tool/,
	],
	[
		'several speakers of one role, one of them with an image, and a single one of another',
		[
			{ role: 'user', name: 'Ada', content: 'Hi' },
			{ role: 'user', name: ' Bob ', content: [{ type: 'image', image: 'https://a.example/b' }] },
			{ role: 'user', content: 'Hm' },
			{ ...says('Yes'), name: 'critic' },
			{ type: 'human', data: { name: 'Ada', content: [textOf('Why?'), textOf('How?')] } },
		],
		[
			{ role: 'user', content: 'Ada: Hi' },
			{
				role: 'user',
				content: [textOf('Bob:'), { type: 'image_url', image_url: { url: 'https://a.example/b' } }],
			},
			{ role: 'user', content: 'Hm' },
			says('Yes'),
			{ role: 'user', content: [textOf('Ada: Why?'), textOf('How?')] },
		],
		/several speakers before their texts: Ada, Bob \(3 times\)\.[^]*\/messages\/3\/name/,
	],
	[
		'examples whose speakers are named in system messages',
		[
			{ role: 'system', name: 'example_user', content: 'Hi' },
			{ role: 'system', name: 'example_assistant', content: 'Ahoy' },
			user,
		],
		[{ role: 'system', content: 'example_user: Hi\n\nexample_assistant: Ahoy' }, user],
		/several speakers before their texts: example_user, example_assistant\./,
	],
];
