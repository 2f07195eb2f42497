import { isObject } from '../lib/isRecord';

export interface PdfName {
	name: string;
}
export interface PdfText {
	text: Uint8Array;
}
/** A reference to another object, by its number. */
interface PdfRef {
	ref: number;
}
/** A keyword, or a closing bracket without an opening one. */
export interface PdfWord {
	word: string;
}
export type PdfDict = ReadonlyMap<string, PdfValue>;
/** The bytes as they are in the file. `owner` is the object whose key decrypts them. */
export interface PdfStream {
	dict: PdfDict;
	packed: Uint8Array;
	owner?: { number: number; generation: number };
}
export type PdfValue =
	null | boolean | number | PdfName | PdfText | PdfRef | PdfDict | PdfStream | readonly PdfValue[];

export const isDict = (value: unknown): value is PdfDict => value instanceof Map;
export const isList = (value: unknown): value is readonly PdfValue[] => Array.isArray(value);
export const isName = (value: unknown): value is PdfName => isObject(value) && 'name' in value;
export const isText = (value: unknown): value is PdfText => isObject(value) && 'text' in value;
export const isRef = (value: unknown): value is PdfRef => isObject(value) && 'ref' in value;
export const isWord = (value: unknown): value is PdfWord => isObject(value) && 'word' in value;
export const isStream = (value: unknown): value is PdfStream =>
	isObject(value) && 'packed' in value;

export const nameOf = (value: PdfValue | undefined): string | undefined =>
	isName(value) ? value.name : undefined;
export const numberOf = (value: PdfValue | undefined): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;
/** The numbers of a list; undefined if it is not a list, or holds anything else. */
export function numbersOf(value: PdfValue | undefined): number[] | undefined {
	if (!isList(value)) return undefined;
	const numbers = value.filter((item) => typeof item === 'number');
	return numbers.length === value.length ? numbers : undefined;
}

const NONE: PdfDict = new Map();
/** The dictionary, including that of a stream; an empty one for anything else. */
export function dictOf(value: PdfValue | undefined): PdfDict {
	if (isStream(value)) return value.dict;
	return isDict(value) ? value : NONE;
}

/** The same bytes as a Buffer, not copied. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** One character per byte. */
export const latin1 = (bytes: Uint8Array): string => bufferOf(bytes).toString('latin1');

/** The number that the bytes encode, most significant byte first. */
export function readUint(bytes: Uint8Array, at: number, size: number): number {
	let value = 0;
	for (let index = 0; index < size; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
	return value;
}

/**
 * Limits for a PDF: larger ones are not documents to extract from, or were made to fill the memory.
 * `streamMegabytes` limits one unpacked stream, and the content of one page; pictures are not unpacked
 * at all.
 */
export const PDF_LIMITS = {
	megabytes: 50,
	streamMegabytes: 50,
	objects: 500_000,
	pages: 2_000,
	characters: 10_000_000,
	seconds: 120,
} as const;

export type PdfProblem = keyof typeof PDF_LIMITS | 'locked' | 'broken' | 'lettersUnknown';

/** Why a PDF is not read; `message` says what is wrong with it. */
interface Refusal extends Error {
	problem: PdfProblem;
}

export function refusal(problem: PdfProblem, reason = ''): Refusal {
	return Object.assign(new Error(reason), { problem });
}

export const broken = (reason: string): Refusal => refusal('broken', reason);

export function isRefusal(thrown: unknown): thrown is Refusal {
	return thrown instanceof Error && 'problem' in thrown;
}

/**
 * Await this between pieces of work: it lets others run.
 * @throws Refusal once the time for a PDF is over.
 */
export type Pace = () => Promise<void>;
