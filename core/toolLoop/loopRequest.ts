import { z } from 'zod/v4';
import { samplingShape } from '../chat/chatRequest';
import { unknownKeys } from '../chat/parameters';
import type { Message } from '../chat/messages';
import { assertReadable, givenMessageSchema } from '../chat/repair/givenMessage';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { sameJson } from '../lib/isSame';
import { assertShallow, DEEPEST } from '../nesting';
import { readInput } from '../readInput';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from '../schema/jsonSchema';
import type { Spending } from '../usage';
import { resumeSchema, type Step } from './resumeState';
import type { Tool } from './tool';

export const LOOP_DEFAULTS = {
	maxIterations: 10,
	toolTimeoutMs: 60_000,
	toolConcurrency: 8,
	toolResultLimit: 50_000,
	repeatLimit: 3,
} as const;

export const ON_LIMIT = ['answer', 'return', 'error'] as const;

/** The caller's limits that end a tool loop. */
export const LIMITS = [
	'maxIterations',
	'maxToolCalls',
	'tokenBudget',
	'costBudget',
	'deadline',
	'repeatedCalls',
] as const;

/** Why a tool loop ended. */
export const STOP_REASONS = [
	'answered',
	...LIMITS,
	'stopped',
	'truncated',
	'refused',
	'awaitingTools',
	'awaitingApproval',
	'cancelled',
] as const;

/** One of `STOP_REASONS`. */
export type StopReason = (typeof STOP_REASONS)[number];

export const TOOL_SEARCH = ['auto', 'on', 'off'] as const;

const searchModeSchema = z.enum(TOOL_SEARCH);

/** About what five servers with many tools add to each request. */
const THRESHOLD_TOKENS = 10_000;

export const searchTermsSchema = z.strictObject({
	/** By default `auto`. */
	mode: searchModeSchema.default('auto'),
	/** Names of tools that are always offered. */
	pinned: z.array(z.string()).default([]),
	/** With `auto`: the estimated tokens of all definitions above which the model searches. */
	thresholdTokens: z.number().int().min(0).default(THRESHOLD_TOKENS),
});

export const toolSearchSchema = z.union([searchModeSchema, searchTermsSchema]);

/** What happens to results that are longer than `toolResultLimit`. */
export const LONG_RESULTS = ['keep', 'cut'] as const;

const longModeSchema = z.enum(LONG_RESULTS);

/** Characters of all results that a run keeps, and that its state carries. */
const KEPT_CHARACTERS = 10_000_000;

const longTermsSchema = z.strictObject({
	/** By default `keep`. */
	mode: longModeSchema.default('keep'),
	/** For all kept results together: beyond it, the oldest are dropped. By default 10,000,000. */
	maxCharacters: z.number().int().min(1).default(KEPT_CHARACTERS),
});

const longResultsSchema = z
	.union([longModeSchema, longTermsSchema])
	.transform((given) =>
		typeof given === 'string' ? longTermsSchema.parse({ mode: given }) : given,
	);

/** What happens to old turns when a conversation outgrows its model. */
export const CONTEXT_MODES = ['off', 'stubs', 'summary'] as const;

/** The state of a loop that `stopWhen` and `beforeTurn` get: a copy, made when it is read. */
export interface TurnState extends Spending {
	/** Requests that offered tools. */
	iterations: number;
	/** Every tool call so far, in order. */
	steps: Step[];
	/** The whole conversation so far. */
	messages: Message[];
	/** The model that answered last. */
	model: string;
	/** Milliseconds that the loop has taken. */
	latencyMs: number;
}

export const turnChangeSchema = z.strictObject({
	/** The model that is asked in this turn. */
	model: z.string().min(1).optional(),
	/** Names of the tools that this turn offers; an empty list offers none. */
	tools: z.array(z.string()).optional(),
	/** What the model must do in this turn. */
	toolChoice: z
		.union([z.enum(['auto', 'required', 'none']), z.strictObject({ name: z.string().min(1) })])
		.optional(),
	/** A message that is added to the conversation, as the user's. */
	message: z.string().min(1).optional(),
});

