import { z } from 'zod/v4';
import { answer, chat, defineTool, runToolLoop, streamChat } from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { toFunctionTool } from '../../core/toolLoop/tool';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { MEANT, recorded } from './recordedConversations';
import { repairRows } from './repairRows';

const tool = (name: string) =>
	defineTool({
		...{ name, description: name, parameters: { type: 'object', properties: { city: {} } } },
		execute: () => 'done',
	});
const tools = [tool('look'), tool('weather')];
const functions = tools.map((one) => toFunctionTool(one));
const model = 'anthropic/claude-sonnet-4-6';

type Client = Awaited<ReturnType<typeof openGateway>>['client'];
const asObjects = (messages: readonly unknown[]) =>
	messages.map((message) => ({ ...Object(message) }));

/** Every way into TokenHub that takes a conversation; each gives the warnings. */
const WAYS: Record<string, (client: Client, messages: object[], url: string) => Promise<unknown>> =
	{
		chat: async (client, messages) =>
			(await chat(client, { messages: asObjects(messages), tools: functions })).warnings,
		answer: async (client, messages) =>
			(await answer(client, { messages: asObjects(messages), tools: functions })).warnings,
		streamChat: async (client, messages) => {
			const request = { messages: asObjects(messages), tools: functions };
			for await (const event of streamChat(client, request)) {
				if (event.type === 'done') return event.result.warnings;
			}
			throw new Error('no end');
		},
		runToolLoop: async (client, messages) =>
			(await runToolLoop(client, { messages: asObjects(messages), tools })).warnings,
		modelFetch: async (_client, messages, url) => {
			const response = await modelFetch({ maxRetries: 0 })(`${url}/chat/completions`, {
				method: 'POST',
				headers: { authorization: 'Bearer th-demo-key', 'content-type': 'application/json' },
				body: JSON.stringify({ model, messages, tools: functions }),
			});
			expect(response.status).toBe(200);
			// n8n's model has no place for them.
			return ['told to nobody'];
		},
	};

/** What is an object with a known role: the doors of the library refuse the rest by its place. */
const conversations = repairRows.filter(
	([name]) => !/nobody knows$|bare text|not a message/.test(name) || name.startsWith('a part'),
);

describe.each(Object.entries(WAYS))('%s', (_name, ask) => {
	test.each(conversations)('%s', async (_row, given, made) => {
		const { client, gateway, bodies } = await openGateway([{ text: 'fine' }]);
		const warnings = await ask(client, asObjects(given), gateway.url);
		expect(bodies()[0]?.messages).toEqual(made);
		const isSame = JSON.stringify(given) === JSON.stringify(made);
		expect(Array.isArray(warnings)).toBe(!isSame);
	});
});

const bodySchema = z.object({
	messages: z.array(
		z.looseObject({
			role: z.string(),
			content: z
				.union([z.string(), z.array(z.object({ text: z.string() }))])
				.nullish()
				.transform((content) =>
					typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join(),
				),
			tool_call_id: z.string().optional(),
			tool_calls: z
				.array(z.object({ id: z.string(), function: z.object({ arguments: z.string() }) }))
				.default([]),
		}),
	),
});

describe.each(recorded)('recorded by $client', ({ messages }) => {
	test.each(Object.entries(WAYS))('means the same by %s', async (_name, ask) => {
		const { client, gateway, bodies } = await openGateway([{ text: 'fine' }]);
		await ask(client, messages, gateway.url);
		const sent = bodySchema.parse(bodies()[0]).messages;
		const results = new Map(sent.map(({ tool_call_id: id, content }) => [id, content]));
		const calls = sent.flatMap(({ tool_calls }) => tool_calls);
		expect(
			calls.map(({ id, function: { arguments: text } }) => [id, text, results.get(id)]),
		).toEqual(MEANT.calls);
		const [system, ...spoken] = sent.filter(({ role, content }) => role !== 'tool' && content);
		expect(system?.content).toBe(MEANT.system);
		expect(spoken.map(({ content }) => content)).toEqual(MEANT.said);
	});
});

