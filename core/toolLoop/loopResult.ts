import { SPENDING_LIMITS } from '../ledger';
import type { ChatResult } from '../chat/chatResult';
import type { Message } from '../chat/messages';
import { type Failure, TokenHubError } from '../errors';
import { jsonOnlyPrompt, repairPrompt } from '../extract/prompts';
import { readText } from '../extract/answer/readTurn';
import { readTarget, type Target } from '../extract/targetSchema';
import { deepCopy } from '../lib/own';
import { estimateWarnings } from '../purse';
import { isBlank } from '../lib/text';
import { roundUsd, type Spending } from '../usage';
import { askModel } from './askModel';
import { checkpoint, savedRun } from './checkpoints';
import { spendingLimit } from './limits';
import type { LIMITS, StopReason } from './loopRequest';
import { elapsedMs, type LoopRun, type Turn } from './loopRun';
import { EMPTY_ANSWER, LIMIT_REACHED } from './messagesToModel';
import type { PendingCall, ResumeState, Step } from './resumeState';

/** How a loop ended; its cost is that of all its requests. */
export interface ToolLoopResult extends Spending {
	/** The final text, or the validated value with `outputSchema`. */
	output: unknown;
	/** Why it ended. */
	stopReason: StopReason;
	/** Requests that offered tools. */
	iterations: number;
	/** Every tool call in order, with its result or its error. */
	steps: Step[];
	/**
	 * The whole conversation, including the final answer; `steps` says which parts were left out of
	 * requests.
	 */
	messages: Message[];
	/** The model that answered last. */
	model: string;
	/** Milliseconds that the loop itself took, without waiting for manual tools and approvals. */
	latencyMs: number;
	/**
	 * Repairs of the messages, tools that were left out, mistakes in their schemas, and whether
	 * `maxCostUsd` or `maxTotalTokens` counted an estimate.
	 */
	warnings?: string[];
	/** With `awaitingTools` or `awaitingApproval`: the calls that somebody else has to run … */
	pendingToolCalls?: PendingCall[];
	/** … and the plain JSON that continues the loop: fill in its `results`. */
	resume?: ResumeState;
}

export function loopResult(run: LoopRun, stopReason: StopReason, output: unknown): ToolLoopResult {
	const { costUsd } = run.spending;
	const warnings = [
		...run.warnings,
		...contextWarnings(run),
		...estimateWarnings(run.spending, run.request),
	];
	return {
		output,
		stopReason,
		iterations: run.iterations,
		steps: run.steps,
		messages: run.messages,
		model: run.answeredBy,
		...run.spending,
		costUsd: costUsd === null ? null : roundUsd(costUsd),
		latencyMs: elapsedMs(run),
		...(warnings.length > 0 ? { warnings } : {}),
	};
}

/** The result of a loop that waits for the calls of a turn. */
export function awaitingResult(run: LoopRun, turn: Turn): ToolLoopResult {
	const asksPerson = turn.pending.some(({ needsApproval }) => needsApproval);
	const result = loopResult(run, asksPerson ? 'awaitingApproval' : 'awaitingTools', '');
	return {
		...result,
		steps: [...run.steps, ...turn.settled.map(({ step }) => step)],
		pendingToolCalls: turn.pending.map(({ nudge: _nudge, ...call }) => call),
		// A copy: what happens to the result does not change what is resumed.
		resume: deepCopy({ ...savedRun(run), ...turn }),
	};
}

/** What a caller should know about a conversation that was not sent in full. */
function contextWarnings({ context, steps }: Pick<LoopRun, 'context' | 'steps'>): string[] {
	const { stubsUntil, summary } = context.state;
	if (stubsUntil === 0) return [];
	const count = steps.filter(({ leftOut }) => leftOut !== undefined).length;
	const what = summary ? 'older turns were summarized' : 'older tool results were sent as stubs';
	// Results from before this run are in no step.
	const which = count > 0 ? `: steps with "leftOut" (${count}) say which` : '';
	return [`context: the conversation outgrew its room, so ${what} in later requests${which}.`];
}

export type Finish = (answer: ChatResult, reason?: StopReason) => Promise<ToolLoopResult>;

const MAX_CORRECTIONS = 2;
/** There is no document in which the values could be searched for. */
const AS_IT_IS = { coerce: true, minEvidence: 0 };

/**
 * How a run turns its last answer into its output: the text, or with `outputSchema` a value that is
 * valid against it, requested again with the exact issues if it is not.
 * @throws TokenHubError `badConfig` for anything that is not a schema, before any request.
 */
