import type { Failure } from '../errors';
import { followRef } from '../lib/jsonPointer';

/** The verdict of a schema on a value. */
export type Checked = ValidValue | { ok: false; failures: Failure[] };

export interface ValidValue {
	ok: true;
	/** With zod's defaults and transforms applied. */
	value: unknown;
	/** What was invalid where a `.catch()` of the schema has put its own value. */
	caught?: Failure[];
	/** What a `z.preprocess` received that does not have the type that was asked for. */
	prepared?: unknown[];
	/** Set if the caller's own code has to be awaited: until then, only the JSON form is judged. */
	settle?: () => Promise<Checked>;
}

/** The final verdict on a value: awaits the caller's own code. */
export async function settled(checked: Checked): Promise<Checked> {
	return checked.ok && checked.settle ? await checked.settle() : checked;
}

export const TOO_SLOW: Checked = {
	ok: false,
	failures: [
		{
			path: '',
			message: 'the patterns of the schema take too long on this value: simplify them',
			code: 'slowPattern',
		},
	],
};

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
