import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import type { JsonSchema } from './jsonSchema';
import { judge } from './keywords/judge';
import { patternTest } from './patterns/patternTest';
import { indexSchema } from './schemaIndex';
import type { Subschema } from './subschemas';

/** Each place where keywords exclude each other, so that no value could ever be valid there. */
export function contradictions(places: readonly Subschema[]): Failure[] {
	return places.flatMap(({ schema, path, isOnlyAsked }) =>
		isOnlyAsked ? [] : RULES.flatMap((rule) => rule(schema)).map((message) => ({ path, message })),
	);
}

type Rule = (node: JsonSchema) => string[];

/** Pairs of a lower and an upper bound. `true`: they must not even be equal. */
const BOUNDS: Array<[lower: string, upper: string, isOpen: boolean]> = [
	['minimum', 'maximum', false],
	['exclusiveMinimum', 'maximum', true],
	['minimum', 'exclusiveMaximum', true],
	['exclusiveMinimum', 'exclusiveMaximum', true],
	['minLength', 'maxLength', false],
	['minItems', 'maxItems', false],
	['minProperties', 'maxProperties', false],
	['minContains', 'maxContains', false],
];

const RULES: Rule[] = [
	(node) =>
		BOUNDS.flatMap(([lower, upper, isOpen]) => {
			const [from, to] = [node[lower], node[upper]];
			if (typeof from !== 'number' || typeof to !== 'number') return [];
			const isEmpty = isOpen ? from >= to : from > to;
			return isEmpty ? [`"${lower}" ${from} leaves nothing under "${upper}" ${to}.`] : [];
		}),
	({ type, minimum, maximum }) =>
		type === 'integer' &&
		typeof minimum === 'number' &&
		typeof maximum === 'number' &&
		minimum <= maximum &&
		Math.ceil(minimum) > Math.floor(maximum)
			? [`there is no integer between "minimum" ${minimum} and "maximum" ${maximum}.`]
			: [],
	({ required, ...node }) =>
		namesIn(required)
			.filter((name) => isForbidden(name, node))
			.map((name) => `"required" has "${name}", which the schema does not allow.`),
	({ required, maxProperties }) =>
		typeof maxProperties === 'number' && new Set(namesIn(required)).size > maxProperties
			? [`more properties are "required" than "maxProperties" ${maxProperties} allows.`]
			: [],
	({ enum: choices, ...node }) =>
		Array.isArray(choices) && choices.length > 0 && noneFits(choices, node)
			? ['no value of "enum" fits the keywords beside it.']
			: [],
	({ const: only, ...node }) =>
		only !== undefined && noneFits([only], node)
			? ['"const" does not fit the keywords beside it.']
			: [],
];

function namesIn(required: unknown): string[] {
	return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** Each is tried on each name. */
const MOST_PATTERNS = 100;

function isForbidden(name: string, node: JsonSchema): boolean {
	const { properties, patternProperties, additionalProperties } = node;
	if (isRecord(properties) && Object.hasOwn(properties, name)) return properties[name] === false;
	if (additionalProperties !== false) return false;
	const patterns = isRecord(patternProperties) ? Object.keys(patternProperties) : [];
	return (
		patterns.length <= MOST_PATTERNS &&
		!patterns.some((source) => {
			const compiled = patternTest(source);
			return !compiled.ok || compiled.test(name);
		})
	);
}

/** Keywords that say something of a value without looking at other schemas. */
const PLAIN = new Set(['type', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf']);
for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) PLAIN.add(key);

function noneFits(values: readonly unknown[], node: JsonSchema): boolean {
	const plain = Object.fromEntries(Object.entries(node).filter(([key]) => PLAIN.has(key)));
	const check = judge(indexSchema(plain, '2020-12'));
	return !values.some((value) => check(value).length === 0);
}
