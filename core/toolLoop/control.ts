import { openPromise } from '../lib/async';
import { asTokenHubError, callersOwnLater } from '../door';
import { TokenHubError, withFacts } from '../errors';
import { claimUncounted } from '../ledger';
import { messageOf } from '../messageOf';
import { deepCopy } from '../lib/own';
import { assertPriced } from '../purse';
import { readInput } from '../readInput';
import { alarm, unlessCancelled } from '../transport/pause';
import { priced } from './limits';
import { type TurnChange, turnChangeSchema, type TurnState } from './loopRequest';
import { elapsedMs, type LoopRun } from './loopRun';
import { offeredName } from './offeredTools';
import type { Tool } from './tool';

/** A function of the caller, and where in the run it is called. */
interface Callback {
	name: string;
	/** Such as `After turn 3`. */
	where: string;
	/** Its path in the request. */
	path: string;
}

/**
 * What a callback of the caller's gives, within the time of a tool.
 * @throws TokenHubError that says which one it was and where: `badConfig` when it throws or gives nothing
 *   in time, or the kind of a `TokenHubError` that it throws; `cancelled` when the run is over before.
 */
export async function callersAnswer<Value>(
	run: Pick<LoopRun, 'client' | 'request' | 'ledger'> & { signal?: AbortSignal },
	callback: Callback,
	ask: () => Value | Promise<Value>,
): Promise<Value> {
	const { client, request, ledger, signal } = run;
	const { name } = callback;
	const { toolTimeoutMs: ms } = request;
	const { promise: late, reject } = openPromise<never>();
	const since = performance.now();
	const callOff = alarm(client.sleep, ms, () => {
		reject(new TokenHubError('badConfig', `${name} returned nothing within ${ms / 1000} s.`));
	});
	try {
		const given = callersOwnLater(
			name,
			async () => await ask(),
			(thrown) => ledger.add(priced(claimUncounted(thrown, since), client, request.model)),
		);
		return await unlessCancelled(Promise.race([given, late]), signal);
	} catch (error) {
		throw faultAt(callback, error);
	} finally {
		callOff();
	}
}

/** The same error, with where it happened. */
function faultAt({ where, path }: Callback, thrown: unknown): TokenHubError {
	const error = asTokenHubError(thrown, false);
	const { message, details } = error;
	const inner = details.failures ?? [{ path: '', message }];
	const failures = inner.map((failure) => ({ ...failure, path: `${path}${failure.path}` }));
	return withFacts(error, { message: `${where}: ${message}`, failures });
}

/** Reads what a callback returned. @throws TokenHubError `badConfig` with where it happened. */
function readAt<Value>(callback: Callback, read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		throw faultAt(callback, error);
	}
}

/** Whether the caller ends the loop after a turn. @throws TokenHubError `badConfig`, `cancelled` */
export async function isStopped(run: LoopRun): Promise<boolean> {
	const { stopWhen } = run.request;
	if (!stopWhen || run.iterations === 0) return false;
	const where = `After turn ${run.iterations}`;
	const callback = { name: 'stopWhen', where, path: '/stopWhen' };
	const given = await callersAnswer(run, callback, () => stopWhen(turnState(run)));
	if (typeof given === 'boolean' || given === undefined) return given === true;
	throw faultAt(callback, refusedTurn('stopWhen must return true or false.', ''));
}

/** Asks the caller what to change in the next turn. @throws TokenHubError `badConfig`, `cancelled` */
export async function changeTurn(run: LoopRun): Promise<void> {
	const { beforeTurn } = run.request;
	run.change = undefined;
	if (!beforeTurn) return;
	const where = `Before turn ${run.iterations + 1}`;
	const callback = { name: 'beforeTurn', where, path: '/beforeTurn' };
	const given = await callersAnswer(run, callback, () => beforeTurn(turnState(run)));
	if (given === undefined || given === null) return;
	const change = readAt(callback, () => readChange(run, given));
	run.change = change;
	loadForced(run, change);
	if (change.message !== undefined) run.messages.push({ role: 'user', content: change.message });
}

function readChange(run: LoopRun, given: unknown): TurnChange {
	const change = readInput(turnChangeSchema, given, 'answer of beforeTurn');
	assertTools(run, change);
	const { client, request } = run;
	assertPriced(client, change.model === undefined ? [] : [change.model], request.maxCostUsd);
	return change;
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
		...deepCopy(run.spending),
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
	run: Parameters<typeof callersAnswer>[0] & Pick<LoopRun, 'warnings' | 'iterations'>,
	{ name, needsApproval }: Tool,
	args: unknown,
): Promise<boolean> {
	if (typeof needsApproval !== 'function') return needsApproval === true;
	const callback = {
		name: `needsApproval of the tool "${name}"`,
		where: `In turn ${run.iterations}`,
		path: '/tools',
	};
	try {
		const given: unknown = await callersAnswer(run, callback, () => needsApproval(args));
		return given !== false;
	} catch (error) {
		if (!run.signal?.aborted) run.warnings.push(`A person is asked: ${messageOf(error)}`);
		return true;
	}
}
