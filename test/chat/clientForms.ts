import type { GivenMessage } from '../../core/chat/repair/givenMessage';
/** A call, and what came of it. */
export interface Made {
	id: string | number;
	name: string;
	args: Record<string, unknown>;
	/** The words of its result. */
	said: string;
}

/** How one client writes down who says what. */
export interface ClientForm {
	user(text: string): GivenMessage;
	system(text: string): GivenMessage;
	/** @param text Empty for calls alone. */
	assistant(text: string, calls: readonly Made[]): GivenMessage | GivenMessage[];
	results(calls: readonly Made[]): GivenMessage[];
	/** Whether a call holds its result. */
	isInline?: true;
}

let count = 0;
/** A word that occurs nowhere else. */
export const word = (kind = '') => `${kind}zq${(count += 1)}x`;

export const plain = {
	user: (text: string) => ({ role: 'user', content: text }),
	system: (text: string) => ({ role: 'system', content: text }),
};
export const openAiCall = ({ id, name, args }: Made) => ({
	...{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } },
});

export const clientForms: Record<string, ClientForm> = {
	openai: {
		...plain,
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t || null,
			...(cs.length
				? {
						tool_calls: cs.map(openAiCall),
					}
				: {}),
		}),
		results: (rs) => rs.map((r) => ({ role: 'tool', tool_call_id: r.id, content: r.said })),
	},
	lcDict: {
		user: (t) => ({ type: 'human', data: { content: t, additional_kwargs: {}, example: false } }),
		system: (t) => ({ type: 'system', data: { content: t } }),
		assistant: (t, cs) => ({
			type: 'ai',
			data: {
				content: t,
				tool_calls: cs.map((c) => ({ name: c.name, args: c.args, id: c.id, type: 'tool_call' })),
				invalid_tool_calls: [],
				usage_metadata: null,
				response_metadata: {},
			},
		}),
		results: (rs) =>
			rs.map((r) => ({
				type: 'tool',
				data: {
					content: r.said,
					tool_call_id: r.id,
					name: r.name,
					status: 'success',
					artifact: null,
				},
			})),
	},
	lcJs: {
		user: (t) => ({
			lc: 1,
			type: 'constructor',
			id: ['langchain_core', 'messages', 'HumanMessage'],
			kwargs: { content: t },
		}),
		system: (t) => ({
			lc: 1,
			type: 'constructor',
			id: ['langchain_core', 'messages', 'SystemMessage'],
			kwargs: { content: t },
		}),
		assistant: (t, cs) => ({
			lc: 1,
			type: 'constructor',
			id: ['langchain_core', 'messages', 'AIMessageChunk'],
			kwargs: {
				content: t,
				tool_calls: cs.map((c) => ({ name: c.name, args: c.args, id: c.id, type: 'tool_call' })),
				tool_call_chunks: cs.map((c, i) => ({
					name: c.name,
					args: JSON.stringify(c.args),
					id: c.id,
					index: i,
					type: 'tool_call_chunk',
				})),
				invalid_tool_calls: [],
				additional_kwargs: {},
				response_metadata: {},
			},
		}),
		results: (rs) =>
			rs.map((r) => ({
				lc: 1,
				type: 'constructor',
				id: ['langchain_core', 'messages', 'ToolMessage'],
				kwargs: { content: r.said, tool_call_id: r.id, name: r.name },
			})),
	},
	claude: {
		user: (t) => ({
			role: 'user',
			content: [{ type: 'text', text: t, cache_control: { type: 'ephemeral' } }],
		}),
		system: (t) => ({ role: 'system', content: [{ type: 'text', text: t }] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: [
				{ type: 'thinking', thinking: 'hm', signature: 'abc' },
				...(t ? [{ type: 'text', text: t }] : []),
				...cs.map((c) => ({ type: 'tool_use', id: c.id, name: c.name, input: c.args })),
			],
		}),
		results: (rs) => [
			{
				role: 'user',
				content: rs.map((r) => ({
					type: 'tool_result',
					tool_use_id: r.id,
					content: [{ type: 'text', text: r.said }],
				})),
			},
		],
	},
	claudeSrv: {
		...plain,
		assistant: (t, cs) => ({
			role: 'assistant',
			content: [
				{ type: 'text', text: t || word() },
				...cs.flatMap((c) => [
					{
						type: 'server_tool_use',
						id: 'srvtoolu_' + c.id,
						name: 'web_search',
						input: { query: word() },
					},
					{
						type: 'web_search_tool_result',
						tool_use_id: 'srvtoolu_' + c.id,
						content: [
							{
								type: 'web_search_result',
								url: 'https://x.y',
								title: word(),
								encrypted_content: 'E'.repeat(600),
							},
						],
					},
				]),
				...cs.map((c) => ({ type: 'tool_use', id: c.id, name: c.name, input: c.args })),
			],
		}),
		results: (rs) => [
			{
				role: 'user',
				content: rs.map((r) => ({ type: 'tool_result', tool_use_id: r.id, content: r.said })),
			},
		],
	},
	gemini: {
		user: (t) => ({ role: 'user', parts: [{ text: t }] }),
		system: (t) => ({ role: 'system', parts: [{ text: t }] }),
		assistant: (t, cs) => ({
			role: 'model',
			parts: [
				...(t ? [{ text: t }] : []),
				...cs.map((c) => ({
					functionCall: { name: c.name, args: c.args },
					thoughtSignature: 'abc',
				})),
			],
		}),
		results: (rs) => [
			{
				role: 'function',
				parts: rs.map((r) => ({
					functionResponse: { name: r.name, response: { result: r.said } },
				})),
			},
		],
	},
	geminiU: {
		user: (t) => ({ role: 'user', parts: [{ text: t }] }),
		system: (t) => ({ role: 'system', parts: [{ text: t }] }),
		assistant: (t, cs) => ({
			role: 'model',
			parts: [
				...(t ? [{ text: t }] : []),
				...cs.map((c) => ({ functionCall: { name: c.name, args: c.args } })),
				{ executableCode: { language: 'PYTHON', code: 'print("' + word() + '")' } },
				{ codeExecutionResult: { outcome: 'OK', output: word() } },
			],
		}),
		results: (rs) => [
			{
				role: 'user',
				parts: rs.map((r) => ({
					functionResponse: { id: r.id, name: r.name, response: { output: r.said } },
				})),
			},
		],
	},
	bedrock: {
		user: (t) => ({ role: 'user', content: [{ text: t }, { cachePoint: { type: 'default' } }] }),
		system: (t) => ({ role: 'system', content: [{ text: t }] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: [
				{ reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } },
				...(t ? [{ text: t }] : []),
				...cs.map((c) => ({ toolUse: { toolUseId: c.id, name: c.name, input: c.args } })),
			],
		}),
		results: (rs) => [
			{
				role: 'user',
				content: rs.map((r) => ({
					toolResult: { toolUseId: r.id, content: [{ json: { v: r.said } }], status: 'success' },
				})),
			},
		],
	},
	cohere2: {
		...plain,
		assistant: (t, cs) => ({
			role: 'assistant',
			tool_plan: t,
			...(cs.length
				? {
						tool_calls: cs.map(openAiCall),
					}
				: { content: [{ type: 'text', text: t }] }),
			citations: [{ start: 1, end: 2, text: 'x' }],
		}),
		results: (rs) =>
			rs.map((r) => ({
				role: 'tool',
				tool_call_id: r.id,
				content: [{ type: 'document', document: { data: JSON.stringify({ v: r.said }), id: '1' } }],
			})),
	},
	ollama: {
		...plain,
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t || '',
			thinking: 'hm',
			tool_calls: cs.map((c) => ({ function: { name: c.name, arguments: c.args, index: 0 } })),
		}),
		results: (rs) => rs.map((r) => ({ role: 'tool', tool_name: r.name, content: r.said })),
	},
	mistral: {
		...plain,
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t || '',
			prefix: false,
			toolCalls: cs.map((c) => ({
				id: c.id,
				function: { name: c.name, arguments: c.args },
				index: 0,
			})),
		}),
		results: (rs) =>
			rs.map((r) => ({ role: 'tool', toolCallId: r.id, name: r.name, content: r.said })),
	},
	responses: {
		user: (t) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text: t }] }),
		system: (t) => ({
			type: 'message',
			role: 'developer',
			content: [{ type: 'input_text', text: t }],
		}),
		assistant: (t, cs) => [
			{
				type: 'reasoning',
				id: 'rs_1',
				summary: [{ type: 'summary_text', text: 'hm' }],
				encrypted_content: null,
			},
			...(t
				? [
						{
							type: 'message',
							id: 'msg_1',
							status: 'completed',
							role: 'assistant',
							content: [{ type: 'output_text', text: t, annotations: [], logprobs: [] }],
						},
					]
				: []),
			...cs.map((c) => ({
				type: 'function_call',
				id: 'fc_' + c.id,
				call_id: c.id,
				name: c.name,
				arguments: JSON.stringify(c.args),
				status: 'completed',
			})),
		],
		results: (rs) =>
			rs.map((r) => ({
				type: 'function_call_output',
				call_id: r.id,
				output: [{ type: 'input_text', text: r.said }],
			})),
	},
	ai5: {
		user: (t) => ({ id: 'm', role: 'user', parts: [{ type: 'text', text: t }], metadata: {} }),
		system: (t) => ({ role: 'system', parts: [{ type: 'text', text: t }] }),
		assistant: (t, cs) => ({
			id: 'm2',
			role: 'assistant',
			parts: [
				{ type: 'step-start' },
				{ type: 'reasoning', text: 'hm', state: 'done' },
				...(t ? [{ type: 'text', text: t, state: 'done' }] : []),
				...cs.map((c) => ({
					type: 'tool-' + c.name,
					toolCallId: c.id,
					state: 'output-available',
					input: c.args,
					output: { v: c.said },
				})),
			],
		}),
		results: () => [],
		isInline: true,
	},
	ai5dyn: {
		user: (t) => ({
			id: 'm',
			role: 'user',
			parts: [
				{ type: 'text', text: t },
				{ type: 'data-weather', data: { t: word() } },
			],
		}),
		system: (t) => ({ role: 'system', parts: [{ type: 'text', text: t }] }),
		assistant: (t, cs) => ({
			id: 'm2',
			role: 'assistant',
			parts: [
				...(t ? [{ type: 'text', text: t }] : []),
				...cs.map((c) => ({
					type: 'dynamic-tool',
					toolName: c.name,
					toolCallId: c.id,
					state: 'output-error',
					input: c.args,
					errorText: c.said,
				})),
				{ type: 'source-url', sourceId: '1', url: 'https://a.b/' + word(), title: 'T' },
			],
		}),
		results: () => [],
		isInline: true,
	},
	ai4: {
		user: (t) => ({ id: 'm', role: 'user', content: t }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t || '',
			toolInvocations: cs.map((c) => ({
				state: 'result',
				toolCallId: c.id,
				toolName: c.name,
				args: c.args,
				result: { v: c.said },
			})),
		}),
		results: () => [],
		isInline: true,
	},
	aiModel: {
		user: (t) => ({ role: 'user', content: [{ type: 'text', text: t }] }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: [
				...(t ? [{ type: 'text', text: t }] : []),
				...cs.map((c) => ({
					type: 'tool-call',
					toolCallId: c.id,
					toolName: c.name,
					input: c.args,
					providerExecuted: false,
				})),
			],
		}),
		results: (rs) => [
			{
				role: 'tool',
				content: rs.map((r) => ({
					type: 'tool-result',
					toolCallId: r.id,
					toolName: r.name,
					output: { type: 'json', value: { v: r.said } },
				})),
			},
		],
	},
};
