import { openN8n } from './n8nClient';

/** The server that globalSetup started. */
export function connect(): ReturnType<typeof openN8n> {
	const { E2E_ORIGIN: origin, E2E_COOKIE: cookie } = process.env;
	if (!origin || !cookie) throw new Error('no n8n: run the tests by npm run test:e2e');
	return openN8n({ origin, cookie });
}
