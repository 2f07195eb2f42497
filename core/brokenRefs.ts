import type { Failure } from './errors';
import { isRecord } from './isRecord';
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
		.filter(({ ref }) => !ids.has(ref) && !resolves(schema, ref))
		.map(({ ref, path }) => ({
			path,
			message: `"$ref": "${ref}" ${ref.startsWith('#') ? 'leads nowhere' : 'leaves the document'}.`,
		}));
}

/** Under these keywords stand values, not schemas. */
const LITERALS = new Set(['enum', 'const', 'default', 'examples']);

function resolves(schema: JsonSchema, ref: string): boolean {
	if (!ref.startsWith('#')) return false;
	let node: unknown = schema;
	for (const part of ref.slice(1).split('/').slice(1)) {
		const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
		if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return false;
		node = Array.isArray(node) ? node[Number(key)] : isRecord(node) ? node[key] : undefined;
	}
	return ref === '#' || ref.startsWith('#/');
}
