import { repairConversation } from '../../core/chat/repair/repairConversation';
import { TokenHubError } from '../../core/errors';
import type { Message } from '../../core/chat/messages';
import type { ToolLoopResult } from '../../core/toolLoop/loopResult';
import type { ToolLoopRequest } from '../../core/toolLoop/loopRequest';
import { lastQuestion, turnOf } from '../../core/toolLoop/conversation';
import type { Tool } from '../../core/toolLoop/tool';
import { assertPriced } from '../../core/purse';
import { countedUsd, reused } from '../../core/usage';
import { runToolLoop } from '../../core/toolLoop/runToolLoop';
import { valueOrReason } from '../../core/messageOf';
import { without } from '../../core/lib/own';
import { readForm } from '../shared/item/itemReader';
import { nodeOf, type ItemRun } from '../shared/item/itemRun';
import { withApproval } from './approval/withApproval';
import type { ConnectedTools } from './tools/connectedTools';
import { inlineTools } from './tools/inlineTools';
import { assertNoDecision, assertNothingBegun } from './waiting/foreignState';
import { marksOf } from './checkpoint/loopMarks';
import { fromCheckpoint, openCheckpoint, type Checkpoint } from './checkpoint/openCheckpoint';
import { keepProgress } from './waiting/issuedLoops';
import type { LoopItem } from './waiting/loopItem';
import type { Exchange, Memory } from './memory/memory';
import { stoppedOutput, turnControl } from './turnControl';
import { form, toLoopInput, type LoopInput } from './parameters';
import { parserSchema } from './outputParser';
import type { RunParts } from './runParts';
import { tellReader, type Reading } from './tellReader';
import { fileWarnings, inWords } from '../shared/item/fileParts';
import { askedFiles, NO_FILES } from '../shared/item/files';
import { streamed } from '../shared/run/streamed';
import { warn } from '../shared/run/warnings';

/** One loop, from its question or from where it stopped, to its end or its next stop. */
export async function run(item: ItemRun, loop: LoopItem, parts: RunParts): Promise<LoopItem> {
	const { context, itemIndex } = item;
	const values = readForm(context, itemIndex, form);
	// A loop that waited already has its question and everything that belongs to it.
	const isNew = !loop.resume && values.options.resumeFrom === undefined;
	const files = isNew ? await askedFiles(item, values) : NO_FILES;
	const input = toLoopInput(values, { returned: loop.resume, files });
	const parser = await parserSchema(item, input.request.outputSchema);
	if (parser) input.request.outputSchema = parser;
	const showToolUse = input.showToolUse ?? nodeOf(context).typeVersion !== 1;
	const reading = { showToolUse, hasSpoken: loop.resume !== undefined };
	return await parts.withTools(itemIndex, async (connected) => {
		const { engineTools } = connected;
		const tools = allTools(item, input, connected);
		return await parts.withMemory(itemIndex, async (memory) => {
			if (!loop.resume) assertNothingBegun(input.request.resume);
			const { request: given } = input;
			const marks = () => marksOf(context, { values, request: given, parser, tools, memory });
			const checkpoint = openCheckpoint(item, input.control, { loop, marks });
			const { request: begun, output } = await fromCheckpoint(given, checkpoint);
			if (output) return await runReused(item, loop, output);
			if (!loop.resume) assertNoDecision(begun.resume, { engineTools, tools });
			const asked = { ...begun, ...controlled(item, input, tools), tools };
			const request = await withHistory(asked, memory);
			const onCheckpoint = savesOf(context, loop, checkpoint);
			const ran = await ask(item, { request, onCheckpoint }, { ...reading, engineTools });
			const result = stoppedOutput(input.control, ran);
			// The cost of a state from elsewhere does not count for this run.
			const before = loop.resume ? undefined : begun.resume?.spending;
			const spentUsd = countedUsd(result) ?? 0;
			const waitsForEngine = result.pendingToolCalls?.some(({ name }) => engineTools.has(name));
			const beforeUsd = loop.beforeUsd + ((before && countedUsd(before)) ?? 0);
			const { resume } = result;
			const next = { ...loop, spentUsd, beforeUsd, resume, stored: checkpoint?.stored };
			if (waitsForEngine) return next;
			const done = toDone(input, withWarnings(result, fileWarnings(files)));
			await closeFinished({ checkpoint, memory }, { result, output: done.json });
			if (memory && !resume) await remember(item, memory, exchangeOf(input, request, result));
			return { ...next, done };
		});
	});
}

/** What an earlier execution has paid for and may not have passed on: a chat's reader gets it too. */
async function runReused(item: ItemRun, loop: LoopItem, json: Output): Promise<LoopItem> {
	const { output } = json;
	const text = typeof output === 'string' ? output : JSON.stringify(output);
	await streamed(item, ({ onText }) => Promise.resolve(onText?.(text)));
	return { ...loop, done: { how: 'answered', json: reused(json) } };
}

type Output = Record<string, unknown>;

/**
 * A loop that a limit has ended stays open: with a higher limit, it can be continued. In a conversation
 * with memory, the same words again are another question.
 */
