import { withoutSecrets, isSecretName, isSecretPart } from '../../redaction/plainError';
import { callMethod, isMethod, isObject, isPlain, memberOf, namesOf } from './members';

const HEADERS = ['headers', 'header', 'rawHeaders', 'trailers', 'requestHeaders'];
const ADDRESSES = ['url', 'uri', 'href', 'baseURL'];
const FACTS = [...ADDRESSES, 'status', 'statusCode', 'method', 'hostname'];

/** A request or an answer of a client as plain fields: its headers are the client's, not the data's. */
export function isHttpForm(value: object): boolean {
	const has = (name: string) => Object.hasOwn(value, name);
	return (
		HEADERS.some((name) => has(name) && isObject(memberOf(value, name))) &&
		FACTS.some((name) => has(name) && !isObject(memberOf(value, name)))
	);
}

/** A field of such a value without what opens doors; the body is data. */
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

/** Fields, pairs, or a list of names and values, as logs and archives have them. */
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
