import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import { own } from '../../../core/lib/own';
import { perObject } from '../../../core/lib/perObject';
import { ofThisRun } from '../../shared/run/runItems';
import { toDataObject } from '../../shared/run/output';
import { endsSchema } from '../../shared/run/subNodes';
import { issuedLoop } from './issuedLoops';
import { callSchema } from './loopOutputs';
import { nodeOf } from '../../shared/item/itemRun';

/**
 * n8n's nodes that send and wait ask about their first item only, and return one item whatever came in:
 * the other questions would be lost. If such a node follows Tool Calls, calls leave one by one, each
 * after the one before has come back.
 */
export function nextCalls(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (!asksOneByOne(context)) return items;
	const store = context.getContext('node');
	const before = queueSchema.safeParse(store[KEY]).data ?? { waiting: [] };
	const waiting = [...before.waiting, ...items.map((item) => ofThisRun(context, item))];
	const isOut = before.out !== undefined && isOpen(context, before.out);
	const [next, ...later] = isOut ? [undefined, ...waiting] : waiting;
	const out = next ? callSchema.parse(next.json) : before.out;
	store[KEY] = toDataObject({ waiting: later, ...(out ? { out } : {}) });
	return next ? [next] : [];
}

/** In the node's context of the execution, next to the loops by their ids. */
const KEY = 'callsToAsk';

type Call = z.output<typeof callSchema>;
const isItem = (value: unknown): value is INodeExecutionData =>
	isRecord(value) && isRecord(value.json);
const queueSchema = z.object({
	waiting: z.array(z.custom<INodeExecutionData>(isItem)),
	/** The call that a person is asked about. */
	out: callSchema.optional(),
});

function isOpen(context: IExecuteFunctions, { callId, resume }: Call): boolean {
	const issued = issuedLoop(context, resume.id);
	if (!issued || issued.takenBy !== undefined) return false;
	return !issued.results.some((result) => result.callId === callId);
}

/** Read from n8n's `workflow`; if n8n no longer has it, all calls leave at once. */
export const asksOneByOne = perObject((context: IExecuteFunctions): boolean => {
	const workflow: unknown = 'workflow' in context ? context.workflow : undefined;
	const { nodes, connectionsBySourceNode: links } = isRecord(workflow) ? workflow : {};
	if (!isRecord(nodes) || !isRecord(links)) return false;
	const behind = (name: string) => {
		const connected = own(links, name);
		const { main } = isRecord(connected) ? connected : {};
		const ends = endsSchema.safeParse(main).data ?? [];
		return ends.map((output) => (output ?? []).map(({ node }) => node));
	};
	const loop = nodeOf(context).name;
	const found = new Set(behind(loop)[1] ?? []);
	for (const name of found) {
		if (name === loop) continue;
		if (waitsForOne(own(nodes, name))) return true;
		for (const next of behind(name).flat()) found.add(next);
	}
	return false;
});

function waitsForOne(node: unknown): boolean {
	if (!isRecord(node) || node.disabled === true || !isRecord(node.parameters)) return false;
	const { operation, resume } = node.parameters;
	if (typeof operation === 'string' && operation.endsWith('AndWait')) return true;
	if (node.type === 'n8n-nodes-base.form') return true;
	return node.type === 'n8n-nodes-base.wait' && (resume === 'webhook' || resume === 'form');
}
