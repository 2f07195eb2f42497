/** The RFC 6901 pointer of a path: '' for the whole document. */
export function jsonPointer(path: readonly PropertyKey[]): string {
	return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * What a local `$ref` such as `#/$defs/line` leads to in its document; undefined when it leads
 * nowhere, or out of the document. Sub-schemas may stand in lists, as under `anyOf`.
 */
export function followRef(ref: string, root: unknown): unknown {
	if (ref !== '#' && !ref.startsWith('#/')) return undefined;
	let node: unknown = root;
	for (const part of ref.split('/').slice(1)) {
		const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
		if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
		node = Reflect.get(node, key);
	}
	return node;
}

/** A stray percent sign is just that. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
