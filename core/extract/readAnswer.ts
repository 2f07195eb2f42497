import type { Failure } from '../errors';
import { coerce, type CoerceContext } from './coerce';
import { parseJson } from './parseJson';
import { withValues } from '../schema/withValues';
import type { Target } from './targetSchema';

export type ReadAnswer =
	{ ok: true; value: unknown; warnings: string[] } | { ok: false; failures: Failure[] };

/**
 * The value in a model's answer: each JSON that can be found in it is tried, as it is and then
 * coerced, if that is wanted; only one that is valid against the caller's schema is taken.
 */
export function readAnswer(
	text: string,
	target: Target,
	coercion: CoerceContext | false = {},
): ReadAnswer {
	const parsed = parseJson(text);
	if (!parsed.ok) {
		const failures = [{ path: '', message: parsed.reason, code: 'noJson' }];
		return { ok: false, failures };
	}
	let failures: Failure[] = [];
	for (const { value: found, warnings } of parsed.candidates) {
		const read = validate(target.unwrap(found), target, coercion);
		if (read.ok) return { ...read, warnings: [...warnings, ...read.warnings] };
		if (failures.length === 0) ({ failures } = read);
	}
	return { ok: false, failures };
}

function validate(
	value: unknown,
	target: Target,
	coercion: CoerceContext | false,
): { ok: true; value: unknown; warnings: string[] } | { ok: false; failures: Failure[] } {
	const asIs = target.check(value);
	if (asIs.ok) return { ...asIs, warnings: [] };
	if (!coercion) return asIs;
	const coerced = coerce(value, target.schema, coercion);
	const mended = target.check(coerced.value);
	if (mended.ok) return { ...mended, warnings: coerced.warnings };
	// Which two readings there are says more than which type is wrong.
	const isExplained = ({ path }: Failure) => coerced.failures.some((other) => other.path === path);
	const failures = asIs.failures.filter((failure) => !isExplained(failure));
	return { ok: false, failures: [...withValues(coerced.failures, value), ...failures] };
}
