import { TokenHubError } from '../errors';

/**
 * Bytes of one answer, decompressed. The longest answer of a model, 128,000 tokens in as many events of
 * 300 bytes, has 40 MB: anything larger is not an answer.
 */
const MOST_ANSWER_MB = 64;
/** An error says what it has to say in a few lines; the rest is not read. */
const MOST_ERROR_MB = 1;
/** In one JSON text: more would take seconds to parse, and no completion has a tenth of them. */
const MOST_VALUES = 100_000;

const MB = 1024 * 1024;
const tooLarge = new WeakSet<Error>();

/** Whether an answer was refused because of its size: a retry would only download it again. */
export function isTooLarge(error: Error): boolean {
	return tooLarge.has(error);
}

function tooLargeError(what: string): TokenHubError {
	const error = new TokenHubError('badResponse', `The answer was refused: it has ${what}.`, {
		hint: 'No model writes that much: check what answers at the Base URL.',
	});
	return markTooLarge(error);
}

/** The same error, marked as one about size, also when it comes from a recording. */
export function markTooLarge<Refused extends Error>(error: Refused): Refused {
	tooLarge.add(error);
	return error;
}

/**
 * Counts the bytes of one answer up to its limit; those of an error are cut off there.
 * @throws TokenHubError `badResponse` for an answer beyond it.
 */
export function openSize(isCut: boolean): (piece: Uint8Array) => Sized {
	const mostMb = isCut ? MOST_ERROR_MB : MOST_ANSWER_MB;
	let left = mostMb * MB;
	return (piece) => {
		const taken = piece.subarray(0, left);
		left -= piece.byteLength;
		if (left < 0 && !isCut) throw tooLargeError(`more than ${mostMb} MB`);
		return { taken, isFull: left < 0 };
	};
}

interface Sized {
	taken: Uint8Array;
	/** Nothing more of it is read. */
	isFull: boolean;
}

/**
 * The value of a JSON text, unless the text is built to be slow to parse.
 * @throws SyntaxError if it is not JSON; TokenHubError `badResponse` for too many values.
 */
export function boundedJson(text: string): unknown {
	assertFewValues(text);
	return JSON.parse(text);
}

/** @throws TokenHubError `badResponse` if a JSON text contains more values than any answer has. */
export function assertFewValues(text: string): void {
	if (text.length > MOST_VALUES && countValues(text) > MOST_VALUES) {
		throw tooLargeError(`more than ${MOST_VALUES.toLocaleString('en')} values`);
	}
}

/** Commas and opening brackets outside of strings. */
function countValues(text: string): number {
	let count = 0;
	let isInString = false;
	for (let at = 0; at < text.length && count <= MOST_VALUES; at += 1) {
		const letter = text[at];
		if (letter === '"') isInString = !isInString;
		else if (isInString) at += letter === '\\' ? 1 : 0;
		else if (letter === ',' || letter === '{' || letter === '[') count += 1;
	}
	return count;
}
