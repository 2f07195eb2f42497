import { SERVER_LOG } from './paths';

export interface Rest {
	origin: string;
	/** n8n's session, once someone has logged in. */
	cookie?: string;
}

/** One call to n8n's own API, parsed. @throws Error with n8n's words for anything but success. */
export async function callRest(
	{ origin, cookie }: Rest,
	path: string,
	body?: object,
): Promise<unknown> {
	const response = await fetch(`${origin}${path}`, {
		method: body ? 'POST' : 'GET',
		headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
		body: body ? JSON.stringify(body) : undefined,
	});
	const text = await response.text();
	if (response.ok) return JSON.parse(text);
	const asked = `${body ? 'POST' : 'GET'} ${path}`;
	throw new Error(`${asked} answered ${response.status}: ${text} (server log: ${SERVER_LOG})`);
}
