import {
	jsonParse,
	NodeApiError,
	NodeOperationError,
	type INode,
	type JsonObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { TokenHubError, type ErrorDetails } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { messageOf } from '../../../core/messageOf';
import { usedAsTool } from '../form/asTool';
import { nodeOf } from '../item/itemRun';

/** An item for an error output: n8n routes exactly these keys and no others. */
export interface FailedItem extends Record<string, unknown> {
	error: string;
	message: string;
	details: ErrorDetails;
}

/**
 * Whatever was thrown as one of our errors: n8n's own errors are about the form, such as an expression.
 */
export function asTokenHubError(thrown: unknown): TokenHubError {
	if (thrown instanceof TokenHubError) return thrown;
	// "Error in sub-node Memory" says why only there.
	const why = isRecord(thrown) ? thrown.description : undefined;
	const hint = typeof why === 'string' && why !== '' ? why : undefined;
	return new TokenHubError('badConfig', messageOf(thrown), { cause: thrown, hint });
}

export function toFailedItem({ message, details }: TokenHubError): FailedItem {
	return { error: message, message, details };
}

interface Place {
	itemIndex: number;
	/** With several items: how far the run had come. */
	soFar?: string;
	/** Whether somebody is reading in a chat. */
	isRead: boolean;
}

/** The error that stops the run: it says what to do, names the item, and keeps what was paid for. */
export function toNodeError(
	node: INode,
	{ message, details }: TokenHubError,
	{ itemIndex, soFar, isRead }: Place,
): NodeApiError | NodeOperationError {
	const facts = jsonParse<JsonObject>(JSON.stringify(details));
	const advice =
		soFar === undefined ? details.hint : `${details.hint} (item ${itemIndex}; ${soFar})`;
	// A streaming chat gets only the description.
	const description = isRead ? `${message}\n\n${advice}` : advice;
	if (details.status !== undefined) {
		const httpCode = String(details.status);
		return new NodeApiError(
			node,
			{ message, ...facts },
			{ message, description, httpCode, itemIndex },
		);
	}
	const error = new NodeOperationError(node, message, { description, itemIndex });
	Object.assign(error.context, { details: facts });
	return error;
}

/** The keys of a failed item, which no successful one has. */
const KEYS = ['details', 'error', 'message'];

/**
 * Marks failed items for a node's error output: n8n 2.30 and older leave items with `details` among the
 * answers, unless they have an error next to their data. If n8n still sees that error after it has
 * sorted the items, it drops the details; its copies do not have it, because the property is not
 * enumerable.
 */
export function forErrorOutput(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	// The agent that called it only needs the message.
	if (usedAsTool(context)) return items.map((item) => (isFailed(item) ? inWords(item) : item));
	if (nodeOf(context).onError !== 'continueErrorOutput') return items;
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
