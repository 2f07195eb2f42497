/**
 * The three nodes in n8n's engine, at full concurrency, for minutes, on an endpoint that throttles,
 * fails, resets, stalls and is slow. Exits with 1 when an item was lost, doubled or wrong, when a
 * rejection was not handled, or when memory, sockets or timers are left behind.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const SECONDS = Number(process.env.SOAK_SECONDS ?? 300);
const ITEMS = 500;
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
process.env.N8N_USER_FOLDER = folder;
const { createEngine } = require('../../build/demo/engine');
const { startGateway } = require('../../build/gateway');

/** The same faults in every soak: a small generator with a fixed seed. */
let seed = 42;
const random = () => {
	seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
	return seed / 2 ** 32;
};

const FAULTS = [
	[0.01, { status: 429, headers: { 'retry-after-ms': '50' } }],
	[0.01, { status: 500 }],
	[0.005, { fault: 'reset' }],
	[0.002, { fault: 'hang' }],
	[0.005, { fault: 'cutStream' }],
	[0.002, { fault: 'stallStream' }],
];
const SLOW = 0.01;
const seen = {};

function script({ messages, tools, tool_choice: choice }) {
	let chance = random();
	for (const [share, fault] of FAULTS) {
		chance -= share;
		if (chance > 0) continue;
		const name = fault.fault ?? fault.status;
		seen[name] = (seen[name] ?? 0) + 1;
		return fault;
	}
	const [item] = /item-\d+-\d+-/.exec(JSON.stringify(messages)) ?? [];
	const delayMs = chance < SLOW ? 400 : Math.floor(random() * 10);
	if (typeof choice === 'object') {
		return { delayMs, toolCalls: [{ name: tools[0].function.name, arguments: { name: item } }] };
	}
	return { delayMs, text: `This is ${item} indeed.` };
}

const options = {
	...{ concurrency: 50, timeoutSeconds: 2, idleTimeoutSeconds: 1, maxRetries: 3 },
};
const common = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: '=Say {{ $json.item }}', text: '=Read {{ $json.item }}', maxTokens: 64, tools: {} },
	...{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object","required":["name"]}' },
};
const kinds = [
	['tokenHubChatCompletion', options],
	['tokenHubChatCompletion', { ...options, stream: true }],
	['tokenHubToolCallLoop', options],
	['tokenHubJsonExtract', options],
];
/** Ends that a fault may have, once its retries are used up; stalls are not sent again. */
const FAIR = ['timeout', 'network', 'overloaded', 'rateLimit', 'badResponse'];

const workflow = ([type, given]) => ({
	id: 'soak',
	nodes: [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			...{ name: 'Node', type: `n8n-nodes-tokenhub.${type}`, typeVersion: 1 },
			...{ parameters: { ...common, options: given }, onError: 'continueRegularOutput' },
			credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } },
		},
	],
	connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

const problems = [];
const problem = (words) => {
	if (problems.length < 20) problems.push(words);
};

function check(wave, outputs, requests) {
	if (outputs.length !== ITEMS) problem(`wave ${wave}: ${outputs.length} outputs of ${ITEMS}`);
	const paid = new Map();
	for (const { status, body } of requests) {
		const [item] = /item-\d+-\d+-/.exec(JSON.stringify(body)) ?? [];
		if (status === 200) paid.set(item, (paid.get(item) ?? 0) + 1);
	}
	let failed = 0;
	for (const [index, { json, pairedItem }] of outputs.entries()) {
		const item = `item-${wave}-${index}-`;
		if (pairedItem?.item !== index) problem(`${item}: paired with ${JSON.stringify(pairedItem)}`);
		if (json.error !== undefined) {
			failed += 1;
			if (!FAIR.includes(json.details?.kind)) problem(`${item}: ${json.error}`);
		} else if (!JSON.stringify(json).includes(item)) {
			problem(`${item}: ${JSON.stringify(json).slice(0, 200)}`);
		} else if (json.requests === 1 && json.retries === 0 && paid.get(item) !== 1) {
			problem(`${item}: ${paid.get(item)} answers were paid for`);
		}
	}
	return failed;
}

const resources = () => {
	const counts = {};
	for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
	return { sockets: counts.TCPSocketWrap ?? 0, timers: counts.Timeout ?? 0 };
};

async function main() {
	const gateway = await startGateway({ script });
	const engine = await createEngine({
		packageDir: resolve(__dirname, '../..'),
		credentials: { tokenHubApi: { apiKey: 'th-demo-key', baseUrl: gateway.url } },
	});
	const until = Date.now() + SECONDS * 1_000;
	let wave = 0;
	let failed = 0;
	let early;
	for (; Date.now() < until || wave < 2 * kinds.length; wave += 1) {
		const input = Array.from({ length: ITEMS }, (_, n) => ({
			json: { item: `item-${wave}-${n}-` },
		}));
		const { last, error } = await engine.run(workflow(kinds[wave % kinds.length]), { input });
		if (error) problem(`wave ${wave}: ${error.message}`);
		failed += check(wave, last, gateway.requests);
		gateway.requests.length = 0;
		globalThis.gc();
		// Code and caches are there after each node has run once.
		if (wave + 1 === kinds.length) early = { heap: process.memoryUsage().heapUsed, ...resources() };
	}
	// The longest that an unused connection is kept.
	await sleep(35_000);
	globalThis.gc();
	const late = { heap: process.memoryUsage().heapUsed, ...resources() };
	const grown = (late.heap - early.heap) / 1024 / 1024;
	const rounds = wave - kinds.length;
	if (grown > 5 + rounds * 0.05) problem(`the heap grew by ${grown.toFixed(1)} MB`);
	if (late.sockets > 1) problem(`${late.sockets} sockets are left`);
	if (late.timers > early.timers) problem(`${late.timers} timers are left, ${early.timers} before`);
	await gateway.close();
	const words = `${wave * ITEMS} items, ${failed} failed fairly; faults ${JSON.stringify(seen)}; heap ${grown.toFixed(1)} MB more; left: ${late.sockets} sockets, ${late.timers} timers`;
	console.log(words);
	for (const words of problems) console.error(words);
	rmSync(folder, { recursive: true, force: true });
	process.exit(problems.length > 0 ? 1 : 0);
}

void main();
