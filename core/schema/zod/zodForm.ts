import { TokenHubError } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { definitionOf, internalsOf, kindOf, allZodParts } from './zodNode';

/** zod's types that have no JSON form, and what to write instead. */
const NO_JSON: ReadonlyMap<string, string> = new Map([
	['set', 'JSON has no sets: use z.array()'],
	['map', 'JSON has no maps: use z.record()'],
	['bigint', 'JSON has no BigInt: use z.coerce.bigint(), which reads digits, or z.number().int()'],
	['symbol', 'JSON has no symbols: use z.string() or z.enum()'],
	['nan', 'JSON has no NaN: use z.number().nullable()'],
	['file', 'JSON has no files: use z.string() for its address, or for its data as base64'],
	['function', 'JSON has no functions: leave it out'],
	['promise', 'JSON has no promises: use the type in it'],
]);

/** Whole numbers of any size: as JSON numbers, they would lose digits in JavaScript. */
const DIGITS = { type: 'string', pattern: '^-?[0-9]+$' } as const;
const DATE_TIME = { type: 'string', format: 'date-time' } as const;

/** The text form of a type that JSON does not have; undefined for all others. */
export function textForm(def: Record<string, unknown>) {
	const kind = kindOf(def);
	return kind === 'date' ? DATE_TIME : kind === 'bigint' ? DIGITS : undefined;
}

/** Runs a synchronous conversion while zod 4's dates and big integers have a JSON form. */
export function withTextForms<Result>(source: object, convert: () => Result): Result {
	const undo = [...new Set(allZodParts(source).flatMap(lineOf))].map(giveForm);
	try {
		return convert();
	} finally {
		for (const one of undo) one?.();
	}
}

/** A zod 4 schema, and those from which it was made by adding to them. */
function lineOf(node: object): Array<Record<string, unknown>> {
	const internals = internalsOf(node);
	const parent = internals?.parent;
	if (!internals) return [];
	return [internals, ...(isRecord(parent) ? lineOf(parent) : [])];
}

/** Later versions of zod fill a form in, and look next to it for what a schema was made of. */
function giveForm(internals: Record<string, unknown>) {
	const form = isRecord(internals.def) ? textForm(internals.def) : undefined;
	if (!form) return undefined;
	const name = 'processJSONSchema' in internals ? 'processJSONSchema' : 'toJSONSchema';
	const own = Object.getOwnPropertyDescriptor(internals, name);
	internals[name] = (_context: unknown, json: object = {}) => Object.assign(json, form);
	return () => {
		if (own) Object.defineProperty(internals, name, own);
		else delete internals[name];
	};
}

/** @throws TokenHubError `badConfig` for a zod schema that no JSON value could ever satisfy. */
export function assertJsonForm(source: object, name: string): void {
	const found = firstWithout(source, [], new Set());
	if (!found) return;
	const where = found.path === '' ? '' : ` at ${found.path}`;
	throw new TokenHubError('badConfig', `${name} has no JSON form${where}: ${found.message}.`, {
		failures: [found],
	});
}

interface Found {
	path: string;
	message: string;
}

type Path = readonly PropertyKey[];

function firstWithout(node: unknown, path: Path, seen: Set<object>): Found | undefined {
	const def = isRecord(node) ? definitionOf(node) : undefined;
	if (!def || !isRecord(node) || seen.has(node)) return undefined;
	seen.add(node);
	const kind = kindOf(def);
	const message = NO_JSON.get(kind);
	if (message !== undefined) {
		return def.coerce === true ? undefined : { path: jsonPointer(path), message };
	}
	// The caller's own code may turn the input into anything.
	if (kind === 'catch' || kind === 'effects') return effectsSchema(def, path, seen);
	if (kind === 'union' || kind === 'discriminatedunion') return inUnion(def, path, seen);
	for (const [key, part] of partsOf(def)) {
		const found = firstWithout(part, key === '' ? path : [...path, key], seen);
		if (found) return found;
	}
	return undefined;
}

function effectsSchema(
	{ schema, effect }: Record<string, unknown>,
	path: Path,
	seen: Set<object>,
): Found | undefined {
	const isPrepared = !isRecord(effect) || effect.type === 'preprocess';
	return isPrepared ? undefined : firstWithout(schema, path, seen);
}

/** One choice that can be satisfied is enough. */
function inUnion({ options }: Record<string, unknown>, path: Path, seen: Set<object>) {
	const choices = options instanceof Map ? [...options.values()] : options;
	if (!Array.isArray(choices)) return undefined;
	const found = choices.map((choice: unknown) => firstWithout(choice, path, seen));
	return found.every(Boolean) ? found[0] : undefined;
}

/** Parts that a value must satisfy. A lazy part is skipped: it may refer back endlessly. */
const SAME_PLACE = ['innerType', 'left', 'right', 'in', 'valueType', 'element', 'rest', 'catchall'];

function partsOf(def: Record<string, unknown>): Array<[PropertyKey, unknown]> {
	const shape: unknown =
		typeof def.shape === 'function' ? Reflect.apply(def.shape, def, []) : def.shape;
	const fields = isRecord(shape) ? Object.entries(shape) : [];
	const entries = Array.isArray(def.items) ? [...def.items.entries()] : [];
	// In zod 3, `type` is the entry schema of a list, and the schema below a brand.
	const types: Array<[PropertyKey, unknown]> = isRecord(def.type) ? [['', def.type]] : [];
	const same = SAME_PLACE.map((key): [PropertyKey, unknown] => ['', def[key]]);
	return [...fields, ...entries, ...types, ...same];
}
