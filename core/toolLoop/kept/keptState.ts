import { z } from 'zod/v4';

/** What becomes of results that are longer than `toolResultLimit`. */
export const LONG_RESULTS = ['keep', 'cut'] as const;

const modeSchema = z.enum(LONG_RESULTS);

/** Characters of all results that a run keeps, and its state carries. */
export const KEPT_CHARACTERS = 10_000_000;

const termsSchema = z.strictObject({
	/** By default `keep`. */
	mode: modeSchema.default('keep'),
	/** Of all kept results together: beyond it, the oldest are dropped. By default 10,000,000. */
	maxCharacters: z.number().int().min(1).default(KEPT_CHARACTERS),
});

export const longResultsSchema = z
	.union([modeSchema, termsSchema])
	.transform((given) => (typeof given === 'string' ? termsSchema.parse({ mode: given }) : given));

const nameSchema = z.string().regex(/^r[1-9]\d{0,8}$/, 'it is no name of a kept result');

/** Of the call whose result has this name. */
export function numberOf(name: string): number {
	return Number(name.slice(1));
}

/** Under which name a result is kept, and how long it was. */
export const keptStepSchema = z.object({
	name: nameSchema,
	/** Of the whole result. */
	characters: z.number().int().min(1),
});

export const keptSchema = z.object({
	/** Those that can be read. */
	results: z.array(
		z.object({
			name: nameSchema,
			/** The id of the call. */
			callId: z.string(),
			text: z.string().min(1),
			isJson: z.boolean(),
		}),
	),
	/** Up to this number, none is kept any more. */
	gone: z.number().int().min(0),
	/** Those among them that the model has not been told of. */
	untold: z.array(z.number().int().min(1)),
});

/** Results that the model can read, as plain JSON. */
export type KeptState = z.output<typeof keptSchema>;

/** The same with so many characters at most: the oldest results go, in whatever order they have come. */
export function keptWithin({ results, gone, untold }: KeptState, most: number): KeptState {
	const newestFirst = results.toSorted((a, b) => numberOf(b.name) - numberOf(a.name));
	let [left, last] = [most, gone];
	for (const { name, text } of newestFirst) {
		left -= text.length;
		if (left < 0) last = Math.max(last, numberOf(name));
	}
	const isGone = ({ name }: { name: string }) => numberOf(name) <= last;
	return {
		results: results.filter((result) => !isGone(result)),
		gone: last,
		untold: [...untold, ...results.filter(isGone).map(({ name }) => numberOf(name))],
	};
}
