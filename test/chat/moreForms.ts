import { openAiCall, type ClientForm, type Made } from './clientForms';

const text = (words: string) => ({ type: 'text', text: words });
const filled = (words: string, ...more: object[]) => (words ? [text(words), ...more] : more);
const invoked = (c: Made) => ({
	...{ state: 'result', toolCallId: c.id, toolName: c.name, args: c.args, result: c.said },
});
const read = (c: Made) => ({ id: c.id, name: c.name, args: c.args, type: 'tool_call' });

/** Clients that keep the same in several places, or one turn in several messages. */
export const moreForms: Record<string, ClientForm> = {
	// The AI SDK 4.2: text, parts and invocations at once.
	ai42: {
		user: (t) => ({ role: 'user', content: t, parts: [text(t)] }),
		system: (t) => ({ role: 'system', content: t, parts: [text(t)] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: t,
			toolInvocations: cs.map((c) => ({ ...invoked(c), step: 0 })),
			parts: [
				{ type: 'step-start' },
				...filled(t),
				...cs.map((c) => ({ type: 'tool-invocation', toolInvocation: invoked(c) })),
			],
		}),
		results: () => [],
		isInline: true,
	},
	agUi: {
		user: (t) => ({ id: '1', role: 'user', content: t }),
		system: (t) => ({ id: '2', role: 'developer', content: t }),
		assistant: (t, cs) => ({
			...{ id: '3', role: 'assistant', content: t || undefined },
			...(cs.length > 0 && { toolCalls: cs.map(openAiCall) }),
		}),
		results: (rs) => rs.map((r) => ({ id: '4', role: 'tool', toolCallId: r.id, content: r.said })),
	},
	mistralEntries: {
		user: (t) => ({ object: 'entry', type: 'message.input', role: 'user', content: t }),
		system: (t) => ({ object: 'entry', type: 'message.input', role: 'system', content: t }),
		assistant: (t, cs) => [
			...(t ? [{ type: 'message.output', role: 'assistant', content: [text(t)] }] : []),
			...cs.map((c) => ({
				...{ object: 'entry', type: 'function.call', tool_call_id: c.id, name: c.name },
				arguments: JSON.stringify(c.args),
			})),
		],
		results: (rs) =>
			rs.map((r) => ({ type: 'function.result', tool_call_id: r.id, result: r.said })),
	},
	piAgent: {
		user: (t) => ({ role: 'user', content: t, timestamp: 1 }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: filled(
				t,
				...cs.map((c) => ({ type: 'toolCall', id: c.id, name: c.name, arguments: c.args })),
			),
			stopReason: 'toolUse',
		}),
		results: (rs) =>
			rs.map((r) => ({
				...{ role: 'toolResult', toolCallId: r.id, toolName: r.name, isError: false },
				content: [text(r.said)],
			})),
	},
	geminiPieces: {
		user: (t) => ({ role: 'user', parts: [{ text: t }] }),
		system: (t) => ({ role: 'system', parts: [{ text: t }] }),
		assistant: (t, cs) => [
			...(t ? [{ role: 'model', parts: [{ text: t }] }] : []),
			...cs.map((c) => ({
				role: 'model',
				parts: [{ functionCall: { name: c.name, args: c.args } }],
			})),
		],
		results: (rs) =>
			rs.map((r) => ({
				role: 'user',
				parts: [{ functionResponse: { name: r.name, response: { result: r.said } } }],
			})),
	},
	lcPython: {
		user: (t) => ({ type: 'human', content: t, additional_kwargs: {}, name: null }),
		system: (t) => ({ type: 'system', content: t, additional_kwargs: {} }),
		assistant: (t, cs) => ({
			...{ type: 'ai', content: t, invalid_tool_calls: [], response_metadata: {} },
			...{ additional_kwargs: { tool_calls: cs.map(openAiCall), refusal: null } },
			tool_calls: cs.map(read),
		}),
		results: (rs) =>
			rs.map((r) => ({ type: 'tool', content: r.said, tool_call_id: r.id, status: 'success' })),
	},
	lcClaude: {
		user: (t) => ({ type: 'human', content: [text(t)] }),
		system: (t) => ({ type: 'system', content: t }),
		assistant: (t, cs) => ({
			type: 'ai',
			content: filled(
				t,
				...cs.map((c) => ({ type: 'tool_use', id: c.id, name: c.name, input: c.args })),
			),
			tool_calls: cs.map(read),
		}),
		results: (rs) => rs.map((r) => ({ type: 'tool', content: r.said, tool_call_id: r.id })),
	},
	agents: {
		user: (t) => ({ role: 'user', content: [{ type: 'input_text', text: t }] }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => [
			...(t ? [{ role: 'assistant', content: [{ type: 'output_text', text: t }] }] : []),
			...cs.map((c) => ({
				...{ type: 'function_call', callId: c.id, name: c.name, status: 'completed' },
				arguments: JSON.stringify(c.args),
			})),
		],
		results: (rs) =>
			rs.map((r) => ({
				...{ type: 'function_call_result', callId: r.id, name: r.name, status: 'completed' },
				output: text(r.said),
			})),
	},
	mastra: {
		user: (t) => ({ role: 'user', content: { format: 2, parts: [text(t)], content: t } }),
		system: (t) => ({ role: 'system', content: { format: 2, parts: [text(t)] } }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: {
				...{ format: 2, content: t, toolInvocations: cs.map(invoked) },
				parts: filled(
					t,
					...cs.map((c) => ({ type: 'tool-invocation', toolInvocation: invoked(c) })),
				),
			},
		}),
		results: () => [],
		isInline: true,
	},
	haystack: {
		user: (t) => ({ role: 'user', meta: {}, name: null, content: [{ text: t }] }),
		system: (t) => ({ role: 'system', meta: {}, name: null, content: [{ text: t }] }),
		assistant: (t, cs) => ({
			role: 'assistant',
			content: [
				...(t ? [{ text: t }] : []),
				...cs.map((c) => ({
					tool_call: { id: c.id, tool_name: c.name, arguments: c.args, extra: null },
				})),
			],
		}),
		results: (rs) =>
			rs.map((r) => ({
				role: 'tool',
				content: [
					{
						tool_call_result: {
							result: r.said,
							origin: { id: r.id, tool_name: r.name, arguments: {} },
							error: false,
						},
					},
				],
			})),
	},
	cohere1: {
		user: (t) => ({ role: 'USER', message: t }),
		system: (t) => ({ role: 'SYSTEM', message: t }),
		assistant: (t, cs) => ({
			...{ role: 'CHATBOT', message: t },
			...(cs.length > 0 && {
				tool_calls: cs.map((c) => ({ name: c.name, parameters: c.args })),
			}),
		}),
		results: (rs) => [
			{
				role: 'TOOL',
				tool_results: rs.map((r) => ({
					...{ call: { name: r.name, parameters: {} }, outputs: [{ v: r.said }] },
				})),
			},
		],
	},
	libreChat: {
		user: (t) => ({ sender: 'User', isCreatedByUser: true, text: t }),
		system: (t) => ({ role: 'system', content: t }),
		assistant: (t, cs) => ({
			...{ sender: 'Claude', isCreatedByUser: false, text: '' },
			content: filled(
				t,
				...cs.map((c) => ({
					type: 'tool_call',
					tool_call: {
						...{ id: c.id, name: c.name, args: JSON.stringify(c.args), type: 'tool_call' },
						...{ progress: 1, output: c.said },
					},
				})),
			),
		}),
		results: () => [],
		isInline: true,
	},
};
