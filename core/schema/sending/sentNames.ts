import { isRecord } from '../../isRecord';
import { LONGEST_NAME, markedName } from '../../markedName';
import type { JsonSchema } from '../jsonSchema';

/** What is sent for each name of a property that Claude does not take, by that name. */
export type SentNames = ReadonlyMap<string, string>;

/** Claude refuses other names in a tool's schema with a 400. */
const LEGAL = /^[a-zA-Z0-9_.-]{1,64}$/;

/** `__proto__` is legal to Claude, and lost by many who read what Claude writes. */
function isLegal(name: string): boolean {
	return LEGAL.test(name) && name !== '__proto__';
}

/** One name for each, whatever its place, that no other property of the document has. */
export function sentNames(schemas: readonly JsonSchema[]): SentNames {
	const declared = new Set(
		schemas.flatMap(({ properties }) => (isRecord(properties) ? Object.keys(properties) : [])),
	);
	const taken = new Set([...declared, ...schemas.flatMap(namesIn)].filter(isLegal));
	const sent = new Map<string, string>();
	for (const name of declared) {
		if (isLegal(name)) continue;
		const own = legalName(name, taken);
		taken.add(own);
		sent.set(name, own);
	}
	return sent;
}

/** A legal name near to a given one, that nothing else is called. */
export function legalName(name: string, taken: ReadonlySet<string>): string {
	const letters = name.normalize('NFKD').replace(/\p{M}/gu, '');
	const near = letters.replace(/[^a-zA-Z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '') || 'field';
	if (near.length <= LONGEST_NAME && !taken.has(near)) return near;
	return markedName(name, near);
}

/** The names of properties that a schema itself speaks of. */
export function namesIn(schema: JsonSchema): string[] {
	const { properties, required, dependentRequired, dependentSchemas, dependencies } = schema;
	const lists = [dependentRequired, dependencies].flatMap((named) =>
		isRecord(named) ? Object.values(named) : [],
	);
	return [
		...[properties, dependentRequired, dependentSchemas, dependencies].flatMap((named) =>
			isRecord(named) ? Object.keys(named) : [],
		),
		...[required, ...lists].flatMap((names) =>
			Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [],
		),
	];
}
