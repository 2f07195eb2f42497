import type { Failure } from './errors';
import { followRef } from './followRef';
import type { JsonSchema } from './jsonSchema';
import { jsonPointer } from './jsonPointer';

/** Each `$ref` that leads nowhere or leaves the document: nothing is ever fetched. */
export function brokenRefs(schema: JsonSchema): Failure[] {
	const ids = new Set<string>();
	const refs: Array<{ ref: string; path: string }> = [];
	const visit = (node: unknown, path: PropertyKey[]) => {
		if (typeof node !== 'object' || node === null) return;
		for (const [key, value] of Object.entries(node)) {
			if (typeof value === 'string') {
				if (key === '$ref') refs.push({ ref: value, path: jsonPointer(path) });
				if (key === '$id' || key === '$anchor') ids.add(key === '$id' ? value : `#${value}`);
			} else if (!LITERALS.has(key)) visit(value, [...path, key]);
		}
	};
	visit(schema, []);
	return refs
		.filter(({ ref }) => !ids.has(ref) && followRef(ref, schema) === undefined)
		.map(({ ref, path }) => ({
			path,
			message: `"$ref": "${ref}" ${ref.startsWith('#') ? 'leads nowhere' : 'leaves the document'}.`,
		}));
}

/** Under these keywords stand values, not schemas. */
const LITERALS = new Set(['enum', 'const', 'default', 'examples']);
