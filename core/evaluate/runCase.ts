import { completeChat } from '../chat/chat';
import type { TokenHubClient, CallOptions } from '../client/createClient';
import type { Took } from '../transport/ports';
import { asTokenHubError, type Metered } from '../door';
import type { ErrorKind } from '../errorKinds';
import { TokenHubError } from '../errors';
import { extractValue } from '../extract/extract';
import { isRecord } from '../lib/isRecord';
import { openLedger } from '../ledger';
import { tryJson } from '../json/tryJson';
import type { Spending } from '../usage';
import { givenMessageSchema } from '../chat/repair/givenMessage';
import { z } from 'zod/v4';
import type { Case, Evaluation } from './evaluateRequest';

/** The outcome of one case with one model. */
export interface Outcome {
	/** Of `extract`, a loop, a chat, or whatever `run` returned. */
	result?: unknown;
	error?: TokenHubError;
	spending: Spending;
	latencyMs: number;
}

/** Failures caused by the model's answer. */
const OF_MODEL: readonly ErrorKind[] = [
	...(['schemaMismatch', 'truncated', 'refused', 'contextLength', 'toolFailed'] as const),
];
/** Failures that every other case would share. */
const OF_ALL: readonly ErrorKind[] = ['auth', 'credit', 'badConfig', 'notFound', 'cancelled'];

export const isOfModel = ({ kind }: TokenHubError) => OF_MODEL.includes(kind);

/**
 * Asks one model for one case. A failure is an outcome, unless every case would share it.
 * @throws TokenHubError
 */
export async function runCase(
	evaluation: Evaluation,
	asked: { case: Case; model: string },
	call: Metered<CallOptions>,
): Promise<Outcome> {
	const ledger = openLedger(call.ledger);
	const times: Took[] = [];
	const client = timed({ ...evaluation.client, ledger }, times);
	const outcome = () => ({ spending: ledger.added(), latencyMs: spanOf(times) });
	try {
		// Nothing of it could be paid for.
		if (call.ledger.reached()) throw new TokenHubError('budget', 'Max Cost is reached.');
		const result = await answerOf(evaluation, { ...asked, client, signal: call.signal });
		return { result, ...outcome() };
	} catch (thrown) {
		const isForeign = !(thrown instanceof TokenHubError);
		const error = isForeign ? failedRun(thrown) : thrown;
		if (!isForeign && OF_ALL.includes(error.kind)) throw error;
		return { error, ...outcome() };
	}
}

/** An error that is not ours comes from the caller's `run`, and counts as a wrong answer. */
function failedRun(thrown: unknown): TokenHubError {
	return new TokenHubError('toolFailed', `run failed: ${asTokenHubError(thrown, true).message}`, {
		cause: thrown,
	});
}

type Asking = Parameters<NonNullable<Evaluation['run']>>[0];

async function answerOf({ run, extract }: Evaluation, asking: Asking): Promise<unknown> {
	if (run) return await run(asking);
	const { case: one, model, client, signal } = asking;
	const ledger = openLedger(client.ledger);
	const call = { signal, ledger };
	const { text, images } = one;
	if (extract && (text !== undefined || images)) {
		const isText = !images?.length;
		const input = { evidence: isText, ...extract, model, text, images };
		return await extractValue(client, input, { call });
	}
	const messages = z.array(givenMessageSchema).safeParse(one.messages).data;
	const asked =
		messages ?? (one.prompt === undefined ? undefined : [{ role: 'user', content: one.prompt }]);
	if (asked) return await completeChat(client, { model, messages: asked }, call);
	throw new TokenHubError('badConfig', `Case ${one.id} has nothing to ask.`, {
		hint: 'Give each case a text (with `extract`), a prompt or messages, or give `run`.',
	});
}

/** The same client, which records how long its requests took. */
function timed(client: TokenHubClient, times: Took[]): TokenHubClient {
	const took = (time: Took) => void times.push(time);
	return {
		...client,
		complete: (body, call) => client.complete(body, { ...call, took }),
		openStream: (body, call) => client.openStream(body, { ...call, took }),
	};
}

/** Milliseconds in which at least one was in flight. */
function spanOf(times: readonly Took[]): number {
	let [sum, end] = [0, 0];
	for (const { from, to } of times.toSorted((a, b) => a.from - b.from)) {
		sum += Math.max(0, to - Math.max(from, end));
		end = Math.max(end, to);
	}
	return sum;
}

/** The result of a case, in the form of its `expected`. */
export function outputOf(result: unknown): unknown {
	if (!isRecord(result)) return result;
	if ('output' in result) return result.output;
	return typeof result.text === 'string' && 'finishReason' in result ? result.text : result;
}

/** The calls of a loop, in the form of a case's `calls`. */
export function callsOf(result: unknown): unknown[] {
	const steps: unknown = isRecord(result) ? (result.steps ?? result.toolCalls) : undefined;
	if (!Array.isArray(steps)) return [];
	return steps.filter(isRecord).map((step) => ({
		tool: step.tool ?? step.name,
		// A chat returns them as the model wrote them.
		arguments: typeof step.arguments === 'string' ? tryJson(step.arguments) : step.arguments,
	}));
}
