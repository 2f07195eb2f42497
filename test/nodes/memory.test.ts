import { setImmediate } from 'node:timers/promises';
import {
	AIMessage,
	HumanMessage,
	SystemMessage,
	ToolMessage,
	type BaseMessage,
} from '@langchain/core/messages';
import { InMemoryChatMessageHistory } from '@langchain/core/chat_history';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { supplied, suppliedTool, type Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

// n8n's own memory needs n8n's own SDK.
jest.unmock('@n8n/ai-node-sdk');

/** What n8n's memory nodes supply, around LangChain's own history. */
function memoryOf(history: InMemoryChatMessageHistory, keep = 10): Supplied {
	return supplied('ai_memory', {
		chatHistory: history,
		loadMemoryVariables: async () => ({ chat_history: (await history.getMessages()).slice(-keep) }),
		saveContext: async ({ input }: { input: string }, { output }: { output: string }) => {
			await history.addMessages([new HumanMessage(input), new AIMessage(output)]);
		},
	});
}

const shape = (messages: readonly BaseMessage[]) =>
	messages.map((message) => [message.getType(), message.text]);
const add = suppliedTool({
	name: 'add',
	schema: { type: 'object', properties: { a: { type: 'number' } } },
	run: () => 'sum',
});
const script: Script = ({ messages }) => {
	const last = messages.at(-1);
	if (last?.role === 'user' && textOf(last.content).includes('add')) {
		return { toolCalls: [{ id: 'x', name: 'add', arguments: { a: 1 } }] };
	}
	const questions = messages.filter(({ role }) => role === 'user').length;
	return { text: `Answer ${questions}` };
};

test('what was said before stands before the question, and both are kept', async () => {
	const history = new InMemoryChatMessageHistory();
	await history.addMessages([new HumanMessage('Before'), new AIMessage('Yes')]);
	const { run, bodies } = await openLoop(script);
	const parameters = { prompt: 'Now add', systemMessage: 'Be brief' };
	const { last, error } = await run({ parameters, supplied: [memoryOf(history), add] });
	expect(error).toBeUndefined();
	expect(last[0]?.json.output).toBe('Answer 2');
	expect(bodies()[0]?.messages).toEqual([
		{ role: 'system', content: 'Be brief' },
		{ role: 'user', content: 'Before' },
		{ role: 'assistant', content: 'Yes' },
		{ role: 'user', content: 'Now add' },
	]);
	expect(shape(await history.getMessages())).toEqual([
		['human', 'Before'],
		['ai', 'Yes'],
		['human', 'Now add'],
		['ai', 'Answer 2'],
	]);
});

test('the whole turn is kept as LangChain messages, and read again', async () => {
	const history = new InMemoryChatMessageHistory();
	const { run, bodies } = await openLoop(script);
	const parameters = { prompt: 'Please add', options: { remember: 'turn' } };
	await run({ parameters, supplied: [memoryOf(history), add] });
	const kept = await history.getMessages();
	expect(shape(kept)).toEqual([
		['human', 'Please add'],
		['ai', ''],
		['tool', 'sum'],
		['ai', 'Answer 1'],
	]);
	expect(kept[1]).toBeInstanceOf(AIMessage);
	expect(kept[1]).toMatchObject({ tool_calls: [{ id: 'x', name: 'add', args: { a: 1 } }] });
	expect(kept[2]).toBeInstanceOf(ToolMessage);
	const { last } = await run({
		parameters: { ...parameters, prompt: 'And?' },
		supplied: [memoryOf(history), add],
	});
	expect(last[0]?.json.output).toBe('Answer 2');
	expect(bodies()[2]?.messages).toMatchObject([
		{ role: 'user' },
		{ role: 'assistant', tool_calls: [{ id: 'x' }] },
		{ role: 'tool', tool_call_id: 'x', content: 'sum' },
		{ role: 'assistant', content: 'Answer 1' },
		{ role: 'user', content: 'And?' },
	]);
	expect(shape(await history.getMessages()).slice(4)).toEqual([
		['human', 'And?'],
		['ai', 'Answer 2'],
	]);
});

test('a window cut in the middle of a turn is repaired, calls are text where there are no tools', async () => {
	const history = new InMemoryChatMessageHistory();
	await history.addMessages([
		new ToolMessage({ content: 'orphan', tool_call_id: 'gone' }),
		new AIMessage('Lost'),
		new SystemMessage('They like tea'),
		new HumanMessage([{ type: 'text', text: 'First' }]),
		new AIMessage({ content: '', tool_calls: [{ id: 'y', name: 'a b', args: {} }] }),
		new HumanMessage('Second'),
		new AIMessage(''),
	]);
	const { run, bodies } = await openLoop(script);
	await run({ supplied: [memoryOf(history), add] });
	expect(bodies()[0]?.messages).toMatchObject([
		{ role: 'system', content: 'They like tea' },
		{ role: 'user', content: [{ text: '[Result of an earlier call]' }, { text: 'orphan' }] },
		{ role: 'assistant', content: 'Lost' },
		{ role: 'user', content: 'First' },
		{ role: 'assistant', tool_calls: [{ id: 'y', function: { name: 'a_b' } }] },
		{ role: 'tool', tool_call_id: 'y' },
		{ role: 'user', content: 'Second' },
		{ role: 'user', content: 'Go' },
	]);
	await run({ supplied: [memoryOf(history)] });
	expect(JSON.stringify(bodies()[1])).not.toContain('tool');
	expect(JSON.stringify(bodies()[1])).toContain('[Called a b with {}]');
});

test('items of one session remember each other, in their order', async () => {
	const history = new InMemoryChatMessageHistory();
	const { run } = await openLoop((body, n) => ({
		...Object(script(body, n)),
		delayMs: 30 - n * 5,
	}));
	const items = ['a', 'b', 'c'].map((word) => ({ word }));
	const { last } = await run({
		items,
		parameters: { prompt: '={{ $json.word }}' },
		supplied: [memoryOf(history)],
	});
	expect(last.map(({ json }) => json.output)).toEqual(['Answer 1', 'Answer 2', 'Answer 3']);
	expect(shape(await history.getMessages()).map(([, text]) => text)).toEqual([
		'a',
		'Answer 1',
		'b',
		'Answer 2',
		'c',
		'Answer 3',
	]);
});

test('an answer is not lost with a memory that cannot be written', async () => {
	const broken = supplied('ai_memory', {
		chatHistory: {},
		loadMemoryVariables: async () => ({ chat_history: [] }),
		saveContext: async () => {
			throw new Error('disk full');
		},
	});
	const { run: runLoop } = await openLoop(script);
	const { last, run } = await runLoop({ supplied: [broken] });
	expect(last[0]?.json.output).toBe('Answer 1');
	const [task] = run?.data.resultData.runData.Node ?? [];
	expect(task?.hints).toMatchObject([{ message: expect.stringContaining('disk full') }]);
});

test('items of several sessions do not create the same table at once', async () => {
	const tables = new Set<string>();
	const createTable = async () => {
		if (tables.has('chat')) return;
		await setImmediate();
		if (tables.has('chat')) throw new Error('relation "chat" already exists');
		tables.add('chat');
	};
	const memory = () => ({
		chatHistory: {},
		loadMemoryVariables: async () => {
			await createTable();
			return { chat_history: [] };
		},
		saveContext: () => Promise.resolve(),
	});
	const node = supplied('ai_memory', undefined);
	node.nodeType.supplyData = () => Promise.resolve({ response: memory() });
	const { run } = await openLoop(script);
	const items = [1, 2, 3, 4].map((n) => ({ n }));
	const { last, error } = await run({ parameters: { prompt: 'Hi' }, items, supplied: [node] });
	expect(error).toBeUndefined();
	expect(last).toHaveLength(4);
});
