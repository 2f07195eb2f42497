import { TokenHubError } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { messageOf } from '../../messageOf';
import { CALLED } from './readCalls';

/**
 * The same messages with texts for what JSON has no form for: bytes as base64, links, whole numbers.
 * @param before How many of them are not the caller's own.
 * @throws TokenHubError `badConfig` for what somebody else must read first: it would go out as `{}`.
 */
export function plainMessages(given: readonly unknown[], before: number): readonly unknown[] {
	let isUnread = false;
	const plainValues = (value: unknown): unknown => {
		if (isInOwnForm(value)) return value;
		const own = inOwnForm(value);
		if (own === UNREAD) isUnread = true;
		if (Array.isArray(own)) return own.map(plainValues);
		if (!isRecord(own)) return own;
		return Object.fromEntries(Object.entries(own).map(([key, inner]) => [key, plainValues(inner)]));
	};
	const made = given.map((message) =>
		isInOwnForm(message) ? message : plainValues(withoutTools(message)),
	);
	if (isUnread) throw unread(given, before);
	return made.every((message, index) => message === given[index]) ? given : made;
}

/** Nearly all messages are, and nothing is made to find that out. */
function isInOwnForm(value: unknown): boolean {
	if (inOwnForm(value) !== value) return false;
	return typeof value !== 'object' || value === null || Object.values(value).every(isInOwnForm);
}

const UNREAD = Symbol('what must be read first');
/** Where a message says or calls something. */
const SAID = [
	...['content', 'parts', 'text', 'output', 'items', 'blocks', 'data', 'kwargs', 'result'],
	...['toolInvocations', 'message', 'arguments', 'args', 'input', ...CALLED],
];

/** What a client keeps beside the words, such as a function, is no word: its key is named. */
function withoutTools(message: unknown): unknown {
	if (!isRecord(message) || inOwnForm(message) !== message) return message;
	const beside = Object.entries(message).filter(
		([key, value]) => !SAID.includes(key) && inOwnForm(value) === UNREAD,
	);
	if (beside.length === 0) return message;
	return { ...message, ...Object.fromEntries(beside.map(([key]) => [key, null])) };
}

function inOwnForm(value: unknown): unknown {
	if (typeof value === 'bigint') return value.toString();
	if (typeof value === 'function' || typeof value === 'symbol') return UNREAD;
	if (!isRecord(value)) return value;
	const isPlain = Object.getPrototypeOf(value) === Object.prototype;
	if (isPlain && typeof value.then !== 'function') return value;
	if (value instanceof URL) return value.href;
	if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
	if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64');
	if (value instanceof Map) return Object.fromEntries(value);
	if (value instanceof Set) return [...value];
	if (value instanceof Error) return messageOf(value);
	return isEmptyInJson(value) ? UNREAD : value;
}

/** Promises, files and streams. */
function isEmptyInJson(value: Record<string, unknown>): boolean {
	if (typeof value.then === 'function' || typeof value.pipe === 'function') return true;
	const isPlain = tagOf(value) === 'Object' || typeof value.toJSON === 'function';
	return !isPlain && Object.keys(value).length === 0;
}

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);

function unread(given: readonly unknown[], before: number): TokenHubError {
	const said = given.map(withoutTools);
	const { path, value } = firstUnread(said, []) ?? { path: [], value: undefined };
	const [index = 0, ...steps] = path;
	const place = ['messages', Number(index) - before, ...steps];
	const message = `it is a ${tagOf(value)}: ${HOW[tagOf(value)] ?? 'read it first'}`;
	return new TokenHubError('badConfig', `Invalid messages: "${place.join('.')}": ${message}`, {
		failures: [{ path: jsonPointer(place), message }],
	});
}

const BYTES = 'give its bytes, new Uint8Array(await it.arrayBuffer())';
const HOW: Partial<Record<string, string>> = {
	...{ Promise: 'await it first', Function: 'call it first', AsyncFunction: 'call it first' },
	...{ Blob: BYTES, File: BYTES, Response: 'read its body first' },
};

type Found = { path: PropertyKey[]; value: unknown };

function firstUnread(value: unknown, path: PropertyKey[]): Found | undefined {
	const own = inOwnForm(value);
	if (own === UNREAD) return { path, value };
	if (typeof own !== 'object' || own === null) return undefined;
	for (const [key, inner] of Object.entries(own)) {
		const found = firstUnread(inner, [...path, key]);
		if (found) return found;
	}
	return undefined;
}
