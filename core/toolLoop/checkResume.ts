import type { Message } from '../chat/messages';
import { repairSteps } from '../chat/repair/repairConversation';
import { distinctToolName, legalToolName } from '../chat/toolCalls';
import { type Failure, TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { sameJson } from '../lib/isSame';
import { jsonPointer } from '../lib/jsonPointer';
import { tryJson } from '../json/tryJson';
import { inTurns } from '../lib/steps';
import { openCalls, spoken } from './conversation';
import { callNumbers } from './kept/keptResults';
import { repeatNudge } from './messagesToModel';
import { findTool } from './offeredTools';
import { isGated } from './planCall';
import { readArguments, shownArguments } from './readArguments';
import { type GivenResult, numberOf, type ResumeState } from './resumeState';
import type { Tool } from './tool';

type Call = ReturnType<typeof openCalls>[number];
type Tools = ReadonlyMap<string, Tool>;
type Gates = Parameters<typeof isGated>[0];
type Path = ReadonlyArray<string | number>;

/**
 * A state may have been through many hands: it has to be consistent, and to fit the current tools.
 * Nothing is repaired.
 * @throws TokenHubError `badConfig` with the place of each fault.
 */
export async function assertResumable(
	resume: ResumeState,
	tools: Tools,
	gates: Gates,
): Promise<void> {
	const failures = [
		...(await messageFaults(resume.messages)),
		...(await turnFaults(resume, tools)),
		...(await resultFaults(resume, tools, gates)),
		...stepFaults(resume),
		...contextFaults(resume),
		...keptFaults(resume),
	];
	const [first] = failures;
	if (!first) return;
	const message = `The state cannot be resumed: "${first.path}": ${first.message}`;
	throw new TokenHubError('badConfig', message, { failures, hint: HINT });
}

const HINT =
	'Pass back "resume" exactly as the loop returned it, with entries added to "results", and the same tools; or start a new loop.';

function fault(path: Path, message: string): Failure {
	return { path: jsonPointer(['resume', ...path]), message };
}

/** What a strict endpoint would refuse. */
async function messageFaults(messages: readonly Message[]): Promise<Failure[]> {
	// The calls of the last turn may be open.
	const done = openCalls(messages).length > 0 ? messages.slice(0, -1) : messages;
	const steps = repairSteps(done, { hasTools: true, isWhole: false });
	const { faults } = await inTurns(steps);
	const words = faults.map((line) => `a strict endpoint would refuse it. ${line}`);
	const ids = new Set<string>();
	const calls = messages.flatMap((message, index) =>
		message.role !== 'assistant'
			? []
			: (message.tool_calls ?? []).flatMap((call, at) => {
					const path = ['messages', index, 'tool_calls', at];
					const { name, arguments: text } = call.function;
					const isNew = call.id !== '' && !ids.has(call.id);
					ids.add(call.id);
					return [
						...(isNew ? [] : [fault([...path, 'id'], 'an id is empty or occurs twice')]),
						...(legalToolName(name) === name
							? []
							: [fault([...path, 'function', 'name'], 'it is not a valid tool name')]),
						...(isRecord(tryJson(text))
							? []
							: [fault([...path, 'function', 'arguments'], 'it is not a JSON object')]),
					];
				}),
	);
	return [...words.map((word) => fault(['messages'], word)), ...calls];
}

/** The waiting turn: its calls, each either settled or pending. */
async function turnFaults(
	{ messages, history, settled, pending, unfinished = [] }: ResumeState,
	tools: Tools,
): Promise<Failure[]> {
	const calls = new Map(openCalls(messages).map((call) => [call.id, call]));
	const isBetween = pending.length + settled.length + unfinished.length === 0;
	if (calls.size === 0 && isBetween) return boundaryFaults(messages, history);
	if (calls.size === 0) {
		return [fault(['messages', messages.length - 1], 'it must be a turn with tool calls')];
	}
	const seen = new Set<string>();
	const place = (callId: string, path: Path) => {
		const isRight = calls.has(callId) && !seen.has(callId);
		seen.add(callId);
		return isRight ? [] : [fault(path, `"${callId}" is not an open call, or occurs twice`)];
	};
	const shown = await Promise.all(
		pending.map((entry, at) =>
			pendingFaults(entry, calls.get(entry.callId), { tools, path: ['pending', at] }),
		),
	);
	const faults = [
		...(history <= spokenIn(messages) - 2 ? [] : [TOO_HIGH]),
		...settled.flatMap(({ step }, at) => place(step.callId, ['settled', at, 'step', 'callId'])),
		...pending.flatMap((entry, at) => [
			...place(entry.callId, ['pending', at, 'callId']),
			...(shown[at] ?? []),
		]),
		...unfinished.flatMap((entry, at) => [
			...place(entry.callId, ['unfinished', at, 'callId']),
			...nudgeFaults(entry.nudge, ['unfinished', at]),
		]),
	];
	const left = [...calls.keys()].find((id) => !seen.has(id));
	return left === undefined
		? faults
		: [...faults, fault(['pending'], `the call "${left}" is missing`)];
}

const TOO_HIGH = fault(['history'], 'it is higher than the position of the question');

const spokenIn = (messages: readonly Message[]) => spoken(messages).length;

/** Between two turns, there must be something for the model to answer. */
function boundaryFaults(messages: readonly Message[], history: number): Failure[] {
	const last = messages.at(-1)?.role;
	return [
		...(last === 'user' || last === 'tool'
			? []
			: [
					fault(
						['messages', messages.length - 1],
						'it must be a question, or the result of a call',
					),
				]),
		...(history < spokenIn(messages) ? [] : [TOO_HIGH]),
	];
}

function nudgeFaults(nudge: string | undefined, path: Path): Failure[] {
	if (['', repeatNudge(Number(/\d+/.exec(nudge ?? '')?.[0]))].includes(nudge ?? '')) return [];
	return [fault([...path, 'nudge'], 'this is not a message of the loop')];
}

/** What is shown of a call has to be what would run. */
async function pendingFaults(
	{ name, arguments: shown, nudge }: ResumeState['pending'][number],
	call: Call | undefined,
	{ tools, path }: { tools: Tools; path: Path },
): Promise<Failure[]> {
	if (!call) return [];
	const tool = findTool(tools, call.name);
	const isNamed = tool
		? tool.name === name
		: [legalToolName(name), distinctToolName(name)].includes(call.name);
	const read = tool && (await readArguments(tool, call));
	// A tool that runs here gets what its own schema makes of the text.
	const asWritten = tool?.execute ? undefined : tryJson(call.arguments);
	const asRead = read?.ok ? shownArguments(read.value, call) : undefined;
	const isShown = [asWritten, asRead].some(
		(value) => value !== undefined && sameJson(value, shown),
	);
	return [
		...(isNamed ? [] : [fault([...path, 'name'], `the model called "${call.name}"`)]),
		...nudgeFaults(nudge, path),
		...(isShown ? [] : [fault([...path, 'arguments'], `the model gave ${call.arguments}`)]),
	];
}

async function resultFaults(resume: ResumeState, tools: Tools, gates: Gates): Promise<Failure[]> {
	const { results, messages } = resume;
	const waiting = new Map(resume.pending.map((call) => [call.callId, call]));
	const calls = new Map(openCalls(messages).map((call) => [call.id, call]));
	const seen = new Set<string>();
	const faults: Failure[] = [];
	for (const [at, entry] of results.entries()) {
		const isNew = !seen.has(entry.callId);
		seen.add(entry.callId);
		const pending = waiting.get(entry.callId);
		const made = calls.get(entry.callId);
		const tool = findTool(tools, made?.name ?? '');
		const asks =
			pending && made && tool ? await isGated(gates, tool, { pending, call: made }) : false;
		const word = isNew ? resultFault(entry, { asks, tool }) : `"${entry.callId}" is given twice`;
		if (word !== undefined) faults.push(fault(['results', at], word));
	}
	return faults;
}

/**
 * A result must not replace a person's yes, and a yes must not bypass a tool's limits. Neither is
 * dropped, and neither is made up.
 */
function resultFault(
	given: GivenResult,
	{ asks, tool }: { asks: boolean; tool: Tool | undefined },
): string | undefined {
	const { approved, result, error } = given;
	if (result !== undefined && error !== undefined) return 'give "result" or "error", not both';
	if (!asks) {
		if (approved === undefined) return undefined;
		return tool ? 'the call needs no approval' : 'its tool is not among the tools';
	}
	// A tool may have returned nothing.
	const isOpen = !('result' in given) && error === undefined;
	if (approved === undefined ? error === undefined : !approved && result !== undefined)
		return 'the call needs approval: give "approved"';
	if (approved === false && error !== undefined) return 'give "reason" with a no, not "error"';
	return approved && isOpen && !tool?.execute
		? 'the loop cannot run it: give its "result" beside "approved"'
		: undefined;
}

/** Each step belongs to an answered call of this run. */
function stepFaults({ messages, history, steps }: ResumeState): Failure[] {
	const open = new Set(openCalls(messages).map(({ id }) => id));
	const done = new Set(
		[...callNumbers({ messages, history }).keys()].filter((id) => !open.has(id)),
	);
	return steps.flatMap(({ callId }, at) =>
		done.delete(callId)
			? []
			: [fault(['steps', at, 'callId'], `"${callId}" is not a finished call, or occurs twice`)],
	);
}

/**
 * What is sent in another form ends before the waiting turn, and a summary ends where a turn begins.
 */
function contextFaults({ context, messages }: ResumeState): Failure[] {
	if (!context) return [];
	const said = spoken(messages);
	const { stubsUntil, summary } = context;
	const isTurn = !summary || said[summary.until]?.role === 'assistant';
	return [
		...(stubsUntil < said.length
			? []
			: [fault(['context', 'stubsUntil'], 'it is after the waiting turn')]),
		...(isTurn ? [] : [fault(['context', 'summary', 'until'], 'no turn begins there')]),
	];
}

/** Each result is named after its call in this run, and the call is finished. */
function keptFaults(resume: ResumeState): Failure[] {
	const { kept, steps, settled, pending, unfinished = [] } = resume;
	const numbers = callNumbers(resume);
	const open = new Set([...pending, ...unfinished].map(({ callId }) => callId));
	const seen = new Set<string>();
	const isOf = (name: string, callId: string) => numbers.get(callId) === numberOf(name);
	const named = [
		...steps.map((step, at) => ({ step, path: ['steps', at] })),
		...settled.map(({ step }, at) => ({ step, path: ['settled', at, 'step'] })),
	];
	return [
		...named.flatMap(({ step, path }) =>
			!step.kept || isOf(step.kept.name, step.callId)
				? []
				: [fault([...path, 'kept', 'name'], 'another call has this name')],
		),
		...(kept?.results ?? []).flatMap(({ name, callId }, at) => {
			const isRight = isOf(name, callId) && !open.has(callId) && !seen.has(callId);
			seen.add(callId);
			const isThere = numberOf(name) > (kept?.gone ?? 0);
			if (isRight && isThere) return [];
			return [
				fault(['kept', 'results', at], 'it is not the result of a finished call of this run'),
			];
		}),
		...(kept?.untold ?? []).flatMap((number, at) =>
			number <= (kept?.gone ?? 0)
				? []
				: [fault(['kept', 'untold', at], 'this result is still kept')],
		),
	];
}
