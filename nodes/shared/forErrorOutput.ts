import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { usedAsTool } from './usedAsTool';

/** What a failed item consists of, and no successful one. */
const KEYS = ['details', 'error', 'message'];

/**
 * Marks failed items for a node's error output: n8n 2.30 and older leave items with `details` among
 * the answers, unless they have an error beside their data. Where n8n still sees that error after it
 * has sorted the items, it drops the details; its copies have none, as the property is not enumerable.
 */
export function forErrorOutput(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	// The agent that called it needs the words alone.
	if (usedAsTool(context)) return items.map((item) => (isFailed(item) ? inWords(item) : item));
	if (context.getNode().onError !== 'continueErrorOutput') return items;
	for (const item of items.filter(isFailed)) {
		const value = { message: item.json.message };
		Object.defineProperty(item, 'error', { value, writable: true });
	}
	return items;
}

function inWords(item: INodeExecutionData): INodeExecutionData {
	return { ...item, json: { error: item.json.error } };
}

function isFailed({ json }: INodeExecutionData): boolean {
	return Object.keys(json).sort().join() === KEYS.join();
}
