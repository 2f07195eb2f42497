import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import type { JsonSchema } from '../schema/jsonSchema';

/**
 * The JSON Schema for examples of a result. A key that is missing in one example is optional, a null
 * makes a value nullable, repeated texts are choices; numbers are `number`, because 3 may be whole by
 * chance.
 * @throws TokenHubError `badConfig` if the examples say nothing.
 */
export function schemaFromExamples(examples: readonly unknown[]): JsonSchema {
	if (examples.some(isSchema)) {
		throw new TokenHubError('badConfig', 'The JSON example is a JSON Schema.', {
			hint: 'Choose the Schema Source JSON Schema; in the library, pass it as it is.',
		});
	}
	const schema = schemaOf(examples);
	const says = Object.keys(schema).length > 0 && !isEmptyObject(schema);
	if (says) return schema;
	throw new TokenHubError('badConfig', 'The JSON example is empty: show at least one key.');
}

const isSchema = (example: unknown) =>
	isRecord(example) && example.type === 'object' && isRecord(example.properties);

/** Names of types that people write in place of a value. */
const TYPE_WORD = /^(?:number|integer|int|float|boolean|bool|array|list|object|date)$/i;

/** Parts of a schema from examples that accept anything, and values that seem to be meant as types. */
export function doubtsIn(schema: unknown, examples: readonly unknown[], path = ''): string[] {
	const where = path === '' ? 'The example' : `The example of "${path}"`;
	const [word] = examples.filter((value) => typeof value === 'string' && TYPE_WORD.test(value));
	if (typeof word === 'string') {
		return [`${where} is the word "${word}", which is text: show a value, such as 3 or true.`];
	}
	if (!isRecord(schema)) return [];
	const { type, items, properties } = schema;
	// Several examples may have a null on purpose.
	const isSingle = examples.length === 1;
	if (type === undefined)
		return isSingle ? [`${where} shows no value: any value is accepted.`] : [];
	const within = isRecord(properties) ? Object.entries(properties) : [];
	const records = examples.filter(isRecord);
	const inner = within.flatMap(([key, part]) =>
		doubtsIn(
			part,
			records.map((record) => record[key]),
			path === '' ? key : `${path}.${key}`,
		),
	);
	if (type !== 'array') return inner;
	if (items === undefined) return [`${where} has no entries: any entry is accepted.`];
	return doubtsIn(items, examples.flat(), `${path}[]`);
}

function isEmptyObject({ type, properties }: JsonSchema): boolean {
	return type === 'object' && Object.keys(properties ?? {}).length === 0;
}

function schemaOf(examples: readonly unknown[]): JsonSchema {
	const given = examples.filter((example) => example !== null && example !== undefined);
	const kinds = new Set(given.map(kindOf));
	const [kind, ...others] = kinds;
	if (kind === undefined) return {};
	if (others.length > 0) return mixed([...kinds], examples);
	const schema =
		kind === 'object' ? objectOf(given) : kind === 'array' ? arrayOf(given) : plain(given);
	return examples.includes(null) ? nullable(schema) : schema;
}

/** Values of several types: those types, unless one of them needs a schema of its own. */
function mixed(kinds: string[], examples: readonly unknown[]): JsonSchema {
	if (kinds.includes('object') || kinds.includes('array')) return {};
	return { type: examples.includes(null) ? [...kinds, 'null'] : kinds };
}

function nullable(schema: JsonSchema): JsonSchema {
	const type = [schema.type, 'null'];
	if (!Array.isArray(schema.enum)) return { ...schema, type };
	const choices: unknown[] = schema.enum;
	return { ...schema, type, enum: [...choices, null] };
}

function kindOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : typeof value;
}

function objectOf(examples: readonly unknown[]): JsonSchema {
	const records = examples.filter(isRecord);
	const values = new Map<string, unknown[]>();
	for (const record of records) {
		for (const [key, value] of Object.entries(record)) {
			const before = values.get(key);
			if (before) before.push(value);
			else values.set(key, [value]);
		}
	}
	const fields = [...values];
	const properties = Object.fromEntries(fields.map(([key, all]) => [key, schemaOf(all)]));
	const required = fields.filter(([, all]) => all.length === records.length).map(([key]) => key);
	return { type: 'object', properties, required };
}

function arrayOf(examples: readonly unknown[]): JsonSchema {
	const elements = examples.flatMap((example): unknown[] =>
		Array.isArray(example) ? example : [],
	);
	const items = elements.length > 0 ? schemaOf(elements) : {};
	return { type: 'array', ...(Object.keys(items).length > 0 ? { items } : {}) };
}

function plain(examples: readonly unknown[]): JsonSchema {
	const [first] = examples;
	if (typeof first !== 'string') return { type: typeof first };
	const texts = examples.map(String);
	const format = FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)));
	if (format) return { type: 'string', format: format[0] };
	const choices = choicesIn(texts);
	return { type: 'string', ...(choices ? { enum: choices } : {}) };
}

/** Texts are choices if there are several and each occurs more than once. */
function choicesIn(texts: readonly string[]): string[] | undefined {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	const comeBack = [...counts.values()].every((count) => count > 1);
	return counts.size > 1 && comeBack ? [...counts.keys()] : undefined;
}

const FORMATS: Array<[format: string, pattern: RegExp]> = [
	['date', /^\d{4}-\d\d-\d\d$/],
	['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/],
];
