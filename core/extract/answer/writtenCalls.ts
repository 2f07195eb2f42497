import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { struckIn } from '../../json/withdrawn';
import { jsonPointer } from '../../lib/jsonPointer';
import type { NoteTerms } from './abbreviated';
import { INNER_KEYS, knownNames, isOwnCall, isWrittenCall } from './coercion/wrappers';
import { failuresIn, type Node } from './walkValue';
import { EXTRACT_TOOL } from '../prompts';
import { resolveSchema } from '../resolveSchema';

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
/** Where a text or a key contains the tags of a call, and so further fields, or is struck out: unless the document says so. */
export function leakedTags(value: unknown, isSaid: NoteTerms['isSaid']): Failure[] {
	return failuresIn(value, ({ value: inner, path }) => {
		const key = path.at(-1);
		const message =
			(typeof key === 'string' ? tagIn(key, isSaid) : undefined) ??
			(typeof inner === 'string' ? tagIn(inner, isSaid) : undefined);
		return message === undefined
			? undefined
			: { path: jsonPointer(path), message, code: 'leakedTag' };
	});
}

function tagIn(text: string, isSaid: NoteTerms['isSaid']): string | undefined {
	const [tag] = TAG.exec(text) ?? [];
	const struck = tag ?? struckIn(text);
	if (struck === undefined || isSaid?.(struck)) return undefined;
	return tag === undefined
		? `${struck} is struck out: give only what counts`
		: `${tag} is a tag of the call, not of the value: give each field by itself`;
}

/**
 * Where a valid value contains a call as an entry, a field or a text: what the call says is hidden in
 * it.
 */
export function writtenCalls(value: unknown, terms: NoteTerms): Failure[] {
	const check = ({ value: inner, wanted, path }: Node) => {
		const isHere =
			typeof inner === 'string'
				? isCallText(inner, terms)
				: isRecord(inner) && isCall(inner, wanted, terms);
		return isHere ? callAt(path) : undefined;
	};
	return failuresIn(value, check, terms.root);
}

/** A record that names our tool; another call only if fields of its own were wanted. */
function isCall(
	value: Record<string, unknown>,
	wanted: unknown,
	{ root, isSaid }: NoteTerms,
): boolean {
	if (!INNER_KEYS.some((key) => Object.hasOwn(value, key))) return false;
	if (isOwnCall(value)) return !isSaid?.(EXTRACT_TOOL);
	const names = isRecord(wanted) ? knownNames(wanted, root) : new Set();
	if (names.size === 0 || !isWrittenCall(value, resolveSchema(wanted, root) ?? {})) return false;
	const called = [value.name, value.tool, value.tool_name].find((one) => typeof one === 'string');
	return typeof called !== 'string' || !isSaid?.(called);
}

function isCallText(text: string, { isSaid }: NoteTerms): boolean {
	const [, name = OURS.exec(text)?.[1]] = AS_JSON.exec(text) ?? [];
	return name !== undefined && !isSaid?.(name);
}

function callAt(path: readonly PropertyKey[]): Failure {
	const message =
		'a call stands here whose arguments cannot be read: give them alone, as an object';
	return { path: jsonPointer(path), message, code: 'call' };
}
