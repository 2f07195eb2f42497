import { z } from 'zod/v4';
import type { TokenHubClient } from '../client/createClient';
import type { ExtractOptionsInput } from '../extract/extractRequest';
import { isRecord } from '../lib/isRecord';
import { readInput } from '../readInput';
import type { EvaluationReport } from './report';

const isFunction = (value: unknown) => typeof value === 'function';

const callSchema = z.strictObject({
	/** The tool's name. */
	tool: z.string().min(1),
	/** What it has to be called with. */
	arguments: z.record(z.string(), z.unknown()).default({}),
});

const caseSchema = z.looseObject({
	/** What it is called in the report; by default its place in the list, from 1. */
	id: z.union([z.string(), z.number()]).optional(),
	/** What should come out: a value of any shape, or a text. */
	expected: z.unknown().optional(),
	/** The tool calls that a loop should make, in any order. */
	calls: z.array(callSchema).optional(),
	/** A document to extract from. */
	text: z.string().optional(),
	/** URLs or data URIs of its pictures. */
	images: z.array(z.string()).optional(),
	/** The question of a chat or a loop; or `messages`. */
	prompt: z.string().optional(),
});

/** One case with its right answer. All its other keys are passed to `run`. */
export type EvaluationCase = z.input<typeof caseSchema>;
export type Case = z.output<typeof caseSchema> & { id: string };

/** What `run` is given. */
export interface RunInput {
	/** As it was given, with an `id`. */
	case: Case;
	/** The model to ask. */
	model: string;
	/** Counts what the case costs. */
	client: TokenHubClient;
	/** Aborted when the evaluation is. */
	signal?: AbortSignal;
}

/** The extraction of cases with a text: a request of `extract` without its document and model. */
export type ExtractSettings = Omit<ExtractOptionsInput, 'model' | 'text' | 'images'>;

const judgeSchema = z.strictObject({
	/** The model that judges; best one that is not judged itself. */
	model: z.string().min(1),
	/** What makes a text right, in words. */
	rubric: z.string().min(1),
	/** Fields whose texts are judged instead of compared, such as `/summary`; '' is the whole answer. */
	fields: z.array(z.string()).default(['']),
});

const share = z.number().min(0).max(1);

export const evaluateRequestSchema = z.strictObject({
	/** The account that pays. */
	client: z.custom<TokenHubClient>(isRecord, 'make it with createClient'),
	/** What is asked, with the right answers. */
	cases: z.array(caseSchema).min(1),
	/** The models that are compared. */
	models: z.array(z.string().min(1)).min(1),
	/**
	 * Answers a case; its result is read as one of `extract`, `runToolLoop` or `chat`, or else is the
	 * answer itself. By default `extract` with the settings given, or `chat`.
	 */
	run: z.custom<(input: RunInput) => unknown>(isFunction, 'run is not a function').optional(),
	/** How cases with a `text` are extracted: `schema`, `instructions`, `escalateTo` and the like. */
	extract: z.custom<ExtractSettings>(isRecord, 'expected { schema }').optional(),
	/** Judges texts that can be right in many words, by a rubric. */
	judge: judgeSchema.optional(),
	/** The report of an earlier run, to be compared with case by case. */
	baseline: z.custom<EvaluationReport>(isReport, 'it is not a report of evaluate').optional(),
	/** The F1 that is good enough: the cheapest way to it is recommended. */
	target: share.optional(),
	/**
	 * US dollars of the whole evaluation, the judge included: what is not asked by then does not count, and
	 * `warnings` say so. Refused for a model without a price.
	 */
	maxCostUsd: z.number().positive().optional(),
	/** Cases asked at once; by default as many as the client allows. */
	concurrency: z.number().int().min(1).optional(),
	/** Chooses the samples of the intervals. */
	seed: z.number().int().default(1),
	/** Samples for the intervals. */
	resamples: z.number().int().min(100).max(20_000).default(2_000),
	/** Called after each case with the progress of the evaluation. What it throws is ignored. */
	onProgress: z.custom<(progress: Progress) => void>(isFunction, 'it is not a function').optional(),
});

/** How far an evaluation is. */
export interface Progress {
	/** Cases answered, by any model. */
	done: number;
	/** Cases times models. */
	total: number;
	/** Spent so far; null where a price is unknown. */
	costUsd: number | null;
}

function isReport(value: unknown): boolean {
	return isRecord(value) && Array.isArray(value.models) && Array.isArray(value.results);
}

/**
 * A request of `evaluate`.
 * @interface
 */
export type EvaluateRequest = z.input<typeof evaluateRequestSchema>;
export type Evaluation = Omit<z.output<typeof evaluateRequestSchema>, 'cases'> & { cases: Case[] };

/** @throws TokenHubError `badConfig` that names the field, before any request is made. */
export function readEvaluation(request: EvaluateRequest): Evaluation {
	const read = readInput(evaluateRequestSchema, request, 'evaluation');
	const cases = read.cases.map((one, at) => ({ ...one, id: String(one.id ?? at + 1) }));
	return { ...read, cases };
}
