import { isRecord } from '../isRecord';

/** What the content of an answer holds: text as it is read, whatever form it came in. */
export interface Content {
	text: string;
	refusal: string;
	/** Calls of Claude's own form that stand among the parts. */
	calls: unknown[];
}

/**
 * A text, a list of parts, of which those that are neither text, refusal nor call are left out, such as
 * reasoning; or a value that the gateway has parsed already, which is its JSON again.
 */
export function readContent(content: unknown): Content {
	if (content === undefined || content === null) return { text: '', refusal: '', calls: [] };
	if (typeof content === 'string') return { text: content, refusal: '', calls: [] };
	const parts: unknown[] = Array.isArray(content) ? content : [content];
	if (parts.length > 0 && !parts.some(isPart)) {
		return { text: JSON.stringify(content), refusal: '', calls: [] };
	}
	const records = parts.filter(isRecord);
	return {
		text: parts.map(textOf).join(''),
		refusal: records.map(({ refusal }) => (typeof refusal === 'string' ? refusal : '')).join(''),
		calls: records.filter(({ type }) => type === 'tool_use'),
	};
}

function isPart(part: unknown): boolean {
	if (typeof part === 'string') return true;
	return isRecord(part) && (typeof part.type === 'string' || isText(part.text));
}

function isText(text: unknown): boolean {
	return typeof text === 'string' || (isRecord(text) && typeof text.value === 'string');
}

const TEXT_TYPES = ['text', 'output_text', 'text_delta', undefined];

function textOf(part: unknown): string {
	if (typeof part === 'string') return part;
	if (!isRecord(part) || !TEXT_TYPES.some((type) => type === part.type)) return '';
	const { text } = part;
	if (typeof text === 'string') return text;
	return isRecord(text) && typeof text.value === 'string' ? text.value : '';
}
