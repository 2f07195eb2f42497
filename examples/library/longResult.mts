import { createClient, defineTool, runToolLoop } from 'n8n-nodes-tokenhub';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});

const orders = Array.from({ length: 5_000 }, (_none, n) => `A-${n},shipped,${n % 97}.50 EUR`);
const csv = ['number,status,total', ...orders].join('\n');

const listOrders = defineTool({
	name: 'list_orders',
	description: 'Lists all orders as CSV: number, status and total',
	execute: () => csv,
});

// 120,000 characters are too many for the conversation, so they are kept outside. The model gets a preview,
// and two tools to find the rest: search_result and read_result.
const { output, steps, messages } = await runToolLoop(client, {
	prompt: 'List all orders: what is the total of order A-4711?',
	tools: [listOrders],
	toolResultLimit: 1_000,
});
const preview = messages.find(({ role }) => role === 'tool');
console.log(String(output).slice(0, 300));
console.log(`called: ${steps.map(({ tool }) => tool).join(', ')}`);
console.log(
	`the result has ${csv.length} characters, the preview ${String(preview?.content).length}`,
);
