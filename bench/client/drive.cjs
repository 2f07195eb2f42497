const OpenAI = require('openai');
const { chat, createClient, streamChat } = require('../..');

const [, , way, url] = process.argv;
const messages = [{ role: 'user', content: 'Hello' }];
const model = 'anthropic/claude-sonnet-4-6';
const REQUESTS = 5_000;
const AT_ONCE = 32;

const client = createClient({ apiKey: 'th-demo-key', baseUrl: url, maxConcurrency: AT_ONCE });
const sdk = new OpenAI({ apiKey: 'th-demo-key', baseURL: url, maxRetries: 0 });
const headers = { 'content-type': 'application/json', authorization: 'Bearer th-demo-key' };
const post = (body) =>
	fetch(`${url}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) });

const ask = {
	ours: () => chat(client, { model, messages }),
	sdk: () => sdk.chat.completions.create({ model, messages, max_tokens: 1024 }),
	fetch: async () => (await post({ model, messages, max_tokens: 1024 })).json(),
}[way];

/** The chunks of a streamed answer. */
const pieces = {
	async *ours() {
		for await (const event of streamChat(client, { model, messages })) {
			if (event.type === 'text') yield event.delta;
		}
	},
	async *sdk() {
		const chunks = await sdk.chat.completions.create({ model, messages, stream: true });
		for await (const { choices } of chunks) yield choices[0]?.delta?.content ?? '';
	},
	async *fetch() {
		const { body } = await post({ model, messages, stream: true });
		let rest = '';
		for await (const text of body.pipeThrough(new TextDecoderStream())) {
			const lines = (rest + text).split('\n');
			rest = lines.pop();
			for (const line of lines) {
				if (!line.startsWith('data: {')) continue;
				yield JSON.parse(line.slice(6)).choices[0].delta.content ?? '';
			}
		}
	},
}[way];

async function requests(count) {
	let next = 0;
	const work = async () => {
		for (; next < count;) {
			next += 1;
			await ask();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function streamed() {
	globalThis.gc();
	const before = process.memoryUsage().heapUsed;
	const startedAt = performance.now();
	let most = 0;
	let length = 0;
	let count = 0;
	let text = '';
	for await (const delta of pieces()) {
		text += delta;
		length += delta.length;
		count += 1;
		if (count % 1_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
	}
	if (text.length !== 10 * 1024 * 1024 || length !== text.length)
		throw new Error('text is missing');
	const seconds = (performance.now() - startedAt) / 1_000;
	return { mbPerSecond: 10 / seconds, heapMb: (most - before) / 1024 / 1024 };
}

async function main() {
	await requests(1_000);
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	await requests(REQUESTS);
	const seconds = (performance.now() - startedAt) / 1_000;
	const { user, system } = process.cpuUsage(cpu);
	const perRequest = { perSecond: REQUESTS / seconds, cpuMs: (user + system) / 1_000 / REQUESTS };
	await streamed();
	console.log(JSON.stringify({ ...perRequest, ...(await streamed()) }));
	process.exit();
}

void main();
