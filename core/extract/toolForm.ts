import { isRecord } from '../isRecord';
import type { JsonSchema } from '../schema/jsonSchema';
import { propertyNames } from '../schema/subschemas';

/** A schema as the parameters of a tool. */
export interface ToolForm {
	/** An object at the top, whatever the schema is. */
	toolSchema: JsonSchema;
	/** Whether Claude takes it: the names of properties in a tool are limited. */
	fitsTool: boolean;
	/** The value inside the tool's arguments. */
	unwrap(args: unknown): unknown;
}

const WRAPPER = 'value';
/** Claude refuses other names in a tool's schema with a 400. */
const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/** For sending only: validation always uses the schema itself. */
export function toolForm({ $id: _address, ...schema }: JsonSchema): ToolForm {
	const fitsTool = propertyNames(schema).every((name) => PROPERTY_NAME.test(name));
	if (isPlainObject(schema)) {
		return { toolSchema: { ...schema, type: 'object' }, fitsTool, unwrap: (args) => args };
	}
	return { toolSchema: wrapped(schema), fitsTool, unwrap };
}

/** Keywords that a tool's schema may not have at its top. */
const NOT_AT_TOP = ['$ref', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const'];

function isPlainObject(schema: JsonSchema): boolean {
	const isObject =
		schema.type === 'object' || (schema.type === undefined && 'properties' in schema);
	return isObject && !NOT_AT_TOP.some((key) => key in schema);
}

/** Definitions move up with the wrapper, and references to the rest of the schema lead into it. */
function wrapped({ $defs, definitions, ...schema }: JsonSchema): JsonSchema {
	return {
		type: 'object',
		properties: { [WRAPPER]: moved(schema) },
		required: [WRAPPER],
		...($defs === undefined ? {} : { $defs: moved($defs) }),
		...(definitions === undefined ? {} : { definitions: moved(definitions) }),
	};
}

function moved(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(moved);
	if (!isRecord(node)) return node;
	return Object.fromEntries(
		Object.entries(node).map(([key, value]) => [
			key,
			key === '$ref' && typeof value === 'string' ? movedRef(value) : moved(value),
		]),
	);
}

function movedRef(ref: string): string {
	const isLocal = ref === '#' || ref.startsWith('#/');
	if (!isLocal || /^#\/(\$defs|definitions)\//.test(ref)) return ref;
	return `#/properties/${WRAPPER}${ref.slice(1)}`;
}

function unwrap(args: unknown): unknown {
	return isRecord(args) && Object.keys(args).length === 1 && WRAPPER in args ? args[WRAPPER] : args;
}
