import type { IExecuteFunctions } from 'n8n-workflow';
import type { TokenHubClient } from '../../../core/client/createClient';
import { perObject } from '../../../core/lib/perObject';

/** The node that a context runs: n8n copies it each time it is asked. */
export const nodeOf = perObject((context: Pick<IExecuteFunctions, 'getNode'>) => context.getNode());

/** An item of a run. */
export interface Place {
	context: IExecuteFunctions;
	itemIndex: number;
}

/** One item on its way through a node. */
export interface ItemRun extends Place {
	client: TokenHubClient;
	/** Aborts when n8n stops the run, or another item has ended it. */
	signal: AbortSignal;
	/** US dollars that the item may still spend, including those of its earlier passes. */
	budgetUsd?: number;
}
