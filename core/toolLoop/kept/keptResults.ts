import type { ToolCall } from '../../chat/chatResult';
import type { Content, Message } from '../../chat/messages';
import { inTurns } from '../../read/inSteps';
import { textOf } from '../context/stubs';
import { callsOf } from '../context/turns';
import type { CallOutcome } from '../invokeTool';
import type { LoopRequest } from '../loopRequest';
import type { LoopRun } from '../loopRun';
import { spoken } from '../openingMessages';
import type { ResumeState, SettledCall } from '../resumeState';
import type { Tool } from '../tool';
import { isReader, readerNames, readerTools } from './readerTools';
import { headKept, resultKept, resultsGone, type ReaderNames } from './keptWords';
import { wholeLetter } from './places';
import { startOf } from './pages';
import { shapeOf } from './keptShape';
import { keptWithin, numberOf, type KeptState } from './keptState';

/** The long results of a run, by the number of their call. */
export interface Kept {
	results: Map<number, KeptState['results'][number]>;
	/** Up to this number, none is kept any more. */
	gone: number;
	/** Those among them that the model has not been told of. */
	untold: number[];
	/** Characters of all together; 0 where results are cut. */
	most: number;
	/** The number before that of the first call: earlier runs have names of their own. */
	before: number;
	/** Of the tools that read them, once they are offered. */
	readers?: ReaderNames;
}

/** In a smaller limit, no preview fits that says what there is. */
const LEAST_LIMIT = 1_000;

export function openKept(
	request: LoopRequest,
	{ messages, history, tools }: Pick<LoopRun, 'messages' | 'history' | 'tools'>,
): Kept {
	const { longResults, toolResultLimit, resume } = request;
	const { gone = 0, untold = [], results = [] } = resume?.kept ?? {};
	const isKept = longResults.mode === 'keep' && toolResultLimit >= LEAST_LIMIT;
	const kept: Kept = {
		results: byNumber(results),
		...{ gone, untold: [...untold], most: isKept ? longResults.maxCharacters : 0 },
		before: namesBefore(spoken(messages).slice(0, history)),
	};
	if (isKept) makeRoom(kept);
	offerReaders({ request, tools, kept });
	return kept;
}

/** How the preview of an earlier run begins, by `resultKept`. */
const KEPT_PREVIEW = /^Too long to show: kept as "r(\d{1,6})"/;

/** The highest number of a result that an earlier run has kept. */
export function namesBefore(history: readonly Message[]): number {
	const numbers = history.map((message) =>
		message.role === 'tool' ? Number(KEPT_PREVIEW.exec(textOf(message.content))?.[1] ?? 0) : 0,
	);
	return numbers.reduce((most, number) => Math.max(most, number), 0);
}

/** The number of each call of a run, which is the same whenever it is asked for. */
export function callNumbers({
	messages,
	history,
}: Pick<ResumeState, 'messages' | 'history'>): Map<string, number> {
	const said = spoken(messages);
	const before = namesBefore(said.slice(0, history));
	const calls = said.slice(history).flatMap((message) => callsOf(message));
	return new Map(calls.map(({ id }, at) => [id, before + at + 1]));
}

/** The same outcome; where its result is too long to show, with a preview of what is kept. */
export async function withKept(
	run: LoopRun,
	call: ToolCall,
	{ whole, ...outcome }: CallOutcome,
): Promise<CallOutcome> {
	const { kept, tools, signal } = run;
	const number = callNumbers(run).get(call.id);
	if (whole === undefined || kept.most === 0 || number === undefined) return outcome;
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
export function offerReaders(run: Parameters<typeof readerTools>[0]): void {
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

/** As plain JSON; nothing where nothing was ever kept. */
export function keptState({ kept }: LoopRun): Pick<ResumeState, 'kept'> {
	const { results, gone, untold } = kept;
	if (results.size === 0 && gone === 0) return {};
	return { kept: { results: [...results.values()], gone, untold: [...untold] } };
}

/** What of a result is read to be kept: nothing of what is read from one that is kept. */
export function mostKept({ kept, tools }: LoopRun, tool: Tool): number {
	return isReader({ kept, tools }, tool) ? 0 : kept.most;
}
