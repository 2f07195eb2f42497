import { chat, defineTool, runToolLoop, streamChat } from '../../core';
import type { GivenMessage } from '../../core/chat/repair/givenMessage';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

/** A conversation is read in one go: one that would hold up the process is refused by name. */

const MANY = 10_001;
const many = <Part>(part: Part) => Array.from({ length: MANY }, () => part);
const text = { type: 'text', text: 'a' };
const user = { role: 'user', content: 'Hi' };
const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } };

const CONVERSATIONS: Array<[name: string, messages: GivenMessage[]]> = [
	['messages', many(user)],
	['parts of a message', [{ role: 'user', content: many(text) }]],
	['parts of Gemini', [{ role: 'user', parts: many({ text: 'a' }) }]],
	['calls of a message', [user, { role: 'assistant', tool_calls: many(call) }]],
	[
		'parts of a result',
		[
			user,
			{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: many(text) }] },
		],
	],
	[
		'parts of a result of Bedrock',
		[
			user,
			{ role: 'user', content: [{ toolResult: { toolUseId: 'c', content: many({ text: 'a' }) } }] },
		],
	],
	['what LangChain stores', [{ type: 'human', data: { content: many(text) } }]],
	['blocks of LlamaIndex', [{ role: 'user', blocks: many({ block_type: 'text', text: 'a' }) }]],
	['parts of Mastra', [{ role: 'user', content: { parts: many(text) } }]],
	[
		'parts of all messages',
		Array.from({ length: 101 }, () => ({ role: 'user', content: many(text).slice(0, 100) })),
	],
];

describe.each(CONVERSATIONS)('%s', (_name, messages) => {
	test('are refused before anything is paid', async () => {
		const { client, bodies } = await openGateway([{ text: 'fine' }]);
		const tools = [
			defineTool({ name: 'look', description: 'Looks', parameters: {}, execute: () => 'seen' }),
		];
		const asked = [
			failure(chat(client, { messages })),
			failure(runToolLoop(client, { messages, tools })),
			failure(
				(async () => {
					for await (const event of streamChat(client, { messages })) void event;
				})(),
			),
		];
		for (const error of await Promise.all(asked)) {
			expect(error).toMatchObject({
				kind: 'badConfig',
				details: { failures: [{ path: '/messages', message: expect.stringContaining('10,000') }] },
			});
		}
		expect(bodies()).toEqual([]);
	});
});

test('data in arguments and results is not counted: it is copied as it is', async () => {
	const { client } = await openGateway([{ text: 'fine' }]);
	const rows = many(1);
	const { text: said } = await chat(client, {
		messages: [
			user,
			{
				role: 'assistant',
				content: [{ type: 'tool_use', id: 'c', name: 'look', input: { rows } }],
			},
			{ role: 'tool', tool_call_id: 'c', content: JSON.stringify(rows) },
		],
	});
	expect(said).toBe('fine');
});
