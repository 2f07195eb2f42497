import { assign } from '../../core/evaluate/pairEntries';
import { countsOf, marksOf, markSteps, scoresOf } from '../../core/evaluate/score';
import { sameValue } from '../../core/read/sameValue';
import { inOneGo } from '../../core/lib/steps';
import { bootstrap, intervalOf, percentile, seededRandom } from '../../core/evaluate/statistics';
import { textFacts } from '../../core/read/textFacts';

test.each([
	['numbers', 448, 448.0, true],
	['the dust of floats', 0.3, 0.1 + 0.2, true],
	['a number and its text', 1234.56, '1.234,56 €', true],
	['a text and its number', '1,234.56', 1234.56, true],
	['other numbers', 448, 449, false],
	['a cent', 448.01, 448, false],
	['amounts in two spellings', '1,234.50', '1234.5', true],
	['two currencies', '5 €', '5 $', false],
	['names of digits', '007', '7', false],
	['case and spaces', 'Brüder  LEM', 'brüder Lem', true],
	['dashes and quotes', 'A–1 “x”', 'A-1 "x"', true],
	['another word', 'Aare Papier', 'Aare Papier AG', false],
	['dates', '2026-11-27', '27 November 2026', true],
	['another day', '2026-11-27', '28.11.2026', false],
	['a date that is two', '2026-03-04', '03/04/2026', false],
	['truth as a text', true, 'true', true],
	['truth', true, false, false],
	['nothing in two words', 'N/A', 'unbekannt', true],
	['two signs', '✓', '✗', false],
])('%s', (_name, expected, actual, isRight) => {
	expect(sameValue(expected, actual)).toBe(isRight);
});

test('the document says which of two dates is meant', () => {
	const facts = textFacts('Due 03/04/2026, paid 25/04/2026');
	expect(sameValue('2026-04-03', '03/04/2026', facts)).toBe(true);
	expect(sameValue('2026-03-04', '03/04/2026', facts)).toBe(false);
});

const row = (name: string, price?: unknown) => (price === undefined ? { name } : { name, price });

/** Counted by hand. */
test.each<[string, unknown, unknown, [number, number, number, number]]>([
	['all right', { a: 1, b: { c: 'x' } }, { b: { c: 'x' }, a: 1 }, [2, 0, 0, 0]],
	['one wrong', { a: 1, b: 2 }, { a: 1, b: 3 }, [1, 1, 0, 0]],
	['one missing', { a: 1, b: 2 }, { a: 1 }, [1, 0, 1, 0]],
	['one extra', { a: 1 }, { a: 1, b: 2 }, [1, 0, 0, 1]],
	['nothing is nothing', { a: null, b: '', c: [] }, { c: null, d: '' }, [0, 0, 0, 0]],
	['a word for nothing', { a: null }, { a: 'N/A' }, [0, 0, 0, 0]],
	['a value for nothing', { a: null }, { a: 'Bern' }, [0, 0, 0, 1]],
	['a sign is a value', { a: '€' }, { a: null }, [0, 0, 1, 0]],
	['lists in any order', [row('a', 1), row('b', 2)], [row('b', 2), row('a', 1)], [4, 0, 0, 0]],
	['an entry less', [row('a', 1), row('b', 2)], [row('b', 2)], [2, 0, 2, 0]],
	['an entry more', [row('b', 2)], [row('a', 1), row('b', 2)], [2, 0, 0, 2]],
	['twice is not once', ['a', 'a'], ['a'], [1, 0, 1, 0]],
	['a flaw in one', [row('a', 1), row('b', 2)], [row('b', 3), row('a', 1)], [3, 1, 0, 0]],
	['nothing in common', [row('a', 1)], [row('b', 2)], [0, 2, 0, 0]],
	['a list for a record', { a: 1 }, [1], [0, 0, 1, 1]],
	['a text for a record', { a: 1, b: 2 }, 'x', [0, 0, 2, 1]],
	['a record for a text', 'x', { a: 1 }, [0, 0, 1, 1]],
	['no answer', { a: 1, b: [1, 2] }, undefined, [0, 0, 3, 0]],
	['texts', 'Aare', 'aare', [1, 0, 0, 0]],
])('%s', (_name, expected, actual, [right, wrong, missing, extra]) => {
	expect(countsOf(marksOf(expected, actual))).toEqual({ right, wrong, missing, extra });
});

