import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemRun } from '../item/itemRun';

interface Reader {
	stream: boolean;
	onText?: (delta: string) => void;
}

/**
 * When the workflow streams, the texts of an item reach its reader between one begin and one end,
 * items in their order.
 */
export async function streamed<Result>(
	{ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>,
	work: (reader: Reader) => Promise<Result>,
): Promise<Result> {
	if (!isRead(context)) return await work({ stream: false });
	const say = (type: 'begin' | 'item' | 'end', delta?: string) =>
		inTurn(context, itemIndex, () => context.sendChunk(type, itemIndex, delta));
	say('begin');
	try {
		return await work({ stream: true, onText: (delta) => say('item', delta) });
	} finally {
		say('end');
	}
}

/** Whether the workflow streams. A node that is used as a tool has a context that cannot. */
export function isRead(context: IExecuteFunctions): boolean {
	return 'isStreaming' in context && context.isStreaming();
}

/** Items are worked on in parallel, but a reader gets them one after the other. */
interface Order {
	/** Items that are not over, in order: the first may speak. */
	waiting: number[];
	over: Set<number>;
	/** What later items have to say. */
	held: Map<number, Array<() => void>>;
}

/** By execution context: one call of a node. */
const orders = new WeakMap<object, Order>();

export function openOrder(context: object, items: readonly number[]): void {
	orders.set(context, { waiting: [...items], over: new Set(), held: new Map() });
}

/** Does it at once when it is the item's turn, else then. */
export function inTurn(context: object, item: number, say: () => void): void {
	const order = orders.get(context);
	if (!order || order.waiting[0] === item) return say();
	order.held.set(item, [...(order.held.get(item) ?? []), say]);
}

/** The item has nothing more to say. */
export function endTurn(context: object, item: number): void {
	const order = orders.get(context);
	if (!order) return;
	const { waiting, over, held } = order;
	over.add(item);
	while (waiting[0] !== undefined && over.has(waiting[0])) {
		waiting.shift();
		const next = waiting[0];
		if (next === undefined) return;
		for (const say of held.get(next) ?? []) say();
	}
}
