import { chat, createClient, streamChat } from 'n8n-nodes-tokenhub';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});
const model = 'claude-haiku-4-5';
const messages = [{ role: 'user' as const, content: 'Name one river in Bern.' }];

// One answer and its cost.
const { text, costUsd, usage } = await chat(client, { model, messages });
console.log(`${text}\n${usage.totalTokens} tokens, ${costUsd} USD`);

// The same as a stream.
for await (const event of streamChat(client, { model, messages })) {
	if (event.type === 'text') process.stdout.write(event.delta);
	if (event.type === 'done') console.log(`\n${event.result.finishReason}`);
}
