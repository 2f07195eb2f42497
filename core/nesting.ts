import { TokenHubError } from './errors';

/**
 * The deepest nesting of a value from outside. No real value comes close, and everything that walks
 * through values recursively, our code and other people's, has room for several times as much.
 */
export const DEEPEST = 200;

/** Completes "It is …". */
export const TOO_DEEP = `nested deeper than ${DEEPEST} levels`;

/** The shortest JSON text that can be too deep: a bracket for each level, opened and closed. */
const SHORTEST = 2 * DEEPEST;

/**
 * Level by level, because it guards against recursion; a value that contains itself has no last level.
 */
export function isTooDeep(value: unknown, deepest: number = DEEPEST): boolean {
	let level = new Set([value].filter(isContainer));
	for (let depth = 1; level.size > 0; depth += 1) {
		if (depth > deepest) return true;
		const next = new Set<object>();
		for (const node of level) {
			for (const inner of Object.values(node)) if (isContainer(inner)) next.add(inner);
		}
		level = next;
	}
	return false;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

/** @throws SyntaxError if it is not JSON; `isDeep` if the value must not be walked through. */
export function parseShallow(text: string): { value: unknown; isDeep: boolean } {
	const value: unknown = JSON.parse(text);
	return { value, isDeep: text.length > SHORTEST && isTooDeep(value) };
}

/** @throws TokenHubError `badConfig` */
export function assertShallow(
	value: unknown,
	name: string,
	{ deepest = DEEPEST, path }: { deepest?: number; path?: string } = {},
): void {
	if (!isTooDeep(value, deepest)) return;
	const what = `nested deeper than ${deepest} levels, or contains itself`;
	throw new TokenHubError('badConfig', `${name} is ${what}.`, {
		...(path === undefined ? {} : { failures: [{ path, message: `it is ${what}` }] }),
	});
}
