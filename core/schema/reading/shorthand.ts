import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../jsonSchema';
import { KEYWORDS, saysSomething } from './keywords';
import { namesType } from './typeNames';

const FIELDS =
	'did you mean the Schema Source "Fields" or "JSON Example", or in the library {"example": …}?';

/**
 * Where somebody has written a list of fields, such as `{"name": "string", "age": "number"}`: as a
 * schema it has no keyword at all and accepts anything.
 */
export function shorthand(root: JsonSchema): string | undefined {
	const keys = Object.keys(root);
	if (keys.length === 0) return undefined;
	const isSilent = !keys.some(saysSomething);
	const hasUnknown = keys.some((key) => isUnknown(key));
	if ((isSilent && hasUnknown) || isFieldList(root, 1)) {
		const fields = Object.values(root).every((value) => isRecord(value) && looksLikeSchema(value));
		const instead = fields ? 'put the fields under "properties", beside "type": "object".' : FIELDS;
		return `no keyword of JSON Schema is in it: ${instead}`;
	}
	return undefined;
}

const ANNOTATIONS = new Set(
	`title description default examples $id $comment $schema $defs definitions deprecated readOnly
	writeOnly $vocabulary`.split(/\s+/),
);

/** Names with types, and no keyword that says something but perhaps `type` as the name of a field. */
export function isFieldList(schema: JsonSchema, mostKeywords: number): boolean {
	const entries = Object.entries(schema);
	const unknown = entries.filter(([key]) => isUnknown(key));
	return (
		unknown.length > mostKeywords &&
		entries.filter(([key]) => saysSomething(key)).length <= mostKeywords &&
		entries.every(([, value]) => typeof value === 'string' && namesType(value))
	);
}

function isUnknown(key: string): boolean {
	return !KEYWORDS.has(key) && !ANNOTATIONS.has(key) && key !== 'const' && !/^(_|x-)/.test(key);
}

function looksLikeSchema(value: JsonSchema): boolean {
	return Object.keys(value).some(saysSomething);
}
