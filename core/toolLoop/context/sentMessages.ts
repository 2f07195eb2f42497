import type { ChatResult } from '../../chat/chatResult';
import type { Content, Message } from '../../chat/messages';
import type { FunctionTool } from '../../chat/toolCalls';
import { perObject } from '../../lib/perObject';
import { estimateTokens, promptTokens } from '../../lib/text';
import { callOf, imagesOf, recentFrom, spoken, textOf } from '../conversation';
import type { Context, LoopRun } from '../loopRun';
import {
	CUT_ANSWER,
	EMPTY_ANSWER,
	LIMIT_REACHED,
	resultLeftOut,
	summaryOf,
} from '../messagesToModel';
import { contextSchema, type ContextState, RATES, type Step } from '../resumeState';

export function openContext(
	steps: readonly Step[],
	state: ContextState = contextSchema.parse({}),
): Context {
	return { state: { ...state }, stubs: new Map(), steps };
}

type Viewed = Pick<LoopRun, 'messages' | 'history' | 'context'>;

/**
 * What is sent of a history: all of it, or a summary and stubs in place of old parts. Messages that
 * were sent before are the same objects, so that only new ones are read.
 */
export function viewOf({ messages, history, context }: Viewed): Message[] {
	const { stubsUntil, summary } = context.state;
	if (stubsUntil === 0 && !summary) return messages;
	const said = spoken(messages);
	return [
		...messages.filter(({ role }) => role === 'system'),
		...beforeTurns(said, { history, summary }),
		...withStubs(context, said).slice(summary?.until ?? 0),
	];
}

/** The messages with stubs in place of old results. */
export function withStubs(context: Context, said: readonly Message[]): Message[] {
	const { stubsUntil } = context.state;
	return said.map((message, at) =>
		message.role === 'tool' && at < stubsUntil ? stubOf(context, said, at) : message,
	);
}

/** What a user said in this run is kept word for word; a summary replaces the rest. */
function beforeTurns(
	said: readonly Message[],
	{ history, summary }: { history: number; summary: ContextState['summary'] },
): Message[] {
	if (!summary) return [];
	return [...said.slice(history, summary.until).filter(isAsked), summaryMessage(summary)];
}

const OWN_WORDS: readonly unknown[] = [CUT_ANSWER, EMPTY_ANSWER, LIMIT_REACHED];

/** Whether the user or the caller said it, not the loop. */
function isAsked({ role, content }: Message): boolean {
	return role === 'user' && !OWN_WORDS.includes(content);
}

const summaryMessage = perObject(({ text }: NonNullable<ContextState['summary']>): Message => ({
	role: 'user',
	content: summaryOf(text),
}));

/**
 * Replaces old results with stubs, the oldest first and never those of the last two turns, until this
 * many tokens are saved. Returns how many were saved.
 */
export function stubOldest(run: LoopRun, tooMuch: number): number {
	const { context, history } = run;
	const { state } = context;
	const said = spoken(run.messages);
	const end = recentFrom(said, history);
	const from = Math.max(state.stubsUntil, state.summary?.until ?? 0);
	let saved = 0;
	const stubbed = new Set<string>();
	for (let at = from; at < end && saved < tooMuch; at += 1) {
		state.stubsUntil = at + 1;
		const message = said[at];
		if (message?.role !== 'tool') continue;
		const stub = stubOf(context, said, at);
		if (stub === message) continue;
		saved += tokensOf(message) - tokensOf(stub);
		stubbed.add(message.tool_call_id);
	}
	markSteps(run, stubbed, 'stub');
	return saved;
}

/** Steps show whose results are no longer sent in full, and since when. */
export function markSteps(
	run: LoopRun,
	callIds: ReadonlySet<string>,
	as: 'stub' | 'summary',
): void {
	if (callIds.size === 0) return;
	for (const [at, step] of run.steps.entries()) {
		if (callIds.has(step.callId))
			run.steps[at] = { ...step, leftOut: { iteration: run.iterations + 1, as } };
	}
}

/** For the arguments of a call. */
const LONGEST_ARGUMENTS = 200;
/** Characters: a result that is hardly longer than its stub is kept. */
const WORTH_MORE = 200;

/** What replaces an old result: its call and its size. */
function stubOf(context: Context, said: readonly Message[], at: number): Message {
	const message = said[at];
	if (message?.role !== 'tool') throw new Error('only results have stubs');
	const { steps, stubs } = context;
	const known = stubs.get(message) ?? madeStub(message, callOf(said, at)?.function, steps);
	stubs.set(message, known);
	return known;
}

function madeStub(
	message: Extract<Message, { role: 'tool' }>,
	{ name, arguments: args } = { name: 'tool', arguments: '' },
	steps: Context['steps'],
): Message {
	const kept = steps.find(({ callId }) => callId === message.tool_call_id)?.kept;
	const short = args.length > LONGEST_ARGUMENTS ? `${args.slice(0, LONGEST_ARGUMENTS)}…` : args;
	const call = `${name}(${short.toWellFormed()})`;
	const size = kept ? `${kept.characters} characters` : sizeOf(message.content);
	const content = resultLeftOut(call, size, kept?.name);
	const isWorth =
		imagesOf(message.content) > 0 || textOf(message.content).length > content.length + WORTH_MORE;
	return isWorth ? { ...message, content } : message;
}

/** "40000 characters, 2 images" */
function sizeOf(content: Content): string {
	const [characters, images] = [textOf(content).length, imagesOf(content)];
	const words = images === 1 ? '1 image' : `${images} images`;
	return images === 0 ? `${characters} characters` : `${characters} characters, ${words}`;
}

/** Estimated once for each message: old messages do not change. */
const tokensOf = perObject((message: Message) => promptTokens({ messages: message }));

const parameterTokens = perObject((parameters: object) => {
	return estimateTokens(JSON.stringify(parameters));
});

/** Names of the fields around a tool. */
const AROUND_TOOL = 20;

export function toolTokens(tools: readonly FunctionTool[] = []): number {
	return tools
		.map(({ function: { name, description = '', parameters } }) => {
			const sent = parameters ? parameterTokens(parameters) : 0;
			return AROUND_TOOL + estimateTokens(name + description) + sent;
		})
		.reduce((sum, tokens) => sum + tokens, 0);
}

export function messageTokens(messages: readonly Message[]): number {
	return messages.reduce((sum, message) => sum + tokensOf(message), 0);
}

/** Records how far off estimates are, within what is plausible. */
export function calibrate(
	state: ContextState,
	estimated: number,
	{ usage, requests }: Pick<ChatResult, 'usage' | 'requests'>,
): void {
	if (requests === 1 && usage.promptTokens > 0) state.rate = rateOf(usage.promptTokens, estimated);
}

export function rateOf(counted: number, estimated: number): number {
	const rate = counted / Math.max(1, estimated);
	return Math.min(RATES.max, Math.max(RATES.min, rate));
}
