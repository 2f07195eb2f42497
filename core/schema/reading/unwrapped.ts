import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../jsonSchema';
import { saysSomething } from './keywords';

/** A schema, and what it was found in. */
export interface Unwrapped {
	schema: JsonSchema;
	/** Such as `json_schema.schema`, when the schema given only holds the one that is meant. */
	from?: string;
}

/** Where APIs put a schema, and what may stand beside it there. */
const HOLDERS = [
	'schema',
	'parameters',
	'input_schema',
	'inputSchema',
	'json_schema',
	'jsonSchema',
	'function',
];
HOLDERS.push('response_format', 'responseFormat', 'format', 'custom', 'strict_schema');
const BESIDE = new Set('name description title strict type cache_control $schema'.split(' '));
const KINDS = new Set(['json_schema', 'function', 'tool', 'custom']);

/** The schema in what an API takes, such as `{"name": …, "strict": true, "schema": {…}}`. */
export function unwrapped(given: JsonSchema, path: readonly string[] = []): Unwrapped {
	const own = path.length > 0 ? { schema: given, from: path.join('.') } : { schema: given };
	const holder = holderIn(given);
	const held = holder === undefined ? undefined : given[holder];
	if (holder === undefined || !isRecord(held) || path.length > 3) return own;
	return unwrapped(held, [...path, holder]);
}

function holderIn(given: JsonSchema): string | undefined {
	const holders = HOLDERS.filter((key) => isRecord(given[key]));
	const [holder] = holders;
	if (holder === undefined || holders.length > 1) return undefined;
	const { type } = given;
	if (type !== undefined && !(typeof type === 'string' && KINDS.has(type))) return undefined;
	const isBeside = (key: string) => key === holder || BESIDE.has(key) || !saysSomething(key);
	if (!Object.keys(given).every(isBeside)) return undefined;
	const held = given[holder];
	const isClear = isRecord(held) && (Object.keys(held).some(saysSomething) || holderIn(held));
	return isClear ? holder : undefined;
}
