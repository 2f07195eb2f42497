import type { CallOptions, TokenHubClient } from '../client/createClient';
import { growingRequests, type ReadRequest } from '../chat/chatRequest';
import type { Message } from '../chat/messages';
import { assertPriced, limitRequests } from '../purse';
import type { Metered } from '../door';
import type { Ledger } from '../ledger';
import { models } from '../models';
import { alarm } from '../transport/pause';
import { countedTokens, type Spending, pricedUsd } from '../usage';
import { leastCost, priced } from './callLedger';
import { openCheckpoints, type Checkpoints } from './checkpoint/checkpoints';
import type { OpenTurn } from './checkpoint/openTurn';
import { openContext, type Context } from './context/contextState';
import { assertResumable } from './checkResume';
import { openKept, type Kept } from './kept/keptResults';
import type { TurnChange } from './control/turnChange';
import { assertForcedTool } from './forcedTool';
import type { LoopRequest } from './loopRequest';
import { offeredTools, toolWarnings } from './offeredTools';
import { openConversation, spoken } from './openingMessages';
import type { ResumeState, Step } from './resumeState';
import { safely } from './safely';
import type { Tool } from './tool';
import { openToolSearch, type ToolSearch } from './toolSearch/toolSearch';
import { refusalsOf } from './withoutRefusedTools';

/** The events of `onEvent`: requests, pieces of text (with `stream`), and tool calls. */
export type LoopEvent =
	| { type: 'request'; iteration: number }
	| { type: 'text'; delta: string }
	| { type: 'toolStart'; callId: string; tool: string; arguments: string }
	| { type: 'toolEnd'; step: Step };

/** Options of `runToolLoop`. With `signal`, the loop ends as `cancelled` and throws nothing. */
export interface ToolLoopOptions extends CallOptions {
	/** Called with each event. What it throws is ignored, because a listener must not end the run. */
	onEvent?(event: LoopEvent): void;
	/**
	 * Called with the whole run as plain JSON before each request, before a tool begins and after it has
	 * ended; the loop waits for it. Store it: `resume` continues from it when the process has died. When it
	 * throws, nothing further begins, and the loop fails with `badConfig`.
	 */
	onCheckpoint?(state: ResumeState): unknown;
}

/** One loop while it runs. Everything in it belongs to one item only. */
export interface LoopRun {
	client: TokenHubClient;
	request: LoopRequest;
	options: ToolLoopOptions;
	/** By the name under which the model knows them. */
	tools: Map<string, Tool>;
	/** The turn under way. */
	turn?: OpenTurn;
	checkpoints?: Checkpoints;
	/** What the caller has changed for this turn. */
	change?: TurnChange;
	/** Where they are offered as they are found. */
	search?: ToolSearch;
	/** Why tools were refused before, in other runs of the client as well. */
	refusals: Map<string, string>;
	messages: Message[];
	/** Which part of them is sent in another form. */
	context: Context;
	/** Results that were too long to show. */
	kept: Kept;
	/** Makes a body of each turn's request. */
	read: ReadRequest;
	/** How many of them, system messages aside, stood before the question of this run. */
	history: number;
	/** Of all turns that are done. */
	steps: Step[];
	iterations: number;
	/** Answers in a row that were cut before their calls were complete. */
	cuts: number;
	ledger: Ledger;
	/** Of the ledger: that of earlier turns, before a stop, included. */
	readonly spending: Spending;
	/** How often each very call was made, by name and arguments; of a resumed run, counted again. */
	callCounts: Map<string, number>;
	/** When the loop began, without the time that it waited for others. */
	startedAt: number;
	/** The caller's signal, and the loop's own deadline. */
	signal: AbortSignal;
	/** Waits for the deadline no longer. */
	end(this: void): void;
	answeredBy: string;
	/** What the caller should hear of: `warnings` of the result. */
	warnings: string[];
}

