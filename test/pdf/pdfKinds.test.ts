import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { rc4 } from '../../core/pdf/decryption';
import { pdfText } from '../../core/pdf/pdfText';
import { failure } from '../support/failure';
import { pdfOf, type Content } from '../support/makePdf';

const stream = (dict: string, bytes: Buffer | string) => {
	const text = Buffer.isBuffer(bytes) ? bytes.toString('latin1') : bytes;
	return `<< ${dict} /Length ${text.length} >>\nstream\n${text}\nendstream`;
};

/** A page with this content and font; further objects are numbered from 10. There is no table. */
function withFont(content: string, font: string, more: readonly string[] = []): Buffer {
	const objects = [
		`1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj`,
		`2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj`,
		`3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 500 800] /Contents 4 0 R
			/Resources << /Font << /F 5 0 R >> /XObject << /X 10 0 R >> >> >> endobj`,
		`4 0 obj ${stream('', content)} endobj`,
		`5 0 obj ${font} endobj`,
		...more.map((object, index) => `${10 + index} 0 obj ${object} endobj`),
	];
	return Buffer.from(`%PDF-1.5\n${objects.join('\n')}\ntrailer << /Root 1 0 R >>`, 'latin1');
}
const plain = '<< /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const draw = (text: string) => `BT /F 10 Tf 50 700 Td ${text} ET`;
const read = (content: string, font = plain, more: readonly string[] = []) =>
	pdfText(withFont(content, font, more));

describe('what is drawn, in the order of drawing', () => {
	test.each<[name: string, content: string, text: string]>([
		['texts one behind another', draw('(abc) Tj (def) Tj'), 'abcdef'],
		['a blank', draw('(ab cd) Tj'), 'ab cd'],
		['gaps in a list', draw('[(abc) -500 (def) -20 (ghi)] TJ'), 'abc defghi'],
		['columns', draw('(12) Tj 100 0 Td (34) Tj'), '12 34'],
		['a column before another', draw('100 0 Td (34 x) Tj -100 0 Td (12) Tj'), '34 x 12'],
		['lines', draw("14 TL (abc) Tj T* (def) Tj (ghi) '"), 'abc\ndef\nghi'],
		['a line with gaps of its own', draw('14 TL 0 0 (abc) " 1 2 (def) "'), 'abc\nd e f'],
		['an exponent', draw('(abc) Tj 3 Ts (2) Tj'), 'abc2'],
		['wide letters', draw('200 Tz (abc) Tj 32 0 Td (def) Tj'), 'abcdef'],
		['from below', 'BT /F 10 Tf 0 1 -1 0 50 100 Tm (abc) Tj 0 -14 Td (def) Tj ET', 'abc\ndef'],
		[
			'a page in another measure',
			`0.1 0 0 0.1 0 0 cm BT /F 100 Tf 500 700 Td (abc) Tj 170 0 Td (def) Tj ET`,
			'abcdef',
		],
		['a state put aside', `q 1 0 0 1 0 9000 cm ${draw('(gone) Tj')} Q ${draw('(abc) Tj')}`, 'abc'],
		[
			'what is not on the page',
			`${draw('(abc) Tj 900 0 Td (gone) Tj -900 -14 Td (def) Tj')}`,
			'abc\ndef',
		],
		[
			'a picture in the midst',
			`${draw('(abc) Tj')} BI /W 1 /H 1 ID \u0001 EI \u0002 EI\n${draw('(def) Tj')}`,
			'abcdef',
		],
		[
			'texts in all ways of writing',
			draw('(a\\(b\\)\\143\\\\\\\nd) Tj <65 66 6> Tj'),
			'a(b)c\\def`',
		],
	])('%s', async (_name, content, text) => {
		expect(await read(content)).toBe(text);
	});

	test('a form, at its place', async () => {
		const form = stream('/Subtype /Form /Matrix [1 0 0 1 0 -50]', draw('(below) Tj'));
		expect(await read(`${draw('(above) Tj')} /X Do`, plain, [form])).toBe('above\nbelow');
	});
});

