import { errorBody, type ChatBody, type Reply, type Script, type SeenRequest } from '../../gateway';
import { ASK, chunksOf, completionOf, errorOf, eventsOf, openedGateway, post } from './post';

const STREAM = { ...ASK, stream: true };

async function answer(reply: Reply, body: object = ASK) {
	const gateway = await openedGateway({ script: [reply] });
	return { gateway, response: await post(gateway, body) };
}

test('answers in JSON as OpenAI does, under the canonical model id', async () => {
	const { response } = await answer({ text: 'Hi!' }, { ...ASK, model: 'claude-sonnet-4-6' });
	expect(response.headers.get('x-request-id')).toBe('req-tokenhub-000001');
	expect(response.headers.get('content-type')).toMatch('application/json');
	const completion = await completionOf(response);
	expect(completion).toMatchObject({
		id: 'chatcmpl-tokenhub-000001',
		model: 'anthropic/claude-sonnet-4-6',
		choices: [{ finish_reason: 'stop', message: { content: 'Hi!' } }],
		usage: { prompt_tokens: 11, completion_tokens: 1, total_tokens: 12 },
	});
});

test('answers with what the script says: finish reason, usage, model, headers', async () => {
	const { response } = await answer({
		text: 'cut',
		finishReason: 'length',
		usage: { promptTokens: 7, completionTokens: 3 },
		model: 'other',
		headers: { 'x-extra': 'yes' },
	});
	expect(response.headers.get('x-extra')).toBe('yes');
	expect(await completionOf(response)).toMatchObject({
		model: 'other',
		choices: [{ finish_reason: 'length' }],
		usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
	});
	const bare = await answer({ text: 'x', usage: null });
	expect((await completionOf(bare.response)).usage).toBeUndefined();
});

test('gives tool calls ids that the conversation does not hold, and sends broken arguments as they are', async () => {
	const taken = { id: 'call_000001_1', type: 'function', function: { name: 'a', arguments: '{}' } };
	const { response } = await answer(
		{
			toolCalls: [
				{ name: 'a', arguments: { n: 1 } },
				{ id: 'mine', name: 'b', arguments: '{"n":' },
			],
		},
		{
			...ASK,
			tools: [{ type: 'function', function: { name: 'a' } }],
			messages: [
				...ASK.messages,
				{ role: 'assistant', tool_calls: [taken] },
				{ role: 'tool', tool_call_id: taken.id, content: '' },
			],
		},
	);
	const [choice] = (await completionOf(response)).choices;
	expect(choice.finish_reason).toBe('tool_calls');
	expect(choice.message.content).toBeNull();
	expect(choice.message.tool_calls).toEqual([
		{ id: 'call_000001_2', type: 'function', function: { name: 'a', arguments: '{"n":1}' } },
		{ id: 'mine', type: 'function', function: { name: 'b', arguments: '{"n":' } },
	]);
});