/**
 * @throws TokenHubError `badConfig` for two tools of one name, a forced tool that is not there or cannot
 *   be sent, tools of which none can be sent, or a state that does not fit together.
 */
export async function startRun(
	client: TokenHubClient,
	request: LoopRequest,
	options: Metered<ToolLoopOptions>,
): Promise<LoopRun> {
	const [{ resume }, { ledger }] = [request, options];
	const steps = resume ? [...resume.steps] : [];
	ledger.steps = () => steps;
	ledger.nest(() => steps);
	assertPriced(client, [request.model], request.maxCostUsd);
	limitRequests(ledger, request);
	if (resume) ledger.begin(spendingBefore(client, request, resume));
	const { tools, setAside } = offeredTools(request.tools);
	assertForcedTool(request, tools, setAside);
	const gates = { client, request, signal: options.signal, warnings: [] };
	if (resume) await assertResumable(resume, tools, gates);
	const { messages, warnings } = openConversation(request, tools);
	const search = openToolSearch(request, { tools, messages });
	const history = resume?.history ?? lastQuestion(messages);
	const kept = openKept(request, { messages, history, tools });
	const run: LoopRun = {
		...{ client, request, options, tools, search, kept, refusals: refusalsOf(client.account) },
		...{ messages, read: growingRequests(), context: openContext(steps, resume?.context) },
		...{ history, steps, ledger, iterations: resume?.iterations ?? 0, cuts: resume?.cuts ?? 0 },
		get spending() {
			return ledger.spent();
		},
		callCounts: new Map(),
		startedAt: performance.now() - (resume?.elapsedMs ?? 0),
		...openDeadline(client, request, options),
		answeredBy: resume?.model ?? request.model,
		warnings: [
			...warnings,
			...setAside.map(({ words }) => words),
			...toolWarnings(tools),
			...(search?.warnings ?? []),
		],
	};
	return Object.assign(run, { checkpoints: openCheckpoints(run) });
}

/** A state may come from a run that had no limit, or say that tokens were free: they have their price. */
function spendingBefore(
	client: TokenHubClient,
	{ model }: LoopRequest,
	{ spending }: ResumeState,
): Spending {
	const counted = pricedUsd(spending);
	const names = [...models.map(({ id }) => id), ...client.modelsFor(model)];
	const leastUsd = leastCost(client, names, spending.usage);
	if (counted === null || counted >= leastUsd) return priced(spending, client, model);
	const totalTokens = countedTokens(spending);
	return { ...spending, estimated: { totalTokens, costUsd: leastUsd } };
}

/** How many messages, system messages aside, stand before the last one of a user. */
export function lastQuestion(messages: readonly Message[]): number {
	return Math.max(
		0,
		spoken(messages).findLastIndex(({ role }) => role === 'user'),
	);
}

/** The messages of this run: its question, the calls with their results, and the answer. */
export function turnOf({ messages, history }: Pick<LoopRun, 'messages' | 'history'>): Message[] {
	return spoken(messages).slice(history);
}

export function tell({ options }: LoopRun, event: LoopEvent): void {
	// Documented: what was paid for is worth more than a listener, which may also be asynchronous.
	void safely(() => options.onEvent?.(event));
}

/** Node ends a longer timer at once. */
const LONGEST_MS = 2_147_483_647;

/** By the client's own clock. */
function openDeadline(
	{ sleep }: TokenHubClient,
	{ resume, deadlineMs }: LoopRequest,
	{ signal }: ToolLoopOptions,
): Pick<LoopRun, 'signal' | 'end'> {
	const over = new AbortController();
	const both = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
	if (deadlineMs === undefined) return { signal: both, end: () => undefined };
	const left = Math.min(deadlineMs - (resume?.elapsedMs ?? 0), LONGEST_MS);
	// Nothing is asked any more where no time is left.
	if (left <= 0) over.abort();
	return { signal: both, end: alarm(sleep, Math.max(0, left), () => over.abort()) };
}
