import { z } from 'zod/v4';

const OWNER = {
	email: 'owner@example.com',
	firstName: 'Olga',
	lastName: 'Owner',
	password: 'Only-for-tests-1',
};

/** Makes the fresh server's first user and logs in. Gives the session cookie. */
export async function setUpOwner(origin: string): Promise<string> {
	await send(`${origin}/rest/owner/setup`, OWNER);
	const { email: emailOrLdapLoginId, password } = OWNER;
	const response = await send(`${origin}/rest/login`, { emailOrLdapLoginId, password });
	const [cookie] = z
		.array(z.string())
		.min(1)
		.parse(response.headers.getSetCookie().filter((text) => text.startsWith('n8n-auth=')));
	return (cookie ?? '').split(';')[0] ?? '';
}

async function send(url: string, body: object): Promise<Response> {
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	if (response.ok) return response;
	throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
