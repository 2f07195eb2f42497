import fc from 'fast-check';
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
