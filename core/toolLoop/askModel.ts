import { withoutRefused } from '../chat/asking/withoutRefused';
import { withoutRefusedTools } from '../chat/asking/withoutRefusedTools';
import { completeChat } from '../chat/chat';
import { type ChatRequest, samplingOf } from '../chat/chatRequest';
import type { ChatResult } from '../chat/chatResult';
import { chatEvents, collectStream } from '../chat/streamChat';
import { isRequestRefused } from '../errors';
import { type Ledger, openLedger } from '../ledger';
import { widerMaxTokens } from '../models';
import { fingerprint } from '../lib/names';
import { perObject } from '../lib/perObject';
import { promptTokens } from '../lib/text';
import { countedUsd, isSpent } from '../usage';
import { type TurnRequest, withinContext } from './context/withinContext';
import { spendingLimit } from './limits';
import type { TurnChange } from './loopRequest';
import { type LoopRun, tell } from './loopRun';
import { offeredName, sentTools, setAside, turnTools } from './offeredTools';
import { toFunctionTool, type Tool } from './tool';

/**
 * The model's next turn. `toolFree` keeps the tools in the request, because a history with tool calls
 * is refused without them, and forbids their use.
 * @throws TokenHubError
 */
export async function askModel(run: LoopRun, toolFree: boolean): Promise<ChatResult> {
	tell(run, { type: 'request', iteration: run.iterations + 1 });
	const answer = await withSendable(run, () =>
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

/**
 * The last answer may exceed a limit; only an answer that was billed and could not be used is not
 * requested again.
 */
function turnLedger(run: LoopRun, mayExceed: boolean): Ledger {
	const ledger = openLedger(run.ledger);
	return {
		...ledger,
		reached: () => (isSpent(ledger.spent()) ? spendingLimit(run) : undefined),
		reserve: (payment) => ledger.reserve({ ...payment, mayExceed }),
	};
}

/** A model may allow less room than others: then the answer has to be shorter. */
async function askWider(run: LoopRun, wider: ChatRequest, request: ChatRequest) {
	try {
		return await ask(run, wider, false);
	} catch (error) {
		if (!isRequestRefused(error)) throw error;
		return await ask(run, request, false);
	}
}

/** With twice the room for each answer that was cut off, as far as Max Cost can pay for it. */
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

/** A forced choice applies to the first turn only: otherwise, the model could never answer. */
function firstChoice(run: LoopRun): ChatRequest['toolChoice'] {
	const { request, iterations, cuts } = run;
	const { toolChoice } = request;
	// A turn that was cut off is requested again, and a search does not count as the use of a tool.
	if (iterations > cuts + searches(run) || toolChoice === undefined) return undefined;
	const isForced = typeof toolChoice === 'object';
	// A tool that this turn does not offer cannot be forced.
	if (isForced && offeredName(turnTools(run), toolChoice.name) === undefined) return undefined;
	return sentChoice(run, toolChoice);
}

/** Turns that have only searched for tools. */
function searches({ steps, search }: LoopRun): number {
	if (!search) return 0;
	const others = new Set(
		steps.filter(({ tool }) => tool !== search.name).map(({ iteration }) => iteration),
	);
	const all = new Set(steps.map(({ iteration }) => iteration));
	return [...all].filter((iteration) => !others.has(iteration)).length;
}

/** Why an account's gateway has refused tools, by the model and the tool as it was sent. */
export const refusalsOf = perObject((_account: object) => new Map<string, string>());

/** A tool that the gateway refuses is left out, here and in later runs of the client. */
async function withSendable<Answer>(run: LoopRun, ask: () => Promise<Answer>): Promise<Answer> {
	return await withoutRefusedTools<Answer>({
		refusals: run.refusals,
		names: () => [...sentTools(run).keys()],
		all: () => [...run.tools.keys()],
		keyOf: (name) => keyOf(run, name),
		leaveOut: (name, reason) => leaveOut(run, name, reason),
		async ask() {
			try {
				const answer = await ask();
				return { give: () => answer };
			} catch (error) {
				const give = () => {
					throw error;
				};
				return { give, error };
			}
		},
	});
}

/** Unless it is the last one, or forced. */
function leaveOut(run: LoopRun, name: string, reason: string): boolean {
	const tool = run.tools.get(name);
	if (!tool || run.tools.size < 2 || isForced(run, name)) return false;
	run.tools.delete(name);
	run.warnings.push(setAside(tool, reason).words);
	return true;
}

const fingerprintOf = perObject((_tool: Tool) => new Map<string, string>());

function keyOf(run: LoopRun, name: string): string {
	const tool = run.tools.get(name);
	const known = tool && fingerprintOf(tool);
	const print = known?.get(name) ?? fingerprint(tool ? toFunctionTool(tool, name) : name);
	known?.set(name, print);
	return `${turnModel(run)} ${print}`;
}

/** By the caller's request, or for this turn. */
function isForced({ request, change, tools }: LoopRun, name: string): boolean {
	return [request.toolChoice, change?.toolChoice].some(
		(choice) => typeof choice === 'object' && offeredName(tools, choice.name) === name,
	);
}
