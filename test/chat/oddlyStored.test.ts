import { assertReadable } from '../../core/chat/repair/givenMessage';
import { repairConversation } from '../../core/chat/repair/repairConversation';

/** Conversations as databases and clients store them: what is said in them goes out, with its owner. */

const user = { role: 'user', content: 'Weather?' };
const call = (id: string, name = 'look') => ({
	...{ id, type: 'function' },
	function: { name, arguments: '{"x":1}' },
});
const sent = (messages: object[]) => repairConversation(messages, { hasTools: true }).messages;
const result = (given: object) => ({ role: 'tool', tool_call_id: 'a', ...given });
const turn = (tool: object) => [user, { role: 'assistant', tool_calls: [call('a')] }, tool];

test.each([
	['JSON text', JSON.stringify([call('a')])],
	['one call alone', call('a')],
	['numbered', { 0: call('a') }],
])('calls that are stored as %s', (_how, calls) => {
	const stored = [user, { role: 'assistant', tool_calls: calls }, result({ content: 'R' })];
	expect(sent(stored)).toEqual(sent(turn(result({ content: 'R' }))));
});

test.each([
	['an empty text beside its output', { content: '', output: 'R42' }],
	['no parts beside its text', { content: [], text: 'R42' }],
	['a result', { result: 'R42' }],
])('a result in another key: %s', (_what, given) => {
	expect(sent(turn(result(given))).at(-1)).toMatchObject({ role: 'tool', content: 'R42' });
});

test.each([
	['an object', { cache: 'warm', node: 'n1' }],
	['rows', [{ cache: 'warm', node: 'n1' }]],
	['rows with a type', [{ type: 'cache', hits: 12 }]],
])('data that begins as a mark does: %s', (_what, content) => {
	const last = sent(turn(result({ content }))).at(-1);
	expect(JSON.stringify(last)).toMatch(/n1|12/);
});

test('a result that names another function is not that of the open call', () => {
	const messages = sent([
		user,
		{ role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
		{ role: 'function', name: 'find', content: 'RF' },
		{ role: 'function', name: 'look', content: 'RL' },
	]);
	const results = messages.filter(({ role }) => role === 'tool');
	expect(results.map(({ content }) => content)).toEqual(['RL']);
	expect(JSON.stringify(messages)).toContain('RF');
});

test.each([
	['bytes', { type: 'image', image: { type: 'Buffer', data: [...Buffer.alloc(20_000, 1)] } }],
	[
		'bytes of a file',
		{ type: 'file', data: { type: 'Buffer', data: [...Buffer.alloc(20_000, 1)] } },
	],
	['numbers beside a text', { type: 'text', text: 'x', embedding: Array(20_000).fill(0.5) }],
])('%s are no pieces of a conversation', (_what, part) => {
	const content = [{ type: 'text', text: 'Hi' }, part];
	expect(() => assertReadable([{ role: 'user', content }])).not.toThrow();
	const many = Array.from({ length: 10_001 }, () => part);
	expect(() => assertReadable([{ role: 'user', content: many }])).toThrow(/10,000/);
});

test.each(['', ' ', []])('a result in a part whose content is %p', (content) => {
	const part = { type: 'tool_result', tool_use_id: 'a', content, output: 'R42' };
	const messages = sent(turn({ role: 'user', content: [part] }));
	expect(messages.at(-1)).toMatchObject({ role: 'tool', content: 'R42' });
});

test('values of JSON beside a big number stay what they are', () => {
	const at = new Date(0);
	const messages = sent(turn(result({ content: [{ type: 'json', at, count: 5n }] })));
	expect(JSON.stringify(messages)).toMatch(/1970-01-01T00:00:00.000Z/);
});
