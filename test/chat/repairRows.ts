import { documentRows } from './documentRows';
import { foreignRows } from './foreignRows';
import { placeRows } from './placeRows';
import { shapeRows } from './shapeRows';
import { twiceRows } from './twiceRows';
import { call, calls, image, result, says, seen, user, type RepairRow } from './rowPieces';
export { call, calls, image, result, says, seen, user } from './rowPieces';

export const repairRows: RepairRow[] = [
	[
		'a result without its call',
		[result('x', '42'), user],
		[
			{
				role: 'user',
				content: [
					{ type: 'text', text: '[Result of an earlier call]' },
					{ type: 'text', text: '42' },
				],
			},
			user,
		],
		/without a call as user text: x/,
	],
	[
		'a call without a result',
		[user, calls(call('a'))],
		[user, calls(call('a')), result('a', 'The result of this call was not kept.')],
		/Added a result to calls that had none: look/,
	],
	[
		'results out of order',
		[user, calls(call('a'), call('b')), result('b', '2'), result('a', '1')],
		[user, calls(call('a'), call('b')), result('a', '1'), result('b', '2')],
		/after their calls/,
	],
	[
		'a result that comes late',
		[user, calls(call('a')), user, result('a', '1')],
		[user, calls(call('a')), result('a', '1'), user],
		/after their calls/,
	],
	[
		'a result that comes early',
		[user, result('a', '1'), calls(call('a')), user],
		[user, calls(call('a')), result('a', '1'), user],
		/after their calls/,
	],
	[
		'two results of one call',
		[user, calls(call('a')), result('a', '1'), result('a', '2')],
		[user, calls(call('a')), result('a', '1\n\n2')],
		/several results of one call/,
	],
	['the same result twice', [...seen, result('a')], seen, /several results of one call/],
	[
		'an assistant first',
		[says('Hello'), user],
		[{ role: 'user', content: '(The conversation begins here.)' }, says('Hello'), user],
		/assistant spoke first/,
	],
	[
		'an assistant last',
		[user, says('Hello')],
		[user, says('Hello'), { role: 'user', content: 'Please go on.' }],
		/assistant spoke last/,
	],
	[
		'a late system message',
		[user, { role: 'system', content: 'Be brief.' }],
		[{ role: 'system', content: 'Be brief.' }, user],
		/all system messages into one/,
	],
	[
		'several system messages',
		[{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, user],
		[{ role: 'system', content: 'a\n\nb' }, user],
		/all system messages into one at the start: 2 in all/,
	],
	[
		'an empty message',
		[says('', {}), user, { role: 'user', content: ' \n' }],
		[user],
		/Left out empty messages/,
	],
	[
		'a blank part',
		[
			{
				role: 'user',
				content: [
					{ type: 'text', text: ' ' },
					{ type: 'text', text: 'Hi' },
				],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
		/blank texts: " "/,
	],
	[
		'content []',
		[user, says([], { tool_calls: [call('a')] }), result('a')],
		seen,
		/empty messages: content \[\]/,
	],
	[
		'a blank text beside calls',
		[user, says(' ', { tool_calls: [call('a')] }), result('a')],
		seen,
		/blank texts/,
	],
	[
		'an empty result',
		[user, calls(call('a')), result('a', '')],
		[user, calls(call('a')), result('a', 'The tool returned nothing.')],
		/empty tool results: look/,
	],
	[
		'a result that is null',
		[user, calls(call('a')), result('a', null)],
		[user, calls(call('a')), result('a', 'The tool returned nothing.')],
		/empty tool results: look/,
	],
	[
		'foreign ids',
		[user, calls(call('functions.add:0')), result('functions.add:0')],
		[user, calls(call('call_1')), result('call_1')],
		/call ids.*"functions.add:0"/,
	],
	[
		'ids that are used again',
		[...seen, calls(call('a')), result('a', '2')],
		[...seen, calls(call('call_1')), result('call_1', '2')],
		/call ids/,
	],
	[
		'one id twice in a turn',
		[user, calls(call('a'), call('a')), result('a', '1'), result('a', '2')],
		[user, calls(call('a'), call('call_1')), result('a', '1'), result('call_1', '2')],
		/call ids/,
	],
	[
		'no ids at all',
		[
			user,
			calls(call(undefined), call(null)),
			{ role: 'tool', content: '1' },
			{ role: 'tool', content: '2' },
		],
		[user, calls(call('call_1'), call('call_2')), result('call_1', '1'), result('call_2', '2')],
		/without an id to their calls/,
	],
	[
		'an illegal name',
		[user, calls(call('a', '{}', 'a b')), result('a')],
		[user, calls(call('a', '{}', 'a_b')), result('a')],
		/tool names.*"a b"/,
	],
	[
		'no arguments',
		[user, calls(call('a', '')), result('a')],
		seen,
		/arguments of calls to JSON objects/,
	],
	[
		'arguments null',
		[user, calls(call('a', 'null')), result('a')],
		seen,
		/arguments of calls to JSON objects/,
	],
	[
		'arguments as an object',
		[user, calls(call('a', { b: 1 })), result('a')],
		[user, calls(call('a', '{"b":1}')), result('a')],
		/arguments of calls to JSON objects/,
	],
	[
		'a list as arguments',
		[user, calls(call('a', '[1]')), result('a')],
		[user, calls(call('a', '{"arguments":[1]}')), result('a')],
		/arguments of calls to JSON objects/,
	],
	[
		'words as arguments',
		[user, calls(call('a', 'one')), result('a')],
		[user, calls(call('a', '{"arguments":"one"}')), result('a')],
		/arguments of calls to JSON objects/,
	],
	[
		'keys of other clients',
		[
			{ ...user, name: 'Ada', cache_control: {} },
			says('Yes', { refusal: null, annotations: [], audio: null, reasoning_content: 'hm' }),
			user,
		],
		[user, says('Yes'), user],
		/keys that TokenHub does not accept: \/messages\/0\/cache_control, \/messages\/1\/annotations, \/messages\/1\/audio, \/messages\/1\/reasoning_content, \/messages\/1\/refusal, \/messages\/0\/name\.$/,
	],
	[
		'keys of calls and parts',
		[
			{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: {} }] },
			calls({ ...call('a'), index: 0 }),
			{ ...result('a'), name: 'look' },
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }, calls(call('a')), result('a')],
		/keys.*: \/messages\/0\/content\/0\/cache_control, \/messages\/1\/tool_calls\/0\/index, \/messages\/2\/name\.$/,
	],
	[
		'a function of old',
		[
			user,
			{ role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
			{ role: 'function', name: 'look', content: 'seen' },
		],
		[user, calls(call('call_1')), result('call_1')],
		/Read roles.*function as tool/,
	],
	[
		'words of a refusal',
		[user, says(null, { refusal: 'I will not.' }), user],
		[user, says('I will not.'), user],
		/another format: refusal/,
	],
	[
		'words of a recording',
		[user, says(null, { audio: { id: 'x', transcript: 'Hello' } }), user],
		[user, says('Hello'), user],
		/keys.*audio/,
	],
	[
		'parts of the Responses API',
		[
			{
				role: 'user',
				content: [
					{ type: 'input_text', text: 'Hi' },
					{ type: 'input_image', image_url: image.image_url.url },
				],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }, image] }],
		/another format: input_text, input_image/,
	],
	[
		'items of the Responses API',
		[
			user,
			{ type: 'function_call', call_id: 'a', name: 'look', arguments: '{}' },
			{ type: 'function_call_output', call_id: 'a', output: 'seen' },
		],
		[user, { role: 'assistant', tool_calls: [call('a')] }, result('a')],
		/Read roles/,
	],
	[
		"Claude's own blocks",
		[
			{
				role: 'user',
				content: [
					{
						type: 'image',
						source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' },
					},
				],
			},
			says([
				{ type: 'thinking', thinking: 'hm', signature: 'x' },
				{ type: 'tool_use', id: 'a', name: 'look', input: {} },
			]),
			{
				role: 'user',
				content: [
					{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'seen' }] },
					{ type: 'text', text: 'So?' },
				],
			},
		],
		[
			{ role: 'user', content: [image] },
			calls(call('a')),
			result('a', [{ type: 'text', text: 'seen' }]),
			{ role: 'user', content: [{ type: 'text', text: 'So?' }] },
		],
		/another format: image, tool_use, tool_result/,
	],
	[
		'parts of the AI SDK',
		[
			user,
			says([
				{ type: 'text', text: 'I look.' },
				{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} },
			]),
			{
				role: 'tool',
				content: [
					{
						type: 'tool-result',
						toolCallId: 'a',
						toolName: 'look',
						output: { type: 'text', value: 'seen' },
					},
				],
			},
		],
		[user, says([{ type: 'text', text: 'I look.' }], { tool_calls: [call('a')] }), result('a')],
		/another format: tool-call, tool-result/,
	],
	[
		'roles of LangChain',
		[
			{ type: 'human', content: 'Hi' },
			{
				type: 'ai',
				content: '',
				tool_calls: [{ id: 'a', name: 'look', args: {}, type: 'tool_call' }],
			},
			{ type: 'tool', tool_call_id: 'a', content: 'seen' },
		],
		seen,
		/human as user, ai as assistant/,
	],
	[
		'roles of Gemini',
		[
			{ role: 'user', parts: [{ text: 'Hi' }] },
			{ role: 'model', parts: [{ text: 'Hello' }] },
			user,
		],
		[
			{ role: 'user', content: [{ type: 'text', text: 'Hi' }] },
			says([{ type: 'text', text: 'Hello' }]),
			user,
		],
		/model as assistant/,
	],
	['a role that nobody knows', [{ role: 'oracle', content: 'Hi' }], [user], /oracle as user/],
	['a bare text', ['Hi'], [user], /bare text as user/],
	['what is not a message', [null, 7, user], [user], /not messages: null, number/],
	[
		'a part that nobody knows',
		[{ role: 'user', content: [{ type: 'json', json: { a: 1 } }] }],
		[{ role: 'user', content: [{ type: 'text', text: '{"type":"json","json":{"a":1}}' }] }],
		/another format: json/,
	],
	[
		'a recording',
		[
			{
				role: 'user',
				content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: '[input_audio left out]' }] }],
		/without text: input_audio/,
	],
	[
		'half a surrogate pair',
		[{ role: 'user', content: 'a\ud83d' }],
		[{ role: 'user', content: 'a\ufffd' }],
		/unpaired surrogates/,
	],
	[
		'half a pair in arguments',
		[user, calls(call('a', '{"b":"\\ud83d"}')), result('a')],
		[user, calls(call('a', '{"b":"\ufffd"}')), result('a')],
		/arguments of calls to JSON objects/,
	],
	...documentRows,
	...foreignRows,
	...placeRows,
	...shapeRows,
	...twiceRows,
];
