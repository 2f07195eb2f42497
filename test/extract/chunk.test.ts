import fc from 'fast-check';
import { beforeHeadings } from '../../core/extract/parts/borders';
import { NESTED, openDice } from './nestedLayouts';
import { chunkText } from '../../core/extract/parts/chunk';

test('ends at borders, and begins its overlap at one', () => {
	const sentences = Array.from({ length: 40 }, (_, n) => `Sentence ${n} here. `).join('');
	const [first, second] = chunkText(sentences, { size: 200, overlap: 50 });
	expect(first?.text).toMatch(/\. $/);
	expect(second?.text).toMatch(/^Sentence/);
	expect(second?.shared).toBeGreaterThanOrEqual(50);
});

test('prefers paragraphs, also in languages without spaces', () => {
	const text = `${'あいうえお。'.repeat(25)}\n\n${'かきくけこ。'.repeat(25)}`;
	expect(chunkText(text, { size: 200, overlap: 0 }).map((part) => part.text)).toEqual([
		`${'あいうえお。'.repeat(25)}\n\n`,
		'かきくけこ。'.repeat(25),
	]);
});

test('parts cover any text, share what they say they share, and split no character', () => {
	const words = fc.array(
		fc.constantFrom('word', '👋🏽', '\n\n', '. ', ' ', 'äöü', '東京。', 'x'.repeat(300), '\n'),
		{ maxLength: 300 },
	);
	const sizes = fc.record({
		size: fc.integer({ min: 200, max: 900 }),
		overlap: fc.integer({ min: 0, max: 99 }),
	});
	fc.assert(
		fc.property(words, sizes, (list, options) => {
			const text = list.join('');
			const parts = chunkText(text, options);
			let end = 0;
			for (const part of parts) {
				expect(part.text.length).toBeLessThanOrEqual(options.size);
				expect(part.text.isWellFormed()).toBe(true);
				expect(text.slice(part.start, part.start + part.text.length)).toBe(part.text);
				expect(part.start).toBe(end - part.shared);
				expect(part.shared).toBeGreaterThanOrEqual(0);
				end = part.start + part.text.length;
			}
			expect(end).toBe(text.length);
		}),
		{ seed: 7, numRuns: 300 },
	);
});

/** Longer than what is looked at to find out where a character begins. */
const ENDLESS: Array<[what: string, character: string]> = [
	['joined emoji', '👩\u200d'.repeat(500)],
	['flags', '🇨🇭'.repeat(2_000)],
	['accents outside the basic plane', `a${'\u{1d165}'.repeat(800)}`],
];
test.each(ENDLESS)(
	'a character that never ends is cut, but never inside a surrogate pair: %s',
	(_what, text) => {
		for (const before of ['', 'x', 'xx', 'xxx', 'xxxx']) {
			const parts = chunkText(before + text, { size: 200, overlap: 0 });
			expect(parts.length).toBeGreaterThan(1);
			expect(parts.map((part) => part.text.isWellFormed())).not.toContain(false);
		}
	},
);

const HEADINGS = ['Order @', '## Order @', '== Order @ ==', '注文@', 'Заказ № @', 'Lines of @:'];
const unruly = HEADINGS.flatMap((heading) =>
	['\n\n', '\r\n\r\n', '\n \n\n'].map((gap) => [heading, gap] as const),
);
test.each(unruly)('no part ends between a heading and its rows: %j %j', (heading, gap) => {
	const eol = gap.startsWith('\r') ? '\r\n' : '\n';
	const group = (at: number) =>
		[
			heading.replace('@', String(at)) + gap,
			...Array.from({ length: 2 + (at % 5) }, (_, n) => `- row ${n}, ${at}.50${eol}`),
			eol,
		].join('');
	const text = Array.from({ length: 40 }, (_, at) => group(at)).join('');
	const isHeading = new RegExp(`${heading.replace('@', '\\d+')}\\s*$`);
	for (let size = 150; size < 500; size += 7) {
		for (const overlap of [0, 20, 60]) {
			const parts = chunkText(text, { size, overlap });
			expect(parts.filter((part) => isHeading.test(part.text))).toEqual([]);
		}
	}
});

const ROWS = '- Lamp, 2\n- Chair, 3\n';
test.each([
	['a line like those behind it', `${ROWS}\nblue lamps\n\n`, 'red chairs\ngreen desks\n'],
	['a line before another single line', `${ROWS}\nNotes of 7\n\n`, 'See: below\n\nMore: there\n'],
	['a sentence', `${ROWS}\nIt was paid.\n\n`, ROWS],
	['a total', `${ROWS}\nTotal 12.50\n\n`, `P-8 – Ada:\n${ROWS}`],
	['a line below others', `${ROWS}Terms\n\n`, ROWS],
	['one of many', '# a\n# b\n# c\n# d\n', ROWS],
	['a long line', `${ROWS}\n${'word '.repeat(30)}\n\n`, ROWS],
])('%s is no heading', (_name, before, behind) => {
	expect(beforeHeadings(before + behind, before.length)).toBe(before.length);
});

test('headings of several levels go together', () => {
	const before = `${ROWS}\n# Unit 7\n\n## Ada\n`;
	expect(beforeHeadings(before + ROWS, before.length)).toBe(ROWS.length + 1);
});

