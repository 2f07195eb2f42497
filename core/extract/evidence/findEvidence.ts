import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { own } from '../../lib/own';
import { inOneGo, type Steps } from '../../lib/steps';
import { withValues } from '../../schema/checked';
import type { JsonSchema } from '../../schema/jsonSchema';
import { isChoice, resolveSchema } from '../resolveSchema';
import { candidates } from './candidates';
import { choosePlaces } from './choosePlaces';
import { leavesOf, type Span } from './leaves';
import type { Found } from './recordGroups';
import { openSource, type Source } from './source';

/** For each leaf, by JSON pointer: its place in the text, or null if the text does not say it. */
export type Evidence = Record<string, Span | null>;

/** Finds each value in the text from which it was taken; we search for it, the model is not asked. */
export function* findEvidence(value: unknown, text: string): Steps<Evidence> {
	return (yield* placesSteps(value, text)).evidence;
}

/** Where the text says the values of an answer. */
export interface Places {
	evidence: Evidence;
	/** JSON pointers of values that occur in one place only, so there was no choice. */
	only: ReadonlySet<string>;
}

export function* placesSteps(value: unknown, text: string): Steps<Places> {
	return yield* placesIn(value, yield* openSource(text));
}

/** The same of a text that is read already. */
export function* placesIn(value: unknown, source: Source): Steps<Places> {
	const leaves: Found[] = [];
	for (const { path, leaf } of leavesOf(value)) {
		leaves.push({ path, spans: yield* candidates(source, leaf) });
	}
	const places = yield* choosePlaces(leaves, source);
	const evidence: Evidence = {};
	const only = new Set<string>();
	for (const leaf of leaves) {
		yield;
		// A pointer cannot be the name of a prototype: it is empty or begins with a slash.
		const pointer = jsonPointer(leaf.path);
		evidence[pointer] = places.get(leaf) ?? null;
		if (leaf.spans.length === 1) only.add(pointer);
	}
	return { evidence, only };
}

/**
 * Words of one record are close together: within this multiple of its JSON's length, and never less
 * than this.
 */
const REACH = { times: 4, least: 200 } as const;

/** Whether a text says every word and number of a value, close together; there must be at least one. */
export function isSaid(value: unknown, text: string): boolean {
	return inOneGo(saidSteps(value, text));
}

function* saidSteps(value: unknown, text: string): Steps<boolean> {
	const source = yield* openSource(text);
	const found: Found[] = [];
	for (const { path, leaf } of leavesOf(value)) {
		if (leaf === null || typeof leaf === 'boolean' || leaf === '') continue;
		const spans = yield* candidates(source, leaf);
		if (spans.length === 0) return false;
		found.push({ path, spans });
	}
	if (found.length === 0) return false;
	let [from, to] = [Infinity, 0];
	for (const { start, end } of (yield* choosePlaces(found, source)).values()) {
		[from, to] = [Math.min(from, start), Math.max(to, end)];
	}
	return to - from <= Math.max(REACH.least, JSON.stringify(value).length * REACH.times);
}

interface Check {
	text: string;
	schema: JsonSchema;
	/** The lowest score that counts, above 0 and up to 1. */
	minEvidence: number;
}

/**
 * Required values that the text does not say. Values that are chosen rather than read have no words to
 * be found: booleans, nulls and values of an `enum` or `const` are left out.
 */
export function ungrounded(value: unknown, check: Check): Failure[] {
	return inOneGo(groundingSteps(value, check));
}

export function* groundingSteps(
	value: unknown,
	{ text, schema, minEvidence }: Check,
): Steps<Failure[]> {
	const required = requiredLeaves(value, schema, { root: schema, path: [], isRequired: true });
	const source = yield* openSource(text);
	const failures: Failure[] = [];
	for (const { path, leaf } of required) {
		const [best] = yield* candidates(source, leaf);
		if ((best?.score ?? 0) >= minEvidence) continue;
		failures.push({
			path: jsonPointer(path),
			message: 'the text does not say this',
			code: 'ungrounded',
		});
	}
	return withValues(failures, value);
}

interface RequiredLeaf {
	path: PropertyKey[];
	leaf: string | number;
}

interface Place {
	root: JsonSchema;
	path: PropertyKey[];
	isRequired: boolean;
}

function requiredLeaves(value: unknown, wanted: unknown, place: Place): RequiredLeaf[] {
	const schema = resolveSchema(wanted, place.root) ?? {};
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) =>
			requiredLeaves(entry, schema.items, { ...place, path: [...place.path, index] }),
		);
	}
	if (isRecord(value)) {
		const properties = isRecord(schema.properties) ? schema.properties : {};
		const required = Array.isArray(schema.required) ? schema.required : [];
		return Object.entries(value).flatMap(([key, entry]) => {
			const isRequired = required.includes(key);
			return requiredLeaves(entry, own(properties, key), {
				...place,
				...{ path: [...place.path, key], isRequired },
			});
		});
	}
	const isRead = (typeof value === 'string' && value !== '') || typeof value === 'number';
	return isRead && !isChoice(schema) && place.isRequired ? [{ path: place.path, leaf: value }] : [];
}
