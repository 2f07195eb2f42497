import { z } from 'zod/v4';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import { door } from '../door';
import { TokenHubError } from '../errors';
import { own } from '../lib/own';
import { readInput } from '../readInput';
import type { JsonSchema } from '../schema/jsonSchema';
import type { Spending } from '../usage';
import type { Attempt } from './attempt';
import type { Span } from './evidence/leaves';
import { extractValue, type ExtractResult } from './extract';
import { extractRequestSchema } from './extractRequest';

const labelName = z.string().trim().min(1, 'a label needs a name');

/** The labels for a text, as the library takes them. */
const labelsShape = {
	/** Names, or names with descriptions. */
	labels: z
		.array(
			z.union([labelName, z.strictObject({ name: labelName, description: z.string().optional() })]),
		)
		.min(1, 'name at least one label'),
	/** Adds a label for texts that fit none: `true` calls it `other`, a text is its name. */
	other: z.union([z.boolean(), labelName]).default(false),
	/** Returns all labels that fit, possibly none, instead of the one that fits best. */
	several: z.boolean().default(false),
};

const classifyRequestSchema = z.strictObject({
	...extractRequestSchema.omit({ schema: true, chunk: true, minEvidence: true }).shape,
	...labelsShape,
});

/**
 * A request of `classify`: that of `extract` with labels instead of a schema.
 * @interface
 */
export type ClassifyRequest = z.input<typeof classifyRequestSchema>;

/** The labels of a text, and the cost of all requests for them. */
export interface Classification extends Spending {
	/** The label that fits best; null if `several` found none. */
	label: string | null;
	/** All labels that fit, the best one first; without `several`, the one label. */
	labels: string[];
	/**
	 * With `evidence`: for each label, the words of the text that support it; null if the text does not
	 * say them.
	 */
	evidence?: Record<string, Span | null>;
	/** With `samples` above 1: the confidence of each label, from 0 to 1. */
	confidence?: Record<string, number>;
	/** With `samples` above 1: whether a person should look at it. */
	needsReview?: boolean;
	/** As in `extract`. */
	warnings: string[];
	/** As in `extract`. */
	attempts: Attempt[];
	/** The model that gave it. */
	model: string;
	/** Milliseconds of the whole call. */
	latencyMs: number;
}

/**
 * Classifies a text, or images, with labels. Only labels are returned; a text that fits none gets
 * `other` if that is enabled, otherwise the one that fits best.
 * @throws TokenHubError like `extract`.
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

export type Labels = z.output<z.ZodObject<typeof labelsShape>>;

interface Label {
	name: string;
	description?: string | undefined;
}

/** @throws TokenHubError `badConfig` for a duplicate label. */
function labelsIn({ labels, other }: Labels): Label[] {
	const named = labels.map((label) => (typeof label === 'string' ? { name: label } : label));
	const name = other === true ? 'other' : other;
	const all = name === false ? named : [...named, { name, description: 'fits none of the others' }];
	const names = all.map((label) => label.name.toLowerCase());
	const twice = all.find((label, at) => names.indexOf(label.name.toLowerCase()) !== at);
	if (!twice) return all;
	throw new TokenHubError('badConfig', `Labels: duplicate label "${twice.name}".`, {
		failures: [{ path: '/labels', message: `duplicate label "${twice.name}"` }],
		hint: 'Give each label a unique name; case does not count.',
	});
}

/**
 * A schema whose values are labels: `{ label }`, or `{ labels }` for several; with `quote`, each has
 * its words of the text.
 */
export function labelSchema(given: Labels, { quote }: { quote: boolean }): JsonSchema {
	const labels = labelsIn(given);
	const label = {
		type: 'string',
		enum: labels.map(({ name }) => name),
		description: about(labels),
	};
	const words = {
		type: ['string', 'null'],
		description: 'The words of the text that show it, copied exactly; null when no words do',
	};
	const one = closed(quote ? { label, quote: words } : { label });
	if (!given.several) return one;
	const description = 'Every label that fits, the best one first; empty when none does';
	const items = quote ? one : label;
	return closed({ labels: { type: 'array', description, items, uniqueItems: true } });
}

function about(labels: readonly Label[]): string {
	const lines = labels.map(({ name, description }) =>
		description?.trim() ? `- ${name}: ${description.trim()}` : `- ${name}`,
	);
	return ['What the text is:', ...lines].join('\n');
}

function closed(properties: Record<string, JsonSchema>): JsonSchema {
	return {
		...{ type: 'object', properties },
		...{ required: Object.keys(properties), additionalProperties: false },
	};
}

const chosenSchema = z.object({ label: z.string(), quote: z.string().nullable().default(null) });
const outputSchema = z.union([
	chosenSchema,
	z.object({ labels: z.array(z.union([z.string(), chosenSchema])) }),
]);

/** A label, and the JSON pointers of the two values from which it was read. */
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
