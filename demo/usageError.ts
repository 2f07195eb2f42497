/** The person's input is wrong: one line, exit code 2. */
export class UsageError extends Error {}

/** By shape: under jest, Node's own errors are of another realm's `Error`. */
export const messageOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'message' in error
		? String(error.message)
		: String(error);
