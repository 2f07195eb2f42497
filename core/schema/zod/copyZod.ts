import { isRecord } from '../../lib/isRecord';
import { readBoolean } from '../../read/words';
import { linearTest, definitionOf, internalsOf, isPreprocess, kindOf, methodOf } from './zodNode';
import { guardCheck, guardEffect, guardFunction, guardOwnCheck, type Findings } from './guard';

type Def = Record<string, unknown>;

/** How a zod schema is copied. */
interface Copying {
	/** Whether a value that `.catch()` would replace counts as invalid. */
	isStrict: boolean;
	/** What the copies report while they run. */
	findings: Findings;
	/** By schema, separately for the input of a pipe and for what follows it. */
	copies: { front: Map<object, object>; behind: Map<object, object> };
	place: 'front' | 'behind';
}

/**
 * A copy of a zod schema, with all schemas in it, that changes nothing before validation: `coerce` is
 * off where the type has been asked for, dates and big integers are read from text, and patterns test
 * in linear time. The caller's own schema is not changed.
 */
export function copyZod(source: object, terms: Pick<Copying, 'isStrict' | 'findings'>): object {
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

/** With getters kept: a default is computed again each time. */
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
		return value.map((check: unknown) => checkCopy(check, copying.findings));
	if (key === 'effect' && isRecord(value)) return guardEffect(value, copying.findings);
	if (key === 'transform' && typeof value === 'function')
		return guardFunction(value, copying.findings);
	const isBehind = key === 'out' && !isPreprocess(def);
	return copyOf(value, isBehind ? { ...copying, place: 'behind' } : copying);
}

function checkCopy(check: unknown, findings: Findings): unknown {
	if (!isRecord(check)) return check;
	const def = definitionOf(check);
	// A check of zod 3 is its own definition.
	const own = def ?? check;
	const patterns = Object.entries(own).filter(([, value]) => value instanceof RegExp);
	if (patterns.length === 0) return def ? guardCheck(check, findings) : check;
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

function hook(made: object, def: Def, { isStrict, findings, place }: Copying): void {
	const kind = kindOf(def);
	const internals = internalsOf(made);
	if (kind === 'date') intercept(made, dateFrom);
	else if (kind === 'bigint') intercept(made, bigIntFrom);
	else if (def.coerce === true && place === 'behind')
		intercept(made, (value) => readBehind(kind, value));
	if (kind === 'catch') {
		findings.hasCatch = true;
		if (isStrict) withoutCatch(made);
	}
	if (isPreprocess(def)) intercept(made, noteUnfit(def, findings));
	if (kind === 'custom') guardOwnCheck(made, findings);
	// Its pattern is built from its parts.
	if (kind === 'template_literal' && internals?.pattern instanceof RegExp)
		internals.pattern = linearTest(internals.pattern);
}

/** Lets a schema of our own see something other than what it was given. */
function intercept(made: object, read: (value: unknown) => unknown): void {
	replaceParse(made, (parse) => (input, context) => {
		const key = internalsOf(made) ? 'value' : 'data';
		if (isRecord(input)) input[key] = read(input[key]);
		return parse(input, context);
	});
}

/** What `.catch()` would replace is invalid; a missing value still becomes its value. */
function withoutCatch(made: object): void {
	const inner = definitionOf(made)?.innerType;
	if (typeof inner !== 'object' || inner === null) return;
	const internals = internalsOf(inner);
	replaceParse(made, (parse) => (input, context) => {
		const isMissing = isRecord(input) && (input.value ?? input.data) === undefined;
		const run = internals ? methodOf(internals, 'run') : methodOf(inner, '_parse');
		return isMissing || !run ? parse(input, context) : run(input, context);
	});
}

type Parse = (input: unknown, context: unknown) => unknown;

/** zod 4 calls `run`, which is `parse` if there are no checks; zod 3 calls `_parse`. */
function replaceParse(made: object, replaced: (parse: Parse) => Parse): void {
	const internals = internalsOf(made);
	const [owner, name] = internals ? [internals, 'parse'] : [made, '_parse'];
	const own = methodOf(owner, name);
	if (!own) return;
	const next = replaced(own);
	if (internals && internals.run === internals.parse) internals.run = next;
	Reflect.set(owner, name, next);
}

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

/** Records what the caller's own code receives although the schema after it asks for another type. */
function noteUnfit(def: Record<string, unknown>, findings: Findings) {
	const types = typesIn(def.out ?? def.schema, 0);
	return (value: unknown) => {
		if (value !== undefined && types && !types.has(typeOf(value))) findings.prepared.push(value);
		return value;
	};
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

const DEEPEST = 20;

/** The JSON types that a schema asks for; undefined if it does not say plainly. */
function typesIn(node: unknown, depth: number): ReadonlySet<string> | undefined {
	const def = definitionOf(node);
	if (!def || depth > DEEPEST) return undefined;
	const kind = kindOf(def);
	const type = TYPES.get(kind);
	if (type !== undefined) return new Set([type]);
	const inner = typesIn(def.innerType ?? def.in ?? def.schema, depth + 1);
	return inner && kind === 'nullable' ? new Set([...inner, 'null']) : inner;
}

/**
 * What `z.coerce` reads after a pipe, where no schema has told the model which type is wanted: only
 * values whose type is certain. JavaScript's own conversions make 0 of nothing and true of "no".
 */
function readBehind(kind: string, value: unknown): unknown {
	switch (kind) {
		case 'number':
			return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
		case 'boolean':
			return typeof value === 'string' ? (readBoolean(value) ?? value) : value;
		case 'string':
			return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
		default:
			return value;
	}
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

const DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d))?$/i;

/**
 * From a date-time with an offset, or a date, which becomes midnight in UTC; anything else unchanged.
 */
function dateFrom(value: unknown): unknown {
	if (typeof value !== 'string' || !DATE_TIME.test(value)) return value;
	const date = new Date(value);
	if (Number.isNaN(date.getTime())) return value;
	// JavaScript turns February 31 into March 3.
	const [day] = value.split(/t/i);
	return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day ?? '') ? date : value;
}

/** From digits, or a number that has all of its digits; anything else unchanged. */
function bigIntFrom(value: unknown): unknown {
	const isWhole = Number.isSafeInteger(value) || (typeof value === 'string' && DIGITS.test(value));
	return isWhole ? BigInt(String(value)) : value;
}

const DIGITS = /^-?\d+$/;
