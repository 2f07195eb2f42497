import type { CallOptions, TokenHubClient } from '../client/createClient';
import { growingRequests, type ReadRequest } from '../chat/growingRequests';
import type { Message } from '../chat/messages';
import { repairConversation } from '../chat/repair/repairConversation';
import { TokenHubError } from '../errors';
import { assertPriced } from '../maxCost';
import type { Metered } from '../door';
import type { Ledger } from '../ledger';
import { models } from '../models';
import { countedTokens, countedUsd, type Spending } from '../usage';
import { limitRequests } from '../purse';
import { leastCost, priced } from './callLedger';
import { openContext, type Context } from './context/contextState';
import { spoken } from './context/turns';
import { assertResumable } from './checkResume';
import type { LoopRequest } from './loopRequest';
import { offeredName, offeredTools, toRepair, toolWarnings, type SetAside } from './offeredTools';
import type { ResumeState, Step } from './resumeState';
import { safely } from './safely';
import type { Tool } from './tool';
import { refusalsOf } from './withoutRefusedTools';

/** What `onEvent` is told: requests, pieces of text (with `stream`), and tool calls. */
export type LoopEvent =
	| { type: 'request'; iteration: number }
	| { type: 'text'; delta: string }
	| { type: 'toolStart'; callId: string; tool: string; arguments: string }
	| { type: 'toolEnd'; step: Step };

/** Options of `runToolLoop`. With `signal`, the loop ends as `cancelled` and throws nothing. */
export interface ToolLoopOptions extends CallOptions {
	/** Called with what happens. What it throws is ignored: a listener must not cost the run. */
	onEvent?(event: LoopEvent): void;
}

/** One loop while it runs. Everything in it belongs to one item only. */
export interface LoopRun {
	client: TokenHubClient;
	request: LoopRequest;
	options: ToolLoopOptions;
	/** By the name under which the model knows them. */
	tools: Map<string, Tool>;
	/** Why tools were refused before, in other runs of the client as well. */
	refusals: Map<string, string>;
	messages: Message[];
	/** Which part of them is sent in another form. */
	context: Context;
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
	/** How often each very call was made, by name and arguments; of a resumed run, counted anew. */
	callCounts: Map<string, number>;
	/** When the loop began, without the time that it waited for others. */
	startedAt: number;
	/** The caller's signal, and the loop's own deadline. */
	signal: AbortSignal;
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
	const { resume } = request;
	const { ledger } = options;
	const steps = resume ? [...resume.steps] : [];
	ledger.steps = () => steps;
	assertPriced(client, [request.model], request.maxCostUsd);
	limitRequests(ledger, request);
	if (resume) ledger.begin(spendingBefore(client, request, resume));
	const { tools, setAside } = offeredTools(request.tools);
	assertForcedTool(request, tools, setAside);
	if (resume) await assertResumable(resume, tools);
	const { messages, warnings } = resume
		? { messages: resumedMessages(request, resume), warnings: [] }
		: repairConversation(openingMessages(request), toRepair(tools));
	return {
		...{ client, request, options, tools },
		refusals: refusalsOf(client.account),
		...{ messages, read: growingRequests(), context: openContext(resume?.context) },
		history: resume?.history ?? lastQuestion(messages),
		...{ steps, ledger, iterations: resume?.iterations ?? 0, cuts: 0 },
		get spending() {
			return ledger.spent();
		},
		callCounts: new Map(),
		startedAt: performance.now() - (resume?.elapsedMs ?? 0),
		signal: runSignal(request, options),
		answeredBy: resume?.model ?? request.model,
		warnings: [...warnings, ...setAside.map(({ words }) => words), ...toolWarnings(tools)],
	};
}

/** A state may come from a run that had no limit, or say that tokens were free: they have their price. */
function spendingBefore(
	client: TokenHubClient,
	{ model }: LoopRequest,
	{ spending }: ResumeState,
): Spending {
	const counted = countedUsd(spending);
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

export function elapsedMs({ startedAt }: LoopRun): number {
	return Math.round(performance.now() - startedAt);
}

export function tell({ options }: LoopRun, event: LoopEvent): void {
	// Documented: what was paid for is worth more than a listener, which may also be asynchronous.
	void safely(() => options.onEvent?.(event));
}

/** Node ends a longer timer at once. */
const LONGEST_MS = 2_147_483_647;

function runSignal({ resume, deadlineMs }: LoopRequest, { signal }: ToolLoopOptions): AbortSignal {
	const left = deadlineMs === undefined ? undefined : deadlineMs - (resume?.elapsedMs ?? 0);
	return AbortSignal.any([
		...(signal ? [signal] : []),
		...(left === undefined ? [] : [AbortSignal.timeout(Math.min(Math.max(0, left), LONGEST_MS))]),
	]);
}

function assertForcedTool(
	{ toolChoice }: LoopRequest,
	tools: Map<string, Tool>,
	setAside: readonly SetAside[],
): void {
	const words = setAside.map((one) => one.words).join(' ');
	if (tools.size === 0 && setAside.length > 0) {
		throw new TokenHubError('badConfig', `None of the tools can be sent. ${words}`);
	}
	if (typeof toolChoice !== 'object' || offeredName(tools, toolChoice.name)) return;
	const forced = setAside.find(({ name }) => name === toolChoice.name);
	if (forced) {
		throw new TokenHubError(
			'badConfig',
			`Tool choice names a tool that cannot be sent. ${forced.words}`,
		);
	}
	const known = [...tools.values()].map(({ name }) => name).join(', ') || 'none';
	throw new TokenHubError(
		'badConfig',
		`Tool choice names "${toolChoice.name}", which is no tool.`,
		{
			hint: `Choose auto, required, or one of the tools: ${known}.`,
		},
	);
}

/** A system message of the caller's own stands in place of the state's: an empty one takes it away. */
function resumedMessages({ system }: LoopRequest, { messages }: ResumeState): Message[] {
	if (system === undefined) return [...messages];
	return [...systemMessages(system), ...spoken(messages)];
}

function systemMessages(system: string | undefined): Message[] {
	return system ? [{ role: 'system', content: system }] : [];
}

function openingMessages({ system, prompt, messages }: Partial<LoopRequest>) {
	return [
		...systemMessages(system),
		...(prompt === undefined ? [] : [{ role: 'user' as const, content: prompt }]),
		...(messages ?? []),
	];
}
