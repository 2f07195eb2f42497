import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import type { JsonSchema } from '../schema/jsonSchema';

const labelName = z.string().trim().min(1, 'a label needs a name');

/** What a text can be classified as, as a library takes it. */
export const labelsShape = {
	/** Names, or names with what they mean in words. */
	labels: z
		.array(
			z.union([labelName, z.strictObject({ name: labelName, description: z.string().optional() })]),
		)
		.min(1, 'name at least one label'),
	/** Adds a label for what fits none of them: `true` calls it `other`, a text gives its name. */
	other: z.union([z.boolean(), labelName]).default(false),
	/** Takes all labels that fit, also none, instead of the one that fits best. */
	several: z.boolean().default(false),
};

export type Labels = z.output<z.ZodObject<typeof labelsShape>>;

export interface Label {
	name: string;
	description?: string | undefined;
}

/** @throws TokenHubError `badConfig` for a duplicate label. */
export function labelsIn({ labels, other }: Labels): Label[] {
	const named = labels.map((label) => (typeof label === 'string' ? { name: label } : label));
	const name = other === true ? 'other' : other;
	const all = name === false ? named : [...named, { name, description: 'fits none of the others' }];
	const names = all.map((label) => label.name.toLowerCase());
	const twice = all.find((label, at) => names.indexOf(label.name.toLowerCase()) !== at);
	if (!twice) return all;
	throw new TokenHubError('badConfig', `Labels: duplicate label "${twice.name}".`, {
		failures: [{ path: '/labels', message: `duplicate label "${twice.name}"` }],
		hint: 'Give each label a name of its own, also in other case.',
	});
}

/** A schema whose values are labels: `{ label }`, or `{ labels }` of several; with `quote` each has its words of the text. */
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
