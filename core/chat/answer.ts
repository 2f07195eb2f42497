import type { CallOptions, TokenHubClient } from '../client/createClient';
import { callersOwn, door, type Metered } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { addSpending } from '../usage';
import { completeChat } from './chat';
import type { ChatRequest } from './chatRequest';
import type { ChatResult } from './chatResult';
import { askToGoOn, isSeamOpen, repeatedLength } from './seam';
import { chatEvents, collectStream } from './streamChat';

/** Options of `answer`. All are off by default. */
export interface AnswerOptions extends CallOptions {
	/** Receives the answer in pieces, which an idle timeout cannot end. */
	stream?: boolean;
	/** The text as it comes, each character once. Only with `stream`. */
	onText?: (delta: string) => void;
	/** An answer that was cut by Max Tokens is gone on with, up to ten times. */
	autoContinue?: boolean;
	/** Adds the gateway's answer as `raw`. Only without `stream`. */
	includeRaw?: boolean;
}

/** A whole answer; its cost is that of all its requests. */
export interface Answer extends ChatResult {
	/** Requests that went on with a cut answer, when there were any. */
	continuations?: number;
}

const MOST_CONTINUATIONS = 10;

/**
 * A whole answer: one that is empty is asked for once more, one that was cut is gone on with when
 * `autoContinue` says so, a stream that broke off before anybody saw anything is opened again.
 * @throws TokenHubError as `chat` does, with the text so far as `raw` and all spending.
 */
export async function answer(
	client: TokenHubClient,
	request: ChatRequest,
	options: AnswerOptions = {},
): Promise<Answer> {
	return await door(options, async (call) => {
		const asking = { client, request, options: call };
		const first = await askOnce(asking);
		const result = isEmpty(first) ? await after(first, () => askOnce(asking)) : first;
		return call.autoContinue ? await continued(asking, result) : result;
	});
}

function isEmpty({ text, toolCalls, refusal, finishReason }: ChatResult): boolean {
	return text.trim() === '' && !toolCalls && !refusal && finishReason === 'stop';
}

/** The next result, with what was spent and said before it; what was said also when it fails. */
async function after(before: ChatResult, ask: () => Promise<ChatResult>): Promise<ChatResult> {
	try {
		const next = await ask();
		const latencyMs = before.latencyMs + next.latencyMs;
		return { ...next, ...addSpending(before, next), latencyMs };
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		const { raw = '' } = error.details;
		throw withFacts(error, { raw: before.text + raw.slice(repeatedLength(before.text, raw)) });
	}
}

interface Asking {
	client: TokenHubClient;
	request: ChatRequest;
	options: Metered<AnswerOptions>;
}

async function continued(asking: Asking, first: ChatResult): Promise<Answer> {
	let whole: Answer = first;
	for (let count = 1; isCut(whole) && count <= MOST_CONTINUATIONS; count += 1) {
		const { text: so } = whole;
		const next = await after(whole, () => goOn(asking, so));
		const text = so + next.text.slice(repeatedLength(so, next.text));
		whole = { ...next, text, continuations: count };
	}
	return whole;
}

function isCut({ finishReason, toolCalls, text }: ChatResult): boolean {
	return finishReason === 'length' && !toolCalls && text.trim() !== '';
}

async function goOn({ client, request, options }: Asking, text: string): Promise<ChatResult> {
	const messages = askToGoOn(request.messages, text);
	const onText = options.onText && behindSeam(text, options.onText);
	const next = await askOnce({
		...{ client, request: { ...request, messages }, options: { ...options, onText } },
	});
	callersOwn('onText', () => onText?.('', true));
	return next;
}

/** Holds the beginning of a continuation back until it is known how much of it is repetition. */
function behindSeam(text: string, show: (delta: string) => void) {
	let held: string | undefined = '';
	return (delta: string, isLast = false) => {
		if (held === undefined) return void (delta && show(delta));
		held += delta;
		if (!isLast && isSeamOpen(text, held)) return;
		const fresh = held.slice(repeatedLength(text, held));
		held = undefined;
		if (fresh !== '') show(fresh);
	};
}

/** Streams that broke off before anything was shown. */
const MOST_REOPENED = 2;

async function askOnce({ client, request, options }: Asking): Promise<ChatResult> {
	if (!options.stream) return await completeChat(client, request, options);
	for (let reopened = 0; ; reopened += 1) {
		let isShown = false;
		const onText = (delta: string) => {
			isShown ||= options.onText !== undefined;
			options.onText?.(delta);
		};
		try {
			const result = await collectStream(chatEvents(client, request, options), onText);
			return { ...result, retries: result.retries + reopened };
		} catch (error) {
			const isLost = error instanceof TokenHubError && error.kind === 'network';
			if (!isLost || isShown || reopened >= MOST_REOPENED) throw error;
		}
	}
}
