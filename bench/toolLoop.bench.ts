import { writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { startGateway, type Gateway } from '../gateway';
import { startServer, type Server } from '../server/startServer';
import { listen } from '../test/support/listen';
import { contenders, type Contender } from './agentWorkflows';
import { cpuSeconds } from './cpu';
import { CALLS, isRight, repair, ROUNDS, script } from './task';

const ITEMS = 20;
const GATEWAY_MS = 50;
const TOOL_MS = 100;
const SLOW_TOOL_MS = 300;
const RUNS = 3;

jest.setTimeout(20 * 60_000);

interface Measured {
	wallMs: number;
	cpuMs: number;
	requests: number;
	right: number;
}

const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

let gateway: Gateway;
let tool: HttpServer;
let server: Server;
let toolMs = TOOL_MS;
let many: Contender[];
let alone: Contender[];

beforeAll(async () => {
	gateway = await startGateway({ script, latencyMs: GATEWAY_MS, repair });
	tool = createServer(({ url = '' }, response) => {
		const q = new URL(url, 'http://tool').searchParams.get('q');
		setTimeout(() => response.end(JSON.stringify({ is: `value of ${q}` })), toolMs);
	});
	const url = `http://127.0.0.1:${await listen(tool)}/`;
	const items = Array.from({ length: ITEMS }, (_, item) => `item ${item}`);
	many = contenders({ id: 'many', items, lookupUrl: url });
	alone = contenders({ id: 'alone', items: items.slice(0, 1), lookupUrl: url });
	server = await startServer({
		files: [],
		workflows: [...many, ...alone].map(({ workflow }) => workflow),
		credentials: [
			{
				id: 'bench',
				name: 'bench',
				type: 'tokenHubApi',
				data: { apiKey: 'th-demo-key', baseUrl: gateway.url },
			},
			{
				id: 'benchOpenAi',
				name: 'bench',
				type: 'openAiApi',
				data: { apiKey: 'th-demo-key', url: gateway.url },
			},
		],
	});
});

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	tool?.close();
});

async function measure({ workflow, node }: Contender): Promise<Measured> {
	const before = { requests: gateway.requests.length, cpu: cpuSeconds(server.pid()) };
	const { outputs, ms: wallMs } = await server.rest.run(workflow.id, 'Start');
	const cpuMs = (cpuSeconds(server.pid()) - before.cpu) * 1000;
	const items = outputs[node]?.[0] ?? [];
	const right = items.filter(({ json }, item) => isRight(item, json.output)).length;
	return { wallMs, cpuMs, requests: gateway.requests.length - before.requests, right };
}

/** One item: from its first answer to its next question, against one of the three tools alone. */
async function roundRatio({ workflow }: Contender): Promise<number> {
	toolMs = SLOW_TOOL_MS;
	const before = gateway.requests.length;
	await server.rest.run(workflow.id, 'Start');
	toolMs = TOOL_MS;
	const [first, second] = gateway.requests.slice(before);
	return ((second?.at ?? NaN) - (first?.at ?? NaN) - GATEWAY_MS) / SLOW_TOOL_MS;
}

interface Row extends Measured {
	name: string;
	/** Whether one item alone is answered rightly. */
	rightAlone: boolean;
	roundRatio: number;
}

async function measureAll(): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [index, contender] of many.entries()) {
		const single = alone[index] ?? contender;
		await measure(contender);
		const { right } = await measure(single);
		const runs: Measured[] = [];
		const ratios: number[] = [];
		for (let run = 0; run < RUNS; run += 1) {
			runs.push(await measure(contender));
			ratios.push(await roundRatio(single));
		}
		rows.push({
			name: contender.name,
			wallMs: median(runs.map(({ wallMs }) => wallMs)),
			cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
			requests: median(runs.map(({ requests }) => requests)),
			right: Math.min(...runs.map((run) => run.right)),
			rightAlone: right === 1,
			roundRatio: median(ratios),
		});
	}
	return rows;
}

function toRow(row: Row, [first = row]: Row[]): string {
	const times = (a: number, b: number) => `${(a / b).toFixed(1)}×`;
	return `| ${[
		row.name,
		`${row.right} of ${ITEMS}`,
		row.rightAlone ? 'yes' : 'no',
		row.requests,
		`${(row.wallMs / 1000).toFixed(2)} s (${times(row.wallMs, first.wallMs)})`,
		`${(row.cpuMs / ITEMS).toFixed(0)} ms (${times(row.cpuMs, first.cpuMs)})`,
		row.roundRatio.toFixed(2),
	].join(' | ')} |`;
}

const page = (rows: Row[]) => `# Tool Call Loop and AI Agent

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: n8n 2.41.1, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}. ${ITEMS} items in one execution, each with ${ROUNDS} rounds of ${CALLS} tool calls and an answer: ${ITEMS * (ROUNDS + 1)} requests are needed. The embedded gateway answers after ${GATEWAY_MS} ms, the HTTP tool after ${TOOL_MS} ms. Script, tool node and n8n process are the same; median of ${RUNS} runs, after one warm-up run. An answer is right if it contains all values of its own item's tools and none of another item's.

The last column is for a single item: its round of ${CALLS} tools of ${SLOW_TOOL_MS} ms each, compared with ${SLOW_TOOL_MS} ms. AI Agent uses n8n's OpenAI Chat Model; what that sends beyond TokenHub's contract (\`strict\`, \`content: []\`) is removed on the way, because it would be refused.

| node | right answers | right alone | requests | wall time | CPU per item | three tools : one |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => toRow(row, rows)).join('\n')}
`;

test('Tool Call Loop beside AI Agent', async () => {
	const rows = await measureAll();
	writeFileSync(join(__dirname, 'tool-loop.md'), page(rows));
	process.stdout.write(`\n${page(rows)}\n`);
	expect(rows).toHaveLength(many.length);
});
