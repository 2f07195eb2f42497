import { z } from 'zod/v4';
import { TokenHubError } from '../../core/errors';
import type { JsonSchema } from '../../core/schema/jsonSchema';

/** What a field of the form can be, and the schema that it stands for. */
export const FIELD_TYPES = {
	boolean: { label: 'Boolean', schema: { type: 'boolean' } },
	enum: { label: 'Choice', schema: { type: 'string' } },
	date: { label: 'Date', schema: { type: 'string', format: 'date' } },
	integer: { label: 'Integer', schema: { type: 'integer' } },
	numberList: { label: 'List of Numbers', schema: { type: 'array', items: { type: 'number' } } },
	stringList: { label: 'List of Texts', schema: { type: 'array', items: { type: 'string' } } },
	number: { label: 'Number', schema: { type: 'number' } },
	string: { label: 'Text', schema: { type: 'string' } },
} as const satisfies Record<string, { label: string; schema: JsonSchema }>;

const typeNames = Object.keys(FIELD_TYPES);
const isTypeName = (value: unknown): value is keyof typeof FIELD_TYPES =>
	typeof value === 'string' && typeNames.includes(value);

export const fieldSchema = z.object({
	name: z.string(),
	type: z.custom<keyof typeof FIELD_TYPES>(isTypeName, 'an unknown field type').default('string'),
	description: z.string().default(''),
	choices: z.string().default(''),
	required: z.boolean().default(true),
});

type Field = z.output<typeof fieldSchema>;

/** @throws TokenHubError `badConfig` for fields that make no schema. */
export function schemaOfFields(fields: readonly Field[]): JsonSchema {
	const named = fields.filter(({ name }) => name.trim() !== '');
	if (named.length === 0) throw new TokenHubError('badConfig', 'Fields: name at least one field.');
	const names = named.map(({ name }) => name.trim());
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined)
		throw new TokenHubError('badConfig', `Fields: "${twice}" is there twice.`);
	return {
		type: 'object',
		properties: Object.fromEntries(named.map((field) => [field.name.trim(), schemaOf(field)])),
		required: named.filter(({ required }) => required).map(({ name }) => name.trim()),
		additionalProperties: false,
	};
}

function schemaOf({ name, type, description, choices }: Field): JsonSchema {
	const base: JsonSchema = {
		...FIELD_TYPES[type].schema,
		...(description === '' ? {} : { description }),
	};
	if (type !== 'enum') return base;
	const values = choices
		.split(',')
		.map((choice) => choice.trim())
		.filter((choice) => choice !== '');
	if (values.length > 0) return { ...base, enum: values };
	throw new TokenHubError('badConfig', `Fields: the choice "${name}" has no Choices.`);
}
