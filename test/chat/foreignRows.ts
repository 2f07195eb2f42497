import { call, calls, image, result, says, user, type RepairRow } from './rowPieces';

const ok = { type: 'text', text: 'ok' };
const textOf = (text: string) => ({ type: 'text', text });
const failed = [user, calls(call('a')), result('a', 'The tool failed.')];
const claudes = says([{ type: 'tool_use', id: 'a', name: 'look', input: {} }]);
const PNG = 'iVBORw0KGgo=';
const png = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } };
const sdkResult = (output: unknown) => ({
	role: 'tool',
	content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'look', output }],
});

/** Forms in which words, calls, failures and images stand where OpenAI has none. */
export const foreignRows: RepairRow[] = [
	[
		'messages as LangChain stores them',
		[
			{ type: 'system', data: { content: 'Be brief.', role: null } },
			{ type: 'human', data: { content: 'Hi' } },
			{
				type: 'ai',
				data: { content: '4', tool_calls: [{ id: 'a', name: 'look', args: {} }] },
			},
			{ type: 'tool', data: { content: 'no disk', tool_call_id: 'a', status: 'error' } },
		],
		[
			{ role: 'system', content: 'Be brief.' },
			user,
			says('4', { tool_calls: [call('a')] }),
			result('a', 'The tool failed: no disk'),
		],
		/human as user.*a tool failed: no disk/s,
	],
	[
		'messages as LangChain serializes them',
		[
			{
				...{ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', 'HumanMessage'] },
				kwargs: { content: 'Hi' },
			},
		],
		[user],
		/human as user/,
	],
	[
		'messages as Mastra stores them',
		[
			{ id: '1', role: 'user', content: { format: 2, parts: [{ type: 'text', text: 'Hi' }] } },
			{
				role: 'assistant',
				content: {
					...{ format: 2, content: 'ok' },
					parts: [
						{
							type: 'tool-invocation',
							toolInvocation: {
								...{ state: 'result', toolCallId: 'a', toolName: 'look', args: {} },
								result: '42',
							},
						},
						ok,
					],
				},
			},
		],
		[
			{ role: 'user', content: [textOf('Hi')] },
			calls(call('a')),
			result('a', '42'),
			says([ok]),
			{ role: 'user', content: 'Please go on.' },
		],
		/tool-invocation/,
	],
	[
		'calls without parts in a message of Mastra',
		[
			user,
			{
				role: 'assistant',
				content: {
					content: 'ok',
					toolInvocations: [
						{ state: 'result', toolCallId: 'a', toolName: 'look', args: {}, result: '42' },
					],
				},
			},
			user,
		],
		[user, calls(call('a')), result('a', '42'), says([ok]), user],
		/tool-invocation/,
	],
	[
		'ciphers and pictures in what a service did for a model',
		[
			user,
			says([
				{
					type: 'web_search_tool_result',
					content: [{ title: 'T', encrypted_content: 'Eq9x'.repeat(500) }],
				},
				{ type: 'shown', url: `data:image/png;base64,${'iVBO'.repeat(500)}` },
				ok,
			]),
			user,
		],
		[
			user,
			says([
				textOf(
					'{"type":"web_search_tool_result","content":[{"title":"T","encrypted_content":"[data left out]"}]}',
				),
				textOf('{"type":"shown","url":"[data left out]"}'),
				ok,
			]),
			user,
		],
		/without text: web_search_tool_result, shown/,
	],
	[
		'thoughts of Bedrock',
		[user, says([{ reasoningContent: { reasoningText: { text: 'Hm' } } }, ok]), user],
		[user, says([ok]), user],
		/without text: a thought/,
	],
	['a text beside the role', [{ role: 'human', text: 'Hi' }], [user], /human as user/],
	[
		'calls in additional_kwargs',
		[user, says(null, { additional_kwargs: { tool_calls: [call('a')] } }), result('a', 'ok')],
		[user, calls(call('a')), result('a', 'ok')],
		/additional_kwargs/,
	],
	[
		'a failure without words of Claude',
		[
			user,
			claudes,
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', is_error: true }] },
		],
		failed,
		/a tool failed/,
	],
	[
		'a failure without words of the AI SDK',
		[user, claudes, sdkResult({ type: 'error-text', value: '' })],
		failed,
		/a tool failed/,
	],
	[
		'a failure with words of the AI SDK',
		[user, claudes, sdkResult({ type: 'error-json', value: { a: 1 } })],
		[user, calls(call('a')), result('a', 'The tool failed: {"a":1}')],
		/a tool failed/,
	],
	[
		'parts of Gemini',
		[
			{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] },
			{
				role: 'model',
				parts: [{ text: 'hm', thought: true }, { functionCall: { name: 'look', args: {} } }],
			},
			{ role: 'function', parts: [{ functionResponse: { name: 'look', response: { a: 1 } } }] },
		],
		[{ role: 'user', content: [image] }, calls(call('call_1')), result('call_1', '{"a":1}')],
		/model as assistant.*a thought/s,
	],
	[
		'a tool output with an image',
		[
			user,
			claudes,
			sdkResult({
				type: 'content',
				value: [ok, { type: 'media', mediaType: 'image/png', data: 'iVBORw0KGgo=' }],
			}),
		],
		[user, calls(call('a')), result('a', [ok, image])],
		/media/,
	],
	[
		'images of the AI SDK',
		[
			{
				role: 'user',
				content: [
					{ type: 'image', image: new URL('https://a.example/b.png') },
					{ type: 'image', image: Buffer.from(PNG, 'base64') },
					{ type: 'file', mediaType: 'image/png', url: 'https://a.example/c.png' },
				],
			},
		],
		[
			{
				role: 'user',
				content: [
					{ type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
					png,
					{ type: 'image_url', image_url: { url: 'https://a.example/c.png' } },
				],
			},
		],
		/another form/,
	],
	[
		'a message of the user interface',
		[
			{ role: 'user', parts: [textOf('Hi')] },
			{
				role: 'assistant',
				parts: [
					{ type: 'step-start' },
					{ type: 'tool-look', toolCallId: 'a', state: 'output-error', errorText: 'no', input: {} },
					{ type: 'step-start' },
					textOf('Done'),
				],
			},
			user,
		],
		[
			{ role: 'user', content: [textOf('Hi')] },
			calls(call('a')),
			result('a', 'The tool failed: no'),
			says([textOf('Done')]),
			user,
		],
		/tool-look/,
	],
	[
		'invocations beside the words',
		[
			user,
			says('Done', {
				toolInvocations: [
					{ state: 'result', toolCallId: 'a', toolName: 'look', args: {}, result: 1 },
				],
			}),
			user,
		],
		[user, calls(call('a')), result('a', '1'), says([textOf('Done')]), user],
		/tool-invocation/,
	],
	[
		'a custom call, and a result that is an object',
		[
			user,
			calls({ id: 'a', type: 'custom', custom: { name: 'look', input: 'x' } }),
			result('a', { text: 'ok', count: 4 }),
		],
		[user, calls(call('a', '{"input":"x"}')), result('a', '{"text":"ok","count":4}')],
		/custom/,
	],
	[
		'a refusal beside a blank, and beside words',
		[user, says(' ', { refusal: 'No.' }), user, says('Well', { refusal: 'No.' }), user],
		[user, says('No.'), user, says('Well\n\nNo.'), user],
		/refusal/,
	],
	[
		'images of Ollama',
		[{ role: 'user', content: 'Hi', images: [PNG, 'AAAA'] }],
		[
			{
				role: 'user',
				content: [textOf('Hi'), png, textOf('[file left out: binary data, 3 bytes]')],
			},
		],
		/without text: file/,
	],
	[
		'items of the Responses API that are not messages',
		[
			user,
			{ type: 'reasoning', id: 'r', summary: [] },
			{ type: 'custom_tool_call', call_id: 'a', name: 'look', input: 'x' },
			{ type: 'custom_tool_call_output', call_id: 'a', output: 'ok' },
		],
		[user, { role: 'assistant', tool_calls: [call('a', '{"input":"x"}')] }, result('a', 'ok')],
		/without text: reasoning/,
	],
	[
		'blocks of Bedrock',
		[
			{ role: 'user', content: [{ image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } }] },
			says([{ toolUse: { toolUseId: 'a', name: 'look', input: {} } }]),
			{
				role: 'user',
				content: [
					{ toolResult: { toolUseId: 'a', content: [{ text: 'no' }], status: 'error' } },
					textOf('So?'),
				],
			},
		],
		[
			{ role: 'user', content: [image] },
			calls(call('a')),
			result('a', [textOf('The tool failed: no')]),
			{ role: 'user', content: [textOf('So?')] },
		],
		/a tool failed/,
	],
];
