import type { Estimated, Fallback, Spending, Usage } from '../../core/usage';

/** One key of a node's output, for its page in docs/nodes. */
export interface OutputField {
	type: string;
	text: string;
	/** Without it, the key is always there. */
	when?: string;
}

/** Keys of an object, behind the key that it stands under. */
export type Under<Path extends string, Value> = `${Path}${keyof Value & string}`;

type SpendingKey =
	| keyof Spending
	| Under<'usage.', Usage>
	| Under<'estimated.', Estimated>
	| Under<'fallbacks[].', Fallback>
	| 'model'
	| 'latencyMs'
	| 'reused';

/** What every item says of its model and its cost, all requests of the item added up. */
export const spendingFields = {
	model: { type: 'text', text: 'The ID of the model that answered' },
	usage: { type: 'object', text: 'Tokens of all requests of the item' },
	'usage.promptTokens': { type: 'number', text: 'Tokens that were sent' },
	'usage.completionTokens': { type: 'number', text: 'Tokens that the model wrote' },
	'usage.totalTokens': { type: 'number', text: 'Both' },
	costUsd: {
		type: 'number or null',
		text: 'US dollars by the price list; null when the price or the tokens of an answer are unknown, or a request that was sent got none',
	},
	reportedCostUsd: {
		type: 'number or null',
		text: "US dollars by the gateway's own account; null when it gives one for some of the answers only",
		when: 'the gateway says what an answer cost',
	},
	estimated: {
		type: 'object',
		text: 'What limits count: known and estimated numbers together',
		when: 'an answer did not come, or did not say how many tokens it used',
	},
	'estimated.totalTokens': { type: 'number', text: 'Tokens that were sent and written' },
	'estimated.costUsd': {
		type: 'number or null',
		text: 'US dollars; null when the price of a model is unknown',
	},
	requests: { type: 'number', text: 'HTTP calls that were answered' },
	retries: { type: 'number', text: 'HTTP calls that failed and were sent again' },
	latencyMs: { type: 'number', text: 'How long the item took, in milliseconds' },
	fallbacks: {
		type: 'list of objects',
		text: 'Models that failed before this one answered',
		when: 'one of Fallback Models answered',
	},
	'fallbacks[].model': { type: 'text', text: 'Its ID' },
	'fallbacks[].kind': { type: 'text', text: 'The kind of its failure' },
	'fallbacks[].message': { type: 'text', text: 'What it said' },
	reused: {
		type: 'true',
		text: 'The item was paid for earlier and cost nothing this time',
		when: 'a result was reused',
	},
} satisfies Record<SpendingKey, OutputField>;
