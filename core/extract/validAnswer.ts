import type { Failure } from '../errors';
import { jsonPointer } from '../lib/jsonPointer';
import { settled, type Checked, type ValidValue } from '../schema/checked';
import { droppedKeys } from './otherKeys';

/** A valid value; `given` is the same before zod's defaults and transforms. */
export interface ValidAnswer {
	ok: true;
	value: unknown;
	given: unknown;
	warnings: string[];
	/** As of `Checked`: `settledAnswer` waits for it. */
	settle?: () => Promise<Checked>;
}

export type ReadAnswer = ValidAnswer | { ok: false; failures: Failure[] };

/** A valid value, with what the caller's schema has made of it by itself named. */
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

/** What zod has put in the place of something that was there. */
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

/** The last word on an answer: what the caller's own code has promised is awaited. */
export async function settledAnswer(read: ReadAnswer): Promise<ReadAnswer> {
	if (!read.ok || !read.settle) return read;
	const checked = await settled(read);
	return checked.ok ? validAnswer(checked, read.given, read.warnings) : checked;
}

/** What cannot be made one value. */
export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be combined without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}

/** Why an answer that is not whole is asked for again. */
export function abbreviation(reason: string, path = ''): Failure {
	const message = `${reason}: give the whole result, with every entry written out`;
	return { path, message, code: 'abbreviated' };
}
