import fc from 'fast-check';

/** Written into the body as it is, where JSON.stringify would not write it. */
const verbatim = (json: string) => `@@${json}@@`;
const deep = (levels: number, open: string, close: string) =>
	verbatim(`${open.repeat(levels)}1${close.repeat(levels)}`);

const NAMES = ['toString', 'constructor', '__proto__', 'valueOf', 'hasOwnProperty', 'prototype'];

/** What may stand in place of any value of an answer. */
const HOSTILE: unknown[] = [
	...[null, true, false, 0, -1, 5, 1.5, 1e308, 2 ** 53, '', 'x', '12', '-7', ' '],
	...[[], {}, [null], [[]], { length: 5 }, { then: 1 }, 'null', '{', '[1,2', 'NaN'],
	...[verbatim('1e999'), verbatim('-1e999'), verbatim('1E-400'), verbatim('-0')],
	...NAMES,
	...NAMES.map((name) => verbatim(`{${JSON.stringify(name)}:1}`)),
	verbatim('{"__proto__":{"toString":null,"length":-1}}'),
	...['\u0000', '\ud800', 'a\udc00b', '\u2028', '\u202e', 'x'.repeat(100_000), '٣'],
	...[deep(300, '[', ']'), deep(5_000, '{"a":', '}'), deep(20_000, '[', ']')],
	{ message: { toString: 1 }, code: { toString: 1 }, type: ['x'], param: { valueOf: null } },
	{ role: 'assistant', content: { toString: 1 } },
	{ prompt_tokens: '12', completion_tokens: -3, total_tokens: 1e300 },
	{ prompt_tokens: 1, completion_tokens: 2, total_tokens: -5 },
	Array.from({ length: 3_000 }, (_, n) => n),
];

const hostileValue = fc.nat(HOSTILE.length - 1);

/** A change of one place: another value there, or none. */
export const mutation = fc.record({
	at: fc.nat(10_000),
	value: fc.option(hostileValue, { freq: 8 }),
});
export type Mutation = { at: number; value: number | null };

/** The body with each mutation made, and whether its bill came through as it was. */
export function mutated(body: object, mutations: readonly Mutation[]): unknown {
	let root: unknown = structuredClone(body);
	for (const { at, value } of mutations) {
		const places = placesIn(root);
		const place = places[at % (places.length + 1)];
		if (!place) root = value === null ? undefined : structuredClone(HOSTILE[value]);
		else if (value === null) Reflect.deleteProperty(place.parent, place.key);
		else {
			const own = {
				value: structuredClone(HOSTILE[value]),
				enumerable: true,
				configurable: true,
				writable: true,
			};
			Object.defineProperty(place.parent, place.key, own);
		}
	}
	return root;
}

function placesIn(root: unknown): Array<{ parent: object; key: string }> {
	if (typeof root !== 'object' || root === null) return [];
	return Object.entries(root)
		.slice(0, 50)
		.flatMap(([key, value]) => [{ parent: root, key }, ...placesIn(value)]);
}

export function toJson(value: unknown): string {
	return (JSON.stringify(value) ?? '').replace(/"@@(.*?)@@"/gs, (_all, json: string) =>
		json.replaceAll('\\"', '"'),
	);
}

/** By the name under which a counterexample shows them. */
const LONG_TEXTS = new Map([
	['<deep arguments>', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
	['<deep tree>', `${'{"child":'.repeat(2_000)}{}${'}'.repeat(2_000)}`],
	['<never closed>', '['.repeat(20_000)],
	['<just too deep>', `${'[{"a":'.repeat(150)}1${'}]'.repeat(150)}`],
	['<deep and lenient>', `${"{'a':".repeat(3_000)}1${'}'.repeat(3_000)}`],
	['<many escapes>', `{"a":"${'\\u0000'.repeat(2_000)}"}`],
	['<long list>', `{"people":[${'{"name":"Ada","age":36},'.repeat(2_000)}{}]}`],
]);

/** The text that a name in a case stands for. */
export function fullText(text: string): string {
	return LONG_TEXTS.get(text) ?? text;
}

/** What a model may write where arguments or an extraction should stand. */
export const hostileText = fc.oneof(
	fc.constantFrom(
		...['{}', '{"a":1}', '{"name":"Ada","age":36}', '{"people":[{"name":"Ada","age":"36"}]}'],
		...['{"constructor":"Ada","toString":1}', '{"__proto__":{"a":1}}', '{"a":1,"__proto__":null}'],
		...['[1,2,3]', '"{\\"a\\":1}"', 'null', '', '   ', '{"a":', '{a:1,}', "{'a': True}"],
		...[
			'```json\n{"name":"Ada","age":36}\n```',
			'Sure! {"a":1} or {"a":2}',
			'{"child":{"child":{}}}',
		],
		...NAMES.map((name) => JSON.stringify({ [name]: name, value: { [name]: [name] } })),
	),
	fc.constantFrom(...LONG_TEXTS.keys()),
	fc.json({ maxDepth: 4 }),
	fc.json({ maxDepth: 3 }).map((text) => text.slice(0, -1)),
	fc.string({ maxLength: 200, unit: 'binary' }),
);
