import type { IExecuteFunctions } from 'n8n-workflow';
import type { Views } from '../subNodes/itemView';
import { openMemory, type Memory } from './memory';

export type WithMemory = <Result>(
	itemIndex: number,
	work: (memory: Memory | undefined) => Promise<Result>,
) => Promise<Result>;

/**
 * Items of one session run one after another, in item order, so that each remembers the one before it;
 * items of different sessions run in parallel.
 */
export function openSessions(context: IExecuteFunctions, views: Views): WithMemory {
	let opening: Promise<unknown> = Promise.resolve();
	const last = new Map<unknown, Promise<unknown>>();
	const loadInTurn = oneByOneAtFirst();
	return async (itemIndex, work) => {
		const opened = opening.then(() => openMemory({ context, views, itemIndex }));
		opening = settled(opened);
		const supplied = await opened;
		if (!supplied) return await work(undefined);
		const memory = { ...supplied, load: () => loadInTurn(() => supplied.load()) };
		const before = last.get(memory.session) ?? Promise.resolve();
		const running = before.then(() => work(memory));
		last.set(memory.session, settled(running));
		return await running;
	};
}

/**
 * Memory nodes create their table on first use, and two that do so at once collide: until one call has
 * succeeded, calls run one after another.
 */
function oneByOneAtFirst(): <Result>(call: () => Promise<Result>) => Promise<Result> {
	let isReady = false;
	let before: Promise<unknown> = Promise.resolve();
	return async (call) => {
		if (isReady) return await call();
		const calling = before.then(call);
		before = settled(calling);
		const result = await calling;
		isReady = true;
		return result;
	};
}

/** One item's failure does not affect another item. */
function settled(promise: Promise<unknown>): Promise<unknown> {
	return Promise.allSettled([promise]);
}
