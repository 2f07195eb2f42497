import { withoutSecrets, isSecretName, isSecretPart } from '../../redaction/plainError';
import { isImageType, dataUri } from '../../chat/images';
import { jsonOrText } from '../../json/readJson';
import { type Reading, Later, NoText, Pieces } from './parts';
import { isNeverRead } from './files';
import {
	callMethod,
	isMethod,
	isNodeStream,
	isObject,
	isPlain,
	isWebStream,
	memberOf,
	tagOf,
	namesOf,
} from './members';
import { isWaiting, piecesOf } from './pieces';
import { readPicture, readPieces } from './streams';
import { mimeTypeOf, namedBytes } from '../../lib/textType';

/** What an HTTP client's object says about an answer; the rest of it is about the request. */
export interface HttpAnswer {
	status: number;
	statusText: string;
	/** Where it leads, or when to try again. */
	notes: Record<string, string>;
	/** A value of any kind, as it was read. */
	body: unknown;
}

/** For fetch, Node, axios and similar clients; undefined for everything else. */
export function httpAnswerOf(value: unknown): HttpAnswer | undefined {
	if (!isObject(value)) return undefined;
	if (isResponse(value)) return fromResponse(value);
	if (isNodeStream(value)) return fromIncoming(value);
	return fromClient(value);
}

function isResponse(value: object): boolean {
	return (
		!isPlain(value) &&
		tagOf(value) === 'Response' &&
		isMethod(value, 'arrayBuffer') &&
		typeof memberOf(value, 'status') === 'number'
	);
}

function fromResponse(response: object): HttpAnswer {
	const headers = memberOf(response, 'headers');
	const header = (name: string) => textOr(isObject(headers) && callMethod(headers, 'get', name));
	const read = (reading: Reading) => bodyOfResponse(response, header, reading);
	return { ...statusOf(response), notes: notesOf(header), body: new Later(read) };
}

function isUsed(response: object): boolean {
	return memberOf(response, 'bodyUsed') === true && !isWaiting(memberOf(response, 'body'));
}

type Header = (name: string) => string;

async function bodyOfResponse(response: object, header: Header, reading: Reading) {
	if (isUsed(response)) return new NoText('a body that was read before');
	const stream = memberOf(response, 'body');
	if (!isObject(stream)) return '';
	const type = header('content-type');
	const size = Number(header('content-length')) || undefined;
	return await readBody(stream, { type, size }, reading);
}

async function readBody(
	stream: object,
	declared: { type: string; size?: number },
	reading: Reading,
): Promise<unknown> {
	const pieces = piecesOf(stream);
	if (pieces instanceof NoText) return pieces;
	const { type, size } = declared;
	if (isNeverRead(type) && !isImageType(mimeTypeOf(type))) {
		pieces.close();
		return new NoText(namedBytes(size, type));
	}
	const text = await readPieces(pieces, reading, { ...declared, isStream: true });
	return typeof text === 'string' && /json/i.test(type) ? jsonOrText(text) : text;
}

function fromIncoming(message: object): HttpAnswer | undefined {
	const status = memberOf(message, 'statusCode');
	if (typeof status !== 'number') return undefined;
	const headers = memberOf(message, 'headers');
	const header = (name: string) => textOr(isObject(headers) && memberOf(headers, name));
	const declared = { type: header('content-type'), size: Number(header('content-length')) };
	// Some clients read the body and leave it here.
	const body = memberOf(message, 'body');
	return {
		status,
		statusText: textOr(memberOf(message, 'statusMessage')),
		notes: notesOf(header),
		body: body ?? new Later((reading) => readBody(message, declared, reading)),
	};
}

/**
 * A client's own object, which also contains the request, or a body that is still to be read. An object
 * with only status, headers and body is what a tool's author chose to return, and is not changed.
 */
function fromClient(value: object): HttpAnswer | undefined {
	const status = memberOf(value, 'status') ?? memberOf(value, 'statusCode');
	const headers = memberOf(value, 'headers');
	if (typeof status !== 'number' || status < 100 || status > 599) return undefined;
	if (!isObject(headers)) return undefined;
	const body = ['data', 'body', 'text'].map((key) => memberOf(value, key)).find(isGiven);
	const isStream = isObject(body) && (isNodeStream(body) || isWebStream(body));
	const isIts =
		isStream || ['config', 'request', 'req'].some((key) => isObject(memberOf(value, key)));
	if (!isIts) return undefined;
	const header = (name: string) => textOr(memberOf(headers, name));
	const declared = { type: header('content-type') };
	const read = (reading: Reading) => (isStream ? readBody(body, declared, reading) : body);
	const facts = { ...statusOf(value), status, notes: notesOf(header) };
	return { ...facts, body: isStream ? new Later(read) : body };
}

