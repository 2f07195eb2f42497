import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { struckIn } from '../json/withdrawn';
import { jsonPointer } from '../lib/jsonPointer';
import type { NoteTerms } from './abbreviated';
import { itemSchema } from './coercion/takes';
import { knownNames, isOwnCall, isWrittenCall } from './coercion/wrappers';
import { EXTRACT_TOOL } from './prompts';
import { resolveSchema } from './resolveSchema';

const CALL = '(?:function|tool)[_▁]?(?:calls?|use|uses)(?:[_▁](?:begin|end|sep))?';
/** How Claude, and models behind other servers, write a call as text. */
const TAG = new RegExp(
	[
		String.raw`</(?:\w{1,9}:)?(?:parameter|invoke|${CALL})>`,
		String.raw`<(?:\w{1,9}:)?(?:parameter|invoke)\s{1,9}name\s{0,9}=[^<>]{1,200}>`,
		String.raw`<(?:\w{1,9}:)?${CALL}(?: [^<>]{0,200})?>`,
		String.raw`<[|｜]/?(?:${CALL}|python_tag|plugin|action_start)[|｜]>|\[/?TOOL_(?:CALLS|REQUEST)\]|<function=\w{1,80}>`,
	].join('|'),
	'i',
);
const AS_JSON =
	/\{\s{0,99}\\?"(?:name|tool|tool_name|function)\\?"\s{0,99}:\s{0,99}\\?"([^"\\]{1,80})\\?"\s{0,99},\s{0,99}\\?"(?:arguments|parameters|input|args)\\?"\s{0,99}:/;
const OURS = new RegExp(String.raw`(${EXTRACT_TOOL})\s{0,9}\(`);
const MOST_NAMED = 20;

/** Where a text contains the tags of a call, and so further fields, or is struck out: unless the document says so. */
export function leakedTags(
	value: unknown,
	isSaid: NoteTerms['isSaid'],
	path: readonly PropertyKey[] = [],
): Failure[] {
	if (typeof value === 'string') {
		const [tag] = TAG.exec(value) ?? [];
		const struck = tag ?? struckIn(value);
		if (struck === undefined || isSaid?.(struck)) return [];
		const message =
			tag === undefined
				? `${struck} is struck out: give only what counts`
				: `${tag} is a tag of the call, not of the value: give each field by itself`;
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

/**
 * Where a valid value contains a call as an entry, a field or a text: what the call says is hidden in
 * it.
 */
export function writtenCalls(value: unknown, terms: NoteTerms): Failure[] {
	return visit(value, terms.root, { ...terms, path: [] });
}

interface Place extends NoteTerms {
	path: readonly PropertyKey[];
}

function visit(value: unknown, wanted: unknown, place: Place): Failure[] {
	if (typeof value === 'string') return isCallText(value, place) ? [callAt(place.path)] : [];
	if (!isRecord(value) && !Array.isArray(value)) return [];
	const schema = resolveSchema(wanted, place.root) ?? {};
	if (isRecord(value) && isCall(value, wanted, place)) return [callAt(place.path)];
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const found: Failure[] = [];
	for (const [key, inner] of Object.entries<unknown>(value)) {
		const index = Array.isArray(value) ? Number(key) : key;
		const own = typeof index === 'number' ? itemSchema(schema, index) : properties[key];
		found.push(...visit(inner, own, { ...place, path: [...place.path, index] }));
		if (found.length >= MOST_NAMED) break;
	}
	return found;
}

const HOLDERS = ['arguments', 'parameters', 'input', 'args', 'function'];

/** A record that names our tool; another call only if fields of its own were wanted. */
function isCall(value: Record<string, unknown>, wanted: unknown, { root, isSaid }: Place): boolean {
	if (!HOLDERS.some((key) => Object.hasOwn(value, key))) return false;
	if (isOwnCall(value)) return !isSaid?.(EXTRACT_TOOL);
	const names = isRecord(wanted) ? knownNames(wanted, root) : new Set();
	if (names.size === 0 || !isWrittenCall(value, resolveSchema(wanted, root) ?? {})) return false;
	const called = [value.name, value.tool, value.tool_name].find((one) => typeof one === 'string');
	return typeof called !== 'string' || !isSaid?.(called);
}

function isCallText(text: string, { isSaid }: Place): boolean {
	const [, name = OURS.exec(text)?.[1]] = AS_JSON.exec(text) ?? [];
	return name !== undefined && !isSaid?.(name);
}

function callAt(path: readonly PropertyKey[]): Failure {
	const message =
		'a call stands here whose arguments cannot be read: give them alone, as an object';
	return { path: jsonPointer(path), message, code: 'call' };
}
