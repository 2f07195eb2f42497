import type { Failure } from '../errors';

const MOST = 20;

/** What the author of a JSON Schema should hear, though it is taken. */
export function schemaWarnings(notes: readonly string[], unmet: readonly Failure[]): string[] {
	const parts = unmet.map(
		({ path, message }) => `${path || 'its top level'} can never be met: ${message}`,
	);
	const all = [...notes, ...parts].map((note) => `schema: ${note}`);
	const more = all.length - MOST;
	return more > 0 ? [...all.slice(0, MOST), `schema: and ${more} more`] : all;
}