export function outputCheck(run: LoopRun): Finish {
	const { outputSchema, resume, system } = run.request;
	if (!outputSchema) {
		return (answer, reason = 'answered') => {
			keepAnswer(run, answer);
			return Promise.resolve(loopResult(run, reason, isBlank(answer.text) ? '' : answer.text));
		};
	}
	const target = readTarget(outputSchema);
	// A resumed conversation already contains this text, unless the caller sets a new system message.
	if (!resume || system !== undefined)
		addSystem(run, `When you are done, answer. ${jsonOnlyPrompt(target.schema)}`);
	return (answer, reason = 'answered') => finishWithValue(run, { target, answer, reason });
}

async function finishWithValue(
	run: LoopRun,
	{ target, answer, reason }: { target: Target; answer: ChatResult; reason: StopReason },
): Promise<ToolLoopResult> {
	let last = answer;
	for (let corrections = 0; ; corrections += 1) {
		keepAnswer(run, last);
		const read = await readText({ target, request: AS_IT_IS }, last.text);
		if (read.ok && last.finishReason !== 'length') {
			run.warnings.push(...read.warnings.map((warning) => `final answer: ${warning}`));
			return loopResult(run, reason, read.value);
		}
		const failures = read.ok ? [CUT] : read.failures;
		const isLast = corrections === MAX_CORRECTIONS || spendingLimit(run) !== undefined;
		if (isLast) throw mismatch(failures, last.text);
		run.messages.push({ role: 'user', content: repairPrompt(failures) });
		await checkpoint(run);
		last = await askModel(run, true);
	}
}

const CUT: Failure = {
	path: '',
	message: 'the answer was cut off by Maximum Number of Tokens',
	code: 'truncated',
};

function mismatch(failures: Failure[], raw: string): TokenHubError {
	const [first] = failures;
	const message = `The final answer is not valid against the output schema: ${first?.path ?? ''} ${first?.message ?? ''}`;
	return new TokenHubError('schemaMismatch', message, { failures, raw });
}

function keepAnswer(run: LoopRun, { text }: ChatResult): void {
	if (!isBlank(text)) run.messages.push({ role: 'assistant', content: text });
}

/** TokenHub advises one single system message. */
function addSystem(run: LoopRun, text: string): void {
	const [first, ...rest] = run.messages;
	if (first?.role === 'system' && typeof first.content === 'string') {
		run.messages = [{ role: 'system', content: `${first.content}\n\n${text}` }, ...rest];
	} else {
		run.messages.unshift({ role: 'system', content: text });
	}
}

const LIMIT_NAMES: Partial<Record<StopReason, string>> = {
	maxIterations: 'Max Iterations',
	maxToolCalls: 'Max Tool Calls',
	...SPENDING_LIMITS,
	deadline: 'Deadline',
	repeatedCalls: 'Repeat Limit',
} satisfies Record<(typeof LIMITS)[number], string>;

/**
 * Ends a run at a limit as `onLimit` says. A cancelled run sends nothing more, whatever `onLimit` says.
 */
export async function stopAtLimit(
	run: LoopRun,
	reason: StopReason,
	finish: (answer: ChatResult, reason: StopReason) => Promise<ToolLoopResult>,
): Promise<ToolLoopResult> {
	const { onLimit } = run.request;
	if (reason === 'cancelled' || onLimit === 'return')
		return loopResult(run, reason, lastWords(run));
	// Others may have spent a shared budget before this loop began: then it has nothing to answer from.
	const isShared = reason in SPENDING_LIMITS;
	const hasBegun = !isShared || run.spending.requests > 0;
	if (onLimit === 'error' || !hasBegun) throw limitError(reason);
	return await finish(await lastAnswer(run), reason);
}

/** Without tools; requested once more if it is empty. */
async function lastAnswer(run: LoopRun): Promise<ChatResult> {
	run.change = undefined;
	run.messages.push({ role: 'user', content: LIMIT_REACHED });
	const answer = await askModel(run, true);
	if (!isBlank(answer.text) || spendingLimit(run)) return answer;
	run.messages.push({ role: 'user', content: EMPTY_ANSWER });
	return await askModel(run, true);
}

function limitError(reason: StopReason): TokenHubError {
	const name = LIMIT_NAMES[reason] ?? reason;
	return new TokenHubError('budget', `The tool loop reached its limit: ${name} (${reason}).`, {
		hint: `Raise ${name}, or set On Limit to Answer or Return.`,
	});
}

/** A text is not a value of an output schema. */
export function lastWords({ messages, request }: LoopRun): string | null {
	if (request.outputSchema) return null;
	const said = messages.findLast((message) => message.role === 'assistant' && message.content);
	return typeof said?.content === 'string' ? said.content : '';
}
