import { repairJson } from '../json/repairJson';
import { isRecord } from '../isRecord';
import { TOO_DEEP } from '../nesting';
import { isDeepJson, tryJson } from '../tryJson';

export type ParsedArguments = { ok: true; value: unknown } | { ok: false; reason: string };

/**
 * The arguments of a call, read tolerantly: an empty text is `{}`, an object in a JSON string is
 * taken out of it, small slips such as a trailing comma are mended. A text that stops before its
 * brackets close is never mended: half of an order is another order.
 */
export function parseArguments(text: string): ParsedArguments {
	if (text.trim() === '') return { ok: true, value: {} };
	const value = tryJson(text) ?? (isCut(text) ? undefined : repairJson(text));
	const inner = typeof value === 'string' ? tryJson(value) : value;
	if (isRecord(inner)) return { ok: true, value: inner };
	if (isDeepJson(typeof value === 'string' ? value : text))
		return { ok: false, reason: `they are ${TOO_DEEP}` };
	if (value === undefined)
		return { ok: false, reason: `they are not valid JSON: ${preview(text)}` };
	return { ok: false, reason: `they must be a JSON object, not ${preview(text)}` };
}

function isCut(text: string): boolean {
	return text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
}

function preview(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
