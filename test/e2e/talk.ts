import { setTimeout as sleep } from 'node:timers/promises';

interface Message {
	sessionId: string;
	chatInput: string;
}

/** What a chat answers, while it does; `webhook` is the address of its trigger. */
export async function talk(webhook: string, message: Message): Promise<Response> {
	const response = await fetch(`${webhook}/chat`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', ...message }),
	});
	// n8n registers the webhooks of a published workflow a moment later.
	if (response.status !== 404) return response;
	return await sleep(250).then(() => talk(webhook, message));
}
