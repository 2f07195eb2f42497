import type { Failure } from '../errors';
import { sharingBudget } from '../schema/patterns/budget';
import { coerce } from './coerce';
import { parseJson } from './parseJson';
import type { Target } from './targetSchema';

export type ReadAnswer =
	{ ok: true; value: unknown; warnings: string[] } | { ok: false; failures: Failure[] };

/**
 * The value in a model's answer: each JSON that can be found in it is tried, as it is and then
 * coerced without loss; only one that is valid against the caller's schema is taken.
 */
export function readAnswer(text: string, target: Target, mayCoerce = true): ReadAnswer {
	// All that is tried shares what the patterns of the schema may take.
	return sharingBudget(() => readCandidates(text, target, mayCoerce));
}

function readCandidates(text: string, target: Target, mayCoerce: boolean): ReadAnswer {
	const parsed = parseJson(text);
	if (!parsed.ok) {
		const failures = [{ path: '', message: parsed.reason, code: 'noJson' }];
		return { ok: false, failures };
	}
	let failures: Failure[] = [];
	for (const { value: found, warnings } of parsed.candidates) {
		const read = validate(target.unwrap(found), target, mayCoerce);
		if (read.ok) return { ...read, warnings: [...warnings, ...read.warnings] };
		if (failures.length === 0) ({ failures } = read);
	}
	return { ok: false, failures };
}

function validate(
	value: unknown,
	target: Target,
	mayCoerce: boolean,
): { ok: true; value: unknown; warnings: string[] } | { ok: false; failures: Failure[] } {
	const asIs = target.check(value);
	if (asIs.ok) return { ...asIs, warnings: [] };
	if (!mayCoerce) return asIs;
	const coerced = coerce(value, target.schema);
	const mended = target.check(coerced.value);
	return mended.ok ? { ...mended, warnings: coerced.warnings } : asIs;
}
