import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { saysNothing } from '../../read/words';
import type { JsonSchema } from '../../schema/jsonSchema';
import { itemSchema, takes } from '../coercion/takes';
import { fieldNamed } from '../fieldNames';
import { fieldsOf } from '../forms/fields';
import { resolveSchema } from '../resolveSchema';
import { fewRemarks, remarkAt } from './remarks';

interface Place {
	root: JsonSchema;
	path: readonly PropertyKey[];
	steps: { left: number };
}

const MOST_STEPS = 100_000;

/**
 * Words for nothing in a format without types: `null` may be a text or null. Where a schema takes anything,
 * nobody can tell; where it takes texts and null, the text is kept, with a remark.
 */
export function emptyWords(value: unknown, root: JsonSchema) {
	const failures: Failure[] = [];
	const warnings: string[] = [];
	const visit = (inner: unknown, wanted: unknown, place: Place): void => {
		if (typeof inner === 'string') {
			const isBoth = takes(null, wanted, place) && inner.trim() !== '' && saysNothing(inner);
			if (!isBoth || !takes(inner, wanted, place)) return;
			const message = `${JSON.stringify(inner)} may be null or a text: say which`;
			const isAny = takes(true, wanted, place);
			if (isAny) failures.push({ path: jsonPointer(place.path), message, code: 'ambiguous' });
			else warnings.push(remarkAt(place.path, `${inner} may be null`));
		}
		if (!isRecord(inner) && !Array.isArray(inner)) return;
		const schema = resolveSchema(wanted, root) ?? {};
		const fields = fieldsOf(wanted, root);
		for (const [key, one] of Object.entries<unknown>(inner)) {
			const at = Array.isArray(inner) ? Number(key) : key;
			const own =
				typeof at === 'number' ? itemSchema(schema, at) : fields[fieldNamed(at, fields) ?? ''];
			visit(one, own, { ...place, path: [...place.path, at] });
		}
	};
	visit(value, root, { root, path: [], steps: { left: MOST_STEPS } });
	return { failures, warnings: fewRemarks(warnings) };
}
