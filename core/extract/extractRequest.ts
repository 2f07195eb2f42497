import { z } from 'zod/v4';
import { samplingShape } from '../chat/chatRequest';
import { imageUrlSchema } from '../chat/messages';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { isZodV3, isZodV4 } from '../schema/jsonSchema';
import { readInput } from '../readInput';
import type { SchemaSource } from './targetSchema';

export const EXTRACT_MODES = ['auto', 'tool', 'json'] as const;
/** What happens to an answer that `maxTokens` has cut off. */
export const CUT_ANSWERS = ['finish', 'fail'] as const;
export const EXTRACT_DEFAULTS = { maxRepairs: 2, chunkOverlap: 200 } as const;

const isSource = (value: unknown): value is SchemaSource =>
	isZodV4(value) || isZodV3(value) || isRecord(value);

export const extractRequestSchema = z.strictObject({
	...samplingShape,
	/** The text to extract from; it may be omitted if there are images. */
	text: z.string().optional(),
	/** URLs or data URIs, read by the model together with the text. */
	images: z.array(imageUrlSchema).default([]),
	/** The schema of the result: zod 3, zod 4, JSON Schema, or examples of it. */
	schema: z.custom<SchemaSource>(isSource, 'expected zod, a JSON Schema object or { example }'),
	/** What the schema cannot express. */
	instructions: z.string().optional(),
	/** `tool` forces a tool call, `json` asks for JSON mode, `auto` tries the tool first. */
	mode: z.enum(EXTRACT_MODES).default('auto'),
	/** Repairs requested of each model; each is a paid request. */
	maxRepairs: z.number().int().min(0).max(10).default(EXTRACT_DEFAULTS.maxRepairs),
	/** Models to try, in order, if the previous one gave no valid value. */
	escalateTo: z.array(z.string().min(1)).default([]),
	/** Splits a longer text into parts that are read in parallel; by default it is never split. */
	chunk: z
		.strictObject({
			/** Characters of a part. */
			size: z.number().int().min(200, 'a chunk has at least 200 characters'),
			/** Characters that consecutive parts share. */
			overlap: z.number().int().min(0).default(EXTRACT_DEFAULTS.chunkOverlap),
		})
		.optional(),
	/** `finish` asks for the rest of an answer that `maxTokens` has cut off; `fail` gives it up. */
	cutAnswers: z.enum(CUT_ANSWERS).default('finish'),
	/**
	 * US dollars: a text that is estimated to cost more is refused, a request begins only if it can be
	 * paid for, and a model without a price is refused.
	 */
	maxCostUsd: z.number().positive().optional(),
	/** Adds the place of each value in the text. */
	evidence: z.boolean().default(false),
	/** The lowest evidence score at which a required value is accepted: 0 accepts all. Not with images. */
	minEvidence: z.number().min(0).max(1).default(0),
	/**
	 * The maximum number of answers to request, 1 to 5: another one while a value is in doubt, each a paid request.
	 * Adds `confidence` and `needsReview`.
	 */
	samples: z.number().int().min(1).max(5).default(1),
	/**
	 * Reads values in other spellings, such as "1.234,56 €" for a number, if only one reading is
	 * possible.
	 */
	coerce: z.boolean().default(true),
});

/**
 * A request of `extract` and `estimateExtract`.
 * @interface
 */
export type ExtractOptionsInput = z.input<typeof extractRequestSchema>;
export type ExtractRequest = z.output<typeof extractRequestSchema>;

/** @throws TokenHubError `badConfig` that names the field, before any request is made. */
export function readExtractRequest(request: ExtractOptionsInput): ExtractRequest {
	const read = readInput(extractRequestSchema, request, 'extract request');
	if (!read.text?.trim() && read.images.length === 0) {
		throw new TokenHubError('badConfig', 'There is no text to extract from.', {
			failures: [{ path: '/text', message: 'the text is empty' }],
			hint: 'Map the field that contains the text, or provide an image.',
		});
	}
	if (read.minEvidence > 0 && read.images.length > 0) {
		throw new TokenHubError('badConfig', 'Min Evidence needs a text: images cannot be quoted.', {
			failures: [{ path: '/minEvidence', message: 'it cannot be used with images' }],
		});
	}
	if (read.samples > 1 && read.temperature === 0) {
		throw new TokenHubError('badConfig', 'Samples need a temperature above 0.', {
			failures: [{ path: '/samples', message: 'at temperature 0 every answer is the same' }],
			hint: 'Leave the temperature out, or set samples to 1.',
		});
	}
	return read;
}
