import type { Failure } from '../../errors';
import { jsonPointer } from '../../lib/jsonPointer';
import { settled, type Checked, type ValidValue } from '../../schema/checked';
import { isRecord } from '../../lib/isRecord';
import { droppedAt } from './coercion/place';

/** A valid value; `given` is the same before zod's defaults and transforms. */
export interface ValidAnswer {
	ok: true;
	value: unknown;
	given: unknown;
	warnings: string[];
	/** As in `Checked`: `settledAnswer` awaits it. */
	settle?: () => Promise<Checked>;
}

export type ReadAnswer = ValidAnswer | { ok: false; failures: Failure[] };

/** A valid value, with warnings about what the caller's schema itself has changed. */
export function validAnswer(
	checked: ValidValue,
	given: unknown,
	warnings: readonly string[] = [],
): ValidAnswer {
	const { value, settle } = checked;
	const all = [...warnings, ...droppedKeys(given, value), ...ownWarnings(checked)];
	return { ok: true, value, given, warnings: all, ...(settle ? { settle } : {}) };
}

const MOST = 20;
const MOST_SHOWN = 100;

/** What zod has replaced. */
function ownWarnings({ caught = [], prepared = [] }: ValidValue): string[] {
	const named = [
		...caught.map(
			({ path, message, value }) =>
				`caught ${path || '(top level)'}: ${message}${value === undefined ? '' : ` (${shown(value)})`}`,
		),
		...prepared.map((value) => `preprocess: your own code was given ${shown(value)}`),
	];
	const own = [...new Set(named)];
	const more = own.length - MOST;
	return more > 0 ? [...own.slice(0, MOST), `caught: and ${more} more`] : own;
}

function shown(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** The final verdict on an answer: awaits the caller's own code. */
export async function settledAnswer(read: ReadAnswer): Promise<ReadAnswer> {
	if (!read.ok || !read.settle) return read;
	const checked = await settled(read);
	return checked.ok ? validAnswer(checked, read.given, read.warnings) : checked;
}

/** Values that cannot be combined. */
export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be combined without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}

/** Why an incomplete answer is requested again. */
export function abbreviation(reason: string, path = ''): Failure {
	const message = `${reason}: give the whole result, with every entry written out`;
	return { path, message, code: 'abbreviated' };
}

/** Keys that zod has silently left out. */
function droppedKeys(given: unknown, taken: unknown, path: readonly PropertyKey[] = []): string[] {
	if (given === taken) return [];
	if (Array.isArray(given) && Array.isArray(taken)) {
		return given.length === taken.length
			? given.flatMap((entry, at) => droppedKeys(entry, taken[at], [...path, at]))
			: [];
	}
	if (!isRecord(given) || !isRecord(taken)) return [];
	// A transform has made another object of it.
	if (!Object.keys(taken).some((key) => Object.hasOwn(given, key))) return [];
	return Object.keys(given).flatMap((key) =>
		Object.hasOwn(taken, key)
			? droppedKeys(given[key], taken[key], [...path, key])
			: [droppedAt([...path, key], given[key])],
	);
}
