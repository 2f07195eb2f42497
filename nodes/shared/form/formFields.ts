import { z } from 'zod/v4';
import { SAMPLING_OPTIONS, type Field } from '../../../core/chat/parameters';
import { readJsonText } from '../../../core/json/tryJson';
import { isRecord } from '../../../core/lib/isRecord';
import { own } from '../../../core/lib/own';
import { runOptionKeys } from './runOptions';

const withoutEmpty = (list: string[]) => list.filter((entry) => entry !== '');
const listOfTexts = z.array(z.string()).transform(withoutEmpty);

/** A text: an expression may also return a number or a boolean, which have only one text form. */
export const promptText = z.preprocess(
	(value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
	z.string(),
);

/** An empty text field means that nothing was set. */
export const optionalText = promptText.transform((value) =>
	value.trim() === '' ? undefined : value,
);

/** A JSON field: typed in as text, or an object from an expression. */
export const jsonField = (name: string) =>
	z.unknown().transform((value) => readJsonField(value, name));

export function readJsonField(value: unknown, name: string): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	return value.trim() === '' ? undefined : readJsonText(value, name);
}

export const textList = listOfTexts.default([]);

const NAME_ALONE =
	'write the name of the binary field, such as data, not an expression that stands for the file';
/** For files: an empty list is different from no list. */
export const fileList = z
	.array(z.string({ error: ({ input }) => (isRecord(input) ? NAME_ALONE : undefined) }))
	.transform(withoutEmpty)
	.optional();

/**
 * A resource locator: n8n passes it as an object around its value, or the value itself for an
 * expression.
 */
export const locatorField = z.preprocess(
	(given) => (isRecord(given) && '__rl' in given ? own(given, 'value') : given),
	z.string().trim(),
);

/** How the form passes a parameter's field of each kind; core validates the values. */
const HANDED_OVER = {
	number: z.number().optional(),
	list: textList,
	text: optionalText.optional(),
} as const satisfies Record<Field['kind'], z.ZodType>;

type SamplingForm = {
	[
		Key in keyof typeof SAMPLING_OPTIONS
	]: (typeof HANDED_OVER)[(typeof SAMPLING_OPTIONS)[Key]['field']['kind']];
};
function samplingForm(): SamplingForm;
function samplingForm(): Record<string, z.ZodType> {
	const rows = Object.entries(SAMPLING_OPTIONS);
	return Object.fromEntries(rows.map(([key, { field }]) => [key, HANDED_OVER[field.kind]]));
}

/** The sampling part of the options. */
export const samplingFields = samplingForm();
/** The options that every node has. */
export const commonOptions = { ...runOptionKeys, ...samplingFields };
