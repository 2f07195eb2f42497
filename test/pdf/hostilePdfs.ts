import { deflateSync } from 'node:zlib';
import { makePdf, pdfOf, type Content } from '../support/makePdf';

const MB = 1024 * 1024;
const packed = (text: string | Buffer, filter = '/FlateDecode'): Content => ({
	bytes: deflateSync(text),
	filter,
});
const page = (text: string | Buffer) => pdfOf([packed(text)]);
const shown = 'BT /F1 12 Tf 50 780 Td (abc) Tj ET';

/** A page whose source is changed: objects added, resources exchanged. */
function edited(content: string, change: (source: string) => string): Buffer {
	const source = pdfOf([{ bytes: content }]).toString('latin1');
	// Places are no longer where the table says: the objects are looked for.
	return Buffer.from(change(source).replace(/startxref\n\d+/, 'startxref\n0'), 'latin1');
}
const withObjects = (content: string, resources: string, objects: string): Buffer =>
	edited(content, (source) =>
		source
			.replace('/Font << /F1 3 0 R >>', `/Font << /F1 3 0 R >> ${resources}`)
			.replace('xref\n', `${objects}\nxref\n`),
	);

const stream = (number: number, dict: string, text: string) =>
	`${number} 0 obj\n<< ${dict} /Length ${text.length} >>\nstream\n${text}\nendstream\nendobj\n`;
const form = (number: number, content: string, resources = '') =>
	stream(
		number,
		`/Type /XObject /Subtype /Form /Resources << /Font << /F1 3 0 R >> ${resources} >>`,
		content,
	);
const font = (number: number, more: string) =>
	`${number} 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /X ${more} >>\nendobj\n`;

function table(rows: number, count = rows): Buffer {
	const source = makePdf([['abc']]).toString('latin1');
	const at = source.indexOf('xref');
	const made = `xref\n0 ${count}\n${'0000000000 65535 f \n'.repeat(rows)}`;
	return Buffer.from(
		source.slice(0, at) + made + source.slice(source.indexOf('trailer')),
		'latin1',
	);
}

