import {
	jsonParse,
	NodeApiError,
	NodeOperationError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { TokenHubError, type ErrorDetails } from '../../core/errors';
import { messageOf } from '../../core/messageOf';

/** The item that an error output takes: n8n routes exactly these keys and no others. */
export interface FailedItem extends Record<string, unknown> {
	error: string;
	message: string;
	details: ErrorDetails;
}

/** Whatever was thrown, in our terms: n8n's own errors are about the form, such as an expression. */
export function asTokenHubError(thrown: unknown): TokenHubError {
	if (thrown instanceof TokenHubError) return thrown;
	return new TokenHubError('badConfig', messageOf(thrown), { cause: thrown });
}

export function toFailedItem({ message, details }: TokenHubError): FailedItem {
	return { error: message, message, details };
}

/** The error that stops the run: it names the item and what to do, and keeps what was paid for. */
export function toNodeError(
	node: INode,
	{ message, details }: TokenHubError,
	{ itemIndex, soFar }: { itemIndex: number; soFar: string },
): NodeApiError | NodeOperationError {
	const facts = jsonParse<JsonObject>(JSON.stringify(details));
	const description = `${details.hint} (item ${itemIndex}; ${soFar})`;
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
