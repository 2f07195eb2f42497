import { createServer, type IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeType, ISupplyDataFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { createEngine, parseWorkflowFile, type Engine } from '../../demo/engine';
import { priceOf } from '../../core';
import { agentTool, nodeAsTool, type Call } from '../support/itemTools';
import { listen } from '../support/listen';
import { supplied } from '../support/supplied';
import { isWholeSweep } from '../support/sweep';
import { textOf } from '../support/textOf';

/**
 * Two credentials and two workflows in one process, all at once and in random orders, with the same
 * questions in all of them: whatever is remembered, shared or counted by too little crosses here.
 */
const ROUNDS = isWholeSweep ? 100 : 15;
/** Rounds at once. */
const WIDTH = 5;
const ITEMS = 8;
const KEYS = ['anna', 'bert'];
const MODEL = 'anthropic/claude-haiku-4-5';

let random = mulberry(20_261);

/** The same numbers for the same seed. */
function mulberry(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A moment that differs from call to call. */
async function moment(): Promise<void> {
	const kind = random();
	if (kind < 0.3) return;
	if (kind < 0.7) await new Promise((done) => setImmediate(done));
	else await sleep(random() * 4);
}

const bodySchema = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
	tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
});
type Body = z.output<typeof bodySchema>;

/** Answers each account in its own name, and counts tokens by account and question. */
function answerTo(key: string, { messages, tools }: Body) {
	const question = textOf(messages.findLast(({ role }) => role === 'user')?.content);
	const { length } = `${key} ${question}`;
	const isLast = messages.at(-1)?.role !== 'user' || tools.length === 0;
	const calls = tools.map(({ function: { name } }, n) => ({
		...{ id: `call${n}`, type: 'function' },
		function: { name, arguments: JSON.stringify({ text: `${key} ${question}` }) },
	}));
	const message = isLast
		? { content: `${key}: ${question}` }
		: { content: null, tool_calls: calls };
	const usage = { prompt_tokens: length * 100, completion_tokens: key === 'anna' ? 7 : 1_000 };
	const choices = [{ finish_reason: isLast ? 'stop' : 'tool_calls', message }];
	return { id: 'c', model: MODEL, choices, usage };
}

async function textIn(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

const server = createServer((request, response) => {
	void (async () => {
		const key = /Bearer th-(\w+)-key/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const body = bodySchema.parse(JSON.parse(await textIn(request)));
		await moment();
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(answerTo(key, body)));
	})();
});

/** What connected nodes have seen: shared by all, as a database would be. */
const calls: Call[] = [];
const conversations = new Map<string, string[]>();

const memory = supplied('ai_memory', undefined);
memory.nodeType.description.properties = [
	{ displayName: 'Session', name: 'session', type: 'string', default: '' },
];
memory.nodeType.supplyData = async function (this: ISupplyDataFunctions, itemIndex: number) {
	const session = textOf(this.getNodeParameter('session', itemIndex));
	await moment();
	const kept = conversations.get(session) ?? [];
	conversations.set(session, kept);
	const saveContext = async ({ input }: { input: string }, { output }: { output: string }) => {
		await moment();
		kept.push(`${input} -> ${output}`);
	};
	const loadMemoryVariables = async () => ({ history: [] });
	return { response: { chatHistory: { sessionId: session }, saveContext, loadMemoryVariables } };
};

const tools = [...nodeAsTool(calls), ...agentTool(calls)];
const nodeTypes = new Map<string, INodeType>(
	[...tools, memory].map(({ type, nodeType }) => [type, nodeType]),
);

