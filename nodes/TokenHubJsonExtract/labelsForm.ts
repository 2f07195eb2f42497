import { z } from 'zod/v4';
import { labelSchema, type Labels } from '../../core/extract/classify';
import { TokenHubError } from '../../core/errors';
import type { JsonSchema } from '../../core/schema/jsonSchema';

const label = z.object({ name: z.string(), description: z.string().default('') });

/** The fields of Schema Source Labels. */
export const labelsForm = {
	labels: z.object({ values: z.array(label).default([]) }).prefault({}),
	otherLabel: z.string().default(''),
	severalLabels: z.boolean().default(false),
	routeByLabel: z.boolean().default(false),
};

type LabelsForm = Omit<z.output<z.ZodObject<typeof labelsForm>>, 'routeByLabel'>;

/** @throws TokenHubError `badConfig` for labels that do not make a schema. */
export function schemaOfLabels(values: LabelsForm, quote: boolean): JsonSchema {
	const given = labelsOf(values);
	if (given.labels.length === 1 && given.other === false && !values.severalLabels) {
		throw new TokenHubError('badConfig', 'Labels: every text would get the only label.', {
			hint: 'Add a row for each label, or an Other Label.',
		});
	}
	return labelSchema(given, { quote });
}

/** The names of all labels, including the other label, in the order of the form. */
export function labelNames(values: Omit<LabelsForm, 'severalLabels'>): string[] {
	const { labels, other } = labelsOf({ ...values, severalLabels: false });
	const names = labels.map((one) => (typeof one === 'string' ? one : one.name));
	return typeof other === 'string' ? [...names, other] : names;
}

function labelsOf({ labels, otherLabel, severalLabels }: LabelsForm): Labels {
	const named = labels.values
		.map((one) => ({ ...one, name: one.name.trim() }))
		.filter(({ name }) => name !== '');
	if (named.length === 0) {
		throw new TokenHubError('badConfig', 'Labels: name at least one label.', {
			hint: 'Fill in the Name of at least one label.',
		});
	}
	const other = otherLabel.trim();
	return { labels: named, other: other === '' ? false : other, several: severalLabels };
}
