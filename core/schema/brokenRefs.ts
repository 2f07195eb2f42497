import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import type { JsonSchema } from './jsonSchema';
import type { Reference, SchemaIndex } from './schemaIndex';

/** Each reference that leads nowhere, out of the document, to several places, or back to itself. */
export function brokenRefs(index: SchemaIndex): Failure[] {
	const broken = index.places.flatMap(({ schema, path }) =>
		(index.targets.get(schema) ?? []).flatMap((reference) => {
			const reason = reasonFor(reference);
			return reason === undefined ? [] : [{ path, message: reason }];
		}),
	);
	return [...index.problems, ...broken, ...circles(index)];
}

function reasonFor(reference: Reference): string | undefined {
	const { keyword, ref } = reference;
	const name = `"${keyword}": "${ref}"`;
	if ('several' in reference) return `${name} has several targets. Use "$ref".`;
	if (isRecord(reference.target) || typeof reference.target === 'boolean') return undefined;
	if (ref.startsWith('#')) return `${name} leads nowhere.`;
	return `${name} leaves the document: nothing is fetched, but a schema may stand under $defs with its $id.`;
}

/** Keywords that put another schema to the same value. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'not', 'if'];

/** A schema from which one comes back to it without a step into the value: checking never ends. */
function circles(index: SchemaIndex): Failure[] {
	const left = new Set<JsonSchema>();
	const entered = new Set<JsonSchema>();
	for (const { schema: start } of index.places) {
		const way = entered.has(start) ? [] : [begin(start, index)];
		for (let step = way.at(-1); step; step = way.at(-1)) {
			entered.add(step.schema);
			const next = step.onward.pop();
			if (next === undefined) {
				left.add(step.schema);
				way.pop();
			} else if (!entered.has(next)) {
				way.push(begin(next, index));
			} else if (!left.has(next)) {
				return [
					circle(
						index,
						way.map(({ schema }) => schema).slice(way.findIndex(({ schema }) => schema === next)),
					),
				];
			}
		}
	}
	return [];
}

function circle(index: SchemaIndex, schemas: readonly JsonSchema[]): Failure {
	const from = schemas.find((schema) => index.targets.has(schema));
	const [reference] = (from && index.targets.get(from)) ?? [];
	const { path = '' } = index.places.find(({ schema }) => schema === from) ?? {};
	const { keyword, ref } = reference ?? { keyword: '$ref', ref: '' };
	return { path, message: `"${keyword}": "${ref}" leads back to itself.` };
}

function begin(schema: JsonSchema, { targets }: SchemaIndex) {
	const inner = SAME_VALUE.flatMap((key): unknown[] => {
		const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
		return Array.isArray(value) ? Array.from<unknown>(value) : [value];
	});
	const referred = (targets.get(schema) ?? []).map(({ target }) => target);
	return { schema, onward: [...inner, ...referred].filter(isRecord) };
}
