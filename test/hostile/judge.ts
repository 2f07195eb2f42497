import { createClient, ERROR_KINDS, TokenHubError } from '../../core';
import { z } from 'zod/v4';
import { makeCall, thrown, type HostileCase } from './hostileCase';
import type { Hostile, Played } from './openHostile';

const LONGEST_MS = 15_000;

const amount = z.number().min(0).max(1e18);
const spendingSchema = z.looseObject({
	usage: z.strictObject({
		promptTokens: amount,
		completionTokens: amount,
		totalTokens: amount,
	}),
	costUsd: amount.nullable(),
});
type Spending = z.output<typeof spendingSchema>;

/** Plays a case, and throws when anything about its outcome is not as promised. */
export async function judge(server: Hostile, given: HostileCase): Promise<void> {
	const played = server.play(given.replies);
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl: played.url, maxRetries: given.retries },
		...{ timeoutMs: 3_000, idleTimeoutMs: 1_000 },
	});
	const outcome = await inTime(
		makeCall(client, given).then(
			(result) => ({ result }),
			(error: unknown) => ({ error }),
		),
	);
	if ('error' in outcome) judgeError(outcome.error, played, given);
	else judgeResult(outcome.result, played, given);
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('it hangs')), LONGEST_MS);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function judgeError(error: unknown, played: Played, given: HostileCase): void {
	if (!(error instanceof TokenHubError)) {
		return thrown(new Error('an error of another kind', { cause: error }));
	}
	const { kind, message, details } = error;
	must(ERROR_KINDS.includes(kind), `kind ${kind}`);
	mustSay(message);
	must(JSON.stringify(structuredClone(details)) === JSON.stringify(details), 'details');
	mustAccount(spendingSchema.parse(details), played, given);
}

function judgeResult(result: object, played: Played, given: HostileCase): void {
	const json = JSON.stringify(result);
	must(JSON.stringify(structuredClone(result)) === json, 'plain JSON');
	if ('left' in result) return;
	const { text } = z.looseObject({ text: z.string().optional() }).parse(result);
	if (text !== undefined) mustSay(text);
	const spending = spendingSchema.parse(result);
	if (given.call !== 'estimate') mustAccount(spending, played, given);
}

/** What was paid for is there, to the token; nothing is there that was not. */
function mustAccount({ usage, costUsd }: Spending, played: Played, given: HostileCase): void {
	const { tokens, usd, isKnown } = played.account();
	const said = `${usage.totalTokens} tokens for ${tokens}, ${costUsd} USD for ${usd}`;
	// The answer to a call that was given up, or whose reader threw, may never have been read.
	const isLeft = given.call === 'streamed answer' && given.flags.b && given.flags.c;
	if (given.abortMs !== null || isLeft) return;
	must(usage.totalTokens >= tokens, said);
	if (!isKnown) return;
	must(usage.totalTokens === tokens, said);
	const isRight =
		usd === null || costUsd === null ? usd === costUsd : Math.abs(costUsd - usd) < 1e-9;
	must(isRight, said);
}

function mustSay(words: string): void {
	must(!/^(undefined)$|\[object /.test(words), `words "${words.slice(0, 80)}"`);
}

function must(holds: boolean, what: string): void {
	if (!holds) throw new Error(`not as promised: ${what}`);
}