/**
 * What `beforeTurn` may change in one turn; the message stays in the conversation.
 * @interface
 */
export type TurnChange = z.input<typeof turnChangeSchema>;

const atLeastOne = z.number().int().min(1);
const isTool = (value: unknown): value is Tool =>
	isRecord(value) && typeof value.name === 'string' && typeof value.check === 'function';
type StopWhen = (state: TurnState) => boolean | undefined | Promise<boolean | undefined>;
type BeforeTurn = (
	state: TurnState,
) => TurnChange | undefined | void | Promise<TurnChange | undefined | void>;
const isFunction = (value: unknown) => typeof value === 'function';
const isSchema = (value: unknown): value is ZodType | JsonSchema =>
	isZodV4(value) || isZodV3(value) || isRecord(value);

export const loopRequestSchema = z.strictObject(
	{
		...samplingShape,
		/** The user's message; alternatively `messages`. */
		prompt: z.string().min(1, 'the prompt is empty').optional(),
		/**
		 * A conversation instead of a prompt; its last message is the question. What Claude would refuse
		 * is repaired: `warnings` of the result say how.
		 */
		messages: z.array(givenMessageSchema).min(1).optional(),
		/**
		 * What the model is and how it answers: the first message. With `resume`, it replaces the system
		 * message of the state.
		 */
		system: z.string().optional(),
		/** Made with `defineTool`; each with its own name. */
		tools: z.array(z.custom<Tool>(isTool, 'make each tool with defineTool')).default([]),
		/**
		 * Whether the model searches for tools instead of getting all of them: `on`, `off`, or `auto` if
		 * their definitions take many tokens; or an object with more settings. Tools that were found stay.
		 */
		toolSearch: toolSearchSchema.default('off'),
		/** What the model must do in its first turn; by default it decides. */
		toolChoice: z
			.union([z.enum(['auto', 'required']), z.strictObject({ name: z.string().min(1) })])
			.optional(),
		/** Requests with tools; the final answer of `onLimit` without tools is one more. */
		maxIterations: atLeastOne.default(LOOP_DEFAULTS.maxIterations),
		/** Tool calls of all turns together; by default any number. */
		maxToolCalls: atLeastOne.optional(),
		/**
		 * Tokens of all requests together, estimated if an answer does not count them; by default any
		 * number.
		 */
		maxTotalTokens: atLeastOne.optional(),
		/**
		 * US dollars of all requests together; by default any number. Refused for a model without a price.
		 * If an answer does not count its tokens, an estimate is counted, and `warnings` says so.
		 */
		maxCostUsd: z.number().positive().optional(),
		/** Milliseconds for the whole loop, including tools; by default any time. */
		deadlineMs: atLeastOne.optional(),
		/** Milliseconds for one tool call, unless the tool has its own limit. */
		toolTimeoutMs: atLeastOne.max(2_147_483_647).default(LOOP_DEFAULTS.toolTimeoutMs),
		/** Tool calls of one turn that run in parallel. */
		toolConcurrency: atLeastOne.default(LOOP_DEFAULTS.toolConcurrency),
		/**
		 * Characters of one tool result that the model sees; `longResults` says what happens to longer
		 * ones.
		 */
		toolResultLimit: z.number().int().min(100).default(LOOP_DEFAULTS.toolResultLimit),
		/**
		 * What happens to a longer result: `keep` shows its beginning and offers two tools with which the
		 * model reads and searches the rest; `cut` drops its middle for good. Or an object with more
		 * settings. A failure is always cut, and so is every result with a limit of less than 1,000
		 * characters.
		 */
		longResults: longResultsSchema.default({ mode: 'keep', maxCharacters: KEPT_CHARACTERS }),
		/**
		 * What happens to old turns when the conversation outgrows `contextTokens`: `off` sends them anyway,
		 * `stubs` names old tool results instead of sending them, `summary` also has the model summarize
		 * old turns, in a request that is paid for. By default `stubs`, if a request would not fit.
		 */
		contextMode: z.enum(CONTEXT_MODES).optional(),
		/**
		 * Tokens of a prompt; by default 80 % of what the model accepts, or of the limit named in a
		 * refusal.
		 */
		contextTokens: atLeastOne.optional(),
		/** How many times the model may make the same call before the loop ends. */
		repeatLimit: atLeastOne.default(LOOP_DEFAULTS.repeatLimit),
		/** At a limit: `answer` asks once more without tools, `return` returns the current state, `error` throws. */
		onLimit: z.enum(ON_LIMIT).default('answer'),
		/** zod or JSON Schema: the final answer becomes a value that is valid against it. */
		outputSchema: z
			.custom<ZodType | JsonSchema>(isSchema, 'expected zod or JSON Schema')
			.optional(),
		/**
		 * Called after each turn with tools; with `true`, the loop ends as `stopped`, with the last text.
		 */
		stopWhen: z.custom<StopWhen>(isFunction, 'expected a function').optional(),
		/**
		 * Called before each turn; what it returns applies to this turn. If it or `stopWhen` throws, or
		 * takes longer than a tool may, the loop fails with `badConfig`.
		 */
		beforeTurn: z.custom<BeforeTurn>(isFunction, 'expected a function').optional(),
		/** Receives each answer in pieces, as `text` events. */
		stream: z.boolean().default(false),
		/**
		 * `resume` of an earlier result, with entries in its `results`; instead of a question. A prompt or
		 * messages passed with it have to ask the same question as the state.
		 */
		resume: resumeSchema.optional(),
	},
	{ error: unknownKeys },
);