test('streams text in small deltas that never split a character, then [DONE]', async () => {
	const text = '1234567👍🏽 Grüße aus München, 12345678👍🏽';
	const { response } = await answer({ text }, STREAM);
	expect(response.headers.get('content-type')).toMatch('text/event-stream');
	const events = await eventsOf(response);
	expect(events.at(-1)).toBe('data: [DONE]');
	const choices = chunksOf(events).map((chunk) => chunk.choices[0]);
	expect(choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
	expect(choices.at(-1)).toMatchObject({ delta: {}, finish_reason: 'stop' });
	expect(choices.map((choice) => choice?.delta.content ?? '').join('')).toBe(text);
	expect(choices.length).toBeGreaterThan(5);
	expect(events.join('')).not.toMatch(/\\ud[89a-f]/i);
	expect(chunksOf(events).some((chunk) => chunk.usage)).toBe(false);
});

test('streams tool calls as an opening delta and fragments, and usage last when asked', async () => {
	const toolCalls = [
		{ id: 'c1', name: 'look', arguments: { where: 'everywhere' } },
		{ id: 'c2', name: 'hear', arguments: '' },
	];
	const body = { ...STREAM, stream_options: { include_usage: true } };
	const { response } = await answer({ text: 'Let me see.', toolCalls }, body);
	const chunks = chunksOf(await eventsOf(response));
	const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
	expect(deltas.filter((delta) => delta.id)).toMatchObject([
		{ index: 0, id: 'c1', function: { name: 'look', arguments: '' } },
		{ index: 1, id: 'c2', function: { name: 'hear', arguments: '' } },
	]);
	const first = deltas.filter((delta) => delta.index === 0);
	expect(first.map((delta) => delta.function.arguments).join('')).toBe('{"where":"everywhere"}');
	expect(first.length).toBeGreaterThan(2);
	expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('tool_calls');
	expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
});

test('scripts HTTP errors with headers, and any body under any status', async () => {
	const limited = await answer({
		status: 429,
		error: { message: 'Slow down', type: 'rate_limit_error', code: 'rate_limit' },
		headers: { 'retry-after': '2' },
	});
	expect([limited.response.status, limited.response.headers.get('retry-after')]).toEqual([
		429,
		'2',
	]);
	expect(await errorOf(limited.response)).toMatchObject({
		message: 'Slow down',
		code: 'rate_limit',
	});
	const down = await answer({ status: 503 });
	expect(await errorOf(down.response)).toMatchObject({ message: 'Service Unavailable' });
	const hidden = await answer({ raw: JSON.stringify(errorBody({ message: 'Sorry' })) });
	expect(hidden.response.status).toBe(200);
	expect((await errorOf(hidden.response)).message).toBe('Sorry');
	const page = await answer({ raw: '<html>', contentType: 'text/html', status: 502 });
	expect([page.response.status, await page.response.text()]).toEqual([502, '<html>']);
});

test.each([ASK, STREAM])('breaks off half-way, JSON or stream', async (body) => {
	const { response } = await answer({ fault: 'cutStream' }, body);
	expect(response.status).toBe(200);
	await expect(response.text()).rejects.toThrow('terminated');
	const { response: stalled } = await answer({ fault: 'stallStream' }, body);
	const read = stalled.text().then(
		() => 'ended',
		() => 'ended',
	);
	const later = new Promise((resolve) => setTimeout(() => resolve('waiting'), 80));
	expect(await Promise.race([read, later])).toBe('waiting');
});

test('resets the socket, or hangs until the gateway closes', async () => {
	const gateway = await openedGateway({ script: [{ fault: 'reset' }, { fault: 'hang' }] });
	await expect(post(gateway, ASK)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
	expect(gateway.requests[0]).toMatchObject({ status: null });
	const hanging = post(gateway, ASK);
	await new Promise((resolve) => setTimeout(resolve, 50));
	await Promise.all([expect(hanging).rejects.toThrow(), gateway.close()]);
});

test('waits before an answer and between chunks', async () => {
	const script: Script = [
		{ text: 'x', delayMs: 60 },
		{ text: 'x'.repeat(16), chunkDelayMs: 30 },
	];
	const gateway = await openedGateway({ script, latencyMs: 20 });
	const startedAt = performance.now();
	await (await post(gateway, ASK)).text();
	const answeredAt = performance.now();
	expect(answeredAt - startedAt).toBeGreaterThan(75);
	await (await post(gateway, STREAM)).text();
	expect(performance.now() - answeredAt).toBeGreaterThan(100);
});

test('only requests that keep the contract take a reply, and a list ends', async () => {
	const gateway = await openedGateway({ script: [{ text: 'one' }] });
	expect((await post(gateway, { ...ASK, seed: 1 })).status).toBe(400);
	expect((await post(gateway, ASK, { headers: {} })).status).toBe(401);
	expect((await post(gateway, ASK)).status).toBe(200);
	const last = await post(gateway, ASK);
	expect(last.status).toBe(500);
	expect((await errorOf(last)).message).toMatch(/script is used up/);
});

test('a script may be a function of body and number; its own error is a 500', async () => {
	const gateway = await openedGateway({
		script: async (body: ChatBody, n) => {
			if (n > 1) throw new Error('no more');
			return Promise.resolve({ text: `${n} ${body.messages.length}` });
		},
	});
	const texts = [await post(gateway, ASK), await post(gateway, ASK)].map(completionOf);
	const read = (await Promise.all(texts)).map((one) => one.choices[0].message.content);
	expect(read).toEqual(['0 1', '1 1']);
	expect(await errorOf(await post(gateway, ASK))).toMatchObject({ message: 'no more' });
});

test('remembers every request, sockets, and clients that left', async () => {
	const gateway = await openedGateway({ script: [{ text: 'x' }, { fault: 'hang' }] });
	await (await post(gateway, ASK)).text();
	await (await post(gateway, 'no JSON')).text();
	await expect(post(gateway, ASK, { signal: AbortSignal.timeout(60) })).rejects.toThrow();
	expect(gateway.requests).toMatchObject([
		{ method: 'POST', path: '/api/v1/chat/completions', body: ASK, status: 200 },
		{ body: 'no JSON', status: 400 },
		{ body: ASK, status: null },
	]);
	await new Promise((resolve) => setTimeout(resolve, 30));
	const [first, , third]: SeenRequest[] = gateway.requests;
	expect(first?.headers.authorization).toBe('Bearer th-demo-key');
	expect(first?.abortedAt).toBeUndefined();
	expect(third?.abortedAt).toBeGreaterThanOrEqual(third?.at ?? Infinity);
	expect(gateway.connections()).toBeGreaterThanOrEqual(1);
	await gateway.close();
	await gateway.close();
});
