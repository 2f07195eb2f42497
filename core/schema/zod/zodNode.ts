import { isRecord } from '../../isRecord';

/** The definition of a zod schema: zod 4 keeps it in `_zod.def`, zod 3 in `_def`. */
export function definitionOf(node: unknown): Record<string, unknown> | undefined {
	if (!isRecord(node)) return undefined;
	const internals = internalsOf(node);
	const def = internals ? internals.def : node._def;
	return isRecord(def) ? def : undefined;
}

/** What zod 4 keeps of a schema, or of a check, for itself. */
export function internalsOf(node: object): Record<string, unknown> | undefined {
	const internals: unknown = Reflect.get(node, '_zod');
	return isRecord(internals) ? internals : undefined;
}

/** `ZodDate` of zod 3, `date` of zod 4. */
export function kindOf({ type, typeName }: Record<string, unknown>): string {
	return String(typeName ?? type)
		.replace(/^Zod/, '')
		.toLowerCase();
}

/** What a schema runs on a value before it looks at it: in zod 4 a pipe that begins with a function. */
export function isPreprocess(def: Record<string, unknown>): boolean {
	if (kindOf(def) === 'effects') return isRecord(def.effect) && def.effect.type === 'preprocess';
	const first = definitionOf(def.in);
	return kindOf(def) === 'pipe' && first !== undefined && kindOf(first) === 'transform';
}

type Method = (...given: unknown[]) => unknown;

/** A function that something of zod holds, bound to it. */
export function methodOf(owner: object, name: string): Method | undefined {
	const method: unknown = Reflect.get(owner, name);
	if (typeof method !== 'function') return undefined;
	return (...given): unknown => Reflect.apply(method, owner, given);
}
