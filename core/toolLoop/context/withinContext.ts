import type { ChatRequest } from '../../chat/chatRequest';
import type { ChatResult } from '../../chat/chatResult';
import { TokenHubError } from '../../errors';
import { windowOf } from '../../models';
import { contextTokens } from '../../wire/kindOf';
import type { LoopRun } from '../loopRun';
import { calibrate, messageTokens, rateOf, stubOldest, toolTokens, viewOf } from './sentMessages';
import { summarizeOldest } from './summarize';
import { withoutOldPictures } from './withoutOldPictures';

/** A request without its messages. */
export type TurnRequest = Omit<ChatRequest, 'messages'>;

interface Asking {
	/** The offered tools may change while room is made. */
	request(this: void): TurnRequest;
	ask(this: void, request: ChatRequest): Promise<ChatResult>;
}

/**
 * Asks with what is sent this turn: a view of the history, which itself stays complete. If it exceeds
 * the model's context, it is shrunk first; if it is refused as too long, it is shrunk and sent once
 * more.
 */
export async function withinContext(run: LoopRun, asking: Asking): Promise<ChatResult> {
	const sized = sizedRequest(run, asking);
	if (run.request.contextMode === 'off') return await askWith(run, asking, sized);
	const isShrunk = await makeRoom(run, asking, sized);
	try {
		return await askWith(run, asking, isShrunk ? sizedRequest(run, asking) : sized);
	} catch (error) {
		if (!(error instanceof TokenHubError) || error.kind !== 'contextLength') throw error;
		const refused = sizedRequest(run, asking);
		learnLimit(run, refused.tokens, error.message);
		if (!(await makeRoom(run, asking, refused))) throw error;
		return await askWith(run, asking, sizedRequest(run, asking));
	}
}

/** The request of this turn, and its estimated tokens. */
interface Sized {
	request: ChatRequest;
	tokens: number;
}

function sizedRequest(run: LoopRun, asking: Asking): Sized {
	const messages = withoutOldPictures(run, viewOf(run));
	const request = { ...asking.request(), messages };
	return { request, tokens: messageTokens(messages) + toolTokens(request.tools) };
}

async function askWith(
	run: LoopRun,
	{ ask }: Asking,
	{ request, tokens }: Sized,
): Promise<ChatResult> {
	const answer = await ask(request);
	calibrate(run.context.state, tokens, answer);
	return answer;
}

/** Whether less is sent than before. */
async function makeRoom(run: LoopRun, asking: Asking, sized: Sized): Promise<boolean> {
	const { state } = run.context;
	const threshold = thresholdOf(run);
	const before = sized.tokens * state.rate;
	if (before <= threshold) return false;
	const target = targetOf(threshold);
	const isStubbed = stubOldest(run, (before - target) / state.rate) > 0;
	// A request that hardly fits would have to be shrunk again in the next turn.
	const tokens = sizedRequest(run, asking).tokens * state.rate;
	const isEnough = tokens <= (threshold + target) / 2;
	if (isEnough || run.request.contextMode !== 'summary') return isStubbed;
	return (await summarizeOldest(run, target / state.rate)) || isStubbed;
}

/** What a refusal says about the model, and about the estimate with which the request was sent. */
function learnLimit({ context: { state } }: LoopRun, estimated: number, message: string): void {
	const said = contextTokens(message);
	const tokens = estimated * state.rate;
	state.limit = Math.max(1, Math.floor(said.limit ?? Math.min(state.limit ?? Infinity, tokens)));
	const sent = said.sent ?? state.limit;
	if (sent > tokens) state.rate = rateOf(sent, estimated);
}

/**
 * The share of a model's context that may be filled: the rest is for errors of the estimate and for the
 * next results.
 */
const SHARE = 0.8;
/** The share that an answer may take, however long it may become. */
const MOST_OF_ANSWER = 0.8;

/**
 * Tokens of a prompt above which old turns are sent in another form. If the caller has set nothing, a
 * request that fits is sent unchanged.
 */
function thresholdOf({ request, context }: Pick<LoopRun, 'request' | 'context'>): number {
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

/** What is shrunk is reduced to this, so that requests stay the same for many turns. */
function targetOf(threshold: number): number {
	return threshold / 2;
}