const toUnicode = (map: string) => stream('', `begincmap ${map} endcmap`);
const composite = (encoding: string, more = '') =>
	`<< /Subtype /Type0 /BaseFont /X /Encoding ${encoding} ${more} /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 >>] >>`;
const hebrew = toUnicode('1 beginbfrange <00> <ff> <05d0> endbfrange');

describe('letters, whatever the font calls them', () => {
	test.each<[name: string, text: string, font: string, more: string[], content: string]>([
		[
			'names of glyphs',
			'ffi…Äß€x',
			'<< /Subtype /Type1 /Encoding << /Differences [1 /ffi /ellipsis 65 /Adieresis /germandbls /Euro /x.alt] >> >>',
			[],
			'<010241424344> Tj',
		],
		[
			'names made of numbers',
			'ABCD',
			'<< /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /Encoding << /Differences [65 /a65 /G42 /C67 /uni0044] >> >>',
			[],
			'(ABCD) Tj',
		],
		[
			'a map to letters',
			'fi1 = ½',
			'<< /Subtype /Type1 /ToUnicode 10 0 R >>',
			[
				toUnicode(
					'2 beginbfchar <61> <fb01> <62> <00310020003d> endbfchar 1 beginbfrange <63> <64> [<0020> <00bd>] endbfrange',
				),
			],
			'(abcd) Tj',
		],
		[
			'codes of two bytes',
			'ΑΒ𝒳',
			composite('/Identity-H', '/ToUnicode 10 0 R'),
			[
				toUnicode(
					'1 beginbfrange <0001> <0002> <0391> endbfrange 1 beginbfchar <0003> <d835dcb3> endbfchar',
				),
			],
			'<000100020003> Tj',
		],
		[
			'codes of both lengths',
			'aあ',
			composite('10 0 R', '/ToUnicode 11 0 R'),
			[
				stream('', '2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange'),
				toUnicode('2 beginbfchar <61> <0061> <82a0> <3042> endbfchar'),
			],
			'<6182a0> Tj',
		],
		['Shift JIS', 'ａ田中', composite('/90ms-RKSJ-H'), [], '<828193639286> Tj'],
		['GBK', '中文', composite('/GBK-EUC-H'), [], '<d6d0cec4> Tj'],
		['Big5', '中文', composite('/ETen-B5-H'), [], '<a4a4a4e5> Tj'],
		['Korean', '한국', composite('/KSCms-UHC-H'), [], '<c7d1b1b9> Tj'],
		['Unicode itself', '東𝒳', composite('/UniJIS-UTF16-H'), [], '<6771d835dcb3> Tj'],
		[
			'Hebrew, as it looks, in its own order',
			'אבג 123',
			`<< /Subtype /Type1 /ToUnicode 10 0 R >>`,
			[
				toUnicode(
					'1 beginbfrange <61> <63> <05d0> endbfrange 1 beginbfrange <31> <33> <0031> endbfrange 1 beginbfchar <20> <0020> endbfchar',
				),
			],
			'(123 cba) Tj',
		],
		[
			'letters as they are joined',
			'لا',
			'<< /Subtype /Type1 /ToUnicode 10 0 R >>',
			[toUnicode('1 beginbfchar <61> <fefb> endbfchar')],
			'(aaa) Tj',
		],
	])('%s', async (_name, text, font, more, content) => {
		const said = await read(draw(`${content} `.repeat(3)), font, more);
		expect([...new Set(said)].join('')).toBe([...new Set(text)].join(''));
	});

	test('a letter that nobody can tell is no other letter', async () => {
		const font = '<< /Subtype /Type1 /Encoding << /Differences [66 /glyph17] >> >>';
		expect(await read(draw('(AAABAAA) Tj'), font)).toBe('AAA\ufffdAAA');
	});

	test('a PDF of glyphs without letters is refused', async () => {
		const error = await failure(
			read(draw('<000100020003> Tj (1) Tj'), composite('/Identity-H'), [hebrew]),
		);
		expect(error).toMatchObject({ kind: 'badConfig' });
	});

	test.each<[name: string, program: string, key: string]>([
		[
			'a font of Type 1',
			'/Encoding 256 array dup 65 /alpha put dup 66 /beta put eexec',
			'FontFile',
		],
	])('the names in %s', async (_name, program, key) => {
		const font = `<< /Subtype /Type1 /FontDescriptor << /Flags 4 /${key} 10 0 R >> >>`;
		expect(await read(draw('(ABA) Tj'), font, [stream('', program)])).toBe('αβα');
	});
});

