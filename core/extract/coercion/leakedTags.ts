import type { Failure } from '../../errors';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';

const TAG =
	/<\/(?:\w{1,9}:)?(?:parameter|invoke|function_calls)>|<(?:\w{1,9}:)?(?:parameter|invoke)\s{1,9}name\s{0,9}=[^<>]{1,200}>|<(?:\w{1,9}:)?function_calls>/i;
const MOST_NAMED = 20;

/** Where a text holds the tags of a call, and so the next fields: unless the document says them. */
export function leakedTags(
	value: unknown,
	isSaid: ((text: string) => boolean) | undefined,
	path: readonly PropertyKey[] = [],
): Failure[] {
	if (typeof value === 'string') {
		const [tag] = TAG.exec(value) ?? [];
		if (tag === undefined || isSaid?.(tag)) return [];
		const message = `${tag} is a tag of the call, not of the value: give each field by itself`;
		return [{ path: jsonPointer(path), message, code: 'leakedTag' }];
	}
	if (!isRecord(value) && !Array.isArray(value)) return [];
	const found: Failure[] = [];
	for (const [key, inner] of Object.entries<unknown>(value)) {
		const at = [...path, Array.isArray(value) ? Number(key) : key];
		found.push(...leakedTags(key, isSaid, at), ...leakedTags(inner, isSaid, at));
		if (found.length >= MOST_NAMED) break;
	}
	return found;
}
