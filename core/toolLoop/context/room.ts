import { windowOf } from '../../models';
import type { LoopRun } from '../loopRun';

/** Of what a model takes: some room for what an estimate is off, and for the next results. */
const SHARE = 0.8;
/** What an answer may take of it, however long it may become. */
const MOST_OF_ANSWER = 0.8;

/**
 * Tokens of a prompt, past which old turns are sent in another form. Where the caller has said nothing
 * of it, a request that fits is sent as it is.
 */
export function thresholdOf({ request, context }: Pick<LoopRun, 'request' | 'context'>): number {
	const { contextMode, contextTokens, maxTokens, model } = request;
	const { limit } = context.state;
	const window = limit ?? windowOf(model) ?? Infinity;
	const share = contextMode === undefined && limit === undefined ? 1 : SHARE;
	const beside = Math.max(window - maxTokens, window * (1 - MOST_OF_ANSWER));
	const fits = Math.min(window * share, beside);
	return contextTokens === undefined
		? fits
		: Math.min(contextTokens, limit === undefined ? Infinity : fits);
}

/** What is shrunk comes down to this, so that what is sent stays the same for many turns. */
export function targetOf(threshold: number): number {
	return threshold / 2;
}
