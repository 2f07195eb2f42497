import { z } from 'zod/v4';
import { readJsonText } from '../../core/readJsonText';
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

/** The options that every node has. */
export const commonOptions = {
	...runOptionKeys,
	temperature: z.number().optional(),
	topP: z.number().optional(),
	stop: textList,
	user: optionalText.optional(),
};

/** The sampling part of the options, as core takes it. */
export function samplingOf(options: {
	temperature?: number;
	topP?: number;
	stop: string[];
	user?: string;
}) {
	const { temperature, topP, stop, user } = options;
	return { temperature, topP, stop, user };
}
