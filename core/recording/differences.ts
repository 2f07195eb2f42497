import { isSame } from '../isSame';
import { jsonPointer } from '../jsonPointer';

/** A place where two values differ; undefined where there is nothing. */
export interface Difference {
	path: string;
	before: unknown;
	after: unknown;
}

const isContainer = (value: unknown): value is object =>
	typeof value === 'object' && value !== null;

/** The deepest places at which two JSON values differ, in order, up to `most` of them. */
export function differences(before: unknown, after: unknown, most: number): Difference[] {
	const found: Difference[] = [];
	const look = (a: unknown, b: unknown, path: readonly PropertyKey[]) => {
		if (found.length >= most || isSame(a, b)) return;
		const isAlike = isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b);
		if (!isAlike) return void found.push({ path: jsonPointer(path), before: a, after: b });
		for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
			look(fieldOf(a, key), fieldOf(b, key), [...path, key]);
		}
	};
	look(before, after, []);
	return found;
}

const fieldOf = (value: object, key: string): unknown =>
	Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
