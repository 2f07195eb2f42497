import { TokenHubError } from '../../core/errors';
import { resolveSchema } from '../../core/extract/resolveSchema';
import type { JsonSchema } from '../../core/schema/jsonSchema';
import { isRecord } from '../../core/lib/isRecord';

/** The path to the list whose entries become items: the keys named, otherwise the only list. */
export function keysTo(path: string): string[] {
	return path.split('.').filter((key) => key !== '');
}

/** @throws TokenHubError `badConfig` if the schema shows that there will be no such list. */
export function assertListAt(path: string, root: JsonSchema): void {
	let at = resolveSchema(root, root);
	for (const key of keysTo(path)) {
		const properties = isRecord(at?.properties) ? at.properties : undefined;
		if (!at || !properties) return;
		if (!Object.hasOwn(properties, key)) throw noList(path, `the schema has no "${key}"`);
		at = resolveSchema(properties[key], root);
	}
	if (!at || isList(at)) return;
	const properties = isRecord(at.properties) ? Object.values(at.properties) : [];
	const inner = properties.map((property) => resolveSchema(property, root));
	const isPlain = typeof at.type === 'string' && at.type !== 'object';
	if (!isPlain && (properties.length === 0 || inner.includes(undefined))) return;
	const lists = inner.filter((schema) => schema && isList(schema)).length;
	if (lists === 0) throw noList(path, 'the schema has no list there');
	if (lists > 1) throw noList(path, 'the schema has more than one list there');
}

function isList({ type }: JsonSchema): boolean {
	return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

function noList(path: string, reason: string): TokenHubError {
	const option = path === '' ? 'Output Mode Items' : `Items Path "${path}"`;
	return new TokenHubError('badConfig', `${option}: ${reason}.`, {
		hint: 'Name the field that contains the list, such as lines, or order.lines for one inside another.',
	});
}
