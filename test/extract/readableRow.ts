import type { JsonSchema } from '../../core/schema/jsonSchema';

/** An answer, and what a person would read: a value with its warning, or that it is not certain. */
export type Row = { schema: JsonSchema; input: unknown; text?: string } & (
	{ value: unknown; warning?: RegExp } | { refused: RegExp | undefined }
);

export const number = { type: 'number' };
export const integer = { type: 'integer' };
export const text = { type: 'string' };
export const boolean = { type: 'boolean' };
export const date = { type: 'string', format: 'date' };
export const dateTime = { type: 'string', format: 'date-time' };
export const time = { type: 'string', format: 'time' };
export const listOf = (items: unknown) => ({ type: 'array', items });
export const objectOf = (properties: JsonSchema, more: JsonSchema = {}) => ({
	...{ type: 'object', properties, required: Object.keys(properties) },
	...more,
});
export const closed = { additionalProperties: false };

export const reads = (
	schema: JsonSchema,
	pairs: Array<[input: unknown, value: unknown]>,
	source?: string,
): Row[] =>
	pairs.map(([input, value]) => ({
		schema,
		input,
		value,
		...(source === undefined ? {} : { text: source }),
	}));
export const refuses = (schema: JsonSchema, inputs: unknown[], reason?: RegExp): Row[] =>
	inputs.map((input) => ({ schema, input, refused: reason }));
export const refusesIn = (
	source: string,
	schema: JsonSchema,
	inputs: unknown[],
	reason?: RegExp,
): Row[] => refuses(schema, inputs, reason).map((row) => ({ ...row, text: source }));
