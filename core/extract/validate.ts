import type { Failure } from '../errors';
import { unsafeNumbers, type SourceNumbers } from '../json/sourceNumbers';
import { withValues } from '../schema/withValues';
import { coerce, type CoerceContext } from './coerce';
import { renamedFields } from './otherKeys';
import { takenAs } from './ownCode';
import type { ReadAnswer } from './readAnswer';
import type { Target } from './targetSchema';

export interface Reading {
	target: Target;
	coercion: CoerceContext | false;
}

/** As it is, else coerced; never with a number that is not the one that was written. */
export function validate(
	value: unknown,
	{ target, coercion }: Reading,
	numbers: SourceNumbers | undefined,
): ReadAnswer {
	const asIs = target.check(value);
	const unsafe = unsafeNumbers(value, numbers);
	const plain = asIs.ok && unsafe.length === 0 ? asIs : undefined;
	if (plain && !(plain.caught && coercion)) {
		const renamed = coercion && renamedFields(value, target, coercion);
		return renamed
			? takenAs(renamed.checked, renamed.given, renamed.warnings)
			: takenAs(plain, value);
	}
	const failures = asIs.ok ? unsafe : asIs.failures;
	if (!coercion) return { ok: false, failures };
	const coerced = coerce(value, target.schema, { ...coercion, numbers });
	const read = target.check(coerced.value);
	if (!read.ok) {
		// Which two readings there are says more than which type is wrong.
		const isExplained = ({ path }: Failure) => coerced.failures.some((one) => one.path === path);
		const others = failures.filter((failure) => !isExplained(failure));
		return { ok: false, failures: [...withValues(coerced.failures, value), ...others] };
	}
	const still = unsafeNumbers(coerced.value, numbers);
	if (still.length > 0) return { ok: false, failures: still };
	return takenAs(read, coerced.value, coerced.warnings);
}
