import { z } from 'zod';
// In your project: from 'n8n-nodes-tokenhub'
import { defineTool, runToolLoop, type TokenHubClient, type ToolLoopResult } from '../../core';

const orders = new Map([['A-1042', { status: 'shipped', arrives: '2026-11-24' }]]);

const findOrder = defineTool({
	name: 'find_order',
	description: 'Finds an order by its number',
	parameters: z.object({ orderId: z.string().describe('such as A-1042') }),
	execute: ({ orderId }) => orders.get(orderId) ?? 'There is no such order.',
});

/** An agent with one tool and a budget. */
export function toolLoop(client: TokenHubClient): Promise<ToolLoopResult> {
	return runToolLoop(client, {
		prompt: 'Where is my order A-1042?',
		tools: [findOrder],
		maxIterations: 5,
		maxCostUsd: 0.05,
	});
}
