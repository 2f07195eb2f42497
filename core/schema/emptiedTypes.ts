import { isRecord } from '../lib/isRecord';
import type { JsonSchema } from './jsonSchema';
import { patternTest } from './patterns/patternTest';

/** A type without any valid value, and why. */
interface EmptiedType {
	type: string;
	message: string;
}

const TYPES = ['array', 'boolean', 'null', 'number', 'object', 'string'];

/** The types that a schema allows; integers are numbers. */
export function typesOf({ type }: JsonSchema): string[] {
	if (type === undefined) return TYPES;
	if (typeof type === 'string') return [type === 'integer' ? 'number' : type];
	const types: unknown[] = Array.isArray(type) ? type : [type];
	return [...new Set(types.map((name) => (name === 'integer' ? 'number' : String(name))))];
}

/** Each keyword is about one type only: values of the others pass it. */
export function emptiedTypes(node: JsonSchema, dialect: string): EmptiedType[] {
	// Most schemas have none of these keywords, and a document has thousands of schemas.
	if (!LIMITING.some((keyword) => keyword in node)) return [];
	return [
		...bounds(node, dialect),
		...noInteger(node).map((message) => ({ type: 'number', message })),
		...objects(node).map((message) => ({ type: 'object', message })),
		...lists(node).map((message) => ({ type: 'array', message })),
	];
}

/** Pairs of a lower and an upper bound. `true`: they must not even be equal. */
const BOUNDS: Array<[type: string, lower: string, upper: string, isOpen: boolean]> = [
	['number', 'minimum', 'maximum', false],
	['number', 'exclusiveMinimum', 'maximum', true],
	['number', 'minimum', 'exclusiveMaximum', true],
	['number', 'exclusiveMinimum', 'exclusiveMaximum', true],
	['string', 'minLength', 'maxLength', false],
	['array', 'minItems', 'maxItems', false],
	['object', 'minProperties', 'maxProperties', false],
	['array', 'minContains', 'maxContains', false],
];

const LIMITING = [
	...new Set(BOUNDS.flatMap(([, lower, upper]) => [lower, upper])),
	...['required', 'contains', 'items'],
];

function bounds(node: JsonSchema, dialect: string): EmptiedType[] {
	return BOUNDS.flatMap(([type, lower, upper, isOpen]) => {
		const [from, to] = [node[lower], node[upper]];
		if (typeof from !== 'number' || typeof to !== 'number') return [];
		const isRead = lower !== 'minContains' || (dialect !== '7' && node.contains !== undefined);
		const isEmpty = isOpen ? from >= to : from > to;
		if (!isRead || !isEmpty) return [];
		return [{ type, message: `"${lower}" ${from} leaves nothing under "${upper}" ${to}.` }];
	});
}

function noInteger({ type, minimum, maximum }: JsonSchema): string[] {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (!types.includes('integer') || types.includes('number')) return [];
	if (typeof minimum !== 'number' || typeof maximum !== 'number') return [];
	return minimum <= maximum && Math.ceil(minimum) > Math.floor(maximum)
		? [`there is no integer between "minimum" ${minimum} and "maximum" ${maximum}.`]
		: [];
}

function objects({ required, ...node }: JsonSchema): string[] {
	const names = namesIn(required);
	const { maxProperties } = node;
	const tooMany = typeof maxProperties === 'number' && new Set(names).size > maxProperties;
	return [
		...names
			.filter((name) => isForbidden(name, node))
			.map((name) => `"required" has "${name}", which the schema does not allow.`),
		...(tooMany
			? [`more properties are "required" than "maxProperties" ${maxProperties} allows.`]
			: []),
	];
}

function lists({ contains, minContains, items, prefixItems, minItems }: JsonSchema): string[] {
	const needsEntry = typeof minItems === 'number' && minItems >= 1 && prefixItems === undefined;
	return [
		...(contains === false && minContains !== 0 ? ['"contains" false allows no list.'] : []),
		...(items === false && needsEntry ? [`"items" false allows no ${minItems} entries.`] : []),
	];
}

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
