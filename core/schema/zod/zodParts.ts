import { isRecord } from '../../isRecord';

/** What zod 4 makes of the definition of these, once. */
const MADE = new Map([
	['lazy', 'innerType'],
	['template_literal', 'pattern'],
]);

/**
 * What a zod schema, or a part of one, is made of. zod 4 keeps it in `_zod.def`, zod 3 in `_def`; both
 * make some of it when it is first asked for.
 */
export function zodParts(node: object): unknown[] {
	if (node instanceof RegExp) return [node.source];
	if (node instanceof Map) return [...node.keys(), ...node.values()];
	if (node instanceof Set) return [...node];
	const zod: unknown = Reflect.get(node, '_zod');
	if (isRecord(zod) && isRecord(zod.def)) {
		const made = MADE.get(String(zod.def.type));
		return [zod.def, metaOf(node), made === undefined ? undefined : zod[made]];
	}
	const def: unknown = Reflect.get(node, '_def');
	if (isRecord(def)) return [def, def.typeName === 'ZodLazy' ? Reflect.get(node, 'schema') : null];
	return Object.entries(node).flatMap(([key, value]: [string, unknown]): unknown[] => [
		key,
		key === 'shape' && typeof value === 'function' ? Reflect.apply(value, node, []) : value,
	]);
}

/** Descriptions of zod 4 stand in a registry. */
function metaOf(node: object): unknown {
	const meta: unknown = Reflect.get(node, 'meta');
	return typeof meta === 'function' ? Reflect.apply(meta, node, []) : undefined;
}

/** The schema, the parts of its definition, and theirs: each once. */
export function allZodParts(schema: object): object[] {
	const seen = new Set<object>();
	const left: unknown[] = [schema];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next !== 'object' || next === null || seen.has(next)) continue;
		seen.add(next);
		if (!(next instanceof RegExp)) for (const inner of zodParts(next)) left.push(inner);
	}
	return [...seen];
}
