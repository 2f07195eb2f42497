import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isSame } from '../../core/lib/isSame';
import { casesOf } from '../support/sweep';

/** Few leaves, so that two values drawn are often the same, or nearly. */
const leaf = fc.constantFrom<unknown>(
	...[0, -0, 1, NaN, '', 'a', null, undefined, true, new Date(0), new Date(0), new Date(NaN)],
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		leaf,
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'length', '0'), tie('value'), {
			maxKeys: 3,
			noNullPrototype: false,
		}),
	),
})).value;

/** The same value with its keys in another order. */
function turned(it: unknown): unknown {
	if (Array.isArray(it)) return it.map(turned);
	if (typeof it !== 'object' || it === null || it instanceof Date) return it;
	const made: object = Object.create(Object.getPrototypeOf(it));
	for (const [key, inner] of Object.entries(it).reverse()) {
		const described = { value: turned(inner), enumerable: true, writable: true };
		Object.defineProperty(made, key, described);
	}
	return made;
}

test('says of values of JSON what Node says', () => {
	fc.assert(
		fc.property(value, value, (a, b) => {
			expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b));
			expect(isSame(a, turned(a))).toBe(true);
		}),
		{ numRuns: casesOf(2_000) },
	);
});

test.each<[name: string, a: unknown, b: unknown]>([
	['a list with a hole at its end', [1], Array.from({ ...[1], length: 2 })],
	['a list and an object', [], {}],
	['a list and its like', ['a'], { 0: 'a' }],
	['a key that is inherited', { toString: undefined }, { other: undefined }],
	['what cannot be looked into', new Map([[1, 1]]), new Map([[1, 1]])],
])('%s is not the same', (_name, a, b) => {
	expect(isSame(a, b)).toBe(false);
	expect(isSame(b, a)).toBe(false);
});
