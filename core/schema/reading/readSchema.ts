import { TokenHubError } from '../../errors';
import type { JsonSchema } from '../jsonSchema';
import { misspelt } from './misspelt';
import { modernized } from './modernized';
import { shorthand } from './shorthand';
import { unwrapped } from './unwrapped';

/** A JSON Schema as it is meant. */
export interface ReadSchema {
	schema: JsonSchema;
	/** What was read otherwise than it was written, and what seems to be a slip. */
	notes: string[];
}

/**
 * Takes a schema out of what an API wraps around it, and puts the forms of old drafts into today's.
 * @param inWords Reads other spellings first.
 * @throws TokenHubError `badConfig` for a list of fields that is no schema.
 */
export function readSchema(
	given: JsonSchema,
	name: string,
	inWords: (schema: JsonSchema) => ReadSchema = (schema) => ({ schema, notes: [] }),
): ReadSchema {
	const { schema: inner, from } = unwrapped(given);
	const { schema: meant, notes: before } = inWords(inner);
	const problem = shorthand(meant);
	if (problem !== undefined) {
		throw new TokenHubError('badConfig', `${name} is no JSON Schema: ${problem}`);
	}
	const { schema, notes } = modernized(meant);
	const taken = from === undefined ? [] : [`taken out of "${from}"`];
	return { schema, notes: [...taken, ...before, ...notes, ...misspelt(schema)] };
}
