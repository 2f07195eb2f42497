import { z } from 'zod/v4';
import { chat, defineTool, runToolLoop } from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { openGateway } from '../support/openGateway';
import { call, calls, result, user } from './rowPieces';

/** A call of a history goes out under the name of its own tool, never under that of another. */

const tool = (name: string) => defineTool({ name, description: name, execute: () => 'done' });
const history = (...names: string[]) => [
	user,
	calls(...names.map((name, n) => call(`c${n}`, '{}', name))),
	...names.map((_name, n) => result(`c${n}`)),
	user,
];

const named = z.object({ function: z.object({ name: z.string() }) });
const bodySchema = z.object({
	tools: z.array(named).default([]),
	messages: z.array(z.object({ tool_calls: z.array(named).default([]) })),
});

function sentIn(body: unknown): { tools: string[]; called: string[] } {
	const { tools, messages } = bodySchema.parse(body);
	const namesOf = (list: typeof tools) => list.map((one) => one.function.name);
	return { tools: namesOf(tools), called: messages.flatMap((one) => namesOf(one.tool_calls)) };
}

test.each([
	[['x.y', 'x_y', 'x y']],
	[['x_y', 'x.y']],
	[['mcp/look', 'mcp look', 'mcp:look', 'mcp_look']],
	[['überall', '_berall']],
	[['a'.repeat(70), 'a'.repeat(71)]],
	[['plain', 'toString', '__proto__']],
])('the loop calls %j as it offers them', async (names) => {
	const { client, bodies } = await openGateway([{ text: 'fine' }]);
	await runToolLoop(client, { tools: names.map(tool), messages: history(...names) });
	const { tools, called } = sentIn(bodies()[0]);
	expect(called).toEqual(tools);
	expect(new Set(called).size).toBe(names.length);
});

test('a tool that is no longer there is not taken for one of nearly its name', async () => {
	const { client, bodies } = await openGateway([{ text: 'fine' }]);
	await runToolLoop(client, { tools: [tool('x_y')], messages: history('x.y', 'x_y') });
	const { called } = sentIn(bodies()[0]);
	expect(called[0]).not.toBe('x_y');
	expect(called[1]).toBe('x_y');
});

const offered = [{ type: 'function' as const, function: { name: 'x_y' } }];

test('a chat does not take a call of another tool for one of its own', async () => {
	const { client, bodies } = await openGateway([{ text: 'fine' }]);
	await chat(client, { tools: offered, messages: history('x.y') });
	expect(sentIn(bodies()[0]).called).not.toContain('x_y');
});

test("neither does n8n's own model", async () => {
	const { gateway, bodies } = await openGateway([{ text: 'fine' }]);
	await modelFetch({ maxRetries: 0 })(`${gateway.url}/chat/completions`, {
		method: 'POST',
		headers: { authorization: 'Bearer th-demo-key', 'content-type': 'application/json' },
		body: JSON.stringify({
			...{ model: 'anthropic/claude-sonnet-4-6', tools: offered },
			messages: history('x.y'),
		}),
	});
	expect(sentIn(bodies()[0]).called).not.toContain('x_y');
});

test('two names of a history that become alike stay two, however often it is repaired', () => {
	const { messages } = repairConversation(history('x.y', 'x y', 'x_y', 'x.y'), { hasTools: true });
	const { called } = sentIn({ messages });
	expect(new Set(called).size).toBe(3);
	expect(called[0]).toBe(called[3]);
	expect(repairConversation(messages, { hasTools: true }).messages).toEqual(messages);
});
