import { z } from 'zod/v4';
import { SAMPLING_OPTIONS, type Field } from '../../../core/chat/parameters';
import { readJsonText } from '../../../core/tryJson';
import { runOptionKeys } from './runOptions';

const text = z.string();
const listOfTexts = z.array(z.string()).transform((list) => list.filter((entry) => entry !== ''));

/** What an empty text field stands for: nothing was set. */
export const optionalText = text.transform((value) => (value.trim() === '' ? undefined : value));

/** A JSON field: typed in as text, or an object from an expression. */
export const jsonField = (name: string) =>
	z.unknown().transform((value) => {
		if (typeof value !== 'string') return value ?? undefined;
		return value.trim() === '' ? undefined : readJsonText(value, name);
	});

export const textList = listOfTexts.default([]);

/** Of files: a list that is empty is another thing than none. */
export const fileList = listOfTexts.optional();

/** A resource locator: n8n hands it over as an object around its value, an expression as the value. */
export const locatorField = z.union([
	z.string(),
	z.looseObject({ value: z.string() }).transform(({ value }) => value),
]);

/** How the form hands over a parameter's field of each kind; core checks the values. */
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
