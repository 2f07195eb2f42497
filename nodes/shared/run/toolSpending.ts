import type { IExecuteFunctions } from 'n8n-workflow';
import type { TokenHubClient } from '../../../core/client/createClient';
import { openLedger, type Ledger } from '../../../core/ledger';
import { sumSpending, type Spending } from '../../../core/usage';
import { isRecord } from '../../../core/lib/isRecord';
import { usedAsTool } from '../form/asTool';
import { nodeOf } from '../item/itemRun';

/**
 * How a loop hears what our nodes spend that n8n runs as its tools: by the data of the execution that
 * both see. Nothing of it stands in an item, where the model would read and pay for it.
 */

/** Who pays for what a call asks for, by which prices. */
type Payer = Pick<TokenHubClient, 'ledger' | 'priceOf'>;

/** Of the call that a view of the execution was made for. */
const payers = new WeakMap<object, Payer>();
/** Of tools that n8n's engine has run in an execution, in order, by the node's name. */
const byEngine = new WeakMap<object, Map<string, Ledger[]>>();

/** What our nodes spend in this data of an execution is the payer's. */
export function countInto(data: object, payer: Payer): void {
	payers.set(data, payer);
}

/**
 * n8n's `additionalData` for a call: workflows that are called by it, and by those in turn, spend what is
 * the call's. n8n hands a called workflow the very `parentExecution` that its caller has named.
 */
export function countedCalls(additionalData: object, payer: Payer): object {
	const executeWorkflow: unknown = Reflect.get(additionalData, 'executeWorkflow');
	if (!isCallable(executeWorkflow)) return additionalData;
	const value = (info: unknown, data: unknown, options: unknown) => {
		const { parentExecution } = isRecord(options) ? options : {};
		if (isRecord(parentExecution)) countInto(parentExecution, payer);
		return executeWorkflow.call(additionalData, info, data, options);
	};
	const counted: unknown = Object.create(additionalData, { executeWorkflow: { value } });
	return isRecord(counted) ? counted : additionalData;
}

const isCallable = (value: unknown): value is (...given: unknown[]) => unknown =>
	typeof value === 'function';

/** Who pays for the call that a context runs for; undefined where it runs for none of ours. */
function payerOf(context: object): Payer | undefined {
	const data = dataOf(context);
	const { parentExecution } = data ?? {};
	const own = data && payers.get(data);
	return own ?? (isRecord(parentExecution) ? payers.get(parentExecution) : undefined);
}

/** What n8n shows as spent by the row of another node. */
const ofOtherRows = new WeakSet<Spending>();
export const isOfOtherRow = (spending: Spending): boolean => ofOtherRows.has(spending);

/** Of the call that a chat model works for; n8n shows its tokens in the model's own row. */
export function modelPayer(context: object): Partial<Payer> {
	const { ledger, priceOf } = payerOf(context) ?? {};
	if (!ledger) return {};
	return {
		priceOf,
		ledger: {
			...ledger,
			add(spending, model) {
				ofOtherRows.add(spending);
				ledger.add(spending, model);
			},
		},
	};
}

/** The ledger that a node's run writes into, beside its own. */
export function outerLedger(context: IExecuteFunctions): Ledger | undefined {
	const known = payerOf(context)?.ledger;
	const data = dataOf(context);
	if (known || !data || !usedAsTool(context)) return known;
	const ledger = openLedger();
	const nodes = byEngine.get(data) ?? new Map<string, Ledger[]>();
	const { name } = nodeOf(context);
	nodes.set(name, [...(nodes.get(name) ?? []), ledger]);
	byEngine.set(data, nodes);
	return ledger;
}

/** What a tool that n8n's engine has run has spent since this was last asked. */
export function spentByEngine(context: object, node: string): Spending {
	const nodes = byEngine.get(dataOf(context) ?? {});
	const ran = nodes?.get(node) ?? [];
	nodes?.delete(node);
	return sumSpending(ran.map((ledger) => ledger.spent()));
}

function dataOf(context: object): Record<string, unknown> | undefined {
	// Not in every n8n.
	const data = 'runExecutionData' in context ? context.runExecutionData : undefined;
	return isRecord(data) ? data : undefined;
}
