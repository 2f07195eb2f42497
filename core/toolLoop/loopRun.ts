import type { ReadRequest } from '../chat/chatRequest';
import type { Message } from '../chat/messages';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import type { TokenHubError } from '../errors';
import type { Ledger } from '../ledger';
import { valueOrReason } from '../messageOf';
import { deepCopy } from '../lib/own';
import type { Spending } from '../usage';
import type { LoopRequest, TurnChange } from './loopRequest';
import type { ReaderNames } from './messagesToModel';
import type { ContextState, GivenResult, KeptState, ResumeState, Step } from './resumeState';
import type { Tool } from './tool';

/** The events of `onEvent`: requests, pieces of text (with `stream`), and tool calls. */
export type LoopEvent =
	| { type: 'request'; iteration: number }
	| { type: 'text'; delta: string }
	| { type: 'toolStart'; callId: string; tool: string; arguments: string }
	| { type: 'toolEnd'; step: Step };

/** Options of `runToolLoop`. With `signal`, the loop ends as `cancelled` and throws nothing. */
export interface ToolLoopOptions extends CallOptions {
	/** Called with each event. What it throws is ignored, because a listener must not end the run. */
	onEvent?(event: LoopEvent): void;
	/**
	 * Called with the whole run as plain JSON before each request, before a tool begins and after it has
	 * ended; the loop waits for it. Store it: `resume` continues from it when the process has died. When it
	 * throws, nothing further begins, and the loop fails with `badConfig`.
	 */
	onCheckpoint?(state: ResumeState): unknown;
}

/** One loop while it runs. Everything in it belongs to one item only. */
export interface LoopRun {
	client: TokenHubClient;
	request: LoopRequest;
	options: ToolLoopOptions;
	/** By the name under which the model knows them. */
	tools: Map<string, Tool>;
	/** The turn under way. */
	turn?: OpenTurn;
	checkpoints?: Checkpoints;
	/** What the caller has changed for this turn. */
	change?: TurnChange;
	/** Where they are offered as they are found. */
	search?: ToolSearch;
	/** Why tools were refused before, in other runs of the client as well. */
	refusals: Map<string, string>;
	messages: Message[];
	/** Which part of them is sent in another form. */
	context: Context;
	/** Results that were too long to show. */
	kept: Kept;
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
	/** How often each very call was made, by name and arguments; of a resumed run, counted again. */
	callCounts: Map<string, number>;
	/** When the loop began, without the time that it waited for others. */
	startedAt: number;
	/** The caller's signal, and the loop's own deadline. */
	signal: AbortSignal;
	/** Waits for the deadline no longer. */
	end(this: void): void;
	answeredBy: string;
	/** What the caller should hear of: `warnings` of the result. */
	warnings: string[];
}

/** The calls of one turn: done, or waiting for somebody else. */
export type Turn = Pick<ResumeState, 'settled' | 'pending' | 'stuck'>;

/** The calls of the turn that is under way, as a checkpoint shows them. */
export interface OpenTurn extends Pick<ResumeState, 'settled' | 'pending' | 'stuck'> {
	unfinished: NonNullable<ResumeState['unfinished']>;
	/** Of pending calls that have not begun. */
	results: GivenResult[];
}

/** Where the caller keeps the state of a run. */
export interface Checkpoints {
	/** Resolves when all that has happened is kept, or cannot be: see `failure`. */
	save(this: void): Promise<void>;
	/** Why it could not be kept: then nothing may begin any more. */
	failure?: TokenHubError;
}

/** Tools that are offered as they are looked for; names are those under which they are offered. */
export interface ToolSearch {
	/** Of the tool that finds others. */
	name: string;
	/** Always offered. */
	pinned: ReadonlySet<string>;
	/** Of names that are no tools. */
	warnings: string[];
	/** Found so far, in order: the beginning of a request stays what it was. */
	loaded: Set<string>;
}

/** What a run knows of its context. */
export interface Context {
	state: ContextState;
	/** By the message that they stand for: the same object each time, so that it is read once. */
	stubs: Map<Message, Message>;
	/** Those of the run. */
	steps: readonly Step[];
}

/** The long results of a run, by the number of their call. */
export interface Kept {
	results: Map<number, KeptState['results'][number]>;
	/** Up to this number, none is kept any more. */
	gone: number;
	/** Those of them that the model does not know about yet. */
	untold: number[];
	/** Characters of all together; 0 where results are cut. */
	most: number;
	/** Of the tools that read them, once they are offered. */
	readers?: ReaderNames;
}

/** Milliseconds so far, earlier passes included. */
export function elapsedMs({ startedAt }: LoopRun): number {
	return Math.round(performance.now() - startedAt);
}

export function tell({ options }: LoopRun, event: LoopEvent): void {
	// Documented: what was paid for is worth more than a listener, which may also be asynchronous.
	void valueOrReason(() => options.onEvent?.(deepCopy(event)));
}
