import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../jsonSchema';
import { innerPlaces } from './keywords';

/**
 * Generators give each part an `$id` that nothing refers to, and often the same one twice. Taken at its
 * word, each would keep `#/definitions/…` inside it from being found.
 */
export function hasIdleIds(root: JsonSchema): boolean {
	const inner = partsIn(root);
	const named = inner.filter(({ $id }) => typeof $id === 'string');
	const isIdle = [root, ...inner].every((schema) => isLocal(schema));
	return (
		named.length > 0 && isIdle && !named.some((part) => '$defs' in part || 'definitions' in part)
	);
}

function partsIn(schema: JsonSchema): JsonSchema[] {
	return innerPlaces(schema).flatMap(([, inner]) =>
		isRecord(inner) ? [inner, ...partsIn(inner)] : [],
	);
}

function isLocal({ $ref, $dynamicRef, $recursiveRef }: JsonSchema): boolean {
	if ($dynamicRef !== undefined || $recursiveRef !== undefined) return false;
	return (
		$ref === undefined || (typeof $ref === 'string' && /^#\/(\$defs|definitions)\//.test($ref))
	);
}
