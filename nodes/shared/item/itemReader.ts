import type { IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { resultOrReason } from '../../../core/messageOf';
import { own } from '../../../core/lib/own';
import { perObject } from '../../../core/lib/perObject';
import { readInput } from '../../../core/readInput';
import { runOptionKeys } from '../form/runOptions';
import { nodeOf } from './itemRun';

/** The node's parameters for one item, except for options that do not change its output. */
export function readParameters(
	context: ItemContext,
	itemIndex: number,
	without: readonly string[],
): unknown[] {
	const source = parameterSource(context);
	return source.names.map((name) => {
		const value = source.read(name, itemIndex);
		if (name !== 'options' || !isRecord(value)) return [name, value];
		const keys = Object.keys(value).filter((key) => !without.includes(key));
		return [name, keys.map((key) => [key, value[key]])];
	});
}

/** One parameter for one item; a hidden one has no value. */
export function readParameter(context: ItemContext, name: string, itemIndex: number): unknown {
	return parameterSource(context).read(name, itemIndex);
}

/** A switch for the whole run: it is read before any item. */
export function readSwitch(context: ParameterReader, name: string): boolean {
	return context.getNodeParameter(name, 0, false) === true;
}

/** Drops what was evaluated for a finished item. */
export function forgetItem(context: ItemContext, itemIndex: number): void {
	parameterSource(context).forget(itemIndex);
}

type ParameterReader = Pick<IExecuteFunctions, 'getNodeParameter'>;
export type ItemContext = Pick<IExecuteFunctions, 'getNodeParameter' | 'getNode' | 'getInputData'>;

/**
 * The form's values for one item, validated by a schema with one key for each top-level parameter.
 * @param context Of a node with items, or of a sub-node, which is read once and has none.
 * @throws TokenHubError `badConfig` that names the field.
 */
export function readForm<Form extends z.ZodObject>(
	context: ParameterReader | ItemContext,
	itemIndex: number,
	form: Form,
): z.output<Form>;
export function readForm(
	context: ParameterReader | ItemContext,
	itemIndex: number,
	form: z.ZodObject,
): object {
	if ('getInputData' in context) {
		const { common, ofItem } = splitForm(context)(form);
		const own = ofItem.safeParse(valuesOf(context, itemIndex, ofItem));
		if (common && own.success) return { ...common, ...own.data };
	}
	const values = valuesOf(context, itemIndex, form);
	return readInput(form, values, `parameters of item ${itemIndex}`);
}

/** By execution context and form: what is the same for all items is checked only once. */
const splitForm = perObject((context: ItemContext) =>
	perObject((form: z.ZodObject) => {
		const { isOfRun } = parameterSource(context);
		const names = Object.keys(form.shape);
		const only = (own: readonly string[]) =>
			form.pick(Object.fromEntries(own.map((name) => [name, true] as const)));
		const ofRun = only(names.filter(isOfRun));
		return {
			/** Undefined if it is invalid: each item then reports it. */
			common: ofRun.safeParse(valuesOf(context, 0, ofRun)).data,
			ofItem: only(names.filter((name) => !isOfRun(name))),
		};
	}),
);

/** The values of a form's fields for an item, unchecked. */
function valuesOf(
	context: ParameterReader | ItemContext,
	itemIndex: number,
	{ shape }: z.ZodObject,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const name of Object.keys(shape)) {
		const value =
			'getInputData' in context
				? parameterSource(context).read(name, itemIndex)
				: readByN8n(context, name, itemIndex);
		if (value !== null && value !== undefined) values[name] = value;
	}
	return values;
}

/** A hidden field has no value; without a fallback, n8n throws for it. */
function readByN8n(context: ParameterReader, path: string, itemIndex: number): unknown {
	const read = resultOrReason(() => context.getNodeParameter(path, itemIndex, null));
	if (read.ok) return read.value;
	const field = path.replace(OPTION, '');
	const failures = [{ path: `/${field}`, message: read.reason }];
	// n8n's message is only about the expression, and a form has many.
	throw new TokenHubError(
		'badConfig',
		`Invalid parameters of item ${itemIndex}: "${field}": ${read.reason}`,
		{
			failures,
			hint: `Correct the expression of "${field}".`,
		},
	);
}

/**
 * By execution context, which is one call of a node: evaluates each parameter once per item, or once
 * for the run if it is the same for all items.
 */
