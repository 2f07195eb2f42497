import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { formValues, pdfText } from '../../core/pdf/pdfText';
import { countTurns } from '../support/countTurns';
import { failure } from '../support/failure';
import { makePdf, pdfOf, type Content } from '../support/makePdf';

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
	...[
		['Page 1 of 1'],
		['Seite 2'],
		['- 3 / 12 -'],
		['Page 1', 'Scanned by CamScanner'],
		['Scanned with Adobe Scan', '12'],
		['CamScanner'],
	].map((lines): [string, Uint8Array, RegExp] => [
		`a picture under "${lines.join(', ')}"`,
		makePdf([lines, []]),
		/no text layer/,
	]),
	['a page number alone', makePdf([['1']]), /no text layer/],
	['no PDF', Buffer.from('%PDF-1.4 but nothing else'), /^The file cannot be read/],
	['nothing', Buffer.alloc(0), /^The file cannot be read/],
	['one that is locked', readFileSync(join(__dirname, 'locked.pdf')), /protected by a password/],
])('%s is refused in words', async (_name, bytes, words) => {
	const error = await failure(pdfText(bytes, 'The file'));
	expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
	expect(error.details.hint).toContain('Extract from File');
});

const packed = (text: string | Buffer): Content => ({
	bytes: deflateSync(text),
	filter: '/FlateDecode',
});
const spaces = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024, 32);

test.each<[name: string, make: () => Buffer, words: string]>([
	['a large file', () => spaces(51), 'has more than 50 MB'],
	['a page of nothing', () => pdfOf([packed(spaces(51))]), 'a part that unpacks to more than 50'],
	[
		'nothing, packed twice',
		() =>
			pdfOf([
				{ bytes: deflateSync(deflateSync(spaces(51))), filter: '[/FlateDecode /FlateDecode]' },
			]),
		'a part that unpacks to more than 50',
	],
	[
		'many pages',
		() => makePdf(Array.from({ length: 2_001 }, () => ['abc'])),
		'has more than 2,000 pages',
	],
])('%s is too large', async (_name, make, words) => {
	const error = await failure(pdfText(make(), 'The file'));
	expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining(words) });
});

test('a part that no page shows is not unpacked, however much it stands for', async () => {
	const bomb = [Buffer.from('stream\n'), deflateSync(spaces(201))];
	expect(await pdfText(Buffer.concat([makePdf([['abc']]), ...bomb]))).toBe('abc');
});

const line = '(The quick brown fox jumps over the lazy dog) Tj T*\n';
test.each<[name: string, content: Content]>([
	['lines', { bytes: `BT /F1 12 Tf 14 TL 50 780 Td ${line.repeat(30_000)} ET` }],
	['lines, packed', packed(`BT /F1 12 Tf 14 TL 50 780 Td ${line.repeat(30_000)} ET`)],
	['one word', { bytes: `BT /F1 12 Tf 50 780 Td (${'abcdefgh'.repeat(200_000)}) Tj ET` }],
	['drawings', { bytes: `BT /F1 12 Tf 50 780 Td (abc) Tj ET ${'q Q '.repeat(1_000_000)}` }],
])('a page of %s, that takes long to read, lets others go on', async (_name, content) => {
	let now = 0;
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 0.5));
	const turns = countTurns();
	expect(await pdfText(pdfOf([content]))).not.toBe('');
	clock.mockRestore();
	expect(turns()).toBeGreaterThan(50);
});

test.each([[['12.50', '17', '300']], [['4711 0815']], [['Page 1 of 1', 'Total 9']]])(
	'%j is a text layer',
	async (lines) => {
		expect(await pdfText(makePdf([lines]))).toBe(lines.join('\n'));
	},
);

test('what is filled into a form is read, and nothing that is hidden, secret or not chosen', () => {
	const field = { subtype: 'Widget', fieldType: 'Tx', annotationFlags: 4 };
	const button = { ...field, fieldType: 'Btn', fieldName: 'Way' };
	expect(
		formValues([
			{ ...field, fieldName: 'Name', fieldValue: 'Ada' },
			{ ...field, fieldName: 'f2', alternativeText: 'Town', fieldValue: 'Paris' },
			{ ...field, fieldType: 'Ch', fieldName: 'Langs', fieldValue: ['de', 'fr'] },
			{ ...button, radioButton: true, fieldValue: 'air', buttonValue: 'air' },
			{ ...button, radioButton: true, fieldValue: 'air', buttonValue: 'sea' },
			{ ...button, checkBox: true, fieldName: 'Paid', fieldValue: 'Off', exportValue: 'Yes' },
			{ ...field, fieldName: 'Pin', fieldValue: '1234', password: true },
			{ ...field, fieldName: 'Trap', fieldValue: 'x', annotationFlags: 6 },
			{ ...field, fieldName: 'Empty', fieldValue: '' },
			{ subtype: 'Link', fieldValue: 'x' },
		]),
	).toEqual(['Name: Ada', 'Town: Paris', 'Langs: de, fr', 'Way: air']);
});

test('a form is read from the PDF itself, also over a picture', async () => {
	const widget =
		'<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /V (Ada) /Rect [9 9 99 30] /F 4 >>';
	const source = makePdf([[], ['Second']]).toString('latin1');
	const form = source.replace('/MediaBox', `/Annots [${widget}] /MediaBox`);
	expect(await pdfText(Buffer.from(form, 'latin1'))).toBe('Name: Ada\n\nSecond');
});
