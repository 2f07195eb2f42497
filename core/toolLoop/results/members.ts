/** A member of a foreign object; its getter may throw. */
export function memberOf(value: object, key: PropertyKey): unknown {
	return Reflect.get(value, key);
}

export function isMethod(value: object, key: PropertyKey): boolean {
	return typeof memberOf(value, key) === 'function';
}

/** What a method returns; undefined if there is none. */
export function callMethod(value: object, key: PropertyKey, ...args: unknown[]): unknown {
	const method = memberOf(value, key);
	return typeof method === 'function' ? Reflect.apply(method, value, args) : undefined;
}

/** The name that the language gives a built-in object: unlike `instanceof`, it works across realms. */
export function tagOf(value: object): string {
	return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

export function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** Errors of any realm, DOMException among them. */
export function isError(value: unknown): value is object {
	if (!isObject(value)) return false;
	return value instanceof Error || ['Error', 'DOMException'].includes(tagOf(value));
}

/** Made with braces, in any realm. */
export function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (!isObject(prototype) || prototype === Object.prototype) return true;
	return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty');
}

/** Whether something runs without throwing: it does only for a real built-in object. */
export function doesNotThrow(run: () => unknown): boolean {
	try {
		run();
		return true;
	} catch {
		return false;
	}
}

/** Each question to an object with a million prototypes goes through all of them. */
export function isEndless(value: unknown): boolean {
	let next: unknown = value;
	for (let steps = 0; isObject(next); steps += 1) {
		if (steps > MOST_PROTOTYPES) return true;
		next = Object.getPrototypeOf(next);
	}
	return false;
}

const MOST_PROTOTYPES = 1_000;
export const ENDLESS = 'an object with more than 1,000 prototypes';

export function classNameOf(value: object): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	const { constructor: made = undefined } = isObject(prototype) ? prototype : {};
	return made?.name || tagOf(value);
}

/**
 * Own enumerable names. The language lists all of them or none, and a million takes 300 ms: an object
 * that takes so long is listed only once before anything else may run.
 */
export function namesOf(value: object): readonly string[] {
	const known = listed.get(value);
	if (known) return known;
	const began = performance.now();
	const names = Object.keys(value);
	// Symbols and proxies take time too, and leave no names.
	if (performance.now() - began < LONG_MS) return names;
	if (listed.size === 0) queueMicrotask(() => listed.clear());
	listed.set(value, names);
	return names;
}

const listed = new Map<object, readonly string[]>();
const LONG_MS = 2;

export function isWebStream(value: object): boolean {
	return isMethod(value, 'getReader') && isMethod(value, 'cancel');
}

export function isNodeStream(value: object): boolean {
	return isMethod(value, 'pipe') && isMethod(value, 'on') && isMethod(value, 'read');
}

/** What errors of HTTP clients carry besides their message: requests, connections, settings. */
const HIDDEN_NAMES = new Set([
	...['config', 'request', 'req', 'headers', 'header', 'rawHeaders', 'options', 'agent', 'socket'],
	...['requestBodyValues', 'responseHeaders', 'requestHeaders', 'trailers', 'stack', 'node'],
	...['timings', 'client'],
]);

export function isHiddenName(name: string): boolean {
	return HIDDEN_NAMES.has(name) || name.startsWith('_') || name.startsWith('$');
}
