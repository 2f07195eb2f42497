import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { itemSchema } from './coercion/takes';
import { fieldNamed } from './fieldNames';
import { resolveSchema } from '../resolveSchema';

/** A value within a value. */
export interface Node {
	value: unknown;
	path: readonly PropertyKey[];
	/** What the schema says about it; undefined if nothing. */
	wanted?: unknown;
}

/** Looks at a value and everything in it, in order, until `isEnough`. */
export function walkValue(
	value: unknown,
	isEnough: (node: Node) => boolean,
	root?: JsonSchema,
): boolean {
	const walk = (node: Node): boolean => {
		if (isEnough(node)) return true;
		const { value: inner, path, wanted } = node;
		if (Array.isArray(inner)) {
			const schema = root && resolveSchema(wanted, root);
			return inner.some((entry: unknown, at) =>
				walk({ value: entry, path: [...path, at], wanted: schema && itemSchema(schema, at) }),
			);
		}
		if (!isRecord(inner)) return false;
		const properties = root && resolveSchema(wanted, root)?.properties;
		const fields = isRecord(properties) ? properties : undefined;
		return Object.keys(inner).some((key) => {
			const own = fields && fields[fieldNamed(key, fields) ?? ''];
			return walk({ value: inner[key], path: [...path, key], wanted: own });
		});
	};
	return walk({ value, path: [], wanted: root });
}

const MOST_NAMED = 20;

/** The first failures that a check finds. */
export function failuresIn(
	value: unknown,
	check: (node: Node) => Failure | undefined,
	root?: JsonSchema,
): Failure[] {
	const found: Failure[] = [];
	walkValue(
		value,
		(node) => {
			const failure = check(node);
			if (failure) found.push(failure);
			return found.length >= MOST_NAMED;
		},
		root,
	);
	return found;
}
