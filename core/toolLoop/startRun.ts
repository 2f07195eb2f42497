import { growingRequests } from '../chat/chatRequest';
import type { Message } from '../chat/messages';
import { repairConversation } from '../chat/repair/repairConversation';
import type { TokenHubClient } from '../client/createClient';
import type { Metered } from '../door';
import { models } from '../models';
import { assertPriced, limitRequests } from '../purse';
import { alarm } from '../transport/pause';
import { countedTokens, pricedUsd, type Spending } from '../usage';
import { refusalsOf } from './askModel';
import { openCheckpoints } from './checkpoints';
import { assertResumable } from './checkResume';
import { openContext } from './context/sentMessages';
import { lastQuestion, spoken } from './conversation';
import { openKept } from './kept/keptResults';
import { leastCost, priced } from './limits';
import type { LoopRequest } from './loopRequest';
import type { LoopRun, ToolLoopOptions } from './loopRun';
import { assertForcedTool, offeredTools, toolWarnings, toRepair } from './offeredTools';
import type { ResumeState } from './resumeState';
import type { Tool } from './tool';
import { openToolSearch } from './toolSearch/toolSearch';

/**
 * @throws TokenHubError `badConfig` for two tools with one name, a forced tool that does not exist or
 * cannot be sent, tools of which none can be sent, or an inconsistent state.
 */
export async function startRun(
	client: TokenHubClient,
	request: LoopRequest,
	options: Metered<ToolLoopOptions>,
): Promise<LoopRun> {
	const [{ resume }, { ledger, signal }] = [request, options];
	const steps = [...(resume?.steps ?? [])];
	ledger.steps = () => steps;
	ledger.nest(() => steps);
	assertPriced(client, [request.model], request.maxCostUsd);
	limitRequests(ledger, request);
	if (resume) ledger.begin(spendingBefore(client, request, resume));
	const { tools, setAside } = offeredTools(request.tools);
	assertForcedTool(request, tools, setAside);
	const own = { client, request, ledger, iterations: resume?.iterations ?? 0 };
	if (resume) await assertResumable(resume, tools, { ...own, signal, warnings: [] });
	const { messages, warnings } = openConversation(request, tools);
	const search = openToolSearch(request, { tools, messages });
	const history = resume?.history ?? lastQuestion(messages);
	const kept = openKept(request, { tools });
	const run: LoopRun = {
		...{ ...own, options, tools, search, kept, refusals: refusalsOf(client.account) },
		...{ messages, read: growingRequests(), context: openContext(steps, resume?.context) },
		...{ history, steps, cuts: resume?.cuts ?? 0 },
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

/**
 * A state may come from a run without a limit, or claim that tokens were free: they have their price.
 */
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

/** Node ends a longer timer immediately. */
const LONGEST_MS = 2_147_483_647;

/** On the client's own clock. */
function openDeadline(
	{ sleep }: TokenHubClient,
	{ resume, deadlineMs }: LoopRequest,
	{ signal }: ToolLoopOptions,
): Pick<LoopRun, 'signal' | 'end'> {
	const over = new AbortController();
	if (deadlineMs === undefined) return { signal: signal ?? over.signal, end: () => undefined };
	const both = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
	const left = Math.min(deadlineMs - (resume?.elapsedMs ?? 0), LONGEST_MS);
	// If no time is left, nothing is asked any more.
	if (left <= 0) over.abort();
	return { signal: both, end: alarm(sleep, Math.max(0, left), () => over.abort()) };
}

/** The conversation with which a run begins, and its repairs. */
function openConversation(
	request: LoopRequest,
	tools: ReadonlyMap<string, Tool>,
): { messages: Message[]; warnings: string[] } {
	const { resume, messages = [] } = request;
	if (resume) return { messages: resumedMessages(request, resume), warnings: [] };
	const all = openingMessages(request);
	const before = all.length - messages.length;
	return repairConversation(all, { ...toRepair(tools), before });
}

/** The caller's own system message replaces the state's: an empty one removes it. */
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
