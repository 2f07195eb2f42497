import { isRecord } from '../../lib/isRecord';
import { patternTest } from '../patterns/patternTest';

/** The definition of a zod schema: zod 4 keeps it in `_zod.def`, zod 3 in `_def`. */
export function definitionOf(node: unknown): Record<string, unknown> | undefined {
	if (!isRecord(node)) return undefined;
	const internals = internalsOf(node);
	const def = internals ? internals.def : node._def;
	return isRecord(def) ? def : undefined;
}

/** What zod 4 keeps internally for a schema or a check. */
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

/**
 * Whether a schema runs code on a value before validation: in zod 4, a pipe that begins with a
 * function.
 */
export function isPreprocess(def: Record<string, unknown>): boolean {
	if (kindOf(def) === 'effects') return isRecord(def.effect) && def.effect.type === 'preprocess';
	const first = definitionOf(def.in);
	return kindOf(def) === 'pipe' && first !== undefined && kindOf(first) === 'transform';
}

type Method = (...given: unknown[]) => unknown;

/** A method of a zod object, bound to it. */
export function methodOf(owner: object, name: string): Method | undefined {
	const method: unknown = Reflect.get(owner, name);
	if (typeof method !== 'function') return undefined;
	return (...given): unknown => Reflect.apply(method, owner, given);
}

/** What zod 4 derives from the definitions of these, once. */
const MADE = new Map([
	['lazy', 'innerType'],
	['template_literal', 'pattern'],
]);

/**
 * The parts of a zod schema, or of a part of one. zod 4 keeps them in `_zod.def`, zod 3 in `_def`; both
 * create some of them on first use.
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

/** zod 4 keeps descriptions in a registry. */
function metaOf(node: object): unknown {
	const meta: unknown = Reflect.get(node, 'meta');
	return typeof meta === 'function' ? Reflect.apply(meta, node, []) : undefined;
}

/** The schema, the parts of its definition, and their parts: each once. */
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

/** Every regular expression in a zod schema, and in the schemas in it. */
export function regexesIn(schema: object): RegExp[] {
	return allZodParts(schema).filter((part) => part instanceof RegExp);
}

/** Why a zod schema with these expressions is refused. */
export function patternProblem(regexes: readonly RegExp[]): string | undefined {
	for (const regex of regexes) {
		const compiled = compiledOf(regex);
		if (!compiled.ok) return `${String(regex).slice(0, 200)}: ${compiled.problem}`;
	}
	return undefined;
}

/** The same expression with a `test` that runs in linear time. */
export function linearTest(regex: RegExp): RegExp {
	const compiled = compiledOf(regex);
	const own = new RegExp(regex.source, regex.flags);
	return compiled.ok ? Object.assign(own, { test: compiled.test }) : own;
}

function compiledOf({ source, flags }: RegExp) {
	return patternTest(flags.includes('y') ? `(?<![^])(?:${source})` : source, flags);
}
