import { type ClientForm } from './clientForms';

/** Of kits that run agents. */
export const kitForms: Record<string, ClientForm> = {
	llama: {
		user: (t) => ({
			role: 'user',
			additional_kwargs: {},
			blocks: [{ block_type: 'text', text: t }],
		}),
		system: (t) => ({ role: 'system', blocks: [{ block_type: 'text', text: t }] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			additional_kwargs: {},
			blocks: [
				{ block_type: 'thinking', content: 'hm' },
				...(t ? [{ block_type: 'text', text: t }] : []),
				...cs.map((c) => ({
					block_type: 'tool_call',
					tool_call_id: c.id,
					tool_name: c.name,
					tool_kwargs: c.args,
				})),
			],
		}),
		results: (rs) =>
			rs.map((r) => ({
				role: 'tool',
				additional_kwargs: { tool_call_id: r.id },
				blocks: [{ block_type: 'text', text: r.said }],
			})),
	},
	sk: {
		user: (t) => ({ role: 'user', items: [{ content_type: 'text', text: t }] }),
		system: (t) => ({ role: 'system', items: [{ content_type: 'text', text: t }] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			items: [
				...(t ? [{ content_type: 'text', text: t }] : []),
				...cs.map((c) => ({
					content_type: 'function_call',
					id: c.id,
					name: c.name,
					arguments: JSON.stringify(c.args),
				})),
			],
		}),
		results: (rs) =>
			rs.map((r) => ({
				role: 'tool',
				items: [{ content_type: 'function_result', id: r.id, name: r.name, result: r.said }],
			})),
	},
	skNet: {
		user: (t) => ({ Role: { Label: 'user' }, Items: [{ $type: 'TextContent', Text: t }] }),
		system: (t) => ({ Role: { Label: 'system' }, Items: [{ $type: 'TextContent', Text: t }] }),
		assistant: (t, cs) => ({
			Role: { Label: 'assistant' },
			Items: [
				...(t ? [{ $type: 'TextContent', Text: t }] : []),
				...cs.map((c) => ({
					$type: 'FunctionCallContent',
					Id: c.id,
					FunctionName: c.name,
					Arguments: c.args,
				})),
			],
		}),
		results: (rs) =>
			rs.map((r) => ({
				Role: { Label: 'tool' },
				Items: [
					{ $type: 'FunctionResultContent', CallId: r.id, FunctionName: r.name, Result: r.said },
				],
			})),
	},
	autogen: {
		user: (t) => ({ type: 'UserMessage', content: t, source: 'user' }),
		system: (t) => ({ type: 'SystemMessage', content: t }),
		assistant: (t, cs) =>
			cs.length
				? {
						type: 'AssistantMessage',
						thought: t || null,
						source: 'a',
						content: cs.map((c) => ({ id: c.id, name: c.name, arguments: JSON.stringify(c.args) })),
					}
				: { type: 'AssistantMessage', source: 'a', content: t },
		results: (rs) => [
			{
				type: 'FunctionExecutionResultMessage',
				content: rs.map((r) => ({ call_id: r.id, name: r.name, content: r.said, is_error: false })),
			},
		],
	},
	litellm: {
		user: (t) => ({ role: 'user', content: t, provider_specific_fields: null }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t || null,
			function_call: null,
			reasoning_content: 'hm',
			thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'x' }],
			provider_specific_fields: { refusal: null },
			annotations: [],
			audio: null,
			tool_calls: cs.length
				? cs.map((c, i) => ({
						index: i,
						id: c.id,
						type: 'function',
						function: { name: c.name, arguments: JSON.stringify(c.args) },
					}))
				: null,
		}),
		results: (rs) =>
			rs.map((r) => ({ role: 'tool', tool_call_id: r.id, name: r.name, content: r.said })),
	},
	pydantic: {
		user: (t) => ({
			kind: 'request',
			parts: [{ part_kind: 'user-prompt', content: t, timestamp: '2026' }],
		}),
		system: (t) => ({ kind: 'request', parts: [{ part_kind: 'system-prompt', content: t }] }),
		assistant: (t, cs) => ({
			kind: 'response',
			model_name: 'x',
			usage: {},
			parts: [
				{ part_kind: 'thinking', content: 'hm' },
				...(t ? [{ part_kind: 'text', content: t }] : []),
				...cs.map((c) => ({
					part_kind: 'tool-call',
					tool_name: c.name,
					args: JSON.stringify(c.args),
					tool_call_id: c.id,
				})),
			],
		}),
		results: (rs) => [
			{
				kind: 'request',
				parts: rs.map((r) => ({
					part_kind: 'tool-return',
					tool_name: r.name,
					content: r.said,
					tool_call_id: r.id,
					timestamp: 't',
				})),
			},
		],
	},
};
