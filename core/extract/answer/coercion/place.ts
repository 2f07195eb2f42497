import type { Failure } from '../../../errors';
import type { SourceNumbers } from '../../../json/exactJson';
import { jsonPointer } from '../../../lib/jsonPointer';
import type { ShownStyle } from '../../../read/shownStyle';
import type { TextFacts } from '../../../read/textFacts';
import type { JsonSchema } from '../../../schema/jsonSchema';

/** The current place of coercion, and what it has found out so far. */
export interface Place {
	root: JsonSchema;
	path: PropertyKey[];
	warnings: string[];
	failures: Failure[];
	isExact: boolean;
	/** Fits a part of the value to its own schema, in its own place. */
	visit: (this: void, value: unknown, wanted: unknown, place: Place) => unknown;
	/** How much work one value may still cost. */
	steps: { left: number };
	/** The object or list that contains the value. */
	holder?: object;
	facts: () => TextFacts | undefined;
	/** Texts that were read as numbers so far. */
	numberTexts: Set<string>;
	/** How they are written, if the document does not show it. */
	beside?: ShownStyle | undefined;
	/**
	 * Entries of lists that are still to be visited; missing in a trial, whose result is needed at once.
	 */
	waiting?: Array<() => void> | undefined;
	/** For the answer, and for each JSON text in it that was read. */
	numbers: SourceNumbers[];
}

type Terms = Pick<Place, 'facts' | 'isExact' | 'beside' | 'steps' | 'visit'>;

export function openPlace(root: JsonSchema, terms: Terms): Place {
	return {
		...{ root, path: [], warnings: [], failures: [], numbers: [], waiting: [] },
		...{ numberTexts: new Set(), ...terms },
	};
}

export function step(place: Place, holder: object, key: PropertyKey): Place {
	return { ...place, holder, path: [...place.path, key] };
}

function pointerOf({ path }: Place): string {
	return jsonPointer(path) || '(top level)';
}

const LONGEST = 80;

function shown(value: unknown): string {
	const json = JSON.stringify(value) ?? String(value);
	return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
}

/** Records what was changed, and returns what it was changed to. */
export function changed<Value>(place: Place, from: unknown, to: Value): Value {
	return changedKind(place, `${shown(from)} to ${shown(to)}`, to);
}

export function changedKind<Value>(place: Place, how: string, to: Value): Value {
	place.warnings.push(`coerced ${pointerOf(place)}: ${how}`);
	return to;
}

/** Records a key that is not in the schema and is left out, with its value. */
export function droppedAt(path: readonly PropertyKey[], value: unknown): string {
	return `dropped ${jsonPointer(path)}: the schema has no such field (${shown(value)})`;
}

/** In the warning about a number that may have been read as another. */
export const MAY_BE_OTHER = '; it may also be ';

/** Records the possible readings of a value, which stays as it is. */
export function ambiguous<Value>(
	place: Place,
	given: Value,
	either: readonly string[] | undefined,
): Value {
	if (!either || either.length < 2) return given;
	place.failures.push({
		path: jsonPointer(place.path),
		message: `${shown(given)} may be ${either.slice(0, 4).join(' or ')}: say which`,
		code: 'ambiguous',
	});
	return given;
}

/** A separate trial, whose warnings and failures may be discarded. */
export function trialOf(place: Place): Place {
	return { ...place, warnings: [], failures: [], waiting: undefined };
}

export function adopt(
	place: Place,
	{ warnings, failures }: Pick<Place, 'warnings' | 'failures'>,
): void {
	for (const warning of warnings) place.warnings.push(warning);
	for (const failure of failures) place.failures.push(failure);
}
