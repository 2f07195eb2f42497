import { healConversation } from '../../core/chat/healConversation';
import type { Message } from '../../core/chat/messages';
import { textOf } from '../support/textOf';

const user = (content: string): Message => ({ role: 'user', content });
const says = (content: string): Message => ({ role: 'assistant', content });
const calls = (...ids: string[]): Message => ({
	role: 'assistant',
	content: '',
	tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
});
const result = (tool_call_id: string, content = tool_call_id): Message => ({
	role: 'tool',
	tool_call_id,
	content,
});
const heal = (...messages: Message[]) => healConversation(messages);
const shape = (messages: readonly Message[]) =>
	messages.map((message) =>
		message.role === 'tool'
			? `tool ${message.tool_call_id} ${textOf(message.content)}`
			: `${message.role} ${'tool_calls' in message ? (message.tool_calls ?? []).map(({ id }) => id).join() : textOf(message.content)}`,
	);

test('a sound conversation is left as it is', () => {
	const sound = [user('a'), calls('x', 'y'), result('x'), result('y'), says('b'), user('c')];
	const { messages, warnings } = heal(...sound);
	expect(shape(messages)).toEqual(shape(sound));
	expect(warnings).toEqual([]);
});

test('a window that begins with answers to lost calls begins with the next question', () => {
	const { messages, warnings } = heal(result('x'), says('b'), user('c'), says('d'));
	expect(shape(messages)).toEqual(['user c', 'assistant d']);
	expect(warnings).toEqual([
		'Left out a tool message without its call.',
		"Left out what came before the user's first message: 1 in all.",
	]);
});

test('calls without an answer get one, answers in disorder are put in order', () => {
	const { messages, warnings } = heal(user('a'), calls('x', 'y', 'z'), result('z'), result('x'));
	expect(shape(messages)).toEqual([
		'user a',
		'assistant x,y,z',
		'tool x x',
		'tool y The result of this call was not kept.',
		'tool z z',
	]);
	expect(warnings).toHaveLength(1);
});

test('a second answer to one call and one that comes too late are left out', () => {
	const { messages } = heal(
		user('a'),
		calls('x'),
		result('x', '1'),
		result('x', '2'),
		says('b'),
		result('x', '3'),
	);
	expect(shape(messages)).toEqual(['user a', 'assistant x', 'tool x 1', 'assistant b']);
});

test('empty messages are left out, empty words beside calls are not', () => {
	const { messages } = heal(user('a'), says(' '), user(''), calls('x'), result('x'), says('b'));
	expect(shape(messages)).toEqual(['user a', 'assistant x', 'tool x x', 'assistant b']);
	expect(messages[1]).toMatchObject({ content: null });
});

test('ids that repeat in later turns become unique, with their answers', () => {
	const { messages } = heal(user('a'), calls('x'), result('x', '1'), calls('x'), result('x', '2'));
	const ids = messages.flatMap((message) =>
		message.role === 'tool' ? [message.tool_call_id] : [],
	);
	expect(new Set(ids).size).toBe(2);
	expect(shape(messages)[3]).toBe(`assistant ${ids[1]}`);
});

test('names and arguments that a strict endpoint refuses become ones that it takes', () => {
	const bad: Message = {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: 'x', type: 'function', function: { name: 'a b', arguments: 'no' } }],
	};
	const { messages } = heal(user('a'), bad, result('x'));
	expect(messages[1]).toMatchObject({
		tool_calls: [{ function: { name: 'a_b', arguments: '{}' } }],
	});
});

test('system messages stay first', () => {
	const system: Message = { role: 'system', content: 's' };
	expect(shape(heal(says('lost'), system, user('a')).messages)).toEqual(['system s', 'user a']);
});

test.each([
	['turns', 40_000, 1],
	['calls of a turn', 1, 40_000],
])('%s without end are read in one pass', (_what, turns, size) => {
	const long: Message[] = [{ role: 'user', content: 'Go' }];
	for (let turn = 0; turn < turns; turn += 1) {
		const ids = Array.from({ length: size }, (_, n) => `c${turn}-${n}`);
		const calls = ids.map((id) => ({
			...{ id, type: 'function' as const },
			function: { name: 'look', arguments: '{}' },
		}));
		long.push({ role: 'assistant', content: null, tool_calls: calls });
		for (const id of ids.reverse()) long.push({ role: 'tool', tool_call_id: id, content: 'x' });
	}
	expect(healConversation(long).warnings).toEqual([]);
});
