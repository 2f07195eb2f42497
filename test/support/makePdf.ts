/** A small PDF: a page of lines each, in a standard font, or pages with nothing but a drawing. */
export function makePdf(pages: readonly string[][]): Buffer {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${4 + 2 * n} 0 R`).join(' ')}] >>`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
		...pages.flatMap((lines, n) => {
			const shown = lines.map((line) => `(${line.replace(/[()\\]/g, String.raw`\$&`)}) Tj T*`);
			const drawing = '0 0 200 200 re S';
			const content =
				lines.length > 0 ? `BT /F1 12 Tf 14 TL 50 780 Td ${shown.join(' ')} ET` : drawing;
			const resources = '/Resources << /Font << /F1 3 0 R >> >>';
			return [
				`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${5 + 2 * n} 0 R >>`,
				`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
			];
		}),
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, n) => {
		const at = body.length;
		body += `${n + 1} 0 obj\n${object}\nendobj\n`;
		return String(at).padStart(10, '0');
	});
	const xref = offsets.map((at) => `${at} 00000 n \n`).join('');
	const size = objects.length + 1;
	const trailer = `trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`;
	return Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${xref}${trailer}`, 'latin1');
}
