import { z } from 'zod/v4';
import { TokenHubError } from '../../core/errors';
import type { JsonSchema } from '../../core/schema/jsonSchema';

/** The types of a field in the form, with their schemas. */
export const FIELD_TYPES = {
	string: { label: 'String', schema: { type: 'string' } },
	number: { label: 'Number', schema: { type: 'number' } },
	integer: { label: 'Integer', schema: { type: 'integer' } },
	boolean: { label: 'Boolean', schema: { type: 'boolean' } },
	enum: { label: 'Choice', schema: { type: 'string' } },
	date: { label: 'Date', schema: { type: 'string', format: 'date' } },
	dateTime: { label: 'Date and Time', schema: { type: 'string', format: 'date-time' } },
	email: { label: 'Email', schema: { type: 'string', format: 'email' } },
	url: { label: 'URL', schema: { type: 'string', format: 'uri' } },
	stringList: { label: 'List of Strings', schema: { type: 'array', items: { type: 'string' } } },
	numberList: { label: 'List of Numbers', schema: { type: 'array', items: { type: 'number' } } },
	objectList: { label: 'List of Objects', schema: { type: 'array' } },
	object: { label: 'Object', schema: { type: 'object' } },
} as const satisfies Record<string, { label: string; schema: JsonSchema }>;

type FieldType = keyof typeof FIELD_TYPES;

/** Types with fields of their own. n8n's forms cannot be endless: three levels are enough. */
export const NESTING_TYPES: FieldType[] = ['object', 'objectList'];
export const LEVELS = 3;

const typeNames = Object.keys(FIELD_TYPES);
const isTypeName = (value: unknown): value is FieldType =>
	typeof value === 'string' && typeNames.includes(value);

export interface Field {
	name: string;
	type: FieldType;
	description: string;
	choices: string;
	required: boolean;
	fields?: { values: Field[] };
}

export function fieldSchema(levels = LEVELS): z.ZodType<Field> {
	const own = {
		name: z.string(),
		type: z
			.custom<FieldType>(isTypeName, `unknown: the types are ${typeNames.join(', ')}`)
			.default('string'),
		description: z.string().default(''),
		choices: z.string().default(''),
		required: z.boolean().default(true),
	};
	if (levels === 1) return z.object(own);
	const inner = z.object({ values: z.array(fieldSchema(levels - 1)).default([]) });
	return z.object({ ...own, fields: inner.optional() });
}

/** @throws TokenHubError `badConfig` for fields that do not make a schema; `path` names the place. */
export function schemaOfFields(fields: readonly Field[], path = 'Fields'): JsonSchema {
	const named = fields
		.map((field) => ({ ...field, name: field.name.trim() }))
		.filter(({ name }) => name !== '');
	if (named.length === 0) {
		throw new TokenHubError('badConfig', `${path}: name at least one field.`, {
			hint: 'Fill in the Name of a field: its key in the result.',
		});
	}
	const names = named.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw new TokenHubError('badConfig', `${path}: duplicate field "${twice}".`, {
			hint: 'Rename one of the two, or remove it.',
		});
	}
	return {
		type: 'object',
		properties: Object.fromEntries(named.map((field) => [field.name, schemaOf(field, path)])),
		required: named.filter(({ required }) => required).map(({ name }) => name),
		additionalProperties: false,
	};
}

function schemaOf(field: Field, path: string): JsonSchema {
	const { type, description } = field;
	const about = description === '' ? {} : { description };
	return { ...FIELD_TYPES[type].schema, ...about, ...partsOf(field, `${path} › ${field.name}`) };
}

function partsOf({ type, choices, fields }: Field, path: string): JsonSchema {
	if (type === 'enum') return { enum: choicesIn(choices, path) };
	if (!NESTING_TYPES.includes(type)) return {};
	const inner = schemaOfFields(fields?.values ?? [], path);
	return type === 'object' ? inner : { items: inner };
}

function choicesIn(choices: string, path: string): string[] {
	const all = choices.split(',').map((choice) => choice.trim());
	const values = [...new Set(all)].filter((choice) => choice !== '');
	const isList = values.length === 1 && /[;|\n]/.test(choices);
	if (isList) {
		throw new TokenHubError('badConfig', `${path}: "${choices}" is a single choice.`, {
			hint: 'Separate the Choices by commas.',
		});
	}
	if (values.length > 0) return values;
	throw new TokenHubError('badConfig', `${path}: the choice has no Choices.`, {
		hint: 'List the values that are allowed in Choices, separated by commas, or change its Type.',
	});
}
