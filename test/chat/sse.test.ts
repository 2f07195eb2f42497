import { createServer, type Server } from 'node:http';
import fc from 'fast-check';
import { createClient, streamChat, type ChatResult } from '../../core';
import { listen } from '../support/listen';

const TEXT = 'Ünd 東京 👩‍🚀 says: "it\\is\nfine"\u2028 \u0085 data: [DONE] : no comment 🎉';

interface Form {
	newline: '\n' | '\r\n' | '\r';
	space: ' ' | '';
	comments: boolean;
	done: boolean;
	usage: 'with the end' | 'without choices';
	/** Lengths of the pieces that the bytes are sent in, over and over. */
	cuts: number[];
	/** Characters of a delta. */
	delta: number;
}

/** The answer as server-sent events, in every form that the standard allows. */
function toBytes({ newline, space, comments, done, usage, delta }: Form): Buffer {
	const base = { id: 'c', object: 'chat.completion.chunk', model: 'anthropic/claude-haiku-4-5' };
	const tokens = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
	const letters = [...TEXT];
	const deltas = Array.from({ length: Math.ceil(letters.length / delta) }, (_, index) =>
		letters.slice(index * delta, (index + 1) * delta).join(''),
	);
	const choices = (more: object) => [{ index: 0, delta: {}, finish_reason: null, ...more }];
	const chunks: object[] = [
		{ ...base, choices: choices({ delta: { role: 'assistant', content: '' } }) },
		...deltas.map((content) => ({ ...base, choices: choices({ delta: { content } }) })),
		...(usage === 'with the end'
			? [{ ...base, choices: choices({ finish_reason: 'stop' }), usage: tokens }]
			: [
					{ ...base, choices: choices({ finish_reason: 'stop' }) },
					{ ...base, choices: [], usage: tokens },
				]),
	];
	const events = chunks.map((chunk) => `data:${space}${JSON.stringify(chunk)}${newline}${newline}`);
	const noisy = comments
		? events.flatMap((event) => [`: keep-alive${newline}${newline}`, event])
		: events;
	return Buffer.from([...noisy, done ? `data:${space}[DONE]${newline}${newline}` : ''].join(''));
}

let server: Server;
let baseUrl: string;
let form: (n: number) => Form;
beforeAll(async () => {
	server = createServer((request, response) => {
		const { cuts, ...rest } = form(Number(request.headers['x-form'] ?? 0));
		response.setHeader('content-type', 'text/event-stream');
		void send(toBytes({ ...rest, cuts }), cuts, (piece) => response.write(piece)).then(() =>
			response.end(),
		);
	});
	baseUrl = `http://127.0.0.1:${await listen(server)}/api/v1`;
});
afterAll(() => void server.close());

async function send(bytes: Buffer, cuts: number[], write: (piece: Buffer) => void): Promise<void> {
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const length = cuts[turn % cuts.length] ?? 1;
		write(bytes.subarray(at, at + length));
		at += length;
		// Pieces that are written at once arrive at once.
		await new Promise((resolve) => setImmediate(resolve));
	}
}

/** Reads a stream to its end: what was told on the way, and the result. */
async function read(n = 0): Promise<{ told: string; result?: ChatResult }> {
	const withForm: typeof fetch = async (url, init) => {
		const headers = new Headers(init?.headers);
		headers.set('x-form', String(n));
		return await fetch(url, { ...init, headers });
	};
	const client = createClient({ apiKey: 'th-demo-key', baseUrl, maxRetries: 0, fetch: withForm });
	let told = '';
	let result: ChatResult | undefined;
	const request = { messages: [{ role: 'user' as const, content: 'Hi' }] };
	for await (const event of streamChat(client, request)) {
		if (event.type === 'text') told += event.delta;
		if (event.type === 'done') ({ result } = event);
	}
	return { told, result };
}

const whole = {
	told: TEXT,
	result: { text: TEXT, finishReason: 'stop', usage: { totalTokens: 7 } },
};
const forms: fc.Arbitrary<Form> = fc.record({
	newline: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
	space: fc.constantFrom(' ' as const, '' as const),
	comments: fc.boolean(),
	done: fc.boolean(),
	usage: fc.constantFrom('with the end' as const, 'without choices' as const),
	cuts: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
	delta: fc.integer({ min: 1, max: 20 }),
});

test('no form and no split of a stream loses a character', async () => {
	await fc.assert(
		fc.asyncProperty(forms, async (drawn) => {
			form = () => drawn;
			expect(await read()).toMatchObject(whole);
		}),
		{ seed: 3, numRuns: 60 },
	);
});

test('nor does a split at every byte', async () => {
	const drawn = { newline: '\r\n', space: '', comments: true, done: false } as const;
	form = () => ({ ...drawn, usage: 'without choices', cuts: [1], delta: 3 });
	expect(await read()).toMatchObject(whole);
});

test('nor do 200 streams at once', async () => {
	const drawn = fc.sample(forms, { seed: 5, numRuns: 200 });
	form = (n) => {
		const own = drawn[n];
		if (!own) throw new Error(`no form ${n}`);
		return own;
	};
	const all = await Promise.all(drawn.map((_, n) => read(n)));
	for (const stream of all) expect(stream).toMatchObject(whole);
});
