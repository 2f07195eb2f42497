import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfText } from '../../core/extract/pdfText';
import { failure } from '../support/failure';
import { makePdf } from '../support/makePdf';

test('the text of all pages, in order', async () => {
	const bytes = makePdf([['Invoice R-1 (copy)', 'Total 12.50 EUR'], ['Page two']]);
	const before = Buffer.from(bytes);
	expect(await pdfText(bytes)).toBe('Invoice R-1 (copy)\nTotal 12.50 EUR\n\nPage two');
	expect(bytes.equals(before)).toBe(true);
});

test('a PDF as browsers print it: columns, other scripts, emoji', async () => {
	const text = await pdfText(readFileSync(join(__dirname, 'printed.pdf')));
	for (const words of ['Rechnung Nr. 2026-117', 'Jürgen Groß', '1.234,50 €', '田中太郎']) {
		expect(text).toContain(words);
	}
});

test.each<[name: string, bytes: Uint8Array, words: RegExp]>([
	['a scan', makePdf([[], []]), /^The file has no text layer/],
	['a page number alone', makePdf([['1']]), /no text layer/],
	['no PDF', Buffer.from('%PDF-1.4 but nothing else'), /^The file cannot be read/],
	['nothing', Buffer.alloc(0), /^The file cannot be read/],
	['one that is locked', readFileSync(join(__dirname, 'locked.pdf')), /protected by a password/],
])('%s is refused in words', async (_name, bytes, words) => {
	const error = await failure(pdfText(bytes, 'The file'));
	expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
	expect(error.details.hint).toContain('Extract from File');
});
