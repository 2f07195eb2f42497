import type { JsonSchema } from './jsonSchema';
import { judge } from './keywords/judge';
import { indexSchema } from './schemaIndex';

/** Keywords that say something of a value without looking at other schemas. */
const PLAIN = new Set(['type', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf']);
for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) PLAIN.add(key);
for (const key of ['minItems', 'maxItems', 'minProperties', 'maxProperties']) PLAIN.add(key);

/** Whether all of the values break what is said beside them. */
export function noneFits(values: readonly unknown[], beside: JsonSchema): boolean {
	const plain = Object.fromEntries(Object.entries(beside).filter(([key]) => PLAIN.has(key)));
	const check = judge(indexSchema(plain, '2020-12'));
	return !values.some((value) => check(value).length === 0);
}
