/** A loop that waits for a manual tool, as it is stored: a forger's raw material. */
export function waitingState() {
	const call = (id: string, name: string, args: string) => ({
		...{ id, type: 'function' },
		function: { name, arguments: args },
	});
	return {
		...{ version: 1, id: '5f3c1e0a-7a3e-4c3c-9f8e-0d1b2c3d4e5f', history: 0 },
		messages: [
			{ role: 'system', content: 'You are a shop assistant.' },
			{ role: 'user', content: 'Where is my order?' },
			{ role: 'assistant', content: null, tool_calls: [call('a0', 'pay', '{"n":1}')] },
			{ role: 'tool', tool_call_id: 'a0', content: 'paid' },
			{
				role: 'assistant',
				content: null,
				tool_calls: [call('a1', 'ask', '{"n":2}'), call('a2', 'pay', '{"n":2}')],
			},
		],
		steps: [
			{
				iteration: 1,
				tool: 'pay',
				callId: 'a0',
				arguments: { n: 1 },
				result: 'paid',
				durationMs: 4,
			},
		],
		iterations: 2,
		spending: {
			usage: { promptTokens: 2000, completionTokens: 100, totalTokens: 2100 },
			...{ costUsd: 0.0075, requests: 2, retries: 0 },
		},
		...{ model: 'anthropic/claude-sonnet-4-6', elapsedMs: 1200, stuck: false },
		callCounts: { all: 3, 'tool pay': 2, 'tool ask': 1 },
		settled: [
			{
				content: 'paid again',
				step: {
					...{ iteration: 2, tool: 'pay', callId: 'a2', arguments: { n: 2 } },
					...{ result: 'paid again', durationMs: 3 },
				},
			},
		],
		pending: [{ callId: 'a1', name: 'ask', arguments: { n: 2 } }],
		results: [{ callId: 'a1', result: 'yes' }],
	};
}

export type Path = ReadonlyArray<string | number>;

/** The same state with one place changed; without a value, the place is taken out. */
export function forged(path: Path, value?: unknown): ReturnType<typeof waitingState> {
	const state = waitingState();
	const last = path.at(-1) ?? '';
	const holder = path
		.slice(0, -1)
		.reduce<object>((node, key) => Object(Reflect.get(node, key)), state);
	if (value === undefined) Reflect.deleteProperty(holder, last);
	else Reflect.set(holder, last, value);
	return state;
}