test.each([
	['a role that nobody knows', [{ role: 'bot', content: 'Hi' }], '/messages/0/role'],
	['no role', [{ content: 'Hi' }], '/messages/0/role'],
	['what is not a message', ['Hi'], '/messages/0'],
])('%s is refused by its place, before any request', async (_name, messages, path) => {
	const { client, gateway } = await openGateway([]);
	const error = await failure(chat(client, { messages: JSON.parse(JSON.stringify(messages)) }));
	expect(error).toMatchObject({ kind: 'badConfig', details: { failures: [{ path }] } });
	expect(gateway.requests).toHaveLength(0);
});

test.each([
	[{ role: 'data', content: 'x' }, 'the role "data" is unknown'],
	[{ role: 'activity', activityType: 'PLAN', content: {} }, 'the role "activity" is unknown'],
	[{ role: 'phone_call', content: 'x' }, 'the role "phone_call" is unknown'],
	[{ type: 'item_reference', id: 'msg_1' }, 'its type "item_reference" is unknown'],
	[{ type: 'agent.handoff', agent_name: 'x' }, 'its type "agent.handoff" is unknown'],
	[{ candidates: [] }, 'the message has no role: use'],
])('what nobody could read is refused by its name: %j', async (message, words) => {
	const { client, gateway } = await openGateway([]);
	const messages = [{ role: 'user', content: 'Hi' }, message];
	const error = await failure(chat(client, { messages }));
	expect(error.message).toContain(words);
	expect(error).toMatchObject({ details: { failures: [{ path: '/messages/1/role' }] } });
	expect(gateway.requests).toHaveLength(0);
});

test('a message of one agent to another is refused by its form: nobody knows who speaks', async () => {
	const { client } = await openGateway([]);
	const messages = [{ type: 'TextMessage', source: 'critic', content: 'Hi' }];
	const error = await failure(chat(client, { messages }));
	expect(error.message).toMatch(/AutoGen's TextMessage has a source, "critic", and no role: give/);
});

test('halves of letters go out whole, wherever they stand', async () => {
	const half = '\ud83d';
	const { client, gateway } = await openGateway([{ text: '{"a":1}' }]);
	await runToolLoop(client, {
		...{ prompt: `Go${half}`, system: `Be${half}`, user: half, stop: [half] },
		tools: [
			defineTool({
				...{ name: `look${half}`, description: half },
				parameters: { type: 'object', properties: { a: { description: half, enum: [half] } } },
			}),
		],
		outputSchema: { type: 'object', properties: { a: { title: half } } },
	});
	// The embedded endpoint refuses them.
	expect(gateway.requests.map(({ status }) => status)).toEqual([200]);
});

test('blanks before a correction of the output are not text', async () => {
	const { client, bodies } = await openGateway([
		{ text: 'no' },
		{ text: ' ' },
		{ text: '{"a":1}' },
	]);
	const outputSchema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
	const { output } = await runToolLoop(client, { prompt: 'Go', tools, outputSchema });
	expect(output).toEqual({ a: 1 });
	expect(bodies()).toHaveLength(3);
});

describe('a resumed loop with a question beside it', () => {
	const asks = [{ toolCalls: [{ id: 'a', name: 'ask', arguments: {} }] }, { text: 'Done.' }];
	const manual = defineTool({
		name: 'ask',
		description: '',
		parameters: { type: 'object', properties: { q: {} } },
	});
	async function stopped() {
		const { client, gateway } = await openGateway(asks);
		const { resume } = await runToolLoop(client, { prompt: 'Go', tools: [manual] });
		if (!resume) throw new Error('not stopped');
		return { client, gateway, resume: { ...resume, results: [{ callId: 'a', result: 1 }] } };
	}

	test('goes on when it is the question of the loop', async () => {
		const { client, resume } = await stopped();
		const result = await runToolLoop(client, { prompt: 'Go', tools: [manual], resume });
		expect(result.output).toBe('Done.');
	});

	test.each([
		['prompt', { prompt: 'And then?' }],
		['messages', { messages: [{ role: 'user' as const, content: 'And then?' }] }],
	])('is refused by name when it is another: %s', async (field, more) => {
		const { client, gateway, resume } = await stopped();
		const error = await failure(runToolLoop(client, { ...more, tools: [manual], resume }));
		expect(error).toMatchObject({
			kind: 'badConfig',
			details: { failures: [{ path: `/${field}` }] },
		});
		expect(gateway.requests).toHaveLength(1);
	});
});
