import { createClient, defineTool, runToolLoop } from 'n8n-nodes-tokenhub';
import { z } from 'zod';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});

const readPage = defineTool({
	name: 'read_page',
	description: 'Reads one page of the handbook',
	parameters: z.object({ page: z.number() }),
	execute: ({ page }) => `Page ${page}: ${'all about returns and refunds. '.repeat(150)}`,
});

const ask = (page: number) => ({
	role: 'user' as const,
	content: `Read page ${page} of the handbook: what is it about?`,
});

// Twelve questions in one conversation. Past 4,000 tokens, old pages are sent as stubs; if that is not
// enough, one paid summary replaces the old turns. Nothing is lost: `messages` still holds everything.
const limits = { contextTokens: 4_000, contextMode: 'summary' as const };
let { messages, output, usage, warnings } = await runToolLoop(client, {
	...{ messages: [ask(1)], tools: [readPage] },
	...limits,
});
for (let page = 2; page <= 12; page += 1) {
	({ messages, output, usage, warnings } = await runToolLoop(client, {
		...{ messages: [...messages, ask(page)], tools: [readPage] },
		...limits,
	}));
}
console.log(String(output).slice(0, 100));
console.log(`${messages.length} messages of ${JSON.stringify(messages).length} characters`);
console.log(`${usage.promptTokens} prompt tokens for the last question`);
console.log(warnings?.join('\n'));
