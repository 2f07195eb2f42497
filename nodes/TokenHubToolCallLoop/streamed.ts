import type { LoopEvent } from '../../core/toolLoop/loopRun';
import type { ItemRun } from '../shared/runItems';

interface Watching {
	stream: boolean;
	onEvent?: (event: LoopEvent) => void;
}

/** When the workflow streams, the texts of an item reach its reader between one begin and one end. */
export async function streamed<Result>(
	{ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>,
	work: (watching: Watching) => Promise<Result>,
): Promise<Result> {
	// A node that is used as a tool has a context that cannot stream.
	const streams = 'isStreaming' in context && context.isStreaming();
	if (!streams) return await work({ stream: false });
	const onEvent = (event: LoopEvent) => {
		if (event.type === 'text') context.sendChunk('item', itemIndex, event.delta);
	};
	context.sendChunk('begin', itemIndex);
	try {
		return await work({ stream: true, onEvent });
	} finally {
		context.sendChunk('end', itemIndex);
	}
}
