import fc from 'fast-check';
import { collectChunks } from '../../core/wire/collectChunks';
import { readChunk } from '../../core/wire/completion';
import { openDeltas } from '../../core/wire/openDeltas';
import { casesOf } from '../support/sweep';

/** What comes out of deltas as they come, and what they are in the end. */
function told(deltas: readonly string[], isClosed = false): string[] {
	const { add, rest, text } = openDeltas();
	const fresh = deltas.map((delta, n) => add(delta, isClosed && n === deltas.length - 1));
	const before = text();
	return [[...fresh, rest()].join(''), before, text()];
}

const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 40, maxLength: 40 });
/** Where a text is cut, and its end. */
function placesIn(text: string, lengths: readonly number[]): number[] {
	const places = lengths.map((_length, n) => lengths.slice(0, n + 1).reduce((a, b) => a + b, 0));
	return [...places.filter((place) => place < text.length), text.length];
}

/** Such as repeat themselves, and begin with what stood before. */
const words = fc.oneof(
	fc.constantFrom('la ', 'La ', '1', '12', '-', '--', '\n', 'ha', 'The ', 'cat ', 'sat. '),
	fc.string({ minLength: 1, maxLength: 6 }),
);

test('a text in pieces stays as it is, whatever it says', () => {
	fc.assert(
		fc.property(fc.array(words, { minLength: 1, maxLength: 40 }), cuts, (said, lengths) => {
			const text = said.join('');
			const places = placesIn(text, lengths);
			const pieces = places.map((place, n) => text.slice(places[n - 1] ?? 0, place));
			expect(told(pieces)).toEqual([text, text, text]);
			expect(told(pieces, true)).toEqual([text, text, text]);
		}),
		{ numRuns: 3_000, seed: 1 },
	);
});

/** Sentences of few words, whose pieces keep the blanks between words. */
const said = fc
	.array(fc.constantFrom('The', 'cat', 'sat', 'I', 'am', 'ok', 'la', 'Yes'), {
		minLength: 1,
		maxLength: 3,
	})
	.map((list) => list.join(' '));
const lines = fc.tuple(
	fc.array(said, { minLength: 1, maxLength: 4 }),
	fc.constantFrom(' ', '\n', '. '),
);

test('verses, rows and lines that come again stay, whatever their pieces', () => {
	fc.assert(
		fc.property(
			lines,
			fc.integer({ min: 2, max: 4 }),
			cuts,
			fc.boolean(),
			([rows, end], times, lengths, isClosed) => {
				const verse = rows.map((row) => row + end).join('');
				const text = verse.repeat(times);
				const places = [
					...new Set([...placesIn(text, lengths).slice(0, 1), verse.length, text.length]),
				]
					.filter((place) => place <= text.length)
					.toSorted((a, b) => a - b);
				const pieces = places.map((place, n) => text.slice(places[n - 1] ?? 0, place));
				expect(told(pieces, isClosed)).toEqual([text, text, text]);
			},
		),
		{ numRuns: casesOf(3_000), seed: 1 },
	);
});

test('a text that grows with each delta is told once', () => {
	const texts = fc.lorem({ maxCount: 40 }).filter((text) => text.length > 40);
	fc.assert(
		fc.property(texts, cuts, (text, lengths) => {
			const grown = placesIn(text, lengths).map((place) => text.slice(0, place));
			expect(told(grown)).toEqual([text, text, text]);
		}),
		{ numRuns: 1_000, seed: 1 },
	);
});

test.each([
	['digits', (n: number) => '1'.repeat(n)],
	['the same letter', () => 'x'],
	['words', (n: number) => 'word '.repeat(n)],
])('%s that grow for long keep nobody waiting for good', (_name, deltaOf) => {
	const { add } = openDeltas();
	const fresh = Array.from({ length: 100 }, (_, n) => add(deltaOf(n + 1)));
	expect(fresh.filter((text) => text === '').length).toBeLessThan(50);
});

/** The arguments that pieces of one call add up to. */
function argumentsOf(pieces: readonly string[]): string | undefined {
	const collector = collectChunks();
	for (const [n, text] of pieces.entries()) {
		const named = n === 0 ? { id: 'a', function: { name: 'look', arguments: text } } : undefined;
		const call = { index: 0, ...(named ?? { function: { arguments: text } }) };
		collector.add(readChunk({ choices: [{ index: 0, delta: { tool_calls: [call] } }] }));
	}
	return collector.completion().choices[0]?.message.tool_calls[0]?.function.arguments;
}

/** Such as look like their own beginning: `{"a":"{\\"a"}`, `{"{":1}`, `7474`. */
const jsonTexts = fc.oneof(
	fc.dictionary(fc.constantFrom('{', '{"', 'a', 'aa', ''), fc.json(), { minKeys: 1 }),
	fc.constantFrom(7474, 1212, 'haha', [1, 1], { a: { a: { a: 1 } } }, { aa: 'aa' }),
	fc.array(fc.constantFrom(1, 11, '[1', '[')),
);

test('arguments in pieces stay as they are, and those that grow are taken once', () => {
	fc.assert(
		fc.property(jsonTexts, cuts, (value, lengths) => {
			const text = JSON.stringify(value);
			const places = placesIn(text, lengths);
			const pieces = places.map((place, n) => text.slice(places[n - 1] ?? 0, place));
			expect(argumentsOf(pieces)).toBe(text);
			// From within its first key on.
			const grown = [text.slice(0, 3), ...places.map((place) => text.slice(0, place))];
			const isSure = /^\{"[a-z]/.test(text) && (places[0] ?? 0) > 3;
			if (isSure) expect(argumentsOf(grown)).toBe(text);
		}),
		{ numRuns: casesOf(3_000), seed: 1 },
	);
});

const called = fc.record({
	name: fc.constantFrom('look', 'find'),
	text: jsonTexts.map((value) => JSON.stringify(value)),
	cuts,
});

test('parallel calls whose pieces interleave stay apart, also if each has the id and the name', () => {
	const order = fc.array(fc.nat(3), { minLength: 200, maxLength: 200 });
	fc.assert(
		fc.property(
			fc.array(called, { minLength: 1, maxLength: 4 }),
			order,
			fc.boolean(),
			(all, turns, isNamed) => {
				const collector = collectChunks();
				const left = all.map(({ name, text, cuts: lengths }, index) => {
					const places = placesIn(text, lengths);
					const pieces = ['', ...places.map((place, n) => text.slice(places[n - 1] ?? 0, place))];
					return pieces.map((part, n) => {
						const own = n === 0 || isNamed ? { id: `id${index}` } : {};
						return { index, ...own, function: { ...('id' in own && { name }), arguments: part } };
					});
				});
				for (const turn of [...turns, ...left.flat().map(() => 0)]) {
					const own = left[turn % left.length] ?? [];
					const piece = (own.length > 0 ? own : left.find(({ length }) => length > 0))?.shift();
					if (piece)
						collector.add(readChunk({ choices: [{ index: 0, delta: { tool_calls: [piece] } }] }));
				}
				const made = collector.completion().choices[0]?.message.tool_calls;
				expect(
					made?.map(({ id, function: { name, arguments: text } }) => [id, name, text]),
				).toEqual(all.map(({ name, text }, index) => [`id${index}`, name, text]));
			},
		),
		{ numRuns: casesOf(3_000), seed: 1 },
	);
});
