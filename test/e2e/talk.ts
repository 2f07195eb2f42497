import { setTimeout as sleep } from 'node:timers/promises';

interface Message {
	sessionId: string;
	chatInput: string;
	files?: readonly File[];
}

/** What a chat answers, while it does; `webhook` is the address of its trigger. */
export async function talk(webhook: string, message: Message): Promise<Response> {
	const { files = [], ...fields } = message;
	const sent = { action: 'sendMessage', ...fields };
	const form = new FormData();
	for (const [key, value] of Object.entries(sent)) form.set(key, value);
	for (const file of files) form.append('files', file);
	const response = await fetch(`${webhook}/chat`, {
		method: 'POST',
		...(files.length > 0
			? { body: form }
			: { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }),
	});
	// n8n registers the webhooks of a published workflow a moment later.
	if (response.status !== 404) return response;
	return await sleep(250).then(() => talk(webhook, message));
}
