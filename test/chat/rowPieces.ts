export const user = { role: 'user', content: 'Hi' };
export const says = (content: unknown, more: object = {}) => ({
	role: 'assistant',
	content,
	...more,
});
export const call = (id: unknown, args: unknown = '{}', name: unknown = 'look') => ({
	id,
	type: 'function',
	function: { name, arguments: args },
});
export const calls = (...tool_calls: unknown[]) => ({
	role: 'assistant',
	content: null,
	tool_calls,
});
export const result = (tool_call_id: unknown, content: unknown = 'seen') => ({
	role: 'tool',
	tool_call_id,
	content,
});
export const seen = [user, calls(call('a')), result('a')];
export const image = {
	type: 'image_url',
	image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' },
};

/** What another client wrote down, what goes out, and what is said of it. */
export type RepairRow = [name: string, given: unknown[], made: unknown[], warning: RegExp];
