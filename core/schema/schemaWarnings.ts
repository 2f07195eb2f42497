import { isRecord } from '../isRecord';
import { isZodV3, isZodV4 } from './jsonSchema';
import { readSchema } from './reading/readSchema';
import { unmetParts } from './schemaCheck';

const MOST = 20;

/** What the author of a JSON Schema should hear, though it is taken. */
export function schemaWarnings(source: unknown, name: string): string[] {
	if (isZodV4(source) || isZodV3(source) || !isRecord(source)) return [];
	const { schema, notes } = readSchema(source, name);
	const unmet = unmetParts(schema).map(
		({ path, message }) => `${path || 'its top level'} can never be met: ${message}`,
	);
	const all = [...notes, ...unmet].map((note) => `schema: ${note}`);
	const more = all.length - MOST;
	return more > 0 ? [...all.slice(0, MOST), `schema: and ${more} more`] : all;
}
