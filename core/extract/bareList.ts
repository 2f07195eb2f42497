import { isRecord } from '../isRecord';
import { isNoAnswer } from '../json/notTheAnswer';
import { jsonPointer } from '../jsonPointer';
import { recordsOfTable } from './coercion/matrix';
import { asListIn, listPlaceIn } from './forms/fields';
import { resolveSchema } from './resolveSchema';
import type { Target } from './targetSchema';

/** Records without the name of their list, or under another one, with nothing beside it but their count. */
export function bareList(value: unknown, { schema }: Target) {
	const place = listPlaceIn(schema);
	const required: unknown = resolveSchema(schema, schema)?.required;
	const field = place?.key;
	if (field === undefined || !Array.isArray(required) || !required.includes(field))
		return undefined;
	const table = place && recordsOfTable(value, place.fields);
	if (table)
		return {
			value: { [field]: table },
			warning: `coerced (top level): table of columns and rows to ${field}`,
		};
	const beside = isRecord(value) ? Object.entries(value) : [['', value] as const];
	const lists = beside.filter(([, one]) => Array.isArray(one));
	const [name, list] = lists[0] ?? [];
	if (lists.length !== 1 || name === undefined || !Array.isArray(list)) return undefined;
	const isCount = ([, one]: readonly [string, unknown]) => one === list || one === list.length;
	if (!beside.every(isCount) || isNoAnswer(name) || list.length === 0) return undefined;
	if (list.some((entry) => isRecord(entry) && Object.hasOwn(entry, field))) return undefined;
	const from = name === '' ? '(top level)' : jsonPointer([name]);
	const placed: unknown = asListIn(schema, list);
	if (placed === undefined) return undefined;
	return { value: placed, warning: `coerced ${from}: list of records to ${field}` };
}
