import { TokenHubError } from '../errors';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';

/** What is no JSON, by what zod calls it, and what to write instead. */
const NO_JSON: ReadonlyMap<string, string> = new Map([
	['date', 'JSON has no dates: use z.iso.date() or z.iso.datetime(), in zod 3 z.string().date()'],
	['set', 'JSON has no sets: use z.array()'],
	['map', 'JSON has no maps: use z.record()'],
	['bigint', 'JSON has no BigInt: use z.number().int(), or z.string() for more than 15 digits'],
	['symbol', 'JSON has no symbols: use z.string() or z.enum()'],
	['nan', 'JSON has no NaN: use z.number().nullable()'],
	['function', 'JSON has no functions: leave it out'],
	['promise', 'JSON has no promises: use the type in it'],
]);

/** Kinds that have a form in JSON which can be told from any other: what comes in is made into them. */
export const REVIVED: ReadonlySet<string> = new Set(['date', 'bigint', 'set', 'map']);

/**
 * `revives` says whether JSON is made into dates and the like before zod sees it.
 * @throws TokenHubError `badConfig` for a zod schema that no JSON value could ever meet.
 */
export function assertJsonForm(source: object, name: string, revives = false): void {
	const found = firstWithout(source, { path: [], revives }, new Set());
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

interface Place {
	path: readonly PropertyKey[];
	revives: boolean;
}

function firstWithout(node: unknown, place: Place, seen: Set<object>): Found | undefined {
	const def = isRecord(node) ? definitionOf(node) : undefined;
	if (!def || !isRecord(node) || seen.has(node)) return undefined;
	seen.add(node);
	const kind = kindOf(def);
	const message = NO_JSON.get(kind);
	const { path } = place;
	if (message !== undefined && place.revives && REVIVED.has(kind)) {
		// zod does not say where in a set or map something is of the wrong type.
		const inner = { path, revives: false };
		return firstOf([def.keyType, def.valueType], (part) => firstWithout(part, inner, seen));
	}
	if (message !== undefined) {
		return def.coerce === true ? undefined : { path: jsonPointer(path), message };
	}
	// The caller's own code may make anything of what comes in.
	if (kind === 'catch' || kind === 'effects') return effectsSchema(def, place, seen);
	if (kind === 'union' || kind === 'discriminatedunion') return inUnion(def, place, seen);
	return firstOf(partsOf(def), ([key, part]) =>
		firstWithout(part, key === '' ? place : { ...place, path: [...path, key] }, seen),
	);
}

function firstOf<Part>(
	parts: readonly Part[],
	find: (part: Part) => Found | undefined,
): Found | undefined {
	for (const part of parts) {
		const found = find(part);
		if (found) return found;
	}
	return undefined;
}

/** What zod calls a schema: `object`, `date` …; undefined for what is none of zod's. */
export function zodKind(source: unknown): string | undefined {
	const def = isRecord(source) ? definitionOf(source) : undefined;
	return def && kindOf(def);
}

/** zod 4 keeps it in `_zod.def`, zod 3 in `_def`. */
function definitionOf({
	_zod,
	_def,
}: Record<string, unknown>): Record<string, unknown> | undefined {
	const def = isRecord(_zod) ? _zod.def : _def;
	return isRecord(def) ? def : undefined;
}

/** `ZodDate` of zod 3, `date` of zod 4. */
function kindOf({ type, typeName }: Record<string, unknown>): string {
	return String(typeName ?? type)
		.replace(/^Zod/, '')
		.toLowerCase();
}

function effectsSchema(
	{ schema, effect }: Record<string, unknown>,
	place: Place,
	seen: Set<object>,
): Found | undefined {
	const isPrepared = !isRecord(effect) || effect.type === 'preprocess';
	return isPrepared ? undefined : firstWithout(schema, place, seen);
}

/** One choice that can be met is enough. */
function inUnion({ options }: Record<string, unknown>, place: Place, seen: Set<object>) {
	const choices = options instanceof Map ? [...options.values()] : options;
	if (!Array.isArray(choices)) return undefined;
	const found = choices.map((choice: unknown) => firstWithout(choice, place, seen));
	return found.every(Boolean) ? found[0] : undefined;
}

/** Parts that a value must fit. A lazy part is left: it may refer back without an end. */
const SAME_PLACE = ['innerType', 'left', 'right', 'in', 'valueType', 'element', 'rest', 'catchall'];

function partsOf(def: Record<string, unknown>): Array<[PropertyKey, unknown]> {
	const shape: unknown =
		typeof def.shape === 'function' ? Reflect.apply(def.shape, def, []) : def.shape;
	const fields = isRecord(shape) ? Object.entries(shape) : [];
	const entries = Array.isArray(def.items) ? [...def.items.entries()] : [];
	// zod 3 calls the entries of a list, and what a brand stands on, its type.
	const types: Array<[PropertyKey, unknown]> = isRecord(def.type) ? [['', def.type]] : [];
	const same = SAME_PLACE.map((key): [PropertyKey, unknown] => ['', def[key]]);
	return [...fields, ...entries, ...types, ...same];
}
