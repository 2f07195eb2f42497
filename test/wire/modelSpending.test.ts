import { createClient } from '../../core';
import { completeChat } from '../../core/chat/chat';
import { modelFetch } from '../../core/chat/modelFetch';
import { chatEvents, collectStream } from '../../core/chat/streamChat';
import { openLedger, type Ledger } from '../../core/ledger';
import { pricesOf } from '../../core/models';
import { completion } from './rawGateway';

/* n8n's Chat Model is paid by the same reading of an answer as the library's own calls. */

const model = 'own/model';
const prices = { [model]: { inputUsd: 1, outputUsd: 2 } };
const messages = [{ role: 'user' as const, content: 'Hi' }];
const tools = [
	{
		type: 'function' as const,
		function: {
			name: 'look',
			description: 'x'.repeat(4_000),
			parameters: { type: 'object', properties: {} },
		},
	},
];
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
const events = (...values: unknown[]) =>
	values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');
const said = (content: string, more: object = {}) => ({
	...{ id: 'c', object: 'chat.completion.chunk', model },
	choices: [{ index: 0, delta: { content }, finish_reason: null }],
	...more,
});
const end = { ...said(''), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };

const WHOLE: Array<[name: string, body: string, init?: ResponseInit]> = [
	['one that counts', JSON.stringify(completion({ content: 'Ho' }))],
	['one that counts nothing', JSON.stringify({ ...completion({ content: 'Ho' }), usage: null })],
	[
		'one whose header has the cost',
		JSON.stringify(completion({ content: 'Ho' })),
		{ headers: { 'x-litellm-response-cost': '0.5' } },
	],
	['one that cannot be used and is counted', JSON.stringify({ model, choices: [], usage })],
	['an error that is counted', JSON.stringify({ error: { message: 'Overloaded' }, usage })],
	['a page', '<html>Welcome</html>'],
];
const STREAMED: typeof WHOLE = [
	['one that counts', events(said('Ho'), end, { ...end, choices: [], usage }) + 'data: [DONE]\n\n'],
	['one that counts nothing', events(said('Ho'), end) + 'data: [DONE]\n\n'],
	['one that breaks off', events(said('Ho'))],
	['one that breaks off and is counted', events(said('Ho', { usage }))],
	['an error that is counted', events(said('Ho'), { error: { message: 'Dead' }, usage })],
	['nothing but an error that is counted', events({ error: { message: 'Dead' }, usage })],
];

describe.each([
	['whole', false, WHOLE],
	['streamed', true, STREAMED],
])('an answer that comes %s', (_way, isStream, rows) => {
	test.each(rows.map(([name, body, init]) => [name, body, init] as const))(
		'%s',
		async (_name, body, init) => {
			const type = isStream ? 'text/event-stream' : 'application/json';
			const headers = { 'content-type': type, ...init?.headers };
			const fetch = async () => await Promise.resolve(new Response(body, { headers }));
			const [library, below] = [openLedger(), openLedger()];
			const terms = { apiKey: 'th-demo-key', baseUrl: 'https://gateway.test', fetch, prices };
			const client = createClient({ ...terms, maxRetries: 0 });
			const request = { model, maxTokens: 500, messages, tools };
			const call = { ledger: library };
			const ask = isStream
				? collectStream(chatEvents(client, request, call))
				: completeChat(client, request, call);
			await Promise.resolve(ask).catch(() => undefined);
			const sent = modelFetch({
				...{ maxRetries: 0, inner: fetch, ledger: below, priceOf: pricesOf(prices) },
			});
			const asked = { model, max_tokens: 500, messages, tools, stream: isStream };
			const response = await sent(terms.baseUrl, { method: 'POST', body: JSON.stringify(asked) });
			await response.text();
			const spentBy = (ledger: Ledger) => {
				const { usage: counted, costUsd, estimated, reportedCostUsd, requests } = ledger.spent();
				return { usage: counted, costUsd, estimated, reportedCostUsd, requests };
			};
			const spent = spentBy(below);
			expect(spent).toEqual(spentBy(library));
			expect(spent.usage.totalTokens > 0 || spent.costUsd === null).toBe(true);
		},
	);
});
