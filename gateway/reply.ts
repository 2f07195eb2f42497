import type { Usage } from '../core/usage';
import type { ChatBody } from './contract/chatBody';
import type { ErrorBody } from './contract/refusal';

interface Common {
	/** Waits before the first byte. */
	delayMs?: number;
	/** Waits between two chunks of a stream. */
	chunkDelayMs?: number;
	headers?: Record<string, string>;
}

export interface ScriptedCall {
	id?: string;
	name: string;
	/** A text is sent unchanged, broken or not. */
	arguments: string | object;
}

/**
 * The usage of an answer; `cachedTokens` are those of the prompt that came from a cache, `cost` is what
 * other gateways report in US dollars.
 */
export interface CountedUsage extends Usage {
	cost?: number;
	cachedTokens?: number;
}

/** A completion, sent as JSON or SSE as the request asks. */
export interface AnswerReply extends Common {
	text?: string;
	toolCalls?: ScriptedCall[];
	refusal?: string;
	finishReason?: string;
	/** Counted if missing; null leaves it out of the answer. */
	usage?: Partial<CountedUsage> | null;
	model?: string;
}

/** An HTTP error in OpenAI's format. */
export interface ErrorReply extends Common {
	status: number;
	error?: Partial<ErrorBody['error']>;
}

/** Any body, unchanged. */
export interface RawReply extends Common {
	raw: string;
	contentType?: string;
	status?: number;
}

/** `reset` and `hang` never answer; `cutStream` and `stallStream` stop half-way through `text`. */
export interface FaultReply extends Common {
	fault: 'reset' | 'hang' | 'cutStream' | 'stallStream';
	text?: string;
}

export type Reply = AnswerReply | ErrorReply | RawReply | FaultReply;

/** Only requests that follow the contract get a reply; `n` counts those from 0. */
export type Script = Reply[] | ((body: ChatBody, n: number) => Reply | Promise<Reply>);
