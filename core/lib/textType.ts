/**
 * Types that are text although their names do not say so; a body without a type most likely is text.
 */
const TEXT = /^(?:$|text\/|multipart\/)|json|xml|javascript|yaml|csv|x-www-form-urlencoded/i;

/** @param type A content type, with its parameters or without. */
export function isTextType(type: string): boolean {
	return TEXT.test(mimeTypeOf(type));
}

export function mimeTypeOf(type: string): string {
	const [mimeType = ''] = type.split(';');
	return mimeType.trim().toLowerCase();
}

/** Decodes bytes as the content type or their byte order mark says, otherwise as UTF-8. */
export function decoderOf(type: string, start: Uint8Array) {
	const [, named] = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(type) ?? [];
	const mark = Buffer.from(start.subarray(0, 3)).toString('hex');
	const marked = MARKS.find(([bytes]) => mark.startsWith(bytes))?.[1];
	try {
		return new TextDecoder(marked ?? named ?? 'utf-8');
	} catch {
		return new TextDecoder();
	}
}

/** Byte order marks: they are right, whatever the type says. */
const MARKS = [
	['efbbbf', 'utf-8'],
	['fffe', 'utf-16le'],
	['feff', 'utf-16be'],
] as const;

const STRICT = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON and events are UTF-8, whatever their type says; only if the bytes are not, the type is believed.
 */
export function textOfAnswer(bytes: Uint8Array, type: string): string {
	try {
		return STRICT.decode(bytes);
	} catch {
		return decoderOf(type, bytes).decode(bytes);
	}
}

/** The same line by line, for text that arrives in pieces; `end` returns the last line. */
export function answerDecoder(type: string) {
	const isPlain = decoderOf(type, new Uint8Array()).encoding === 'utf-8';
	const decoder = new TextDecoder();
	let held: Uint8Array[] = [];
	const take = (...pieces: Uint8Array[]) => {
		const all = Buffer.concat([...held, ...pieces]);
		held = [];
		return all;
	};
	return {
		next(piece: Uint8Array): string {
			if (isPlain) return decoder.decode(piece, { stream: true });
			const end = piece.lastIndexOf(LINE_FEED) + 1;
			const text = end === 0 ? '' : textOfAnswer(take(piece.subarray(0, end)), type);
			held.push(piece.subarray(end));
			return text;
		},
		end: () => (isPlain ? decoder.decode() : textOfAnswer(take(), type)),
	};
}

const LINE_FEED = 10;

/** The text of bytes, or undefined if they are not text. */
export function textOfBytes(bytes: Uint8Array, type: string): string | undefined {
	const text = decoderOf(type, bytes).decode(bytes);
	return looksLikeText(text, type) ? text : undefined;
}

/** Types that say nothing about the content. */
const UNTYPED = /^$|^(?:application|binary)\/octet-stream$/;

/** Whether the bytes themselves must tell what they are. */
export function isUntyped(type: string): boolean {
	return UNTYPED.test(mimeTypeOf(type));
}

/** The text of bytes, even if they have no type; undefined if they are not text. */
export function textIn(bytes: Uint8Array, type: string): string | undefined {
	if (!isUntyped(type)) {
		return isTextType(type) ? textOfBytes(bytes, type) : undefined;
	}
	const text = decoderOf(type, bytes).decode(bytes);
	return isNoText(text) ? undefined : text;
}

/** The same for the beginning of untyped bytes, which may end in the middle of a character. */
export function textAtStart(bytes: Uint8Array): string | undefined {
	const text = decoderOf('', bytes).decode(bytes, { stream: true });
	return isNoText(text) ? undefined : text;
}

const OF_FILES = /^(?:%PDF-|RIFF.{4}|OggS|ID3|GIF8)/s;

/**
 * Characters that no text contains, or the first ones of a file whose other bytes may all be letters.
 */
function isNoText(text: string): boolean {
	return /[\0-\x07\x0e-\x1a\x1c-\x1f\x7f\ufffd]/.test(text) || OF_FILES.test(text);
}

/** The beginnings of files that some servers call text: gzip, zip, PDF, PNG. */
const NEVER_TEXT = /^(?:\x1f\ufffd\x08|PK\x03\x04|%PDF-\d|\ufffdPNG\r\n)/;

/** Text by its type may contain a broken character; untyped text may not. */
export function looksLikeText(text: string, type: string): boolean {
	const isNamed = mimeTypeOf(type) !== '' && isTextType(type);
	return isNamed ? !NEVER_TEXT.test(text) : !/[\0\ufffd]/.test(text);
}

/** Completes "[…: no text form]" and "it returned …". */
export function namedBytes(size: number | undefined, type = ''): string {
	const kind = mimeTypeOf(type) || 'binary data';
	if (size === undefined) return kind;
	return `${kind}, ${size < 1024 ? `${size} bytes` : `${Math.ceil(size / 1024)} kB`}`;
}
