import { createClient, type ClientOptions, type TokenHubClient } from '../../core';
import { startGateway, type Gateway, type Script } from '../../gateway';

export const KEY = 'th-demo-key';

/** Gateways of a test file; closed together after it. */
const open: Gateway[] = [];
afterAll(async () => {
	await Promise.all(open.map((gateway) => gateway.close()));
});

export interface Opened {
	gateway: Gateway;
	client: TokenHubClient;
	/** The bodies that reached the model, in order. */
	bodies(): Array<Record<string, unknown>>;
}

/** The embedded endpoint with a script, and a client for it, over real HTTP. */
export async function openGateway(
	script?: Script,
	options: Partial<ClientOptions> = {},
): Promise<Opened> {
	const gateway = await startGateway({
		keys: { [KEY]: 'active', 'th-empty-key': 'noCredit' },
		script,
	});
	open.push(gateway);
	const client = createClient({ apiKey: KEY, baseUrl: gateway.url, ...options });
	return { gateway, client, bodies: () => gateway.requests.map(({ body }) => asRecord(body)) };
}

function asRecord(body: unknown): Record<string, unknown> {
	return typeof body === 'object' && body !== null ? { ...body } : {};
}