const parameterSource = perObject((context: ItemContext) => {
	const { parameters } = nodeOf(context);
	const wayOf = waysOf(context);
	const known = new Map<number, Map<string, unknown>>();
	const readOnce = (path: string, raw: unknown, itemIndex: number): unknown => {
		const { isOfRun, evaluate } = wayOf(path, raw);
		const owner = isOfRun ? ALL_ITEMS : itemIndex;
		const values = known.get(owner) ?? new Map<string, unknown>();
		known.set(owner, values);
		if (!values.has(path)) values.set(path, evaluate(isOfRun ? 0 : itemIndex));
		return values.get(path);
	};
	return {
		names: Object.keys(parameters).sort(),
		isOfRun(this: void, name: string): boolean {
			const raw = own(parameters, name);
			if (name !== 'options' || !isRecord(raw)) return wayOf(name, raw).isOfRun;
			return Object.entries(raw).every(([key, value]) => wayOf(OPTION + key, value).isOfRun);
		},
		/** Options are an object whose values are evaluated when they are read. */
		read(name: string, itemIndex: number): unknown {
			const raw = own(parameters, name);
			if (name !== 'options' || !isRecord(raw)) return readOnce(name, raw, itemIndex);
			const options = {};
			for (const [key, value] of Object.entries(raw)) {
				const get = () => readOnce(OPTION + key, value, itemIndex);
				Object.defineProperty(options, key, { get, enumerable: true });
			}
			return options;
		},
		forget: (itemIndex: number) => known.delete(itemIndex),
	};
});

/** Represents all items among their indexes. */
const ALL_ITEMS = -1;
const OPTION = 'options.';

function isRunOption(path: string): boolean {
	return path.startsWith(OPTION) && Object.hasOwn(runOptionKeys, path.slice(OPTION.length));
}

function isExpressionless(raw: unknown): boolean {
	if (typeof raw === 'string') return !raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return true;
	return Object.values(raw).every(isExpressionless);
}

/** How a parameter gets its value. */
interface Way {
	isOfRun: boolean;
	evaluate: (itemIndex: number) => unknown;
}

function waysOf(context: ItemContext): (path: string, raw: unknown) => Way {
	const items = context.getInputData();
	// A tool's item consists of what the model says.
	const isTool = nodeOf(context).type.endsWith('Tool');
	const ways = new Map<string, Way>();
	const find = (path: string, raw: unknown): Way => {
		const isOfRun = isRunOption(path) || isExpressionless(raw);
		const byN8n = (itemIndex: number) => readByN8n(context, path, itemIndex);
		const fill = typeof raw === 'string' && !isTool ? plainExpression(raw) : undefined;
		if (!fill) return { isOfRun, evaluate: byN8n };
		return { isOfRun, evaluate: (index) => fill(items[index]?.json) ?? byN8n(index) };
	};
	return (path, raw) => {
		const way = ways.get(path) ?? find(path, raw);
		ways.set(path, way);
		return way;
	};
}

/** Fills in an expression for an item; undefined if only n8n knows what it means. */
export type Fill = (json: unknown) => string | undefined;

const PART = /\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\["[^"\\]*"\]|\['[^'\\]*'\])+)\s*\}\}/g;
const STEP = /\.([\w$]+)|\["([^"]*)"\]|\['([^']*)'\]/g;

/**
 * Expressions that only name fields of the item, such as `=Sum up: {{ $json.text }}`, are filled in
 * here: n8n's sandbox takes longer for one of them than the whole request. The result is the same as
 * n8n's, or the expression is left to n8n.
 */
export function plainExpression(raw: string): Fill | undefined {
	if (!raw.startsWith('=') || raw.includes('\\')) return undefined;
	const template = raw.slice(1);
	const texts: string[] = [];
	const paths: string[][] = [];
	let end = 0;
	for (const part of template.matchAll(PART)) {
		texts.push(template.slice(end, part.index));
		paths.push(stepsOf(part[1] ?? ''));
		end = part.index + part[0].length;
	}
	texts.push(template.slice(end));
	if (paths.length === 0 || texts.some((text) => /[{}]/.test(text))) return undefined;
	const isAlone = paths.length === 1 && texts.every((text) => text === '');
	return (json) => {
		// By itself, a value keeps its type; within text, n8n formats some of them in its own way.
		const values = paths.map((path) => wordOf(valueAt(json, path), isAlone));
		if (values.includes(undefined)) return undefined;
		return texts.map((text, index) => text + (values[index] ?? '')).join('');
	};
}

function wordOf(value: unknown, isAlone: boolean): string | undefined {
	if (typeof value === 'string') return value;
	if (isAlone || typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined;
	return String(value);
}

/** A field of the item that an expression names within text, with its value. */
interface Term {
	/** The expression as it is written in the field. */
	words: string;
	valueIn(this: void, json: unknown): unknown;
}

/**
 * The fields that a text is composed of; none if the expression is the whole text, or only n8n knows.
 */
export function termsOf(raw: unknown): Term[] {
	if (typeof raw !== 'string' || !raw.startsWith('=')) return [];
	return [...raw.matchAll(PART)]
		.filter(([words]) => words !== raw.slice(1))
		.map(([words, path = '']) => {
			const steps = stepsOf(path);
			return { words, valueIn: (json) => valueAt(json, steps) };
		});
}

const stepsOf = (path: string) => [...path.matchAll(STEP)].map(([, a, b, c]) => a ?? b ?? c ?? '');

/** Own fields only: n8n forbids the others. */
function valueAt(json: unknown, path: readonly string[]): unknown {
	let value = json;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = Reflect.get(value, step);
	}
	return value;
}