const WORKFLOWS = ['tokenHubToolCallLoop', 'tokenHubChatCompletion'].map((type) => {
	const isLoop = type === 'tokenHubToolCallLoop';
	const value = '={{ $json.secret }}';
	const connected = isLoop
		? [
				...tools.map((tool) => ({
					...{ name: tool.type, type: tool.type, parameters: { ...tool.parameters, value } },
					...tool.node,
				})),
				{ name: 'Memory', type: memory.type, parameters: { session: '={{ $json.session }}' } },
			]
		: [];
	const parameters = {
		...{ model: { __rl: true, mode: 'id', value: MODEL }, prompt: '={{ $json.question }}' },
		...{ maxTokens: 64, tools: {}, inputMode: 'prompt' },
		options: { concurrency: 8, reuseResults: true, temperature: 0 },
	};
	const links = isLoop
		? {
				...Object.fromEntries(
					tools.map(({ type: name, to: node = 'Node' }) => [
						name,
						{ ai_tool: [[{ node, type: 'ai_tool', index: 0 }]] },
					]),
				),
				Memory: { ai_memory: [[{ node: 'Node', type: 'ai_memory', index: 0 }]] },
			}
		: {};
	return {
		type,
		workflow: parseWorkflowFile({
			id: 'same',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{
					...{ name: 'Node', type: `n8n-nodes-tokenhub.${type}`, parameters },
					credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } },
				},
				...connected,
			],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] }, ...links },
			settings: { executionOrder: 'v1' },
		}),
	};
});

let engines: Array<{ key: string; engine: Engine }>;

beforeAll(async () => {
	const baseUrl = `http://127.0.0.1:${await listen(server)}`;
	engines = await Promise.all(
		KEYS.map(async (key) => ({
			key,
			engine: await createEngine({
				...{ nodeTypes, packageDir: resolve(__dirname, '../..'), fromSource: true },
				credentials: { tokenHubApi: { apiKey: `th-${key}-key`, baseUrl } },
			}),
		})),
	);
});
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

interface Part {
	key: string;
	engine: Engine;
	type: string;
	workflow: ReturnType<typeof parseWorkflowFile>;
}

/** One of the four executions, with the same questions as the others and secrets of its own. */
async function runPart({ key, engine, type, workflow }: Part, round: number): Promise<void> {
	const questions = Array.from({ length: ITEMS }, (_, n) => `question ${n % 5}`);
	const input = questions.map((question, n) => ({
		json: {
			...{ question, session: `${round} ${key} ${n % 3}` },
			secret: `${key} ${question} ${round}`,
		},
	}));
	await moment();
	const { last, error } = await engine.run(workflow, { input });
	expect(error?.message).toBeUndefined();
	expect(last.map(({ json }) => json.output ?? json.text)).toEqual(
		questions.map((question) => `${key}: ${question}`),
	);
	const isLoop = type === 'tokenHubToolCallLoop';
	for (const [n, { json }] of last.entries()) {
		const requests = isLoop ? 2 : json.reused === true ? 0 : 1;
		const promptTokens = `${key} ${questions[n]}`.length * 100 * requests;
		const completionTokens = (key === 'anna' ? 7 : 1_000) * requests;
		const totalTokens = promptTokens + completionTokens;
		expect(json).toMatchObject({ requests, usage: { promptTokens, completionTokens } });
		const cost = priceOf(MODEL, { promptTokens, completionTokens, totalTokens });
		expect(json.costUsd).toBeCloseTo(cost ?? -1, 10);
	}
}

async function runRound(round: number): Promise<void> {
	const parts = engines.flatMap((engine) => WORKFLOWS.map((made) => ({ ...engine, ...made })));
	await Promise.all(parts.map((part) => runPart(part, round)));
	const ofRound = calls.filter(({ value }) => String(value).endsWith(` ${round}`));
	// Per item, the tool and the tool of the agent that is a tool.
	expect(ofRound).toHaveLength(KEYS.length * ITEMS * 2);
	for (const { text, value } of ofRound) expect(value).toBe(`${String(text)} ${round}`);
	for (const key of KEYS) {
		for (const part of [0, 1, 2]) {
			const own = Array.from({ length: ITEMS }, (_, n) => n).filter((n) => n % 3 === part);
			const said = own.map((n) => `question ${n % 5} -> ${key}: question ${n % 5}`);
			expect(conversations.get(`${round} ${key} ${part}`)).toEqual(said);
		}
	}
}

test(`${ROUNDS} interleavings in n8n's engine: nothing crosses`, async () => {
	for (let first = 0; first < ROUNDS; first += WIDTH) {
		random = mulberry(first);
		calls.length = 0;
		conversations.clear();
		const rounds = Array.from({ length: Math.min(WIDTH, ROUNDS - first) }, (_, n) => first + n);
		await Promise.all(rounds.map(runRound));
		expect(conversations.size).toBe(rounds.length * KEYS.length * 3);
		expect(calls).toHaveLength(rounds.length * KEYS.length * ITEMS * 2);
	}
}, 600_000);