function isGiven(part: unknown): boolean {
	return part !== undefined && typeof part !== 'function';
}

function statusOf(value: object) {
	const status = Number(memberOf(value, 'status'));
	return { status, statusText: textOr(memberOf(value, 'statusText')) };
}

const NOTED = ['location', 'retry-after'];

function notesOf(header: Header): Record<string, string> {
	const notes = NOTED.map((name) => [name, withoutSecrets(header(name))] as const);
	return Object.fromEntries(notes.filter(([, text]) => text !== ''));
}

function textOr(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** "HTTP 429 Too Many Requests, retry-after: 30" */
export function statusLine({ status, statusText, notes }: HttpAnswer): string {
	const words = Object.entries(notes).map(([name, text]) => `, ${name}: ${text}`);
	return `HTTP ${status}${statusText === '' ? '' : ` ${statusText}`}${words.join('')}`;
}

/** Whether a value is a Blob, a File or a Response with a picture that models see. */
export function mayBePicture(value: unknown): value is object {
	if (!isObject(value) || !isMethod(value, 'arrayBuffer')) return false;
	const isWhole = !isUsed(value) && memberOf(value, 'ok') !== false;
	return isWhole && isImageType(mimeTypeOf(typeOf(value)));
}

/** The picture in a Blob, a File or a Response, as a data URI; undefined if there is none. */
export async function pictureOf(value: object, reading: Reading): Promise<string | undefined> {
	const type = mimeTypeOf(typeOf(value));
	const stream = memberOf(value, 'body') ?? callMethod(value, 'stream');
	const pieces = isObject(stream) ? piecesOf(stream) : undefined;
	if (!(pieces instanceof Pieces)) return undefined;
	const bytes = await readPicture(pieces, reading);
	return dataUri(type, Buffer.from(bytes).toString('base64'));
}

function typeOf(value: object): string {
	const headers = memberOf(value, 'headers');
	if (!isObject(headers)) return textOr(memberOf(value, 'type'));
	return textOr(callMethod(headers, 'get', 'content-type'));
}

const HEADERS = ['headers', 'header', 'rawHeaders', 'trailers', 'requestHeaders'];
const ADDRESSES = ['url', 'uri', 'href', 'baseURL'];
const FACTS = [...ADDRESSES, 'status', 'statusCode', 'method', 'hostname'];

/** A client's request or answer as plain fields: its headers are the client's, not data. */
export function isHttpForm(value: object): boolean {
	const has = (name: string) => Object.hasOwn(value, name);
	return (
		HEADERS.some((name) => has(name) && isObject(memberOf(value, name))) &&
		FACTS.some((name) => has(name) && !isObject(memberOf(value, name)))
	);
}

/** A field of such a value without secrets; the body is data. */
export function shownHttpPart(name: string, value: unknown): unknown {
	if (name === 'rawHeaders' && Array.isArray(value)) return rawHeaders(value);
	if (HEADERS.includes(name) && isObject(value)) return shownHeaders(value);
	if (ADDRESSES.includes(name) && typeof value === 'string') return withoutSecrets(value);
	const isHidden = isSecretName(name) && typeof value !== 'boolean';
	return isHidden && value !== null && value !== undefined ? '…' : value;
}

export function shownHeader(name: string, value: unknown): unknown {
	return isSecretPart(name) ? '…' : value;
}

const MOST_HEADERS = 1_000;

/** Fields, pairs, or a list of names and values, as in logs and archives. */
function shownHeaders(given: object): unknown {
	if (Array.isArray(given)) return given.slice(0, MOST_HEADERS).map(shownPair);
	if (given instanceof Map)
		return new Map([...given].map(([name, value]) => [name, shownHeader(String(name), value)]));
	if (!isPlain(given)) {
		const fields = isMethod(given, 'toJSON') ? callMethod(given, 'toJSON') : undefined;
		return isObject(fields) && isPlain(fields) ? shownHeaders(fields) : given;
	}
	const names = namesOf(given).slice(0, MOST_HEADERS);
	return Object.fromEntries(names.map((name) => [name, shownHeader(name, memberOf(given, name))]));
}

function shownPair(entry: unknown): unknown {
	if (Array.isArray(entry)) return [entry[0], shownHeader(String(entry[0]), entry[1])];
	if (!isObject(entry)) return entry;
	const name = memberOf(entry, 'name') ?? memberOf(entry, 'key');
	return typeof name === 'string' && isSecretPart(name) ? { ...entry, value: '…' } : entry;
}

function rawHeaders(list: readonly unknown[]): unknown[] {
	return list
		.slice(0, 2 * MOST_HEADERS)
		.map((entry, at) => (at % 2 === 1 ? shownHeader(String(list[at - 1]), entry) : entry));
}
