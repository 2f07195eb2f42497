/** A tool's result as the model reads it. */
export type ToolContent = { ok: true; text: string } | { ok: false; reason: string };

const NOTHING = 'The tool returned nothing.';

/** Text for whatever a tool returned; values that have no text are refused with a reason. */
export function toolContent(value: unknown): ToolContent {
	if (value === undefined || value === null || value === '') return { ok: true, text: NOTHING };
	if (typeof value === 'string') return { ok: true, text: value };
	if (isBinary(value)) return { ok: false, reason: 'it returned binary data, which has no text' };
	if (typeof value === 'function' || typeof value === 'symbol') {
		return { ok: false, reason: `it returned a ${typeof value}, which has no text` };
	}
	try {
		return { ok: true, text: JSON.stringify(value, plainNumber) ?? NOTHING };
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
		return { ok: false, reason: `its result has no JSON form: ${reason}` };
	}
}

function plainNumber(_key: string, value: unknown): unknown {
	return typeof value === 'bigint' ? value.toString() : value;
}

function isBinary(value: unknown): boolean {
	return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob;
}

/** Head and tail of a text that is longer than `limit` characters, with a word on what is missing. */
export function capText(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const head = text.slice(0, Math.ceil(limit * 0.7)).replace(LONE_HIGH, '');
	const tail = text.slice(text.length - Math.floor(limit * 0.3)).replace(LONE_LOW, '');
	const missing = text.length - head.length - tail.length;
	return `${head}\n[… ${missing} of ${text.length} characters left out …]\n${tail}`;
}

// A cut may fall between the two halves of a character outside the basic plane.
const LONE_HIGH = /[\uD800-\uDBFF]$/;
const LONE_LOW = /^[\uDC00-\uDFFF]/;
