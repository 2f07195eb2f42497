import { isRecord } from '../../isRecord';
import { linearTest } from '../patterns/linearTests';
import { bigIntFrom, dateFrom, readBehind } from './readBehind';
import { guardCheck, guardEffect, guardFunction, guardOwnCheck, type Heard } from './guard';
import { intercept, withoutCatch } from './intercept';
import { noteUnfit } from './jsonTypes';
import { definitionOf, internalsOf, isPreprocess, kindOf } from './zodNode';

type Def = Record<string, unknown>;

/** How a zod schema is copied. */
export interface Copying {
	/** What `.catch()` would replace counts as wrong. */
	isStrict: boolean;
	/** What the copies tell while they run. */
	heard: Heard;
	/** By schema, as it stands where the model is asked for it, and behind a pipe. */
	copies: { front: Map<object, object>; behind: Map<object, object> };
	place: 'front' | 'behind';
}

/**
 * A zod schema, with all schemas in it, that changes nothing by itself before it looks at it: `coerce`
 * is off where the type has been asked for, dates and big integers are read from text, and patterns
 * test in linear time. The caller's own schema is left as it is.
 */
export function copyZod(source: object, terms: Pick<Copying, 'isStrict' | 'heard'>): object {
	const copies = { front: new Map<object, object>(), behind: new Map<object, object>() };
	return schemaCopy(source, { ...terms, copies, place: 'front' });
}

function schemaCopy(node: object, copying: Copying): object {
	const copies = copying.copies[copying.place];
	const known = copies.get(node);
	const def = definitionOf(node);
	if (known || !def) return known ?? node;
	const shape = {};
	const made = construct(node, ownDefinition(node, def, { copying, shape }));
	copies.set(node, made);
	for (const [key, field] of Object.entries(shapeOf(def)))
		Object.defineProperty(shape, key, { ...PLAIN, value: copyOf(field, copying) });
	hook(made, def, copying);
	return made;
}

const PLAIN = { enumerable: true, configurable: true, writable: true };

function construct(node: object, def: Def): object {
	const maker = internalsOf(node)?.constr ?? node.constructor;
	const made: unknown = typeof maker === 'function' ? Reflect.construct(maker, [def]) : node;
	return typeof made === 'object' && made !== null ? made : node;
}

function shapeOf({ shape }: Def): object {
	const fields: unknown = typeof shape === 'function' ? Reflect.apply(shape, undefined, []) : shape;
	return isRecord(fields) ? fields : {};
}

interface Own {
	copying: Copying;
	shape: object;
}

/** With getters as they are: a default is made anew each time. */
function ownDefinition(node: object, def: Def, { copying, shape }: Own): Def {
	const own: Def = Object.defineProperties({}, Object.getOwnPropertyDescriptors(def));
	const set = (key: string, value: unknown) => Object.defineProperty(own, key, { ...PLAIN, value });
	for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(def)))
		if (value !== undefined) set(key, partCopy(key, value, { def, copying }));
	if (def.shape !== undefined) set('shape', typeof def.shape === 'function' ? () => shape : shape);
	if (typeof def.getter === 'function') {
		delete own._cachedInner;
		set('getter', lazily(node, copying));
	}
	if (def.coerce === true) set('coerce', false);
	return own;
}

function lazily(node: object, copying: Copying): () => unknown {
	let made: unknown;
	return () => (made ??= copyOf(innerOf(node), copying));
}

function innerOf(node: object): unknown {
	const internals = internalsOf(node);
	return internals ? internals.innerType : Reflect.get(node, 'schema');
}

function partCopy(key: string, value: unknown, { def, copying }: { def: Def; copying: Copying }) {
	if (key === 'checks' && Array.isArray(value))
		return value.map((check: unknown) => checkCopy(check, copying.heard));
	if (key === 'effect' && isRecord(value)) return guardEffect(value, copying.heard);
	if (key === 'transform' && typeof value === 'function')
		return guardFunction(value, copying.heard);
	const isBehind = key === 'out' && !isPreprocess(def);
	return copyOf(value, isBehind ? { ...copying, place: 'behind' } : copying);
}

function checkCopy(check: unknown, heard: Heard): unknown {
	if (!isRecord(check)) return check;
	const def = definitionOf(check);
	// A check of zod 3 is its own definition.
	const own = def ?? check;
	const patterns = Object.entries(own).filter(([, value]) => value instanceof RegExp);
	if (patterns.length === 0) return def ? guardCheck(check, heard) : check;
	const next = {
		...own,
		...Object.fromEntries(
			patterns.map(([key, value]) => [key, value instanceof RegExp ? linearTest(value) : value]),
		),
	};
	return def ? construct(check, next) : next;
}

function copyOf(value: unknown, copying: Copying): unknown {
	if (value instanceof RegExp) return linearTest(value);
	if (Array.isArray(value)) return value.map((one: unknown) => copyOf(one, copying));
	if (value instanceof Map)
		return new Map([...value].map(([key, one]: [unknown, unknown]) => [key, copyOf(one, copying)]));
	return typeof value === 'object' && value !== null ? schemaCopy(value, copying) : value;
}

function hook(made: object, def: Def, { isStrict, heard, place }: Copying): void {
	const kind = kindOf(def);
	const internals = internalsOf(made);
	if (kind === 'date') intercept(made, dateFrom);
	else if (kind === 'bigint') intercept(made, bigIntFrom);
	else if (def.coerce === true && place === 'behind')
		intercept(made, (value) => readBehind(kind, value));
	if (kind === 'catch') {
		heard.hasCatch = true;
		if (isStrict) withoutCatch(made);
	}
	if (isPreprocess(def)) intercept(made, noteUnfit(def, heard));
	if (kind === 'custom') guardOwnCheck(made, heard);
	// It is made of the parts that stand in it.
	if (kind === 'template_literal' && internals?.pattern instanceof RegExp)
		internals.pattern = linearTest(internals.pattern);
}
