import { jsonPointer } from '../../jsonPointer';
import type { JsonSchema } from '../jsonSchema';
import { withInner, type Modernized } from '../reading/modernized';
import { keywordMeant } from './keywordMeant';
import { nullAllowed } from './nullAllowed';

/**
 * A schema as servers in other languages write it, in the words of JSON Schema: Go writes what is not
 * there as null, PHP an empty object as an empty list, Gemini types in capitals, OpenAPI "nullable". What
 * nobody can read stays as it is, for those who refuse it.
 */
export function inOwnWords(root: JsonSchema): Modernized {
	const notes: string[] = [];
	const translate = (node: JsonSchema, path: readonly string[]): JsonSchema => {
		const own = withMeant(node, path, notes);
		const inner = withInner(own, (schema, keys) => translate(schema, [...path, ...keys]));
		// Arguments are an object, whatever is said of them as a whole.
		return path.length === 0 ? inner : nullAllowed(inner);
	};
	return { schema: translate(root, []), notes };
}

/** The schema itself where it is written as it is meant. */
function withMeant(node: JsonSchema, path: readonly string[], notes: string[]): JsonSchema {
	const isProperty = path.at(-2) === 'properties';
	const made: Array<[string, unknown]> = [];
	const kept = Object.entries(node).filter(([keyword, value]) => {
		const meant = keywordMeant(keyword, value, { schema: node, isProperty });
		if (!meant) return true;
		made.push(...Object.entries(meant.own));
		if (meant.note !== undefined) {
			notes.push(`${jsonPointer([...path, keyword])} ${meant.note}`);
		}
		return false;
	});
	return kept.length === Object.keys(node).length ? node : Object.fromEntries([...kept, ...made]);
}
