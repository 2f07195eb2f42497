import { dereference } from '@cfworker/json-schema';
import { TokenHubError } from '../errors';
import { addressOf, addressOfRef } from './addresses';
import type { JsonSchema } from './jsonSchema';
import { subschemas } from './subschemas';

/**
 * A copy in which each `$dynamicRef` is a `$ref`, as the validator knows it. Its target is the same
 * whatever path led there when the anchor stands in the outermost schema, or nowhere else.
 * @throws TokenHubError `badConfig` where the target depends on the path.
 */
export function withStaticRefs(schema: JsonSchema, name: string): JsonSchema {
	const copy = structuredClone(schema);
	if (!subschemas(copy).some(({ schema: node }) => '$dynamicRef' in node || ANCHOR in node)) {
		return copy;
	}
	const targets = dynamicTargets(copy);
	for (const { schema: node, path } of subschemas(copy)) {
		if (typeof node[ANCHOR] === 'string') node.$anchor ??= node[ANCHOR];
		if (typeof node.$dynamicRef !== 'string') continue;
		const target = targets.get(path) ?? node.$dynamicRef;
		if (target === SEVERAL) {
			const where = `${name} is not valid at ${path || 'its top level'}`;
			const problem = `"$dynamicRef": "${node.$dynamicRef}" has several targets`;
			throw new TokenHubError('badConfig', `${where}: ${problem}. Use "$ref".`);
		}
		node.$ref ??= target;
		delete node.$dynamicRef;
	}
	return copy;
}

const ANCHOR = '$dynamicAnchor';
const SEVERAL = Symbol('several targets');

/** By the path of each reference: the address of its target, when that is known beforehand. */
function dynamicTargets(schema: JsonSchema): Map<string, string | typeof SEVERAL> {
	const probe = structuredClone(schema);
	const places = subschemas(probe);
	for (const { schema: node } of places) {
		node.$anchor ??= node[ANCHOR];
		node.$ref ??= node.$dynamicRef;
	}
	const lookup = dereference(probe);
	const [root = ''] = addressOf(probe).split('#');
	return new Map(
		places.flatMap(({ schema: node, path }): Array<[string, string | typeof SEVERAL]> => {
			const first = lookup[addressOfRef(node)];
			const { $dynamicRef } = node;
			if (typeof $dynamicRef !== 'string' || typeof first !== 'object') return [];
			const anchor: unknown = Reflect.get(first, ANCHOR);
			// What is first found decides whether the reference is dynamic at all.
			if (typeof anchor !== 'string' || !$dynamicRef.endsWith(`#${anchor}`)) return [];
			const same = places.filter((place) => place.schema[ANCHOR] === anchor);
			const [only, another] = same;
			const outermost = same.find((place) => addressOf(place.schema).split('#')[0] === root);
			const target = outermost ?? (another ? undefined : only);
			return [[path, target ? addressOf(target.schema) : SEVERAL]];
		}),
	);
}
