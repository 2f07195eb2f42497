import { completeChat } from '../chat/chat';
import { samplingOf, type ChatRequest } from '../chat/chatRequest';
import { withoutRefused } from '../asking/withoutRefused';
import type { ChatResult } from '../chat/chatResult';
import type { Message } from '../chat/messages';
import { chatEvents, collectStream } from '../chat/streamChat';
import { isRequestRefused } from '../errors';
import { widerMaxTokens } from '../models';
import { promptTokens } from '../promptTokens';
import { openLedger, type Ledger } from '../ledger';
import { countedTokens, countedUsd } from '../usage';
import { withinContext } from './context/withinContext';
import { spendingLimit } from './limits';
import { tell, type LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import { toFunctionTool } from './tool';
import { withoutRefusedTools } from './withoutRefusedTools';

/**
 * The model's next turn. `toolFree` keeps the tools in the request, since a history with tool calls
 * is refused without them, and forbids their use.
 * @throws TokenHubError
 */
export async function askModel(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	tell(run, { type: 'request', iteration: run.iterations + 1 });
	const answer = await withoutRefusedTools(run, () =>
		withinContext(run, (messages) => answerOf(run, messages, toolFree)),
	);
	run.iterations += toolFree ? 0 : 1;
	run.answeredBy = answer.model;
	return answer;
}

async function answerOf(run: LoopRun, messages: Message[], toolFree: boolean): Promise<ChatResult> {
	const request = { ...turnRequest(run, toolFree), messages };
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
	const usd = (countedUsd(spending) ?? 0) + (client.priceOf(asked.model, usage) ?? 0);
	return usd > (asked.maxCostUsd ?? Infinity) ? undefined : { ...request, maxTokens };
}

function turnRequest(run: LoopRun, toolFree: boolean): Omit<ChatRequest, 'messages'> {
	return {
		...samplingOf(run.request),
		tools: [...run.tools].map(([name, tool]) => toFunctionTool(tool, name)),
		toolChoice: toolFree ? 'none' : firstChoice(run),
	};
}

/** A forced choice counts for the first turn only: kept, it would never let the model answer. */
function firstChoice({ request, iterations, cuts, tools }: LoopRun): ChatRequest['toolChoice'] {
	const { toolChoice } = request;
	// A turn that was cut is asked for again.
	if (iterations > cuts || toolChoice === undefined) return undefined;
	if (typeof toolChoice === 'string') return toolChoice;
	const name = offeredName(tools, toolChoice.name) ?? toolChoice.name;
	return { type: 'function', function: { name } };
}
