import { completeChat } from '../chat/chat';
import { samplingOf, type ChatRequest } from '../chat/chatRequest';
import { withoutRefused } from '../asking/withoutRefused';
import type { ChatResult } from '../chat/chatResult';
import { chatEvents, collectStream } from '../chat/streamChat';
import { isRequestRefused } from '../errors';
import { widerMaxTokens } from '../models';
import { promptTokens } from '../text';
import { openLedger, type Ledger } from '../ledger';
import { countedTokens, countedUsd } from '../usage';
import { withinContext, type TurnRequest } from './context/withinContext';
import { spendingLimit } from './limits';
import { tell, type LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import { toFunctionTool } from './tool';
import type { TurnChange } from './control/turnChange';
import { sentTools, turnTools } from './turnTools';
import { withoutRefusedTools } from './withoutRefusedTools';

/**
 * The model's next turn. `toolFree` keeps the tools in the request, since a history with tool calls
 * is refused without them, and forbids their use.
 * @throws TokenHubError
 */
export async function askModel(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	tell(run, { type: 'request', iteration: run.iterations + 1 });
	const answer = await withoutRefusedTools(run, () =>
		withinContext(run, {
			request: () => turnRequest(run, toolFree),
			ask: (request) => answerOf(run, request, toolFree),
		}),
	);
	run.iterations += toolFree ? 0 : 1;
	run.answeredBy = answer.model;
	return answer;
}

async function answerOf(
	run: LoopRun,
	request: ChatRequest,
	toolFree: boolean,
): Promise<ChatResult> {
	const wider = run.cuts > 0 && !toolFree ? widerRequest(run, request) : undefined;
	return await (wider ? askWider(run, wider, request) : ask(run, request, toolFree));
}

async function ask(run: LoopRun, request: ChatRequest, toolFree: boolean): Promise<ChatResult> {
	const { options } = run;
	const client = withoutRefused(run.client, ['tool_choice']);
	const call = {
		read: run.read,
		ledger: turnLedger(run, toolFree),
		signal: toolFree ? options.signal : run.signal,
	};
	if (!run.request.stream) return await completeChat(client, request, call);
	const events = chatEvents(client, request, call);
	return await collectStream(events, (delta) => tell(run, { type: 'text', delta }));
}

/** The last answer may be asked for beyond a limit: only what was billed for nothing is not asked again. */
function turnLedger(run: LoopRun, mayExceed: boolean): Ledger {
	const ledger = openLedger(run.ledger);
	const isBilled = () => ledger.spent().requests > 0 || countedTokens(ledger.spent()) > 0;
	return {
		...ledger,
		reached: () => (isBilled() ? spendingLimit(run) : undefined),
		reserve: (payment) => ledger.reserve({ ...payment, mayExceed }),
	};
}

/** A model may give less room than others: then the answer has to be shorter. */
async function askWider(run: LoopRun, wider: ChatRequest, request: ChatRequest) {
	try {
		return await ask(run, wider, false);
	} catch (error) {
		if (!isRequestRefused(error)) throw error;
		return await ask(run, request, false);
	}
}

/** With twice the room for each answer that was cut, as far as Max Cost can pay for it. */
function widerRequest({ client, cuts, request: asked, spending }: LoopRun, request: ChatRequest) {
	let maxTokens = asked.maxTokens;
	for (let cut = 0; cut < cuts; cut += 1) maxTokens = widerMaxTokens(maxTokens);
	const usage = {
		promptTokens: promptTokens(request),
		completionTokens: maxTokens,
		totalTokens: 0,
	};
	const usd =
		(countedUsd(spending) ?? 0) + (client.priceOf(request.model ?? asked.model, usage) ?? 0);
	return usd > (asked.maxCostUsd ?? Infinity) ? undefined : { ...request, maxTokens };
}

function turnRequest(run: LoopRun, toolFree: boolean): TurnRequest {
	return {
		...samplingOf(run.request),
		model: turnModel(run),
		tools: [...sentTools(run)].map(([name, tool]) => toFunctionTool(tool, name)),
		toolChoice: toolFree || run.change?.tools?.length === 0 ? 'none' : turnChoice(run),
	};
}

/** The model of this turn. */
function turnModel({ change, request }: LoopRun): string {
	return change?.model ?? request.model;
}

function turnChoice(run: LoopRun): ChatRequest['toolChoice'] {
	const { toolChoice } = run.change ?? {};
	return toolChoice === undefined ? firstChoice(run) : sentChoice(run, toolChoice);
}

function sentChoice(
	run: LoopRun,
	choice: NonNullable<TurnChange['toolChoice']>,
): ChatRequest['toolChoice'] {
	if (typeof choice === 'string') return choice;
	const name = offeredName(run.tools, choice.name) ?? choice.name;
	return { type: 'function', function: { name } };
}

/** A forced choice counts for the first turn only: kept, it would never let the model answer. */
function firstChoice(run: LoopRun): ChatRequest['toolChoice'] {
	const { request, iterations, cuts } = run;
	const { toolChoice } = request;
	// A turn that was cut is asked for again, and a search is no use of a tool.
	if (iterations > cuts + searches(run) || toolChoice === undefined) return undefined;
	const isForced = typeof toolChoice === 'object';
	// What this turn does not offer cannot be forced.
	if (isForced && offeredName(turnTools(run), toolChoice.name) === undefined) return undefined;
	return sentChoice(run, toolChoice);
}

/** Turns that have done nothing but look for tools. */
function searches({ steps, search }: LoopRun): number {
	if (!search) return 0;
	const others = new Set(
		steps.filter(({ tool }) => tool !== search.name).map(({ iteration }) => iteration),
	);
	const all = new Set(steps.map(({ iteration }) => iteration));
	return [...all].filter((iteration) => !others.has(iteration)).length;
}
