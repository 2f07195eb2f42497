import type { IExecuteFunctions } from 'n8n-workflow';

export interface Progress {
	/** One more item is done. */
	done(): void;
	/** In words: items done, and what they cost. */
	words(): string;
}

const EVERY_MS = 10_000;

/**
 * Tells how far a long run is, in n8n's log and, when a person runs the workflow by hand, in the
 * console of the browser: n8n has no better place while a node runs.
 */
export function openProgress(
	context: IExecuteFunctions,
	{ items, spentUsd }: { items: number; spentUsd(this: void): number },
): Progress {
	let done = 0;
	let toldAt = performance.now();
	const words = () => `${done} of ${items} items done, ${spentUsd().toFixed(4)} USD spent`;
	return {
		words,
		done() {
			done += 1;
			if (performance.now() < toldAt + EVERY_MS) return;
			toldAt = performance.now();
			context.logger.info(`${context.getNode().name}: ${words()}`);
			if (context.getMode() === 'manual') context.sendMessageToUI(words());
		},
	};
}
