import { z } from 'zod/v4';
import { answerOnce } from '../../core/chat/answer';
import { createClient, defineTool, extract, runToolLoop } from '../../core';
import { isWholeSweep } from '../support/sweep';
import { textOf } from '../support/textOf';

/**
 * Two accounts with the same questions at once, in random orders, without n8n: what a client remembers
 * (answers, how models fared, what they refuse) stays with it. In n8n's engine: test/nodes/interleaved.
 */
const ROUNDS = isWholeSweep ? 1_000 : 100;
const ITEMS = 8;
const MODEL = 'anthropic/claude-haiku-4-5';

let seed = 1;
/** A number below `below`, the same for the same seed. */
function random(below: number): number {
	seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
	return Math.floor((seed / 0x7fffffff) * below) % below;
}

async function moment(): Promise<void> {
	for (let left = random(4); left > 0; left -= 1) await new Promise((done) => setImmediate(done));
}

const bodySchema = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
	tools: z
		.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) }))
		.default([]),
	tool_choice: z.unknown(),
});

/** Anna's model refuses a forced tool, and one schema as a tool. */
function clientOf(key: string) {
	const json = (status: number, body: object) =>
		new Response(JSON.stringify(body), {
			status,
			headers: { 'content-type': 'application/json' },
		});
	const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
		await moment();
		expect(new Headers(init?.headers).get('authorization')).toBe(`Bearer th-${key}-key`);
		const body = bodySchema.parse(JSON.parse(typeof init?.body === 'string' ? init.body : '{}'));
		if (key === 'anna' && body.tool_choice !== undefined) {
			return json(400, {
				error: { message: 'tool_choice is not supported', param: 'tool_choice' },
			});
		}
		const isWord = JSON.stringify(body.tools).includes('"word"');
		if (key === 'anna' && isWord) {
			return json(400, {
				error: { message: 'this schema of tools is not supported', param: 'tools' },
			});
		}
		const question = textOf(body.messages.find(({ role }) => role === 'user')?.content);
		const [tool] = body.tools;
		const isDone = body.messages.at(-1)?.role === 'tool' || !tool;
		const value = `${key} ${/q\d/.exec(question)?.[0]}`;
		const args = JSON.stringify(isWord ? { word: value } : { text: value });
		const wantsWord = question.includes('"word"') || JSON.stringify(body.messages).includes('word');
		const message = isDone
			? { content: wantsWord ? JSON.stringify({ word: value }) : `${key} ${question}` }
			: {
					content: null,
					tool_calls: [
						{ id: 'c', type: 'function', function: { name: tool.function.name, arguments: args } },
					],
				};
		const usage = { prompt_tokens: key === 'anna' ? 3 : 500, completion_tokens: 1 };
		return json(200, {
			id: 'c',
			model: MODEL,
			choices: [{ finish_reason: 'stop', message }],
			usage,
		});
	};
	return createClient({ apiKey: `th-${key}-key`, baseUrl: 'https://gateway.test', fetch });
}

const schema = z.object({ text: z.string() });
/** Anna's model does not take it as a tool. */
const wordSchema = z.object({ word: z.string() });

async function runAccount(key: string): Promise<void> {
	const client = clientOf(key);
	const promptTokens = key === 'anna' ? 3 : 500;
	const works = Array.from({ length: ITEMS }, (_, n) => n % 3).map(async (n, index) => {
		await moment();
		const heard: string[] = [];
		const say = defineTool({
			...{ name: 'say', description: 'Says', parameters: schema },
			execute: ({ text }) => heard.push(text),
		});
		const question = `q${n}`;
		const loop = await runToolLoop(client, { model: MODEL, prompt: question, tools: [say] });
		expect([loop.output, heard]).toEqual([`${key} ${question}`, [`${key} ${question}`]]);
		expect(loop.usage.promptTokens).toBe(promptTokens * 2);
		const messages = [{ role: 'user' as const, content: question }];
		const said = await answerOnce(client, { model: MODEL, messages, maxTokens: 9, temperature: 0 });
		expect(said.text).toBe(`${key} ${question}`);
		expect([0, promptTokens]).toContain(said.usage.promptTokens);
		if (index > 1) return;
		const found = await extract(client, { model: MODEL, text: question, schema });
		expect(found.output).toEqual({ text: `${key} ${question}` });
		const leftOut = found.warnings.filter((words) => words.startsWith('left out'));
		expect(leftOut).toEqual(key === 'anna' ? [expect.stringContaining('tool_choice')] : []);
		const other = await extract(client, { model: MODEL, text: question, schema: wordSchema });
		expect(other.output).toEqual({ word: `${key} ${question}` });
		expect(other.stage).toBe(key === 'anna' ? 'json' : 'tool');
	});
	await Promise.all(works);
}

test(`${ROUNDS} interleavings of two accounts: nothing crosses`, async () => {
	for (let round = 0; round < ROUNDS; round += 1) {
		seed = round + 1;
		await Promise.all(['anna', 'bert'].map(runAccount));
	}
}, 300_000);
