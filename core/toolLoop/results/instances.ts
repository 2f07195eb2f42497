import { messageOf } from '../../messageOf';
import { callMethod, classNameOf, isObject, memberOf } from './members';
import { NoText, Unreadable, type Kind } from './parts';

/** Fields by name; one that cannot be read says so, and the others are read all the same. */
export function* fieldsOf(
	value: object,
	names: readonly PropertyKey[],
): Generator<[string, unknown], undefined> {
	for (const name of names) yield [String(name), fieldOf(value, name)];
}

function fieldOf(value: object, name: PropertyKey): unknown {
	try {
		// JSON leaves such a field out, and with it that it was asked for.
		return memberOf(value, name) ?? null;
	} catch (error) {
		return new Unreadable(messageOf(error));
	}
}

/** An object of a class: its fields and getters, and its own words for itself. */
export function instanceOf(value: object): Kind {
	const names = [...new Set([...Object.keys(value), ...gettersOf(value)])];
	const words = ownWords(value);
	if (names.length === 0) {
		return { is: 'leaf', leaf: words ?? new NoText(`a ${classNameOf(value)} without fields`) };
	}
	const fields = [...fieldsOf(value, names)];
	if (typeof words === 'string') fields.push(['(as text)', words]);
	return { is: 'fields', entries: fields[Symbol.iterator](), size: fields.length };
}

const MOST_GETTERS = 100;

/** Of its classes, up to what every object has. */
function gettersOf(value: object): string[] {
	const names = prototypesOf(value).flatMap((prototype) =>
		Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, described]) =>
			described.get ? [name] : [],
		),
	);
	return names.slice(0, MOST_GETTERS);
}

function prototypesOf(value: object): object[] {
	const chain: object[] = [];
	for (let next: unknown = Object.getPrototypeOf(value); isObject(next);) {
		const above: unknown = Object.getPrototypeOf(next);
		// The last one is every object's.
		if (above === null || chain.length >= MOST_GETTERS) break;
		chain.push(next);
		next = above;
	}
	return chain;
}

/** What `toString` or `valueOf` say, where its class has its own. */
function ownWords(value: object): string | number | boolean | undefined {
	const has = (name: string) => prototypesOf(value).some((made) => Object.hasOwn(made, name));
	const text = has('toString') ? callMethod(value, 'toString') : undefined;
	if (typeof text === 'string' && !text.startsWith('[object ')) return text;
	const plain = has('valueOf') ? callMethod(value, 'valueOf') : undefined;
	const isPlainValue = ['string', 'number', 'boolean'].includes(typeof plain);
	return isPlainValue ? String(plain) : undefined;
}
