import { entriesLeftOut } from '../messagesToModel';
import { callMethod, classNameOf, isObject, memberOf, namesOf } from './members';
import { NoText, reasonOf, Unreadable, type Kind } from './parts';

/** Fields by name; one that cannot be read says so, and the others are read anyway. */
export function* fieldsOf(
	value: object,
	names: readonly PropertyKey[],
	shown: (name: string, value: unknown) => unknown = (_name, part) => part,
): Generator<[string, unknown], undefined> {
	for (const name of names) yield [String(name), shown(String(name), fieldOf(value, name))];
}

function fieldOf(value: object, name: PropertyKey): unknown {
	try {
		// JSON leaves such a field out, and then nobody sees that it exists.
		return memberOf(value, name) ?? null;
	} catch (error) {
		return new Unreadable(reasonOf(error));
	}
}

/** An object of a class: its fields and getters, and its own text form. */
export function instanceOf(value: object): Kind {
	const names = namesOf(value);
	const getters = gettersOf(value).filter((name) => !Object.hasOwn(value, name));
	const words = ownWords(value);
	if (names.length + getters.length === 0) {
		return { is: 'leaf', leaf: words ?? new NoText(`a ${classNameOf(value)} without fields`) };
	}
	const added: Array<[string, unknown]> = typeof words === 'string' ? [['(as text)', words]] : [];
	if (getters.length >= MOST_GETTERS) added.push(['…', entriesLeftOut(undefined)]);
	const entries = chained(fieldsOf(value, names), fieldsOf(value, getters), added);
	return { is: 'fields', entries, size: names.length + getters.length + added.length };
}

/** For an object without a value. */
export function wordsOrName(value: object): Kind {
	return { is: 'leaf', leaf: ownWords(value) ?? new NoText(`a ${classNameOf(value)}`) };
}

export function* chained<Entry>(...parts: Array<Iterable<Entry>>): Generator<Entry, undefined> {
	for (const part of parts) yield* part;
}

const MOST_GETTERS = 100;
const MOST_LOOKED_AT = 10_000;

/** Getters of its classes, up to what every object has. */
function gettersOf(value: object): string[] {
	const names = new Set<string>();
	for (const prototype of prototypesOf(value)) {
		for (const name of Object.getOwnPropertyNames(prototype).slice(0, MOST_LOOKED_AT)) {
			if (names.size >= MOST_GETTERS) return [...names];
			if (Object.getOwnPropertyDescriptor(prototype, name)?.get) names.add(name);
		}
	}
	return [...names];
}

function prototypesOf(value: object): object[] {
	const chain: object[] = [];
	for (let next: unknown = Object.getPrototypeOf(value); isObject(next);) {
		const above: unknown = Object.getPrototypeOf(next);
		// The last prototype is every object's.
		if (above === null || chain.length >= MOST_GETTERS) break;
		chain.push(next);
		next = above;
	}
	return chain;
}

/** What `toString` or `valueOf` returns, if its class has its own. */
function ownWords(value: object): string | number | boolean | undefined {
	const has = (name: string) => prototypesOf(value).some((made) => Object.hasOwn(made, name));
	const text = has('toString') ? callMethod(value, 'toString') : undefined;
	if (typeof text === 'string' && !text.startsWith('[object ')) return text;
	const plain = has('valueOf') ? callMethod(value, 'valueOf') : undefined;
	const isPlainValue = ['string', 'number', 'boolean'].includes(typeof plain);
	return isPlainValue ? String(plain) : undefined;
}
