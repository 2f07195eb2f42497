import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemRun } from './runItems';
import { inTurn } from './streamOrder';

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
