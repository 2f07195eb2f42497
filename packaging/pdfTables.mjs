/**
 * Writes core/pdf/tables.json: the standard encodings, glyph names and widths of PDF's fonts, as
 * Mozilla's pdf.js has them. Run after an update of pdfjs-dist: node packaging/pdfTables.mjs [--check]
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = readFileSync(join(root, 'node_modules/pdfjs-dist/build/pdf.worker.mjs'), 'utf8');
// The tables are not exported, so this exports them from a copy of the file.
const names = ['StandardEncoding', 'WinAnsiEncoding', 'MacRomanEncoding', 'MacExpertEncoding'];
const all = [...names, 'SymbolSetEncoding', 'ZapfDingbatsEncoding', 'CFFStandardStrings'];
const functions = ['getGlyphsUnicode', 'getDingbatsGlyphsUnicode', 'getMetrics'];
const copy = join(tmpdir(), `pdf-tables-${process.pid}.mjs`);
writeFileSync(copy, `${source}\nexport const tables = { ${[...all, ...functions].join(', ')} };\n`);
const { tables } = await import(pathToFileURL(copy).href);
rmSync(copy);

/** Names contain no blanks: joined in one text, they take less space and are split only when needed. */
const list = (entries) => entries.join(' ');
const codes = (map) =>
	list(Object.entries(map).map(([name, code]) => `${name} ${code.toString(36)}`));
const metrics = tables.getMetrics();
const widths = ['Helvetica', 'Helvetica-Bold', 'Times-Roman', 'Times-Bold'].map((font) => {
	const entries = Object.entries(metrics[font]()).map(([name, width]) => `${name} ${width}`);
	return [font, list(entries)];
});
const made = {
	encodings: {
		standard: list(tables.StandardEncoding),
		winAnsi: list(tables.WinAnsiEncoding),
		macRoman: list(tables.MacRomanEncoding),
		macExpert: list(tables.MacExpertEncoding),
		symbol: list(tables.SymbolSetEncoding),
		zapfDingbats: list(tables.ZapfDingbatsEncoding),
	},
	cffStrings: list(tables.CFFStandardStrings),
	glyphs: codes(tables.getGlyphsUnicode()),
	dingbats: codes(tables.getDingbatsGlyphsUnicode()),
	widths: Object.fromEntries(widths),
};
const path = join(root, 'core/pdf/tables.json');
const text = JSON.stringify(made, null, '\t');
const isSame = () => JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), null, '\t') === text;
if (!process.argv.includes('--check')) writeFileSync(path, `${text}\n`);
else if (!isSame()) throw new Error(`${path} is not what pdfjs-dist has`);
