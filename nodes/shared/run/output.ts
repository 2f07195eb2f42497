import {
	type IExecuteFunctions,
	type INodeProperties,
	jsonParse,
	type IDataObject,
} from 'n8n-workflow';
import type { Estimated, Fallback, Spending, Usage } from '../../../core/usage';
import { isRecord } from '../../../core/lib/isRecord';
import { perObject } from '../../../core/lib/perObject';
import { readSwitch } from '../item/itemReader';
import { usedAsTool } from '../form/asTool';
import { nodeOf } from '../item/itemRun';

/** One key of a node's output, for its page in docs/nodes. */
export interface OutputField {
	type: string;
	text: string;
	/** When the key is there; without it, always. */
	when?: string;
}

/** Keys of an object, after the key that contains it. */
export type Under<Path extends string, Value> = `${Path}${keyof Value & string}`;

type SpendingKey =
	| keyof Spending
	| Under<'usage.', Usage>
	| Under<'estimated.', Estimated>
	| Under<'fallbacks[].', Fallback>
	| 'model'
	| 'latencyMs'
	| 'reused';

/** What every item says about its model and its cost, for all requests of the item together. */
export const spendingFields = {
	model: { type: 'text', text: 'The ID of the model that answered' },
	usage: { type: 'object', text: 'Tokens of all requests of the item' },
	'usage.promptTokens': { type: 'number', text: 'Tokens that were sent' },
	'usage.completionTokens': { type: 'number', text: 'Tokens that the model wrote' },
	'usage.totalTokens': { type: 'number', text: 'Both' },
	costUsd: {
		type: 'number or null',
		text: 'Cost in US dollars by the price list; null if the price or the tokens of an answer are unknown, or a request that was sent got no answer',
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
		text: 'US dollars; null if the price of a model is unknown',
	},
	requests: { type: 'number', text: 'HTTP calls that were answered' },
	retries: { type: 'number', text: 'HTTP calls that failed and were retried' },
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

/** Nodes of version 1, saved by 1.0.0, have all fields. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify Output',
	name: 'simplify',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		'Whether to output only the answer, its cost, and anything unusual, instead of everything known about the item',
	displayOptions: { show: { '@version': [{ _cnd: { gte: 2 } }] } },
};

/** Bookkeeping, which Simplify Output leaves out; unknown keys are kept. */
const BOOKKEEPING = [
	...['id', 'usage', 'requests', 'retries', 'latencyMs', 'continuations'],
	...['iterations', 'stage', 'attempts'],
];
/** What an agent that called the node as its tool does not get: it would pay for every extra word. */
const BESIDE = [
	...['messages', 'raw', 'steps', 'model', 'fallbacks'],
	...['costUsd', 'reportedCostUsd', 'estimated', 'reused'],
];
/** Left out if they say nothing. */
const AT_TIMES = [
	...['finishReason', 'stopReason', 'warnings', 'steps', 'model'],
	...['costUsd', 'reportedCostUsd', 'estimated'],
];
/** The answer, which comes first. */
const ANSWER = ['output', 'text'];
/** The cost, which comes last. */
const COST = ['costUsd', 'reportedCostUsd', 'estimated', 'reused'];

/**
 * For the nodes' pages: keys that Simplify Output always leaves out, and those that it leaves out at
 * times.
 */
export const leftOut = { always: BOOKKEEPING, atTimes: AT_TIMES };

/** A result as the node outputs it: all of its fields, or with Simplify Output the useful ones. */
export const shownBy = perObject((context: IExecuteFunctions): ((result: object) => object) => {
	const isTool = usedAsTool(context);
	const isFirst = nodeOf(context).typeVersion === 1;
	const isSimple = isFirst ? isTool : readSwitch(context, 'simplify');
	if (!isSimple) return (result) => result;
	const mayChange = hasStrongerModel(nodeOf(context).parameters.options);
	const without = [...BOOKKEEPING, ...(isTool ? BESIDE : [])];
	return (result) => {
		const said = Object.entries(result).filter(([, value]) => value !== undefined);
		const values = new Map<string, unknown>(said);
		const keys = [...values.keys()].filter(
			(key) => !without.includes(key) && (isTold(key, values) || (key === 'model' && mayChange)),
		);
		const sorted = keys.toSorted((a, b) => rankOf(a) - rankOf(b));
		return Object.fromEntries(sorted.map((key) => [key, values.get(key)]));
	};
});

/** If a stronger model may take over, the result says which one answered. */
const hasStrongerModel = (options: unknown) => isRecord(options) && Boolean(options.strongerModel);

function rankOf(key: string): number {
	if (ANSWER.includes(key)) return -1;
	return COST.indexOf(key) + 1;
}

/** If an answer ended normally, or there is nothing to report, a key says nothing. */
function isTold(key: string, values: ReadonlyMap<string, unknown>): boolean {
	const value = values.get(key);
	switch (key) {
		case 'finishReason':
			return value !== 'stop';
		case 'stopReason':
			return value !== 'answered';
		case 'warnings':
			return !(Array.isArray(value) && value.length === 0);
		case 'steps':
			// If there is no answer, the steps are what was paid for.
			return !['answered', 'stopped'].includes(String(values.get('stopReason')));
		case 'model':
			// If it is not the model that the node names.
			return values.has('fallbacks') || values.get('stage') === 'escalation';
		case 'costUsd':
			return value !== null;
		case 'reportedCostUsd':
		case 'estimated':
			return values.get('costUsd') === null && !isNull(value);
		default:
			return true;
	}
}

function isNull(value: unknown): boolean {
	return value === null || (isRecord(value) && value.costUsd === null);
}

/** n8n stores items as JSON: a result is reduced to that, so that no key surprises later. */
export function toDataObject(value: object): IDataObject {
	return jsonParse<IDataObject>(JSON.stringify(value));
}