const ascii85 = (text: string) => {
	const groups =
		Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4))
			.toString('latin1')
			.match(/[^]{4}/g) ?? [];
	const signs = groups.map((group) => {
		let value = Buffer.from(group, 'latin1').readUInt32BE();
		return Array.from({ length: 5 }, () => {
			const digit = value % 85;
			value = Math.floor(value / 85);
			return String.fromCharCode(33 + digit);
		})
			.reverse()
			.join('');
	});
	return `${signs.join('')}~>`;
};
/** Only codes of single bytes, with the table begun again before they grow. */
const lzw = (text: string) => {
	const codes = [...text].flatMap((sign, index) =>
		index % 200 === 0 ? [256, sign.charCodeAt(0)] : [sign.charCodeAt(0)],
	);
	const bits = [...codes, 257].map((code) => code.toString(2).padStart(9, '0')).join('');
	return Buffer.from(
		(bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)),
	);
};
const predicted = (text: string, columns: number) => {
	const padded = Buffer.from(text.padEnd(Math.ceil(text.length / columns) * columns));
	const rows: Buffer[] = [];
	for (let at = 0; at < padded.length; at += columns) {
		const above = at === 0 ? Buffer.alloc(columns) : padded.subarray(at - columns, at);
		rows.push(
			Buffer.from([
				2,
				...padded.subarray(at, at + columns).map((byte, index) => byte - (above[index] ?? 0)),
			]),
		);
	}
	return deflateSync(Buffer.concat(rows));
};
const shown = 'BT /F1 12 Tf 50 780 Td (Total 12.50) Tj ET';

test.each<[filter: string, bytes: Content['bytes']]>([
	['/FlateDecode', deflateSync(shown)],
	['[/ASCIIHexDecode /FlateDecode]', `${deflateSync(shown).toString('hex')}>`],
	['/ASCII85Decode', ascii85(shown)],
	['/LZWDecode', lzw(shown)],
	[
		'/RunLengthDecode',
		Buffer.concat([Buffer.from([shown.length - 1]), Buffer.from(shown), Buffer.from([128])]),
	],
	['/FlateDecode /DecodeParms << /Predictor 12 /Columns 16 >>', predicted(shown, 16)],
	['/FlateDecode', Buffer.concat([deflateSync(shown), Buffer.from('junk')])],
	['/FlateDecode', Buffer.concat([deflateSync(shown).subarray(0, -4), Buffer.alloc(4)])],
])('content that is packed as %s', async (filter, bytes) => {
	expect(await pdfText(pdfOf([{ bytes, filter }]))).toBe('Total 12.50');
});

test.each<[name: string, bytes: Buffer, words: RegExp]>([
	['is cut', deflateSync(shown.repeat(50)).subarray(0, 40), /cannot be unpacked/],
	['is spoiled', deflateSync(shown.repeat(50)).fill(255, 10, 20), /cannot be unpacked/],
])('content that %s is refused, not read in part', async (_name, bytes, words) => {
	const error = await failure(pdfText(pdfOf([{ bytes, filter: '/FlateDecode' }])));
	expect(error.message).toMatch(words);
});

