import { SPENDING_LIMITS } from '../ledger';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { callersOwn, door, type Metered } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { assertPriced, estimateWarnings, limitSpending } from '../purse';
import { DEFAULT_MODEL } from '../models';
import { perObject } from '../lib/perObject';
import { addSpending, reused } from '../usage';
import { completeChat } from './chat';
import { type ChatRequest, type ReadRequest, toRequestBody } from './chatRequest';
import type { ChatResult } from './chatResult';
import { adaptTools } from './adaptTools';
import { askToGoOn, joinedAnswers, openSeam, openText } from './seam';
import { chatEvents, collectStream } from './streamChat';

/** Options of `answer`. All are off by default. */
export interface AnswerOptions extends CallOptions {
	/** Receives the answer in pieces, which an idle timeout cannot end. */
	stream?: boolean;
	/** The text as it arrives, each character once. Only with `stream`. */
	onText?: (delta: string) => void;
	/** Whether to continue an answer that was cut off by `maxTokens`, up to ten times. */
	autoContinue?: boolean;
	/** Adds the gateway's answer as `raw`. Only without `stream`. */
	includeRaw?: boolean;
	/** US dollars: once they are spent, no further request is sent. Refused for a model without a price. */
	maxCostUsd?: number;
}

/** A complete answer; its cost is that of all its requests. */
export interface Answer extends ChatResult {
	/** How many requests continued a cut-off answer, if any. */
	continuations?: number;
	/**
	 * Repairs of the messages, and whether `maxCostUsd` counted an estimate or left the answer cut off.
	 */
	warnings?: string[];
}

const MOST_CONTINUATIONS = 10;

/**
 * A complete answer: an empty one is requested once more, one that was cut off is continued if
 * `autoContinue` is set, and a stream that broke off is continued as in `streamChat`.
 * @throws TokenHubError as `chat` does, with the text so far as `raw` and all spending; `badConfig`
 *   for `maxCostUsd` with a model that has no price.
 */
export async function answer(
	client: TokenHubClient,
	request: ChatRequest,
	options: AnswerOptions = {},
): Promise<Answer> {
	return await door(client, options, async (call) => {
		assertPriced(client, [request.model ?? DEFAULT_MODEL], call.maxCostUsd);
		limitSpending(call.ledger, call);
		const { onText } = call;
		const adapted = adaptTools(request);
		const shown = openText(client.redactor);
		const show = onText && ((delta: string) => void (delta !== '' && onText(delta)));
		const asking = {
			...{ client, request: adapted.request },
			options: {
				...call,
				read: adapted.read,
				onText: show && ((delta: string) => show(shown.add(delta))),
			},
		};
		const whole = await wholeAnswer(asking).finally(() =>
			callersOwn('onText', () => show?.(shown.end())),
		);
		const answered = { ...whole, ...adapted.received(whole) };
		const own = [...left(asking, answered), ...estimateWarnings(answered, call)];
		const warnings = [...(answered.warnings ?? []), ...own];
		return warnings.length > 0 ? { ...answered, warnings } : answered;
	});
}

async function wholeAnswer(asking: Asking): Promise<Answer> {
	const { options } = asking;
	const first = await askOnce(asking);
	const isAskedAgain = isEmpty(first) && !options.ledger.reached();
	const result = isAskedAgain ? await after(asking, first, () => askOnce(asking)) : first;
	return options.autoContinue ? await continued(asking, result) : result;
}

function isEmpty({ text, toolCalls, refusal, finishReason }: ChatResult): boolean {
	return text.trim() === '' && !toolCalls && !refusal && finishReason === 'stop';
}

/**
 * The next result, including what was spent and said before it; if it fails, the text so far is kept.
 */
async function after(
	{ client }: Asking,
	before: ChatResult,
	ask: () => Promise<ChatResult>,
): Promise<ChatResult> {
	try {
		const next = await ask();
		const latencyMs = before.latencyMs + next.latencyMs;
		return { ...next, ...addSpending(before, next), latencyMs };
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		throw withFacts(error, { raw: joinedAnswers(client, before.text, error.details.raw ?? '') });
	}
}

interface Asking {
	client: TokenHubClient;
	request: ChatRequest;
	options: Metered<AnswerOptions> & { read?: ReadRequest };
}

async function continued(asking: Asking, first: ChatResult): Promise<Answer> {
	let whole: Answer = first;
	for (let count = 1; isCut(whole) && count <= MOST_CONTINUATIONS; count += 1) {
		if (asking.options.ledger.reached()) break;
		const { text: so } = whole;
		const next = await after(asking, whole, () => goOn(asking, so));
		const text = joinedAnswers(asking.client, so, next.text);
		whole = { ...next, text, continuations: count };
	}
	return whole;
}

function isCut({ finishReason, toolCalls, text }: ChatResult): boolean {
	return finishReason === 'length' && !toolCalls && text.trim() !== '';
}

/** What a limit has prevented. */
function left({ options }: Asking, answered: Answer): string[] {
	const limit = options.autoContinue && isCut(answered) ? options.ledger.reached() : undefined;
	return limit
		? [`${SPENDING_LIMITS[limit]} is reached: the answer was cut off and not continued.`]
		: [];
}

async function goOn({ client, request, options }: Asking, text: string): Promise<ChatResult> {
	const messages = askToGoOn(request.messages, text);
	const { onText } = options;
	const seam = openSeam(text);
	const next = await askOnce({
		...{ client, request: { ...request, messages } },
		options: { ...options, onText: onText && ((delta) => onText(seam.add(delta))) },
	});
	callersOwn('onText', () => onText?.(seam.end()));
	return next;
}

async function askOnce({ client, request, options }: Asking): Promise<ChatResult> {
	const { stream, onText } = options;
	if (!stream) return await completeChat(client, request, options);
	const isUnseen = onText === undefined;
	return await collectStream(chatEvents(client, request, { ...options, isUnseen }), onText);
}

/** By the body that is sent. */
const memory = perObject((_account: object) => new Map<string, Promise<Answer>>());

/**
 * The same as `answer`, but an identical request of the same run is not sent again: its answer is
 * reused (`reused: true`) and costs nothing. A failed request is sent again.
 */
export async function answerOnce(
	client: TokenHubClient,
	request: ChatRequest,
	options: AnswerOptions = {},
): Promise<Answer & { reused?: true }> {
	const known = memory(client.account);
	const key = JSON.stringify([toRequestBody(request), options.autoContinue]);
	const before = known.get(key);
	if (before) {
		const given = await before.catch(() => undefined);
		if (given) return reused(given);
		return await answerOnce(client, request, options);
	}
	const own = answer(client, request, options);
	known.set(key, own);
	try {
		return await own;
	} catch (error) {
		known.delete(key);
		throw error;
	}
}
