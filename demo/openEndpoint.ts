import { startGateway } from '../gateway';

export interface Endpoint {
	url: string;
	apiKey: string;
	embedded: boolean;
	/** Where the answers came from, for the closing line. */
	said: string;
	close(): Promise<void>;
}

/** TokenHub itself if a key is set, otherwise the embedded endpoint. */
export async function openEndpoint(env: NodeJS.ProcessEnv): Promise<Endpoint> {
	const apiKey = env.TOKENHUB_API_KEY?.trim();
	if (apiKey) {
		const url = env.TOKENHUB_BASE_URL?.trim() || 'https://tokenhub.store/api/v1';
		const said = `Answers came from TokenHub at ${url}.`;
		return { url, apiKey, embedded: false, said, close: () => Promise.resolve() };
	}
	const gateway = await startGateway({ keys: { 'th-demo-key': 'active' } });
	return {
		url: gateway.url,
		apiKey: 'th-demo-key',
		embedded: true,
		said: 'Answers came from the embedded endpoint, not from a real model: set TOKENHUB_API_KEY for TokenHub.',
		close: () => gateway.close(),
	};
}