async function closeFinished(
	{ checkpoint, memory }: { checkpoint?: Checkpoint; memory?: Memory },
	{ result, output }: { result: ToolLoopResult; output: Output },
): Promise<void> {
	if (!['answered', 'stopped'].includes(result.stopReason)) return;
	await checkpoint?.close(memory ? undefined : output);
}

function allTools({ context }: ItemRun, input: LoopInput, connected: ConnectedTools): Tool[] {
	const all = [...connected.tools, ...inlineTools(context, input.inlineTools)];
	return withApproval(context, { rows: input.control.approveWhen, connected }, all);
}

/** What was done after a person's yes is stored by the execution too. */
function savesOf(
	context: ItemRun['context'],
	{ took }: LoopItem,
	checkpoint: Checkpoint | undefined,
): Checkpoint['save'] | undefined {
	if (took === undefined) return checkpoint?.save;
	return async (state) => {
		keepProgress(context, took, state);
		await checkpoint?.save(state);
	};
}

async function ask(
	item: ItemRun,
	{ request, onCheckpoint }: { request: ToolLoopRequest; onCheckpoint?: Checkpoint['save'] },
	reading: Reading,
): Promise<ToolLoopResult> {
	const { client, signal, budgetUsd: maxCostUsd } = item;
	const result = await streamed(item, async ({ stream, onText }) => {
		const teller = onText && tellReader(onText, reading);
		const asked = { ...request, maxCostUsd, stream };
		const { onEvent } = teller ?? {};
		const options = { signal, onEvent, onCheckpoint };
		const ran = await runToolLoop(client, asked, options);
		teller?.onStop(ran);
		return ran;
	});
	if (result.stopReason !== 'cancelled') return result;
	// In n8n, a stopped run has no output: the item must not look as if it had been answered.
	const { usage, costUsd, estimated, steps } = result;
	const paid = { usage, costUsd, estimated, steps };
	throw new TokenHubError('cancelled', 'The run was cancelled.', paid);
}

/** The options for each turn, depending on the node's version. */
function controlled(
	{ context, client, budgetUsd }: ItemRun,
	{ control, request }: LoopInput,
	tools: readonly Tool[],
): Partial<ToolLoopRequest> {
	const { strongerModel } = control;
	const isFirst = nodeOf(context).typeVersion === 1;
	assertPriced(client, strongerModel === undefined ? [] : [strongerModel], budgetUsd);
	return {
		...control.searchOf(isFirst),
		// In nodes saved by 1.0.0, requests that fit are sent unchanged, and long results are cut.
		contextMode: request.contextMode ?? (isFirst ? undefined : 'stubs'),
		longResults: request.longResults ?? (isFirst ? 'cut' : 'keep'),
		...turnControl(control, tools, request),
	};
}

/** The request with the content of memory before its question. */
async function withHistory(
	request: ToolLoopRequest,
	memory: Memory | undefined,
): Promise<ToolLoopRequest> {
	const { prompt, messages, ...rest } = request;
	const asked = prompt === undefined ? messages : [{ role: 'user' as const, content: prompt }];
	// A loop that comes back has it already; a state from elsewhere has no system message of its own.
	const isNew = request.resume ? request.system !== undefined : asked !== undefined;
	if (!memory || !isNew) return request;
	const { history, system: remembered } = await memory.load();
	const system = [request.system, ...remembered].filter(Boolean).join('\n\n');
	if (asked === undefined) return { ...request, system };
	return {
		...rest,
		system: system || undefined,
		messages: [...history, ...asked],
	};
}

function exchangeOf(
	{ remember }: LoopInput,
	request: ToolLoopRequest,
	result: ToolLoopResult,
): Exchange {
	const turn = turnOf({ messages: result.messages, history: historyOf(request) });
	const { output } = result;
	const answer = typeof output === 'string' ? output : JSON.stringify(output ?? '');
	return { question: questionOf(turn), answer, turn, remember };
}

/** Counted in the same way as the loop does. */
function historyOf({ resume, messages = [], tools = [] }: ToolLoopRequest): number {
	if (resume) return resume.history ?? 0;
	if (messages.length === 0) return 0;
	const hasTools = tools.length > 0;
	return lastQuestion(repairConversation(messages, { hasTools }).messages);
}

function questionOf([first]: readonly Message[]): string {
	return first?.role === 'user' ? inWords(first.content) : '';
}

/** An answer that was paid for is not lost because memory cannot be written. */
async function remember({ context }: ItemRun, memory: Memory, exchange: Exchange): Promise<void> {
	if (exchange.answer === '') return;
	const saved = await valueOrReason(() => memory.save(exchange));
	if (!saved.ok) warn(context, `The answer could not be saved to memory: ${saved.reason}`);
	else if (saved.value !== undefined) warn(context, saved.value);
}

function toDone(
	{ includeMessages }: LoopInput,
	result: ToolLoopResult,
): NonNullable<LoopItem['done']> {
	const { resume, ...all } = result;
	const json = without(all, 'messages');
	if (resume) return { how: 'calls', json };
	return { how: 'answered', json: includeMessages ? all : json };
}

function withWarnings(result: ToolLoopResult, more: readonly string[]): ToolLoopResult {
	return more.length === 0
		? result
		: { ...result, warnings: [...(result.warnings ?? []), ...more] };
}
