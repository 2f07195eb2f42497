import { createClient, defineTool, runToolLoop } from 'n8n-nodes-tokenhub';
import { z } from 'zod';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});

const orders = new Map([['A-1042', { status: 'shipped', arrives: '2026-11-24' }]]);

const findOrder = defineTool({
	name: 'find_order',
	description: 'Finds an order by its number',
	parameters: z.object({ orderId: z.string().describe('such as A-1042') }),
	execute: ({ orderId }) => orders.get(orderId) ?? 'There is no such order.',
});

// An agent with one tool and a budget.
const { output, stopReason, steps, costUsd } = await runToolLoop(client, {
	prompt: 'Where is my order A-1042?',
	tools: [findOrder],
	maxIterations: 5,
	maxCostUsd: 0.05,
});
for (const { tool, arguments: args, result } of steps) console.log(tool, args, result);
console.log(output);
console.log(`${stopReason}, ${costUsd} USD`);
