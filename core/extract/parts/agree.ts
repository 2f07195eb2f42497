import { isSame } from '../../isSame';
import { isRecord } from '../../isRecord';
import { own } from '../../own';
import { saysNothing } from '../../read/saysNothing';

/** Whether a value is none: null, an empty text, or a word for it such as `N/A`. */
export function isMissing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && (!/[\p{L}\p{N}]/u.test(value) || saysNothing(value));
}

/** Whether two records can be two halves of one: no field has two values. */
export function agree(a: unknown, b: unknown): boolean {
	if (isMissing(a) || isMissing(b) || isSame(a, b)) return true;
	if (!isRecord(a) || !isRecord(b)) return false;
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => agree(own(a, key), own(b, key)));
}

/** Whether two records have the same value in a field. */
export function shareValue(a: unknown, b: unknown): boolean {
	if (!isRecord(a) || !isRecord(b)) return false;
	return Object.keys(a).some((key) => {
		const [one, other] = [own(a, key), own(b, key)];
		return (!isMissing(one) && isSame(one, other)) || shareValue(one, other);
	});
}