/** What is read of each, or why it is refused. */
export const hostilePdfs: [name: string, make: () => Buffer, outcome: RegExp][] = [
	['a table of 400,000 free places', () => table(400_000), /^abc$/],
	['a table of too many places', () => table(600_000), /^(?:abc|.*more than 500,000 parts)/],
	['a table that promises a thousand million', () => table(10, 1e9), /^abc$/],
	[
		'a table before itself',
		() =>
			Buffer.from(
				makePdf([['abc']])
					.toString('latin1')
					.replace('/Root', '/Prev 9 /Root'),
				'latin1',
			),
		/^abc$/,
	],
	[
		'objects without end',
		() =>
			Buffer.concat([
				makePdf([['abc']]).subarray(0, -20),
				Buffer.from('\n7 0 obj\n<< /A 1 >>\nendobj\n'.repeat(300_000)),
			]),
		/^abc$/,
	],
	[
		'trailers without end',
		() =>
			Buffer.concat([
				makePdf([['abc']]).subarray(0, -20),
				Buffer.from('trailer [[[[ '.repeat(100_000)),
			]),
		/abc|nested too deep|too many parts/,
	],
	[
		'words without end',
		() =>
			Buffer.concat([makePdf([['abc']]).subarray(0, -20), Buffer.from('obj'.repeat(2_000_000))]),
		/^abc$/,
	],
	[
		'streams without end',
		() => withObjects(shown, '', '8 0 obj << /Length 9 >> stream\n'.repeat(100_000)),
		/^abc$/,
	],
	[
		'an object that measures itself',
		() => withObjects(shown, '', '9 0 obj << /Length 9 0 R >> stream\nx\nendstream endobj'),
		/^abc$/,
	],
	[
		'pages that are their own children',
		() => edited(shown, (source) => source.replace(/\/Kids \[(.*?)\]/, '/Kids [$1 2 0 R 2 0 R]')),
		/^abc$/,
	],
	[
		'a page a million times',
		() =>
			edited(shown, (source) =>
				source.replace(/\/Kids \[(.*?)\]/, `/Kids [${'4 0 R '.repeat(100_000)}]`),
			),
		/more than 2,000 pages/,
	],
	['lists within lists', () => page(`${'['.repeat(2 * MB)} ${shown}`), /nested too deep/],
	[
		'dictionaries within dictionaries',
		() =>
			edited(shown, (source) => source.replace('/MediaBox', `/X ${'<</X '.repeat(MB)} /MediaBox`)),
		/nested too deep|no pages/,
	],
	['a list of everything', () => page(`[${'1 '.repeat(2 * MB)}] ${shown}`), /too many parts/],
	[
		'numbers for no operator',
		() => page(`${'1 '.repeat(2 * MB)} ${shown}`),
		/too many parts|^abc$/,
	],
	['a number of 12 MB', () => page(`${'1'.repeat(12 * MB)} ${shown}`), /^abc$/],
	['a name of 12 MB', () => page(`/${'n'.repeat(12 * MB)} ${shown}`), /^abc$|too many parts/],
	['a text of 12 MB', () => page(`BT (${'\\('.repeat(6 * MB)}) Tj ET ${shown}`), /too long/],
	[
		'a text of digits of 12 MB',
		() => page(`BT <${'4 '.repeat(6 * MB)}> Tj ET ${shown}`),
		/too long/,
	],
	['blanks of 12 MB', () => page(`${' '.repeat(12 * MB)} ${shown}`), /^abc$/],
	['a comment of 12 MB', () => page(`%${'c'.repeat(12 * MB)}\n${shown}`), /^abc$/],
	['comments of 12 MB', () => page(`${'%\n'.repeat(6 * MB)}${shown}`), /^abc$/],
	['states put aside', () => page(`${'q '.repeat(MB)} ${shown}`), /^abc$/],
	['moves without end', () => page(`BT ${'1 1 Td '.repeat(300_000)} ET ${shown}`), /^abc$/],
	[
		'texts without end',
		() => page(`BT /F1 12 Tf 50 780 Td ${'(a) Tj '.repeat(200_000)} ET`),
		/^a+$/,
	],
	[
		'a list of texts',
		() => page(`BT /F1 12 Tf 50 780 Td [${'(a) 1 '.repeat(200_000)}] TJ ET`),
		/^a+$/,
	],
	['letters on letters', () => page(`BT /F1 0 Tf 50 780 Td (${'a'.repeat(MB)}) Tj ET`), /^a+$/],
	[
		'letters of every line',
		() => page(`BT /F1 1 Tf 50 780 Td ${'(abcdefgh) Tj 0 0 Td '.repeat(60_000)} ET`),
		/^[a-h ]+$/,
	],
	[
		'pictures without end',
		() => page(`${'BI ID x '.repeat(MB)} ${shown}`),
		/no text layer|too many parts/,
	],
	[
		'a picture full of ends',
		() => page(`BI ID ${' EI \u0001'.repeat(4 * MB)} ${shown}`),
		/abc|no text layer/,
	],
	[
		'a form that draws itself',
		() =>
			withObjects(
				'/X Do',
				'/XObject << /X 9 0 R >>',
				form(9, `${shown} /X Do`, '/XObject << /X 9 0 R >>'),
			),
		/^abc$/,
	],
	[
		'forms that draw each other',
		() =>
			withObjects(
				'/X Do',
				'/XObject << /X 9 0 R >>',
				form(9, `${shown} /Y Do`, '/XObject << /Y 10 0 R >>') +
					form(10, '/X Do', '/XObject << /X 9 0 R >>'),
			),
		/^abc$/,
	],
	[
		'forms that double',
		() =>
			withObjects(
				'/X Do',
				'/XObject << /X 20 0 R >>',
				Array.from({ length: 14 }, (_, n) =>
					form(20 + n, '/X Do '.repeat(10), `/XObject << /X ${21 + n} 0 R >>`),
				).join(''),
			),
		/too many forms/,
	],
	[
		'letters for all codes, many times',
		() =>
			withObjects(
				'BT /F2 12 Tf 50 780 Td (abc) Tj ET',
				'/Font << /F2 9 0 R >>',
				font(9, '/ToUnicode 10 0 R') +
					stream(10, '', '3 beginbfrange <00> <ffffffff> <0041> endbfrange '.repeat(1_000)),
			).subarray(0),
		/./,
	],
	[
		'widths for all glyphs, many times',
		() =>
			withObjects(
				'BT /F2 12 Tf 50 780 Td (abc) Tj ET',
				'/Font << /F2 9 0 R >>',
				`9 0 obj << /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /W [${'0 99999999 1 '.repeat(100_000)}] >>] >> endobj`,
			),
		/./,
	],
	[
		'a page packed 30 times',
		() => pdfOf([packed(shown, `[${'/FlateDecode '.repeat(30)}]`)]),
		/packed too often/,
	],
	[
		'digits of 12 MB',
		() => pdfOf([{ bytes: '4 '.repeat(6 * MB), filter: '/ASCIIHexDecode' }]),
		/no text layer|too many parts/,
	],
	[
		'zeros in five signs',
		() => pdfOf([{ bytes: 'z'.repeat(14 * MB), filter: '/ASCII85Decode' }]),
		/more than 50 MB/,
	],
	[
		'runs of one byte',
		() =>
			pdfOf([
				{ bytes: Buffer.alloc(2 * MB, Buffer.from([0x81, 0x20])), filter: '/RunLengthDecode' },
			]),
		/more than 50 MB/,
	],
	[
		'a table of strings that grow',
		() => pdfOf([{ bytes: lzwBomb(), filter: '/LZWDecode' }]),
		/more than 50 MB|no text layer/,
	],
	[
		'rows of one byte',
		() =>
			pdfOf([
				packed(Buffer.alloc(8 * MB), '/FlateDecode /DecodeParms << /Predictor 12 /Columns 1 >>'),
			]),
		/no text layer|too many parts/,
	],
	[
		'fields that share a value',
		() =>
			edited(shown, (source) =>
				source
					.replace('/MediaBox', `/Annots [${'9 0 R '.repeat(20_000)}] /MediaBox`)
					.replace(
						'xref\n',
						`9 0 obj << /Subtype /Widget /FT /Tx /T (n) /V (${'v'.repeat(MB)}) >> endobj\nxref\n`,
					),
			),
		/more than 10,000,000 characters/,
	],
	[
		'a field that is its own parent',
		() =>
			edited(shown, (source) =>
				source
					.replace('/MediaBox', '/Annots [9 0 R] /MediaBox')
					.replace(
						'xref\n',
						'9 0 obj << /Subtype /Widget /FT /Tx /T (n) /V (v) /Parent 9 0 R >> endobj\nxref\n',
					),
			),
		/^abc\nn: v$/,
	],
];

/** Codes of 9 to 12 bits, each the string before with one more byte: long strings from few bytes. */
function lzwBomb(): Buffer {
	const bits: string[] = [];
	let next = 258;
	const put = (code: number) => {
		bits.push(code.toString(2).padStart(Math.min(12, Math.max(9, 32 - Math.clz32(next + 1))), '0'));
	};
	for (let round = 0; round < 10; round += 1) {
		put(256);
		next = 258;
		put(32);
		for (; next < 4_095; next += 1) put(next);
	}
	return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
