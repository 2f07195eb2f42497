import type { IExecuteFunctions } from 'n8n-workflow';
import type { Views } from '../../shared/itemView';
import { openMemory, type Memory } from './memory';

export type WithMemory = <Result>(
	itemIndex: number,
	work: (memory: Memory | undefined) => Promise<Result>,
) => Promise<Result>;

/**
 * Items of one session run one after another, in item order, so that each remembers the one before
 * it; items of different sessions run side by side.
 */
export function openSessions(context: IExecuteFunctions, views: Views): WithMemory {
	let opening: Promise<unknown> = Promise.resolve();
	const last = new Map<unknown, Promise<unknown>>();
	return async (itemIndex, work) => {
		const opened = opening.then(() => openMemory({ context, views, itemIndex }));
		opening = settled(opened);
		const memory = await opened;
		if (!memory) return await work(undefined);
		const before = last.get(memory.session) ?? Promise.resolve();
		const running = before.then(() => work(memory));
		last.set(memory.session, settled(running));
		return await running;
	};
}

/** One item's failure is no other's. */
function settled(promise: Promise<unknown>): Promise<unknown> {
	return Promise.allSettled([promise]);
}
