import type { ToolCall } from '../../chat/chatResult';
import type { Content, Message } from '../../chat/messages';
import { inTurns } from '../../lib/steps';
import { callsOf, spoken, textOf } from '../conversation';
import type { CallOutcome } from '../invokeTool';
import type { LoopRequest } from '../loopRequest';
import type { Kept, LoopRun } from '../loopRun';
import { headKept, resultKept, resultsGone } from '../messagesToModel';
import { type KeptState, numberOf, type ResumeState, type SettledCall } from '../resumeState';
import type { Tool } from '../tool';
import { shapeOf } from './keptShape';
import { startOf, wholeLetter } from './places';
import { isReader, readerNames, readerTools } from './readerTools';

/** Within a smaller limit, there is no room for a useful preview. */
const LEAST_LIMIT = 1_000;

export function openKept(request: LoopRequest, { tools }: Pick<LoopRun, 'tools'>): Kept {
	const { longResults, toolResultLimit, resume } = request;
	const { gone = 0, untold = [], results = [] } = resume?.kept ?? {};
	const isKept = longResults.mode === 'keep' && toolResultLimit >= LEAST_LIMIT;
	const kept: Kept = {
		results: byNumber(results),
		...{ gone, untold: [...untold], most: isKept ? longResults.maxCharacters : 0 },
	};
	if (isKept) makeRoom(kept);
	offerReaders({ request, tools, kept });
	return kept;
}

/** How the preview of an earlier run begins, from `resultKept`. */
const KEPT_PREVIEW = /^Too long to show: kept as "r(\d{1,6})"/;

/** The highest number of a result that an earlier run has kept. */
function namesBefore(history: readonly Message[]): number {
	const numbers = history.map((message) =>
		message.role === 'tool' ? Number(KEPT_PREVIEW.exec(textOf(message.content))?.[1] ?? 0) : 0,
	);
	return numbers.reduce((most, number) => Math.max(most, number), 0);
}

/** The number of each call of a run, which is always the same. */
export function callNumbers({
	messages,
	history,
}: Pick<ResumeState, 'messages' | 'history'>): Map<string, number> {
	const said = spoken(messages);
	const before = namesBefore(said.slice(0, history));
	const calls = said.slice(history).flatMap((message) => callsOf(message));
	return new Map(calls.map(({ id }, at) => [id, before + at + 1]));
}

/** The same outcome, with a preview of what is kept if its result is too long to show. */
export async function withKept(
	run: LoopRun,
	call: ToolCall,
	{ whole, ...outcome }: CallOutcome,
): Promise<CallOutcome> {
	const { kept, tools, signal } = run;
	if (whole === undefined || kept.most === 0) return outcome;
	const number = callNumbers(run).get(call.id);
	if (number === undefined) return outcome;
	const names = readerNames(run);
	// The gateway may have refused one of them.
	if (kept.readers && ![names.read, names.search].every((name) => tools.has(name))) return outcome;
	const head = whole.slice(0, wholeLetter(whole, kept.most)).toWellFormed();
	const { words, text, isJson } = await inTurns(shapeOf(head), signal);
	const name = `r${number}`;
	const characters = whole.length;
	const isWhole = head.length === characters;
	const what = isWhole ? words : `${words}; ${headKept(head.length, characters)}`;
	kept.results.set(number, { name, callId: call.id, text, isJson });
	makeRoom(kept);
	const preview = startOf(resultKept(name, what, names), text, run.request.toolResultLimit);
	const content = withText(outcome.content, preview);
	return { ...outcome, content, kept: { name, characters } };
}

function makeRoom(kept: Kept): void {
	const within = keptWithin({ ...kept, results: [...kept.results.values()] }, kept.most);
	Object.assign(kept, { ...within, results: byNumber(within.results) });
}

const byNumber = (results: KeptState['results']): Kept['results'] =>
	new Map(results.map((result) => [numberOf(result.name), result]));

function withText(content: Content, text: string): Content {
	if (typeof content === 'string') return text;
	const images = content.filter(({ type }) => type !== 'text');
	return [{ type: 'text', text }, ...images];
}

/** At the end of a turn: the model is told what is gone, and can read what is there. */
export function endKept(run: LoopRun, settled: readonly SettledCall[]): SettledCall[] {
	const { kept } = run;
	offerReaders(run);
	const at = settled.findLastIndex(({ step }) => step.result !== undefined);
	const told = settled[at];
	if (!told || kept.untold.length === 0) return [...settled];
	const names = kept.untold.sort((a, b) => a - b).map((number) => `r${number}`);
	kept.untold = [];
	const content = withLastWords(told.content, resultsGone(names));
	return settled.with(at, { ...told, content });
}

/** From the first kept result on, in this run or before it was stopped. */
function offerReaders(run: Parameters<typeof readerTools>[0]): void {
	const { kept, tools } = run;
	if (kept.readers || (kept.results.size === 0 && kept.gone === 0)) return;
	const made = readerTools(run);
	kept.readers = readerNames(run);
	for (const tool of made) tools.set(tool.name, tool);
}

export function withLastWords(content: Content, words: string): Content {
	if (typeof content === 'string') return content + words;
	return [...content, { type: 'text', text: words.trim() }];
}

/** As plain JSON; undefined if nothing was ever kept. */
export function keptState({ kept }: LoopRun): Pick<ResumeState, 'kept'> {
	const { results, gone, untold } = kept;
	if (results.size === 0 && gone === 0) return {};
	return { kept: { results: [...results.values()], gone, untold: [...untold] } };
}

/** How much of a result is read in order to keep it: nothing for the tools that read kept results. */
export function mostKept({ kept, tools }: LoopRun, tool: Tool): number {
	return isReader({ kept, tools }, tool) ? 0 : kept.most;
}

/**
 * The same with at most this many characters: the oldest results are dropped, in whatever order they
 * arrived.
 */
export function keptWithin({ results, gone, untold }: KeptState, most: number): KeptState {
	const newestFirst = results.toSorted((a, b) => numberOf(b.name) - numberOf(a.name));
	let [left, last] = [most, gone];
	for (const { name, text } of newestFirst) {
		left -= text.length;
		if (left < 0) last = Math.max(last, numberOf(name));
	}
	const isGone = ({ name }: { name: string }) => numberOf(name) <= last;
	return {
		results: results.filter((result) => !isGone(result)),
		gone: last,
		untold: [...untold, ...results.filter(isGone).map(({ name }) => numberOf(name))],
	};
}
