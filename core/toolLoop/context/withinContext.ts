import type { ChatRequest } from '../../chat/chatRequest';
import type { ChatResult } from '../../chat/chatResult';
import { TokenHubError } from '../../errors';
import { windowOf } from '../../models';
import { contextTokens } from '../../wire/kindOf';
import type { LoopRun } from '../loopRun';
import { calibrate, messageTokens, rateOf, stubOldest, toolTokens, viewOf } from './sentMessages';
import { summarizeOldest } from './summarize';
import { withoutOldPictures } from './withoutOldPictures';

/** A request, but for its messages. */
export type TurnRequest = Omit<ChatRequest, 'messages'>;

interface Asking {
	/** Which tools are offered may change while room is made. */
	request(this: void): TurnRequest;
	ask(this: void, request: ChatRequest): Promise<ChatResult>;
}

/**
 * Asks with what is sent this turn: a view of the history, which stays whole. What grows beyond the
 * room of the model is shrunk first; a refusal of what is too long shrinks it and asks once more.
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

/** What is asked this turn, and about how many tokens it has. */
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
	// What hardly fits would have to be shrunk again in the next turn.
	const tokens = sizedRequest(run, asking).tokens * state.rate;
	const isEnough = tokens <= (threshold + target) / 2;
	if (isEnough || run.request.contextMode !== 'summary') return isStubbed;
	return (await summarizeOldest(run, target / state.rate)) || isStubbed;
}

/** What a refusal says of the model, and of the estimate that let the request go out. */
function learnLimit({ context: { state } }: LoopRun, estimated: number, message: string): void {
	const said = contextTokens(message);
	const tokens = estimated * state.rate;
	state.limit = Math.max(1, Math.floor(said.limit ?? Math.min(state.limit ?? Infinity, tokens)));
	const sent = said.sent ?? state.limit;
	if (sent > tokens) state.rate = rateOf(sent, estimated);
}

/** Of what a model takes: some room for what an estimate is off, and for the next results. */
const SHARE = 0.8;
/** What an answer may take of it, however long it may become. */
const MOST_OF_ANSWER = 0.8;

/**
 * Tokens of a prompt, past which old turns are sent in another form. Where the caller has said nothing
 * of it, a request that fits is sent as it is.
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

/** What is shrunk comes down to this, so that what is sent stays the same for many turns. */
function targetOf(threshold: number): number {
	return threshold / 2;
}
