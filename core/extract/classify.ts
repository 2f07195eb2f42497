import { z } from 'zod/v4';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { door } from '../door';
import { own } from '../own';
import { readInput } from '../readInput';
import type { Spending } from '../usage';
import type { Attempt } from './attempt';
import type { Span } from './evidence/leaves';
import { extractValue, type ExtractResult } from './extract';
import { extractRequestSchema } from './extractRequest';
import { labelSchema, labelsShape } from './labels';

const classifyRequestSchema = z.strictObject({
	...extractRequestSchema.omit({ schema: true, chunk: true, minEvidence: true }).shape,
	...labelsShape,
});

/**
 * A request of `classify`: that of `extract` with labels in the place of a schema.
 * @interface
 */
export type ClassifyRequest = z.input<typeof classifyRequestSchema>;

/** What a text was classified as, and what all requests for it have cost. */
export interface Classification extends Spending {
	/** The label that fits best; null where `several` found none. */
	label: string | null;
	/** All labels that fit, the best one first; without `several` the one label. */
	labels: string[];
	/** With `evidence`: by label, the words of the text that show it; null when the text does not say them. */
	evidence?: Record<string, Span | null>;
	/** With `samples` above 1: the confidence of each label, from 0 to 1. */
	confidence?: Record<string, number>;
	/** With `samples` above 1: whether a person should look at it. */
	needsReview?: boolean;
	/** As of `extract`. */
	warnings: string[];
	/** As of `extract`. */
	attempts: Attempt[];
	/** The model that gave it. */
	model: string;
	/** Milliseconds of the whole call. */
	latencyMs: number;
}

/**
 * Classifies a text, or images, with labels. Only labels are returned; a text that fits none goes under
 * `other` where that is asked for, else under the one that fits best.
 * @throws TokenHubError as `extract` does.
 */
export async function classify(
	client: TokenHubClient,
	input: ClassifyRequest,
	options: CallOptions = {},
): Promise<Classification> {
	return await door(client, options, async (call) => {
		const read = readInput(classifyRequestSchema, input, 'classify request');
		const { labels, other, several, ...asked } = read;
		const schema = labelSchema({ labels, other, several }, { quote: read.evidence });
		const result = await extractValue(client, { ...asked, schema }, { call });
		return classificationOf(result, read.evidence);
	});
}

const chosenSchema = z.object({ label: z.string(), quote: z.string().nullable().default(null) });
const outputSchema = z.union([
	chosenSchema,
	z.object({ labels: z.array(z.union([z.string(), chosenSchema])) }),
]);

/** A label, and the JSON pointers of the two values that it was read from. */
interface Chosen {
	label: string;
	at: string;
	quoteAt: string;
}

function classificationOf(
	{ output, stage: _stage, evidence = {}, confidence, ...facts }: ExtractResult,
	isQuoted: boolean,
): Classification {
	const chosen = chosenIn(output);
	const labels = chosen.map(({ label }) => label);
	const byLabel = <Said>(said: (one: Chosen) => Said) =>
		Object.fromEntries(chosen.map((one) => [one.label, said(one)]));
	return {
		...{ label: labels[0] ?? null, labels },
		...(isQuoted ? { evidence: byLabel(({ quoteAt }) => own(evidence, quoteAt) ?? null) } : {}),
		...(confidence ? { confidence: byLabel(({ at }) => own(confidence, at) ?? 0) } : {}),
		...facts,
	};
}

function chosenIn(output: unknown): Chosen[] {
	const read = outputSchema.parse(output);
	if ('label' in read) return [{ label: read.label, at: '/label', quoteAt: '/quote' }];
	return read.labels.map((one, index) => {
		const at = `/labels/${index}`;
		if (typeof one === 'string') return { label: one, at, quoteAt: at };
		return { label: one.label, at: `${at}/label`, quoteAt: `${at}/quote` };
	});
}