const words = fc.array(
	fc.constantFrom('word', '👋🏽', '\n\n', '. ', ' ', 'äöü', '東京。', 'x'.repeat(300), '\n'),
	{ maxLength: 600 },
);
const options = fc
	.record({ size: fc.integer({ min: 200, max: 2000 }), share: fc.integer({ min: 0, max: 49 }) })
	.map(({ size, share }) => ({ size, overlap: Math.floor((size * share) / 100) }));
const most = (length: number, { size, overlap }: { size: number; overlap: number }) =>
	Math.ceil(length / (size - overlap)) + 1;

test.each([990, 1040])('ten paragraphs of %i characters are few parts', (length) => {
	const text = `${'x'.repeat(length)}\n\n`.repeat(10);
	const parts = chunkText(text, { size: 2000, overlap: 800 });
	expect(parts.length).toBeLessThanOrEqual(most(text.length, { size: 2000, overlap: 800 }));
});

test('there are no more parts than planned, and each begins behind the middle of the last', () => {
	fc.assert(
		fc.property(words, options, (list, chunk) => {
			const text = list.join('');
			const parts = chunkText(text, chunk);
			expect(parts.length).toBeLessThanOrEqual(most(text.length, chunk));
			for (const [index, { start }] of parts.entries()) {
				const [last, before] = [parts[index - 1], parts[index - 2]];
				if (last) expect(start).toBeGreaterThanOrEqual(last.start + last.text.length / 2);
				if (before) expect(start).toBeGreaterThanOrEqual(before.start + before.text.length);
			}
		}),
		{ seed: 5, numRuns: 300 },
	);
});

describe('cuts', () => {
	const endsOf = (text: string, size = 300, overlap = 0) =>
		chunkText(text, { size, overlap }).map(({ text: part }) => part);
	const filled = (unit: string, length = 2000) => unit.repeat(Math.ceil(length / unit.length));

	test('at a newline rather than at a later sentence or space', () => {
		const text = filled(`${'A row with words. And more of them. '.repeat(2)}the end\n`);
		for (const part of endsOf(text)) expect(part.endsWith('\n')).toBe(true);
	});

	test('at a blank line rather than at a later newline', () => {
		for (const part of endsOf(filled('Name: x\nSize: y\nColor: blue\n\n')).slice(0, -1)) {
			expect(part).toMatch(/\n\n$/);
		}
	});

	test.each([
		['a number with spaces', 'Summe ', '1 234 567,50'],
		['a date', 'am ', '3. März 2027'],
		['an English date', 'on ', 'March 3, 2027'],
		['a date of three words', 'on ', '27 November 2026'],
		['an amount', ', for ', '1,234.50 EUR'],
		['a currency before its amount', 'for ', '€ 12.50'],
		['a Japanese date', 'と', '２０２６年１１月２７日'],
		['a Chinese number', '和共', '一百二十三万元'],
		['a long number', '和', '1234567890123'],
		['an ISO date', '于', '2026-11-27'],
		['a Korean date', '부터 ', '2026년 11월 27일'],
		['a family', '', '👨‍👩‍👧‍👦'],
		['a letter with marks', '', 'a\u0308\u0302'],
		['a flag', '', '🇯🇵'],
		['a line end of two characters', 'x'.repeat(97), '\r\n'],
	])('never inside %s', (_name, between, value) => {
		for (let shift = 0; shift < 40; shift += 1) {
			const text = `${'–'.repeat(shift)}${filled(between + value)}`;
			for (const { start } of chunkText(text, { size: 200, overlap: 70 })) {
				const at = text.lastIndexOf(value, start);
				const inside = at < 0 ? 0 : start - at;
				expect({ shift, start, inside: inside < value.length ? inside : 0 }).toMatchObject({
					inside: 0,
				});
			}
			for (const { start, text: part } of chunkText(text, { size: 200, overlap: 0 })) {
				const end = start + part.length;
				const at = text.lastIndexOf(value, end - 1);
				const isInside = at >= 0 && at < end && end < at + value.length;
				expect({ shift, end, isInside: isInside && end < text.length }).toMatchObject({
					isInside: false,
				});
			}
		}
	});
});

test.each(Object.keys(NESTED))('no part begins or ends inside a number: %s', (layout) => {
	const inNumber: unknown[] = [];
	for (const [size, overlap] of [
		[200, 60],
		[300, 60],
		[300, 140],
	] as const) {
		for (let seed = 0; seed < 10; seed += 1) {
			const { text } = NESTED[layout]?.(openDice(seed), 12) ?? { text: '' };
			const parts = chunkText(text, { size, overlap });
			const ends = parts.flatMap((part) => [part.start, part.start + part.text.length]);
			const isTorn = (at: number) => /^\d[\d.,]*\d$|^\d{2}$/.test(text.slice(at - 1, at + 1));
			inNumber.push(...ends.filter(isTorn).map((at) => [size, overlap, seed, at]));
		}
	}
	expect(inNumber).toEqual([]);
});

test('no part begins inside a row, however short the overlap is', () => {
	const rows = Array.from({ length: 40 }, (_, n) => ({
		...{ item: 'Tapis', date: '11/02/2026', count: n % 4, total: `${40 + (n % 7) * 10},50` },
	}));
	const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
	const torn: unknown[] = [];
	for (let size = 220; size <= 500; size += 20) {
		for (let overlap = 0; overlap < size / 2; overlap += 13) {
			const starts = chunkText(text, { size, overlap }).map(({ start }) => start);
			const isTorn = (at: number) => at > 0 && text[at - 1] !== '\n';
			torn.push(...starts.filter(isTorn).map((at) => [size, overlap, at]));
		}
	}
	expect(torn).toEqual([]);
});
