// Compiled, never run: what a reader's editor has to know.
import {
	chat,
	createClient,
	defineTool,
	extract,
	forkAt,
	runToolLoop,
	TokenHubError,
} from 'n8n-nodes-tokenhub';
import type { ChatRequest, ErrorKind, ToolLoopResult } from 'n8n-nodes-tokenhub';
import { startGateway } from 'n8n-nodes-tokenhub/testing';
import type { Gateway, Script } from 'n8n-nodes-tokenhub/testing';
import { z } from 'SCHEMAS';

const client = createClient({ apiKey: 'th-key', maxConcurrency: 4 });

const tool = defineTool({
	name: 'weather',
	description: 'The weather in a city',
	parameters: z.object({ city: z.string(), days: z.number().optional() }),
	execute: ({ city, days }, { signal }) => {
		const name: string = city;
		const count: number | undefined = days;
		// @ts-expect-error a city is no number
		const wrong: number = city;
		return signal.aborted ? wrong : `${name} ${count ?? 1}`;
	},
});

const plain = defineTool({
	name: 'plain',
	description: 'Described by JSON Schema',
	parameters: { type: 'object', properties: { id: { type: 'string' } } },
	execute: (args) => String(args['id']),
});

export async function useIt(): Promise<[string, number | null, ErrorKind | undefined]> {
	const request: ChatRequest = { messages: [{ role: 'user', content: 'Hi' }], temperature: 0.5 };
	// @ts-expect-error no such option
	await chat(client, { ...request, temprature: 1 });
	const { text, costUsd } = await chat(client, request);
	const loop: ToolLoopResult = await runToolLoop(client, { prompt: text, tools: [tool, plain] });
	await extract(client, { text: String(loop.output), schema: z.object({ total: z.number() }) });
	await extract(client, {
		text,
		schema: { type: 'object', properties: { total: { type: 'number' } } },
	});
	const kind = (error: unknown) => (error instanceof TokenHubError ? error.kind : undefined);
	return [text, costUsd, kind(text)];
}

export async function tryIt(): Promise<string> {
	const script: Script = (body, n) => ({ text: `${body.model} ${n}` });
	const gateway: Gateway = await startGateway({ script });
	const recording = createClient({ apiKey: 'th-key', baseUrl: gateway.url, record: 'tape.jsonl' });
	const fork = await forkAt('tape.jsonl', { turn: 2 });
	await runToolLoop(recording, { ...fork, tools: [tool] });
	await gateway.close();
	return createClient({ replay: 'tape.jsonl' }).baseUrl;
}
