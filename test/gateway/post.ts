import { z } from 'zod/v4';
import { startGateway, type Gateway, type GatewayOptions } from '../../gateway';

export const ASK = {
	model: 'anthropic/claude-sonnet-4-6',
	messages: [{ role: 'user', content: 'Hello there' }],
};

/** Gateways of a test file; closed together after it. */
const open: Gateway[] = [];
afterAll(async () => {
	await Promise.all(open.map((gateway) => gateway.close()));
});

export async function openedGateway(options: GatewayOptions = {}): Promise<Gateway> {
	const gateway = await startGateway(options);
	open.push(gateway);
	return gateway;
}

export function post(gateway: Gateway, body: unknown, init: RequestInit = {}): Promise<Response> {
	return fetch(`${gateway.url}/chat/completions`, {
		method: 'POST',
		headers: { authorization: 'Bearer th-demo-key', 'content-type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body),
		...init,
	});
}

const errorSchema = z.strictObject({
	error: z.strictObject({
		message: z.string(),
		type: z.string(),
		param: z.string().nullable(),
		code: z.string().nullable(),
	}),
});
export async function errorOf(response: Response) {
	return errorSchema.parse(await response.json()).error;
}

const completionSchema = z.object({
	id: z.string(),
	object: z.literal('chat.completion'),
	created: z.number(),
	model: z.string(),
	choices: z.tuple([
		z.object({
			index: z.literal(0),
			finish_reason: z.string(),
			message: z.object({
				role: z.literal('assistant'),
				content: z.string().nullable(),
				tool_calls: z
					.array(
						z.object({
							id: z.string(),
							type: z.literal('function'),
							function: z.object({ name: z.string(), arguments: z.string() }),
						}),
					)
					.optional(),
			}),
		}),
	]),
	usage: z
		.object({
			prompt_tokens: z.number(),
			completion_tokens: z.number(),
			total_tokens: z.number(),
		})
		.optional(),
});
export async function completionOf(response: Response) {
	return completionSchema.parse(await response.json());
}

const chunkSchema = z.object({
	object: z.literal('chat.completion.chunk'),
	choices: z.array(
		z.object({
			finish_reason: z.string().nullable(),
			delta: z.object({
				role: z.string().optional(),
				content: z.string().optional(),
				tool_calls: z
					.array(
						z.object({
							index: z.number(),
							id: z.string().optional(),
							function: z.object({ name: z.string().optional(), arguments: z.string() }),
						}),
					)
					.optional(),
			}),
		}),
	),
	usage: z.object({ total_tokens: z.number() }).nullish(),
});
export async function eventsOf(response: Response): Promise<string[]> {
	const text = await response.text();
	return text.split('\n\n').filter(Boolean);
}
export function chunksOf(events: string[]) {
	const data = events.map((event) => event.replace(/^data: /, ''));
	return data
		.filter((text) => text !== '[DONE]')
		.map((text) => chunkSchema.parse(JSON.parse(text)));
}