/**
 * A request of `runToolLoop`: either `prompt`, `messages` or `resume`.
 * @interface
 */
export type ToolLoopRequest = z.input<typeof loopRequestSchema>;
export type LoopRequest = z.output<typeof loopRequestSchema>;

/** A state has its own levels around what calls and results may have, and those of nested loops. */
const DEEPEST_STATE = 2 * DEEPEST;

/** @throws TokenHubError `badConfig` that names the field, before any request is made. */
export function readLoopRequest(request: ToolLoopRequest): LoopRequest {
	assertShallow(request?.resume, 'The resumed state', { path: '/resume', deepest: DEEPEST_STATE });
	assertReadable(request?.messages);
	assertShallow(request?.messages, 'The messages', { path: '/messages' });
	const read = readInput(loopRequestSchema, request, 'tool loop request');
	if (!read.resume && (read.prompt === undefined) === (read.messages === undefined)) {
		throw new TokenHubError('badConfig', 'Give either a prompt or messages.', {
			failures: [{ path: '/prompt', message: 'give either a prompt or messages' }],
		});
	}
	assertSameQuestion(read);
	assertMode(read);
	return read;
}

/** What is off has no limit: one of the two is a mistake. */
function assertMode({ contextMode, contextTokens }: LoopRequest): void {
	if (contextMode !== 'off' || contextTokens === undefined) return;
	throw new TokenHubError('badConfig', 'contextTokens has no effect while contextMode is "off".', {
		hint: 'Leave one of them out.',
		failures: [{ path: '/contextTokens', message: 'contextMode is "off"' }],
	});
}

/** A resumed loop has its own question; another one would be lost silently. */
function assertSameQuestion({ resume, prompt, messages }: LoopRequest): void {
	if (!resume) return;
	const spoken = resume.messages.filter(({ role }) => role !== 'system');
	const asked = spoken[resume.history]?.content;
	const wanted = prompt ?? messages?.at(-1)?.content ?? asked;
	if (sameJson(wanted, asked)) return;
	const field = prompt === undefined ? 'messages' : 'prompt';
	throw new TokenHubError(
		'badConfig',
		`A resumed loop does not accept another question: "${field}".`,
		{
			hint: `Leave "${field}" out. Ask the next question in a new loop that starts with the messages of this loop's result.`,
			failures: [{ path: `/${field}`, message: 'it is not the question of the resumed loop' }],
		},
	);
}
