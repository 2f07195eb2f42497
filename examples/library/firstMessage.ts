// In your project: from 'n8n-nodes-tokenhub'
import { chat, streamChat, type TokenHubClient } from '../../core';

/** One answer, then one in pieces. */
export async function firstMessage(client: TokenHubClient): Promise<string[]> {
	const messages = [{ role: 'user' as const, content: 'Name one river in Bern.' }];
	const { text, costUsd } = await chat(client, { model: 'claude-haiku-4-5', messages });

	let streamed = '';
	for await (const event of streamChat(client, { model: 'claude-haiku-4-5', messages })) {
		if (event.type === 'text') streamed += event.delta;
	}
	return [`${text} ($${costUsd})`, streamed];
}
