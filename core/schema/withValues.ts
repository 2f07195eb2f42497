import type { Failure } from '../errors';
import { followRef } from '../followRef';

const LONGEST = 200;

/** The failures with the plain values that they are about. */
export function withValues(failures: readonly Failure[], root: unknown): Failure[] {
	return failures.map((failure) => {
		const value = followRef(`#${failure.path}`, root);
		if (typeof value === 'string') return { ...failure, value: value.slice(0, LONGEST) };
		const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null;
		return isPlain ? { ...failure, value } : failure;
	});
}