test('a mark says where, in the terms of either side', () => {
	const marks = marksOf({ rows: [row('a', 1), row('b', 2)] }, { rows: [row('b', 3), row('a', 1)] });
	expect(marks.filter(({ verdict }) => verdict !== 'right')).toEqual([
		{
			...{ verdict: 'wrong', path: '/rows/1/price', field: '/rows/*/price' },
			...{ expected: 2, actual: 3, given: '/rows/0/price' },
		},
	]);
});

test('precision, recall and F1', () => {
	const { precision, recall, f1 } = scoresOf({ right: 6, wrong: 1, missing: 3, extra: 1 });
	expect([precision, recall]).toEqual([6 / 8, 6 / 10]);
	expect(f1).toBeCloseTo((2 * 0.75 * 0.6) / (0.75 + 0.6), 12);
	expect(scoresOf({ right: 0, wrong: 0, missing: 0, extra: 0 }).f1).toBe(1);
});

test('no other pairs of two lists are worth more', () => {
	const random = seededRandom(5);
	for (let round = 0; round < 200; round += 1) {
		const [n, m] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 5)];
		const worth = Array.from({ length: n }, () =>
			Array.from({ length: m }, () => Math.floor(random() * 4)),
		);
		const best = (row: number, used: readonly number[]): number => {
			const own = worth[row];
			if (!own) return 0;
			const with_ = own.map((one, at) =>
				used.includes(at) ? 0 : one + best(row + 1, [...used, at]),
			);
			return Math.max(best(row + 1, used), ...with_);
		};
		const pairs = assign(worth);
		const sum = pairs.reduce((all, [a, b]) => all + (worth[a]?.[b] ?? 0), 0);
		expect(sum).toBe(best(0, []));
		expect(new Set(pairs.map(([, b]) => b)).size).toBe(pairs.length);
	}
});

test('samples are the same for the same seed, and lie about the mean', () => {
	const numbers = Array.from({ length: 100 }, (_, at) => at);
	const mean = (cases: readonly number[]) => cases.reduce((a, b) => a + b, 0) / cases.length;
	const draw = (seed: number) => inOneGo(bootstrap(100, mean, { seed, resamples: 2_000 }));
	expect(draw(1)).toEqual(draw(1));
	expect(draw(1)).not.toEqual(draw(2));
	const [low, high] = intervalOf(draw(1));
	// 1.96 times 28.9 / 10 about 49.5.
	expect(low).toBeGreaterThan(43);
	expect(low).toBeLessThan(45);
	expect(high).toBeGreaterThan(54);
	expect(high).toBeLessThan(56);
	expect(percentile(numbers, 0.5)).toBe(49.5);
});

test('long lists are marked in small steps, and in a time that does not run away', () => {
	const rows = (change: number) =>
		Array.from({ length: 100 }, (_, n) => ({ name: `Row ${n}`, n: n + change }));
	const steps = markSteps({ rows: rows(0) }, { rows: rows(0.5) });
	let pauses = 0;
	let step = steps.next();
	for (; !step.done; step = steps.next()) pauses += 1;
	expect(countsOf(step.value)).toMatchObject({ right: 100, wrong: 100 });
	expect(pauses).toBeGreaterThanOrEqual(100 * 100);
	// Each with each, that would be nine million pairs.
	const many = Array.from({ length: 3_000 }, (_, n) => ({ n }));
	const others = many.map(({ n }) => ({ n: n + 0.5 }));
	expect(countsOf(marksOf(many, others))).toMatchObject({ wrong: 3_000 });
});
