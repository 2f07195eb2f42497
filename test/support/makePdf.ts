/** What a page draws, as it stands in the file. */
export interface Content {
	bytes: string | Buffer;
	filter?: string;
}

/** A small PDF: a page of lines each, in a standard font, or pages with nothing but a drawing. */
export function makePdf(pages: readonly string[][]): Buffer {
	return pdfOf(pages.map((lines) => ({ bytes: lines.length > 0 ? shown(lines) : DRAWING })));
}

const DRAWING = '0 0 200 200 re S';

function shown(lines: readonly string[]): string {
	const texts = lines.map((line) => `(${line.replace(/[()\\]/g, String.raw`\$&`)}) Tj T*`);
	return `BT /F1 12 Tf 14 TL 50 780 Td ${texts.join(' ')} ET`;
}

/** A PDF of these pages, whatever they hold. */
export function pdfOf(pages: readonly Content[]): Buffer {
	const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
	const kids = pages.map((_, n) => `${4 + 2 * n} 0 R`).join(' ');
	const objects = [
		Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
		Buffer.from(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`),
		Buffer.from(font),
		...pages.flatMap(({ bytes, filter }, n) => {
			const resources = '/Resources << /Font << /F1 3 0 R >> >>';
			const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${5 + 2 * n} 0 R >>`;
			const content = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, 'latin1');
			const filters = filter === undefined ? '' : ` /Filter ${filter}`;
			const head = `<< /Length ${content.length}${filters} >>\nstream\n`;
			return [
				Buffer.from(page),
				Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream')]),
			];
		}),
	];
	const parts = [Buffer.from('%PDF-1.4\n')];
	let at = parts[0]?.length ?? 0;
	const offsets = objects.map((object, n) => {
		const part = [Buffer.from(`${n + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')];
		const offset = String(at).padStart(10, '0');
		at += part.reduce((sum, { length }) => sum + length, 0);
		parts.push(...part);
		return offset;
	});
	const xref = offsets.map((offset) => `${offset} 00000 n \n`).join('');
	const size = objects.length + 1;
	const trailer = `trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF`;
	parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${xref}${trailer}`));
	return Buffer.concat(parts);
}
