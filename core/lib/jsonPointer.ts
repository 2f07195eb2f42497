/** The RFC 6901 pointer of a path: '' for the whole document. */
export function jsonPointer(path: readonly PropertyKey[]): string {
	return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * The target of a local `$ref` such as `#/$defs/line`; undefined if it leads nowhere or out of the
 * document. Sub-schemas may be in lists, as under `anyOf`.
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

/** A stray percent sign is taken literally. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
