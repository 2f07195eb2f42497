import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import type { JsonSchema } from '../schema/jsonSchema';
import { itemSchema } from './coercion/takes';
import { fieldNamed } from './fieldNames';
import { fieldsOf } from './forms/fields';
import { resolveSchema } from './resolveSchema';

/** A value within a value. */
export interface Node {
	value: unknown;
	path: readonly PropertyKey[];
	/** What the schema says about it; undefined if nothing. */
	wanted: unknown;
}

/** A value and everything in it, in order. */
export function nodesOf(value: unknown, root: JsonSchema = {}): Generator<Node> {
	return nodesIn({ value, path: [], wanted: root }, root);
}

function* nodesIn(node: Node, root: JsonSchema): Generator<Node> {
	yield node;
	const { value, path, wanted } = node;
	if (!isRecord(value) && !Array.isArray(value)) return;
	const schema = resolveSchema(wanted, root) ?? {};
	const fields = fieldsOf(wanted, root);
	for (const [key, inner] of Object.entries<unknown>(value)) {
		const at = Array.isArray(value) ? Number(key) : key;
		const own =
			typeof at === 'number' ? itemSchema(schema, at) : fields[fieldNamed(at, fields) ?? ''];
		yield* nodesIn({ value: inner, path: [...path, at], wanted: own }, root);
	}
}

const MOST_NAMED = 20;

/** The first failures that a check finds. */
export function failuresAt(
	nodes: Iterable<Node>,
	check: (node: Node) => Failure | undefined,
): Failure[] {
	const found: Failure[] = [];
	for (const node of nodes) {
		const failure = check(node);
		if (failure) found.push(failure);
		if (found.length >= MOST_NAMED) break;
	}
	return found;
}
