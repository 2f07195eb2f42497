import type { Heard } from './guard';
import { definitionOf, kindOf } from './zodNode';

const TYPES: ReadonlyMap<string, string> = new Map([
	...['string', 'number', 'boolean', 'array', 'object', 'null'].map(
		(kind) => [kind, kind] as const,
	),
	...[
		['record', 'object'],
		['tuple', 'array'],
		['date', 'string'],
	].map(([kind = '', type = '']) => [kind, type] as const),
]);

/** Notes what the caller's own code is given although the schema behind it asks for another type. */
export function noteUnfit(def: Record<string, unknown>, heard: Heard) {
	const types = typesIn(def.out ?? def.schema, 0);
	return (value: unknown) => {
		if (value !== undefined && types && !types.has(typeOf(value))) heard.prepared.push(value);
		return value;
	};
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

const DEEPEST = 20;

/** The types of JSON that a schema asks for; undefined where it says nothing plain. */
function typesIn(node: unknown, depth: number): ReadonlySet<string> | undefined {
	const def = definitionOf(node);
	if (!def || depth > DEEPEST) return undefined;
	const kind = kindOf(def);
	const type = TYPES.get(kind);
	if (type !== undefined) return new Set([type]);
	const inner = typesIn(def.innerType ?? def.in ?? def.schema, depth + 1);
	return inner && kind === 'nullable' ? new Set([...inner, 'null']) : inner;
}