test('objects in streams, with a table that is packed too', async () => {
	const inner = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F 6 0 R >> >> >>',
	];
	const places = inner
		.map((_, n) => `${n + 1} ${inner.slice(0, n).join(' ').length + (n > 0 ? 1 : 0)}`)
		.join(' ');
	const body = deflateSync(`${places} ${inner.join(' ')}`);
	const parts = [
		'%PDF-1.5\n',
		`4 0 obj ${stream(`/Type /ObjStm /N 3 /First ${places.length + 1} /Filter /FlateDecode`, body)} endobj\n`,
		`5 0 obj ${stream('', draw('(packed) Tj'))} endobj\n`,
		`6 0 obj ${plain} endobj\n`,
	];
	const at = (index: number) => parts.slice(0, index).join('').length;
	const rows = [
		[0, 0, 0],
		[2, 4, 0],
		[2, 4, 1],
		[2, 4, 2],
		[1, at(1), 0],
		[1, at(2), 0],
		[1, at(3), 0],
	];
	const table = deflateSync(
		Buffer.from(
			rows.flatMap(([kind = 0, place = 0, index = 0]) => [kind, place >> 8, place & 255, index]),
		),
	);
	const xref = `7 0 obj ${stream('/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode', table)} endobj\nstartxref\n${at(4)}\n%%EOF`;
	const file = Buffer.from(parts.join('') + xref, 'latin1');
	expect(await pdfText(file)).toBe('packed');
	const lost = Buffer.from(
		file.toString('latin1').replace(/startxref\n\d+/, 'startxref\n1'),
		'latin1',
	);
	expect(await pdfText(lost)).toBe('packed');
});

test.each<[name: string, change: (source: string) => string]>([
	['bytes before its head', (source) => `junk\n${source}`],
	['a table that is elsewhere', (source) => source.replace(/startxref\n\d+/, 'startxref\n7')],
	['a table of wrong places', (source) => source.replace(/\n00000000(\d\d) /g, '\n00000001$1 ')],
	['no table at all', (source) => source.replace(/xref[^]*?trailer/, 'trailer')],
	['a wrong length', (source) => source.replace(/\/Length \d+/, '/Length 7')],
	['a length that is too long', (source) => source.replace(/\/Length \d+/, '/Length 70000')],
	['no length', (source) => source.replace(/\/Length \d+/, '')],
])('a file with %s is read', async (_name, change) => {
	const source = pdfOf([{ bytes: shown }]).toString('latin1');
	expect(await pdfText(Buffer.from(change(source), 'latin1'))).toBe('Total 12.50');
});

const PADDING = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);
const md5 = (...parts: Uint8Array[]) =>
	parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();

/** As the oldest of PDF's ciphers has it, for the password that is given. */
async function locked(password: string): Promise<Buffer> {
	const padded = Buffer.concat([Buffer.from(password), PADDING]).subarray(0, 32);
	const owner = Buffer.alloc(32, 7);
	const key = md5(padded, owner, Buffer.from([0xfc, 0xff, 0xff, 0xff]), Buffer.from('id')).subarray(
		0,
		5,
	);
	const pace = () => Promise.resolve();
	const user = Buffer.from(await rc4(key, PADDING, pace)).toString('hex');
	const own = md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10);
	const content = Buffer.from(await rc4(own, Buffer.from(draw('(secret) Tj')), pace)).toString(
		'latin1',
	);
	const source = withFont(content, plain).toString('latin1');
	const lock = `<< /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${user}> /P -4 >>`;
	return Buffer.from(
		source.replace('/Root 1 0 R', `/Root 1 0 R /ID [(id) (id)] /Encrypt ${lock}`),
		'latin1',
	);
}

test('a file that only asks not to be printed is read, one that asks for a password is refused', async () => {
	expect(await pdfText(await locked(''))).toBe('secret');
	expect((await failure(pdfText(await locked('open sesame')))).message).toMatch(
		/protected by a password/,
	);
});
