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

/** Options of `runToolLoop`. If `signal` aborts, the loop ends as `cancelled` and throws nothing. */
export interface ToolLoopOptions extends CallOptions {
	/** Called with each event. Whatever it throws is ignored, because a listener must not end the run. */
	onEvent?(event: LoopEvent): void;
	/**
	 * Called with the whole run as plain JSON before each request, before a tool starts and after it has
	 * ended; the loop waits for it. Store the state: `resume` continues from it if the process dies. If
	 * it throws, nothing else starts, and the loop fails with `badConfig`.
	 */
	onCheckpoint?(state: ResumeState): unknown;
}

/** One loop while it runs. Everything in it belongs to a single item. */
export interface LoopRun {
	client: TokenHubClient;
	request: LoopRequest;
	options: ToolLoopOptions;
	/** By the names that the model knows. */
	tools: Map<string, Tool>;
	/** The current turn. */
	turn?: OpenTurn;
	checkpoints?: Checkpoints;
	/** What the caller has changed for this turn. */
	change?: TurnChange;
	/** Set if tools are offered only once they are found. */
	search?: ToolSearch;
	/** Why tools were refused before, including in other runs of the client. */
	refusals: Map<string, string>;
	messages: Message[];
	/** Which part of the messages is sent in another form. */
	context: Context;
	/** Results that were too long to show. */
	kept: Kept;
	/** Makes the body of each turn's request. */
	read: ReadRequest;
	/** How many messages, not counting system messages, came before the question of this run. */
	history: number;
	/** Of all finished turns. */
	steps: Step[];
	iterations: number;
	/** Consecutive answers that were cut off before their calls were complete. */
	cuts: number;
	ledger: Ledger;
	/** The ledger's total, including turns before a stop. */
	readonly spending: Spending;
	/**
	 * How often each identical call was made, by name and arguments; for a resumed run, counted again.
	 */
	callCounts: Map<string, number>;
	/** When the loop began, not counting the time that it waited for others. */
	startedAt: number;
	/** The caller's signal, and the loop's own deadline. */
	signal: AbortSignal;
	/** Stops waiting for the deadline. */
	end(this: void): void;
	answeredBy: string;
	/** What the caller should know: `warnings` of the result. */
	warnings: string[];
}

/** The calls of one turn: finished, or waiting for somebody else. */
export type Turn = Pick<ResumeState, 'settled' | 'pending' | 'stuck'>;

/** The calls of the current turn, as a checkpoint shows them. */
export interface OpenTurn extends Pick<ResumeState, 'settled' | 'pending' | 'stuck'> {
	unfinished: NonNullable<ResumeState['unfinished']>;
	/** Results of pending calls that have not started. */
	results: GivenResult[];
}

/** Where the caller keeps the state of a run. */
export interface Checkpoints {
	/** Resolves when everything so far is stored, or cannot be: see `failure`. */
	save(this: void): Promise<void>;
	/** Why it could not be stored: nothing else may start then. */
	failure?: TokenHubError;
}

/** Tools that are offered once they are found; all names are those under which they are offered. */
export interface ToolSearch {
	/** The name of the tool that finds others. */
	name: string;
	/** Always offered. */
	pinned: ReadonlySet<string>;
	/** About pinned names that are not tools. */
	warnings: string[];
	/** Found so far, in order, so that the beginning of a request does not change. */
	loaded: Set<string>;
}

/** What a run knows about its context. */
export interface Context {
	state: ContextState;
	/** By the message that each replaces: the same object each time, so that it is read once. */
	stubs: Map<Message, Message>;
	/** The steps of the run. */
	steps: readonly Step[];
}

/** The long results of a run, by the number of their call. */
export interface Kept {
	results: Map<number, KeptState['results'][number]>;
	/** Results up to this number are no longer kept. */
	gone: number;
	/** Those of them that the model has not been told about. */
	untold: number[];
	/** Characters of all together; 0 if results are cut. */
	most: number;
	/** The names of the tools that read them, once they are offered. */
	readers?: ReaderNames;
}

/** Milliseconds so far, including earlier passes. */
export function elapsedMs({ startedAt }: LoopRun): number {
	return Math.round(performance.now() - startedAt);
}

export function tell({ options }: LoopRun, event: LoopEvent): void {
	// As documented: what was paid for matters more than a listener, which may also be asynchronous.
	void valueOrReason(() => options.onEvent?.(deepCopy(event)));
}
