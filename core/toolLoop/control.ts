import { openPromise } from '../lib/async';
import { callersOwnLater } from '../door';
import { TokenHubError } from '../errors';
import { messageOf } from '../messageOf';
import { deepCopy } from '../lib/own';
import { assertPriced } from '../purse';
import { readInput } from '../readInput';
import { alarm, unlessCancelled } from '../transport/pause';
import { type TurnChange, turnChangeSchema, type TurnState } from './loopRequest';
import { elapsedMs, type LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import type { Tool } from './tool';

/**
 * What a callback of the caller returns, within the time of a tool.
 * @throws TokenHubError `badConfig` if it throws or takes too long, `cancelled` if the run ends first.
 */
export async function callersAnswer<Value>(
	{ client, request, signal }: Pick<LoopRun, 'client' | 'request'> & { signal?: AbortSignal },
	name: string,
	ask: () => Value | Promise<Value>,
): Promise<Value> {
	const { toolTimeoutMs: ms } = request;
	const { promise: late, reject } = openPromise<never>();
	const callOff = alarm(client.sleep, ms, () => {
		reject(new TokenHubError('badConfig', `${name} returned nothing within ${ms / 1000} s.`));
	});
	try {
		const given = callersOwnLater(name, async () => await ask());
		return await unlessCancelled(Promise.race([given, late]), signal);
	} finally {
		callOff();
	}
}

/** Whether the caller ends the loop after a turn. @throws TokenHubError `badConfig`, `cancelled` */
export async function isStopped(run: LoopRun): Promise<boolean> {
	const { stopWhen } = run.request;
	if (!stopWhen || run.iterations === 0) return false;
	const given = await callersAnswer(run, 'stopWhen', () => stopWhen(turnState(run)));
	if (typeof given === 'boolean' || given === undefined) return given === true;
	throw refusedTurn('stopWhen must return true or false.', '/stopWhen');
}

/** Asks the caller what to change in the next turn. @throws TokenHubError `badConfig`, `cancelled` */
export async function changeTurn(run: LoopRun): Promise<void> {
	const { beforeTurn } = run.request;
	run.change = undefined;
	if (!beforeTurn) return;
	const given = await callersAnswer(run, 'beforeTurn', () => beforeTurn(turnState(run)));
	if (given === undefined || given === null) return;
	const change = readInput(turnChangeSchema, given, 'answer of beforeTurn');
	assertTools(run, change);
	assertPriced(
		run.client,
		change.model === undefined ? [] : [change.model],
		run.request.maxCostUsd,
	);
	run.change = change;
	loadForced(run, change);
	if (change.message !== undefined) run.messages.push({ role: 'user', content: change.message });
}

function assertTools({ tools }: LoopRun, { tools: names, toolChoice }: TurnChange): void {
	const forced = typeof toolChoice === 'object' ? [toolChoice.name] : [];
	const unknown = [...(names ?? []), ...forced].find((name) => !offeredName(tools, name));
	if (unknown !== undefined) {
		throw refusedTurn(
			`beforeTurn names "${unknown}", which is not a tool.`,
			unknown === forced[0] ? '/toolChoice/name' : '/tools',
		);
	}
	if (names?.length === 0 && toolChoice === 'required') {
		throw refusedTurn('beforeTurn requires a tool call, but offers no tools.', '/toolChoice');
	}
	const [choice] = forced;
	if (!names || choice === undefined || names.includes(choice)) return;
	throw refusedTurn(`beforeTurn forces "${choice}", but does not offer it.`, '/toolChoice/name');
}

/** A tool that a turn forces has to be in its request, found or not. */
function loadForced({ search, tools }: LoopRun, { tools: names, toolChoice }: TurnChange): void {
	if (!search || names || typeof toolChoice !== 'object') return;
	const sent = offeredName(tools, toolChoice.name);
	if (sent !== undefined && sent !== search.name && !search.pinned.has(sent))
		search.loaded.add(sent);
}

function refusedTurn(message: string, path: string): TokenHubError {
	return new TokenHubError('badConfig', message, { failures: [{ path, message }] });
}

function turnState(run: LoopRun): TurnState {
	return {
		...run.spending,
		...{ iterations: run.iterations, model: run.answeredBy, latencyMs: elapsedMs(run) },
		get steps() {
			return deepCopy(run.steps);
		},
		get messages() {
			return deepCopy(run.messages);
		},
	};
}

/**
 * Whether a person has to approve a call with these arguments. If a function decides, only a clear
 * `false` lets it run: not a failure, a timeout or another value.
 */
export async function mustAsk(
	run: Parameters<typeof callersAnswer>[0] & Pick<LoopRun, 'warnings'>,
	{ name, needsApproval }: Tool,
	args: unknown,
): Promise<boolean> {
	if (typeof needsApproval !== 'function') return needsApproval === true;
	const title = `needsApproval of the tool "${name}"`;
	try {
		const given: unknown = await callersAnswer(run, title, () => needsApproval(args));
		return given !== false;
	} catch (error) {
		if (!run.signal?.aborted) run.warnings.push(`A person is asked: ${messageOf(error)}`);
		return true;
	}
}
