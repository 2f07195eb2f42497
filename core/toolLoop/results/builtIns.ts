import { withoutSecrets } from '../../redaction/plainError';
import { isImageType } from '../../chat/images';
import { wordOf } from '../../messageOf';
import { type Reading, Enclosed, Later, leaf, listOf, NoText, type Kind } from './parts';
import { capText } from './capText';
import { entriesLeftOut } from '../messagesToModel';
import { shownHeader } from './httpAnswer';
import { callMethod, isMethod, isObject, memberOf, tagOf, doesNotThrow } from './members';
import { bytesAs } from './files';
import { bytesOf, piecesOf } from './pieces';
import { readPieces } from './streams';
import { isTextType, isUntyped, namedBytes } from '../../lib/textType';

type Reader = (value: object, tag: string) => Kind | undefined;

/** Objects of the language and the platform, by the name that they give themselves. */
const READERS: Record<string, Reader> = {
	Date: (value) => {
		if (!doesNotThrow(() => Date.prototype.getTime.call(value))) return undefined;
		const time = Date.prototype.getTime.call(value);
		return leaf(Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString());
	},
	RegExp: (value) => asText(value, 'source'),
	URL: (value) => asText(value, 'href', withoutSecrets),
	URLSearchParams: (value) =>
		asText(value, 'getAll', (query) => withoutSecrets(`?${query}`).slice(1)),
	Map: mapKind,
	Set: (value) => (isSet(value) ? listOf(value.values(), value.size) : undefined),
	WeakMap: unread,
	WeakSet: unread,
	WeakRef: (value) =>
		isMethod(value, 'deref') ? new Later(() => callMethod(value, 'deref')) : undefined,
	Number: boxed,
	String: boxed,
	Boolean: boxed,
	BigInt: boxed,
	Symbol: boxed,
	Headers: headersKind,
	FormData: formKind,
	Request: requestKind,
	Blob: blobKind,
	File: blobKind,
	ArrayBuffer: bytesKind,
	SharedArrayBuffer: bytesKind,
};

/** Undefined for any other object, whatever it calls itself. */
export function builtIn(value: object): Kind | undefined {
	if (ArrayBuffer.isView(value)) return viewKind(value);
	const tag = tagOf(value);
	if (tag.startsWith('Intl.') && isMethod(value, 'resolvedOptions')) {
		return new Later(() => callMethod(value, 'resolvedOptions'));
	}
	return Object.hasOwn(READERS, tag) ? READERS[tag]?.(value, tag) : undefined;
}

/** Numbers say something, bytes do not. */
function viewKind(view: ArrayBufferView): Kind {
	const isBytes = view instanceof DataView || memberOf(view, 'BYTES_PER_ELEMENT') === 1;
	const values = isBytes ? undefined : callMethod(view, 'values');
	if (!isIterable(values)) return bytesKind(view);
	return listOf(values, Number(memberOf(view, 'length')));
}

function isIterable(value: unknown): value is Iterable<unknown> {
	return isObject(value) && isMethod(value, Symbol.iterator);
}

function asText(value: object, own: string, shown = (text: string) => text): Kind | undefined {
	return doesNotThrow(() => memberOf(value, own)) && own in value
		? new Later(({ limit }) => shown(capText(wordOf(callMethod(value, 'toString')), 2 * limit)))
		: undefined;
}

function unread(_value: object, tag: string): Kind {
	return leaf(new NoText(`a ${tag}`));
}

function boxed(value: object): Kind | undefined {
	const inner = value.valueOf();
	if (isObject(inner)) return undefined;
	return new Later(() => inner);
}

const isMap = (value: object): value is Map<unknown, unknown> =>
	doesNotThrow(() => Reflect.get(Map.prototype, 'size', value));
const isSet = (value: object): value is Set<unknown> =>
	doesNotThrow(() => Reflect.get(Set.prototype, 'size', value));

/** Fields if the keys are names without duplicates, otherwise pairs. */
function mapKind(value: object): Kind | undefined {
	if (!isMap(value)) return undefined;
	const { size } = value;
	const names = size <= MOST_NAMES ? new Set([...value.keys()].flatMap(nameOf)) : undefined;
	const isNamed = size > 0 && names?.size === size;
	return isNamed ? { is: 'fields', entries: value.entries(), size } : listOf(value.entries(), size);
}

const MOST_NAMES = 100_000;

function nameOf(key: unknown): string[] {
	return typeof key === 'string' || typeof key === 'number' ? [String(key)] : [];
}

function pairsOf(value: object): Array<[string, unknown]> {
	const entries = callMethod(value, 'entries');
	const pairs: Array<[string, unknown]> = [];
	for (const pair of isIterable(entries) ? entries : []) {
		if (pairs.length >= MOST_PAIRS) {
			pairs.push(['…', entriesLeftOut(undefined)]);
			break;
		}
		if (Array.isArray(pair)) pairs.push([String(pair[0]), pair[1]]);
	}
	return pairs;
}

const MOST_PAIRS = 10_000;

/** A name that occurs several times has all of its values. */
function grouped(pairs: Array<[string, unknown]>): Kind {
	const groups = new Map<string, unknown[]>();
	for (const [name, value] of pairs) {
		const group = groups.get(name);
		if (group) group.push(value);
		else groups.set(name, [value]);
	}
	const fields = [...groups].map(([name, all]) => [name, all.length === 1 ? all[0] : all]);
	if (fields.length === 0) return listOf([], 0);
	return { is: 'fields', entries: fields[Symbol.iterator](), size: fields.length };
}

function formKind(value: object): Kind | undefined {
	return isMethod(value, 'entries') ? grouped(pairsOf(value)) : undefined;
}

function headersKind(value: object): Kind | undefined {
	if (!isMethod(value, 'entries')) return undefined;
	return grouped(pairsOf(value).map(([name, text]) => [name, shownHeader(name, text)]));
}

function requestKind(value: object): Kind | undefined {
	const url = memberOf(value, 'url');
	if (typeof url !== 'string') return undefined;
	const [method, headers, body] = ['method', 'headers', 'body'].map((key) => memberOf(value, key));
	const fields = Object.entries({ method, url: withoutSecrets(url), headers, body });
	const given = fields.filter(([, part]) => part !== null && part !== undefined);
	return { is: 'fields', entries: given[Symbol.iterator](), size: given.length };
}

function blobKind(value: object): Kind | undefined {
	const [type, size, name] = ['type', 'size', 'name'].map((key) => memberOf(value, key));
	if (typeof type !== 'string' || typeof size !== 'number') return undefined;
	const title = `${typeof name === 'string' ? `${name}, ` : ''}${namedBytes(size, type)}`;
	const isRead = isImageType(type) || isTextType(type) || isUntyped(type);
	const stream = isRead ? callMethod(value, 'stream') : undefined;
	const pieces = isObject(stream) ? piecesOf(stream) : undefined;
	if (!pieces || pieces instanceof NoText) return leaf(new NoText(title));
	const read = async (reading: Reading) => {
		const file = await readPieces(pieces, reading, { type, size, isStream: true });
		return file instanceof NoText ? new NoText(title) : file;
	};
	return new Later(read, pieces.close);
}

function bytesKind(value: object): Kind {
	const bytes = bytesOf(value);
	if (bytes) return bytesAs(bytes);
	return leaf(new Enclosed('', Number(memberOf(value, 'byteLength'))));
}
