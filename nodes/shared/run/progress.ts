import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeOf } from '../item/itemRun';

export interface Progress {
	/** One more item is done. */
	done(): void;
	/** The progress as text: items done, and what they cost. */
	words(): string;
}

/** How often each is told: a waiting person more often than a log. */
const EVERY_MS = { person: 1_000, log: 10_000 };

/**
 * Reports the progress of a long run, in n8n's log and, if a person runs the workflow manually, in the
 * browser's console: n8n has no better place while a node runs.
 */
export function openProgress(
	context: IExecuteFunctions,
	{ items, spentUsd }: { items: number; spentUsd(this: void): number },
): Progress {
	let done = 0;
	const last = { person: performance.now(), log: performance.now() };
	const isDue = (who: keyof typeof last) => {
		const isTime = performance.now() >= last[who] + EVERY_MS[who];
		if (isTime) last[who] = performance.now();
		return isTime;
	};
	// A node that is used as a tool has nobody to tell.
	const tellsPerson = 'sendMessageToUI' in context && context.getMode() === 'manual';
	const words = () => `${done} of ${items} items done, ${spentUsd().toFixed(4)} USD spent`;
	return {
		words,
		done() {
			done += 1;
			if (isDue('log')) context.logger.info(`${nodeOf(context).name}: ${words()}`);
			if (tellsPerson && isDue('person')) context.sendMessageToUI(words());
		},
	};
}
