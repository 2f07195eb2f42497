import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	ADVICE,
	chat,
	createClient,
	defineTool,
	ERROR_KINDS,
	extract,
	runToolLoop,
	type ChatRequest,
	type ClientOptions,
	type ErrorKind,
} from '../../core';
import { FALLBACK_DEFAULT, FALLBACK_KINDS } from '../../core/chat/asking/withFallbacks';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';
import { openNode } from '../support/openNode';

const page = readFileSync(resolve(__dirname, '../../docs/errors.md'), 'utf8');
const section = (heading: string) => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const rowsOf = (heading: string) =>
	[...section(heading).matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)].map(([, kind, cells]) => ({
		...{ kind, cells: (cells ?? '').split(' | ').map((cell) => cell.trim()) },
	}));

test('every kind stands there with its advice', () => {
	expect(rowsOf('Kinds').map(({ kind, cells }) => [kind, cells.at(-1)])).toEqual(
		ERROR_KINDS.map((kind) => [kind, ADVICE[kind]]),
	);
});

const asked = 'What happens before you see an error';
const rows = new Map(rowsOf(asked).map(({ kind, cells }) => [kind, cells]));

test('Fallback Models: what is in it by default, what may be added', () => {
	const word = (kind: ErrorKind) => {
		if (!FALLBACK_KINDS.some((known) => known === kind)) return 'no';
		return FALLBACK_DEFAULT.some((known) => known === kind) ? 'yes' : 'when you add it';
	};
	const kinds = ERROR_KINDS.filter((kind) => kind !== 'toolFailed');
	expect([...rows].map(([kind, cells]) => [kind, cells[2]])).toEqual(
		kinds.map((kind) => [kind, word(kind)]),
	);
});

const hello: ChatRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const always =
	(reply: Reply): Script =>
	() =>
		reply;
const refusal = (status: number, message: string) =>
	always({ status, error: { message }, headers: { 'retry-after-ms': '1' } });
const once = { maxRetries: 1 };

async function asking(script: Script, options: Partial<ClientOptions> = {}, signal?: AbortSignal) {
	const { client, gateway } = await openGateway(script, { ...once, ...options });
	const error = await failure(chat(client, hello, { signal }));
	return { error, again: gateway.requests.length > 1 };
}

async function extracting(reply: Reply) {
	const { client, gateway } = await openGateway(always(reply));
	const schema = { type: 'object', properties: { n: { type: 'number' } } };
	const error = await failure(extract(client, { text: 'n', schema, mode: 'json' }));
	expect(error.details.usage.totalTokens > 0).toBe(gateway.requests.length > 0);
	// A repair is another request, not the same one again.
	return { error, again: false };
}

async function looping() {
	const { client } = await openGateway(
		always({ toolCalls: [{ id: 'a', name: 'look', arguments: {} }] }),
	);
	const parameters = { type: 'object', properties: { n: {} } };
	const tools = [defineTool({ name: 'look', description: '', parameters, execute: () => 1 })];
	const request = { prompt: 'Go', tools, maxIterations: 1, onLimit: 'error' as const };
	return { error: await failure(runToolLoop(client, request)), again: false };
}

async function unreachable() {
	const client = createClient({ apiKey: KEY, baseUrl: 'http://127.0.0.1:8', maxRetries: 0 });
	const { again } = await asking(always({ fault: 'reset' }));
	return { error: await failure(chat(client, hello)), again };
}

type Ran = { error: { kind: string; message: string }; again: boolean };
const cases: Record<Exclude<ErrorKind, 'toolFailed'>, () => Promise<Ran>> = {
	auth: () => asking(refusal(401, `Incorrect API key: ${KEY}`)),
	credit: () => asking(refusal(402, 'Your credit is used up.')),
	rateLimit: () => asking(refusal(429, 'Too many requests.')),
	overloaded: () => asking(refusal(529, 'Overloaded.')),
	badRequest: () => asking(refusal(400, 'max_tokens: must be at most 64000')),
	notFound: () => asking(refusal(404, 'There is no model "claude-9".')),
	timeout: () => asking(always({ fault: 'hang' }), { timeoutMs: 100 }),
	network: unreachable,
	cancelled: () => asking([], {}, AbortSignal.abort()),
	badResponse: () => asking(always({ raw: '<html>', contentType: 'text/html' })),
	refused: () => extracting({ refusal: 'No.' }),
	truncated: () => extracting({ text: '{"n":', finishReason: 'length' }),
	schemaMismatch: () => extracting({ text: '{"n":"x"}' }),
	budget: looping,
	badConfig: async () => {
		const { client } = await openGateway([]);
		return { error: await failure(chat(client, { ...hello, temperature: 2 })), again: false };
	},
	contextLength: () => asking(refusal(400, 'prompt is too long: 208310 tokens > 200000 maximum')),
};

test.each(Object.entries(cases))(
	'%s: its message, and whether it is sent again',
	async (kind, run) => {
		const { error, again } = await run();
		const [message, sentAgain] = rows.get(kind) ?? [];
		const withoutSeconds = (text = '') => text.replace(/within [\d.]+ s/, 'within … s');
		expect(error.kind).toBe(kind);
		expect(withoutSeconds(message)).toBe(withoutSeconds(error.message));
		expect(sentAgain).toBe(again ? 'yes' : 'no');
	},
);

test('the failed item is one that really comes out', async () => {
	const base = { prompt: 'Hello', maxTokens: 1024, options: { maxRetries: 0 } };
	const { run } = await openNode({
		...{ type: 'tokenHubChatCompletion', base },
		gateway: [always({ status: 402, error: { message: 'Your credit is used up.' } })],
	});
	const node = { onError: 'continueRegularOutput' as const };
	const { last } = await run({ model: 'anthropic/claude-haiku-4-5' }, { node });
	const shown: unknown = JSON.parse(/```json\n(.*?)```/s.exec(section('In n8n'))?.[1] ?? '');
	const { requestId } = Object(Object(last[0]?.json).details);
	expect(typeof requestId).toBe('string');
	expect(shown).toEqual(JSON.parse(JSON.stringify(last[0]?.json).replace(requestId, 'req_…')));
});
