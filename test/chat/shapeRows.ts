import { call, calls, result, says, user, type RepairRow } from './rowPieces';

const PNG = 'iVBORw0KGgo=';
const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } };
const linked = { type: 'image_url', image_url: { url: 'https://a.example/b.png' } };
const textOf = (text: string) => ({ type: 'text', text });
const brief = { role: 'system', content: 'Be brief.' };
const bye = { role: 'user', content: 'Bye' };
const ARGS = '{"n":12345678901234567890}';
const looked = call('call_1', ARGS);
const serialized = (name: string, kwargs: object) => ({
	...{ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', name] },
	kwargs,
});
const asks = (...parts: object[]) => ({ kind: 'request', parts });
const responds = (...parts: object[]) => ({ kind: 'response', parts });

/** Messages of clients that have no role and content as OpenAI does. */
export const shapeRows: RepairRow[] = [
	[
		'turns of ShareGPT',
		[
			{ from: 'system', value: 'Be brief.' },
			{ from: 'human', value: 'Hi', weight: null },
			{ from: 'function_call', value: `{"name":"look","arguments":${ARGS}}` },
			{ from: 'observation', value: 'seen' },
			{ from: 'gpt', value: 'ok' },
			{ from: 'human', value: 'Bye' },
		],
		[
			...[brief, user, { role: 'assistant', tool_calls: [looked] }],
			...[result('call_1', 'seen'), says('ok'), bye],
		],
		/a message of ShareGPT/,
	],
	[
		'a chat history of Cohere',
		[
			{ role: 'SYSTEM', message: 'Be brief.' },
			{ role: 'USER', message: 'Hi' },
			{ role: 'CHATBOT', message: 'I look', tool_calls: [{ name: 'look', parameters: { b: 1 } }] },
			{ role: 'TOOL', tool_results: [{ call: { name: 'look' }, outputs: [{ c: 2 }] }] },
		],
		[
			...[brief, user, says('I look', { tool_calls: [call('call_1', '{"b":1}')] })],
			result('call_1', '[{"c":2}]'),
		],
		/a message of Cohere/,
	],
	[
		"a plan in Cohere's newer form",
		[user, { role: 'assistant', tool_plan: 'I look', tool_calls: [call('a')] }, result('a')],
		[user, says('I look', { tool_calls: [call('a')] }), result('a')],
		/another format: tool_plan/,
	],
	[
		'messages of pydantic-ai',
		[
			asks(
				{ part_kind: 'system-prompt', content: 'Be brief.' },
				{ part_kind: 'user-prompt', content: 'Hi', timestamp: '2026' },
			),
			responds(
				{ part_kind: 'thinking', content: 'hm' },
				{ part_kind: 'text', content: 'I look' },
				{ part_kind: 'tool-call', tool_name: 'look', args: '{"b":1}', tool_call_id: 'a' },
				{ part_kind: 'tool-call', tool_name: 'look', args: {}, tool_call_id: 'b' },
			),
			asks(
				{ part_kind: 'tool-return', tool_name: 'look', content: { c: 2 }, tool_call_id: 'a' },
				{ part_kind: 'retry-prompt', tool_name: 'look', content: 'no', tool_call_id: 'b' },
			),
			responds({ part_kind: 'text', content: 'ok' }),
			asks({
				part_kind: 'user-prompt',
				content: [
					'Bye',
					{ kind: 'image-url', url: linked.image_url.url },
					{ kind: 'binary', data: PNG, media_type: 'image/png' },
				],
			}),
		],
		[
			...[brief, user],
			says([textOf('I look')], { tool_calls: [call('a', '{"b":1}'), call('b')] }),
			...[result('a', '{"c":2}'), result('b', 'The tool failed: no'), says([textOf('ok')])],
			{ role: 'user', content: [textOf('Bye'), linked, picture] },
		],
		/a message of pydantic-ai.*thinking/s,
	],
	[
		'instructions and a retry without a tool of pydantic-ai',
		[
			{ ...asks({ part_kind: 'user-prompt', content: 'Hi' }), instructions: 'Be brief.' },
			responds({ part_kind: 'text', content: 'ok' }),
			{ ...asks({ part_kind: 'retry-prompt', content: 'Bye' }), instructions: 'Be brief.' },
		],
		[brief, user, says([textOf('ok')]), bye],
		/a message of pydantic-ai/,
	],
	[
		'blocks of LlamaIndex',
		[
			{ role: 'system', blocks: [{ block_type: 'text', text: 'Be brief.' }] },
			{
				role: 'user',
				additional_kwargs: {},
				blocks: [
					{ block_type: 'text', text: 'Hi' },
					{ block_type: 'image', image: PNG, image_mimetype: 'image/png', url: null },
					{ block_type: 'cache' },
				],
			},
			{
				role: 'chatbot',
				blocks: [
					{ block_type: 'thinking', content: 'hm' },
					{ block_type: 'tool_call', tool_call_id: 'a', tool_name: 'look', tool_kwargs: {} },
				],
			},
			{
				role: 'tool',
				additional_kwargs: { tool_call_id: 'a', name: 'look' },
				blocks: [{ block_type: 'text', text: 'seen' }],
			},
		],
		[
			{ role: 'system', content: [textOf('Be brief.')] },
			{ role: 'user', content: [textOf('Hi'), picture] },
			...[calls(call('a')), result('a', [textOf('seen')])],
		],
		/a message of LlamaIndex/,
	],
	[
		'items of Semantic Kernel',
		[
			{ role: 'user', items: [{ content_type: 'text', text: 'Hi' }] },
			{
				role: 'assistant',
				items: [{ content_type: 'function_call', id: 'a', name: 'look', arguments: '{}' }],
			},
			{
				role: 'tool',
				items: [{ content_type: 'function_result', id: 'a', name: 'look', result: 'seen' }],
			},
		],
		[{ role: 'user', content: [textOf('Hi')] }, calls(call('a')), result('a')],
		/a message of Semantic Kernel/,
	],
	[
		'messages of a model of AutoGen',
		[
			{ type: 'SystemMessage', content: 'Be brief.' },
			{ type: 'UserMessage', source: 'user', content: 'Hi' },
			{
				...{ type: 'AssistantMessage', source: 'bot', thought: 'I look' },
				content: [{ id: 'a', name: 'look', arguments: '{}' }],
			},
			{
				type: 'FunctionExecutionResultMessage',
				content: [{ content: 'no', name: 'look', call_id: 'a', is_error: true }],
			},
			{ type: 'AssistantMessage', source: 'bot', content: 'ok' },
			{ type: 'UserMessage', source: 'user', content: 'Bye' },
		],
		[
			...[brief, user, says('I look', { tool_calls: [call('a')] })],
			...[result('a', 'The tool failed: no'), says('ok'), bye],
		],
		/a message of AutoGen/,
	],
	[
		'parts of Haystack',
		[
			{ role: 'user', meta: {}, name: null, content: [{ text: 'Hi' }] },
			{
				role: 'assistant',
				content: [{ tool_call: { id: 'a', tool_name: 'look', arguments: {} } }],
			},
			{
				role: 'tool',
				content: [{ tool_call_result: { result: 'seen', origin: { id: 'a' }, error: false } }],
			},
		],
		[{ role: 'user', content: [textOf('Hi')] }, calls(call('a')), result('a')],
		/a message of Haystack/,
	],
	[
		"Haystack's older form",
		[{ _role: 'user', _content: [{ text: 'Hi' }], _name: null, _meta: {} }],
		[{ role: 'user', content: [textOf('Hi')] }],
		/a message of Haystack/,
	],
	[
		'exports of chats',
		[
			{ message: { author: { role: 'system' }, content: { parts: ['Be brief.'] } } },
			{ sender: 'human', text: 'Hi', content: [] },
			{ sender: 'Claude', isCreatedByUser: false, text: 'ok' },
			{ sender: 'Ada', isCreatedByUser: true, text: 'Bye' },
		],
		[{ role: 'system', content: [textOf('Be brief.')] }, user, says('ok'), bye],
		/ChatGPT.*a message of Claude\.ai, a message of LibreChat/,
	],
	[
		'messages within rows, transcripts and choices',
		[
			{ id: 1, session_id: 's', message: { type: 'human', content: 'Hi' } },
			{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' },
			{ type: 'user', uuid: 'x', message: { role: 'user', content: 'Bye' } },
		],
		[user, says('ok'), bye],
		/a message in a record/,
	],
	[
		'classes of LangChain',
		[
			{ type: 'SystemMessageChunk', content: 'Be brief.' },
			serialized('HumanMessageChunk', { content: 'Hi' }),
			{
				...{ type: 'AIMessageChunk', content: '' },
				tool_calls: [{ name: 'look', args: {}, id: 'a', type: 'tool_call' }],
				tool_call_chunks: [{ name: 'look', args: '{}', id: 'a', index: 0 }],
			},
			serialized('ToolMessage', { content: 'seen', tool_call_id: 'a' }),
		],
		[brief, user, calls(call('a')), result('a')],
		/SystemMessageChunk as system|system as system/,
	],
	[
		'roles with capitals',
		[{ role: 'USER', content: 'Hi' }, { role: 'Assistant', content: 'ok' }, bye],
		[user, says('ok'), bye],
		/USER as user, Assistant as assistant/,
	],
	[
		'attachments of the AI SDK',
		[
			{
				...user,
				experimental_attachments: [
					{ name: 'b.png', contentType: 'image/png', url: linked.image_url.url },
				],
			},
		],
		[{ role: 'user', content: [textOf('Hi'), linked] }],
		/another format: file/,
	],
	[
		'an image of LangChain in base64',
		[{ role: 'user', content: [{ type: 'image', base64: PNG, mime_type: 'image/png' }] }],
		[{ role: 'user', content: [picture] }],
		/another format: image/,
	],
	[
		'marks that say nothing',
		[{ role: 'user', content: [textOf('Hi'), { cachePoint: { type: 'default' } }] }],
		[{ role: 'user', content: [textOf('Hi')] }],
		/another format: cachePoint/,
	],
	[
		'a failure that Agno marks',
		[user, calls(call('a')), { ...result('a', 'no'), tool_call_error: true }],
		[user, calls(call('a')), result('a', 'The tool failed: no')],
		/a tool failed: no/,
	],
	[
		'the empty arguments of PHP',
		[user, calls(call('a', '[]')), result('a')],
		[user, calls(call('a')), result('a')],
		/arguments of calls to JSON objects/,
	],
];
