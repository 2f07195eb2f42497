import { TokenHubError } from './errors';

/**
 * The deepest nesting of a value from outside. Nothing that people mean comes near it, and what walks
 * through values by recursion, ours and other people's, has room for it many times over.
 */
export const DEEPEST = 200;

/** Completes "It is …". */
export const TOO_DEEP = `nested deeper than ${DEEPEST} levels`;

/** The shortest JSON text that can be too deep: a bracket for each level, opened and closed. */
const SHORTEST = 2 * DEEPEST;

/** Level by level, since recursion is what it guards; a value that holds itself has no end of them. */
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

/** @throws SyntaxError for what is not JSON; `isDeep` when the value must not be walked through. */
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
