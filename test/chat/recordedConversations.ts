/**
 * Conversations as other clients keep them, written after their public forms. Each has the same
 * four turns: a question, two calls at once, one more call, the answer; then a new question.
 */
const weather = (city: string) => JSON.stringify({ city });
const fn = (id: string, city: string, more: object = {}) => ({
	...{ id, type: 'function', ...more },
	function: { name: 'weather', arguments: weather(city) },
});
const QUESTION = 'Is it warmer in Bern or in Oslo? And in Rome?';
const NEXT = { role: 'user', content: 'And tomorrow?' };
const ANSWER = 'Rome is the warmest, with 24 °C.';

interface Recorded {
	client: string;
	messages: object[];
}

export const recorded: Recorded[] = [
	{
		client: 'the OpenAI SDK, answers pushed as they came',
		messages: [
			{ role: 'developer', content: 'Answer briefly.' },
			{ role: 'user', content: QUESTION, name: 'ada' },
			{
				...{ role: 'assistant', content: null, refusal: null, annotations: [], audio: null },
				tool_calls: [fn('call_b', 'Bern'), fn('call_o', 'Oslo')],
			},
			{ role: 'tool', tool_call_id: 'call_b', content: '12' },
			{ role: 'tool', tool_call_id: 'call_o', content: '5' },
			{
				...{ role: 'assistant', content: null, refusal: null, annotations: [] },
				tool_calls: [fn('call_r', 'Rome')],
			},
			{ role: 'tool', tool_call_id: 'call_r', content: '24' },
			{ role: 'assistant', content: ANSWER, refusal: null, annotations: [] },
			NEXT,
		],
	},
	{
		client: 'a stream put together by hand',
		messages: [
			{ role: 'system', content: 'Answer briefly.' },
			{ role: 'user', content: QUESTION },
			{
				...{ role: 'assistant', content: '' },
				tool_calls: [fn('call_b', 'Bern', { index: 0 }), fn('call_o', 'Oslo', { index: 1 })],
			},
			{ role: 'tool', tool_call_id: 'call_o', name: 'weather', content: '5' },
			{ role: 'tool', tool_call_id: 'call_b', name: 'weather', content: '12' },
			{ role: 'assistant', content: '', tool_calls: [fn('call_r', 'Rome', { index: 0 })] },
			{ role: 'tool', tool_call_id: 'call_r', name: 'weather', content: '24' },
			{ role: 'assistant', content: ANSWER },
			NEXT,
		],
	},
	{
		client: 'LangChain, as it is stored',
		messages: [
			{ type: 'system', content: 'Answer briefly.', additional_kwargs: {} },
			{ type: 'human', content: QUESTION, additional_kwargs: {}, id: 'm1' },
			{
				...{ type: 'ai', content: '', response_metadata: {}, invalid_tool_calls: [] },
				tool_calls: [
					{ id: 'call_b', name: 'weather', args: { city: 'Bern' }, type: 'tool_call' },
					{ id: 'call_o', name: 'weather', args: { city: 'Oslo' }, type: 'tool_call' },
				],
			},
			{ type: 'tool', tool_call_id: 'call_b', content: '12', status: 'success' },
			{ type: 'tool', tool_call_id: 'call_o', content: '5', status: 'success' },
			{
				...{ type: 'ai', content: '' },
				tool_calls: [{ id: 'call_r', name: 'weather', args: { city: 'Rome' }, type: 'tool_call' }],
			},
			{ type: 'tool', tool_call_id: 'call_r', content: '24', status: 'success' },
			{ type: 'ai', content: ANSWER, usage_metadata: { input_tokens: 1 } },
			NEXT,
		],
	},
	{
		client: 'the AI SDK, model messages',
		messages: [
			{ role: 'system', content: 'Answer briefly.' },
			{ role: 'user', content: [{ type: 'text', text: QUESTION }] },
			{
				role: 'assistant',
				content: ['Bern', 'Oslo'].map((city) => ({
					...{ type: 'tool-call', toolCallId: `call_${city[0]?.toLowerCase()}` },
					...{ toolName: 'weather', input: { city } },
				})),
			},
			{
				role: 'tool',
				content: [
					['call_b', '12'],
					['call_o', '5'],
				].map(([toolCallId, value]) => ({
					...{ type: 'tool-result', toolCallId, toolName: 'weather' },
					output: { type: 'text', value },
				})),
			},
			{
				role: 'assistant',
				content: [
					{
						...{ type: 'tool-call', toolCallId: 'call_r' },
						...{ toolName: 'weather', input: { city: 'Rome' } },
					},
				],
			},
			{
				role: 'tool',
				content: [
					{
						...{ type: 'tool-result', toolCallId: 'call_r', toolName: 'weather' },
						output: { type: 'text', value: '24' },
					},
				],
			},
			{ role: 'assistant', content: [{ type: 'text', text: ANSWER }] },
			NEXT,
		],
	},
	{
		client: 'LiteLLM, with a cache and thoughts',
		messages: [
			{
				role: 'system',
				content: [{ type: 'text', text: 'Answer briefly.', cache_control: { type: 'ephemeral' } }],
			},
			{ role: 'user', content: QUESTION },
			{
				...{ role: 'assistant', content: null, function_call: null, thinking_blocks: [] },
				...{ reasoning_content: 'Two cities first.', provider_specific_fields: {} },
				tool_calls: [fn('call_b', 'Bern', { index: 1 }), fn('call_o', 'Oslo', { index: 2 })],
			},
			{ role: 'tool', tool_call_id: 'call_b', name: 'weather', content: '12' },
			{ role: 'tool', tool_call_id: 'call_o', name: 'weather', content: '5' },
			{ role: 'assistant', content: null, tool_calls: [fn('call_r', 'Rome', { index: 1 })] },
			{ role: 'tool', tool_call_id: 'call_r', name: 'weather', content: '24' },
			{ role: 'assistant', content: ANSWER, function_call: null },
			NEXT,
		],
	},
	{
		client: 'an MCP client on Claude itself',
		messages: [
			{ role: 'system', content: 'Answer briefly.' },
			{ role: 'user', content: QUESTION },
			{
				role: 'assistant',
				content: [
					{ type: 'thinking', thinking: 'Two cities first.', signature: 'c2ln' },
					{ type: 'tool_use', id: 'call_b', name: 'weather', input: { city: 'Bern' } },
					{ type: 'tool_use', id: 'call_o', name: 'weather', input: { city: 'Oslo' } },
				],
			},
			{
				role: 'user',
				content: [
					{ type: 'tool_result', tool_use_id: 'call_b', content: '12' },
					{ type: 'tool_result', tool_use_id: 'call_o', content: '5', is_error: false },
				],
			},
			{
				role: 'assistant',
				content: [{ type: 'tool_use', id: 'call_r', name: 'weather', input: { city: 'Rome' } }],
			},
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_r', content: '24' }] },
			{ role: 'assistant', content: [{ type: 'text', text: ANSWER }] },
			NEXT,
		],
	},
	{
		client: 'the Responses API',
		messages: [
			{ type: 'message', role: 'developer', content: 'Answer briefly.' },
			{ type: 'message', role: 'user', content: [{ type: 'input_text', text: QUESTION }] },
			...['Bern', 'Oslo'].flatMap((city, index) => [
				{
					...{ type: 'function_call', id: `fc_${index}`, status: 'completed' },
					...{
						call_id: `call_${city[0]?.toLowerCase()}`,
						name: 'weather',
						arguments: weather(city),
					},
				},
				{
					...{ type: 'function_call_output', call_id: `call_${city[0]?.toLowerCase()}` },
					output: index === 0 ? '12' : '5',
				},
			]),
			{ type: 'function_call', call_id: 'call_r', name: 'weather', arguments: weather('Rome') },
			{ type: 'function_call_output', call_id: 'call_r', output: '24' },
			{
				...{ type: 'message', role: 'assistant', id: 'msg_1', status: 'completed' },
				content: [{ type: 'output_text', text: ANSWER, annotations: [] }],
			},
			NEXT,
		],
	},
];

/** What all of them mean. */
export const MEANT = {
	system: 'Answer briefly.',
	calls: [
		['call_b', weather('Bern'), '12'],
		['call_o', weather('Oslo'), '5'],
		['call_r', weather('Rome'), '24'],
	],
	said: [QUESTION, ANSWER, NEXT.content],
};
