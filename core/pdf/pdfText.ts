import { breaths } from '../lib/async';
import { door } from '../door';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { readPdf, type ReadPage } from './readPdf';
import { isRefusal, PDF_LIMITS, refusal, type Pace, type PdfProblem } from './values';

const MB = 1024 * 1024;

/**
 * The text layer of a PDF with the values of its form fields, page by page with an empty line in
 * between. `name` is its name in errors. Others can run while it is read.
 * @throws TokenHubError `badConfig` if the PDF is broken, locked or too large, or has no text layer.
 */
export async function pdfText(bytes: Uint8Array, name = 'The PDF'): Promise<string> {
	return await door({}, {}, () => readText(bytes, name));
}

async function readText(bytes: Uint8Array, name: string): Promise<string> {
	try {
		if (bytes.length > PDF_LIMITS.megabytes * MB) throw refusal('megabytes');
		return await textOf(bytes, name);
	} catch (thrown) {
		if (isRefusal(thrown)) throw pdfError(thrown.problem, thrown.message, name);
		throw thrown;
	}
}

async function textOf(bytes: Uint8Array, name: string): Promise<string> {
	const pace = inTime();
	const read = await readPdf(bytes, pace);
	const pages: string[] = [];
	for (const page of read) pages.push(await pageText(page, pace));
	if (!(await hasTextLayer(pages, pace))) throw noLayer(name);
	const unknown = read.reduce((sum, page) => sum + page.unknown, 0);
	const letters = pages.reduce((sum, page) => sum + page.length, 0);
	if (unknown > letters / 2) throw refusal('lettersUnknown');
	return pages.join('\n\n').trim();
}

function inTime(): Pace {
	const breathe = breaths();
	const end = performance.now() + PDF_LIMITS.seconds * 1_000;
	return async () => {
		await breathe();
		if (performance.now() > end) throw refusal('seconds');
	};
}

async function pageText({ text, fields }: ReadPage, pace: Pace): Promise<string> {
	const whole = [text, ...formValues(fields)].filter((part) => part !== '').join('\n');
	let plain = '';
	for (let at = 0; at < whole.length; at += AT_ONCE) {
		await pace();
		plain += plainLetters(whole.slice(at, at + AT_ONCE));
	}
	return plain;
}

const AT_ONCE = 100_000;

/** Fonts map some letters to look-alikes: a ligature, a radical, the joined form of a letter. */
function plainLetters(text: string): string {
	return text.replace(
		/[\u00a0\u2000-\u200a\u202f\u2126\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc]/g,
		(letter) => letter.normalize('NFKC'),
	);
}

function noLayer(name: string): TokenHubError {
	return new TokenHubError('badConfig', `${name} has no text layer: it is probably a scan.`, {
		hint: 'Give its pages as images instead, or run OCR first; n8n’s Extract from File cannot read scans either.',
	});
}

const HINT = 'Unlock or repair it, or read its text with n8n’s Extract from File first.';
const UNKNOWN = 'its fonts do not say which letters they show';

function pdfError(problem: PdfProblem, reason: string, name: string): TokenHubError {
	const error = (message: string, hint: string) =>
		new TokenHubError('badConfig', `${name} ${message}.`, { hint });
	if (problem === 'broken') return error(`cannot be read: ${reason}`, HINT);
	if (problem === 'locked') return error('cannot be read: it is protected by a password', HINT);
	if (problem === 'lettersUnknown') {
		const hint = 'Give its pages as images instead, or read its text with n8n’s Extract from File.';
		return error(`cannot be read: ${UNKNOWN}`, hint);
	}
	const most = PDF_LIMITS[problem].toLocaleString('en');
	const hint =
		'Split it first and read its parts, or use n8n’s Extract from File, which reads larger files.';
	return error(WORDS[problem].replace('#', most), hint);
}

const WORDS: Record<keyof typeof PDF_LIMITS, string> = {
	megabytes: 'has more than # MB',
	streamMegabytes: 'has a part that unpacks to more than # MB',
	objects: 'has more than # parts',
	pages: 'has more than # pages',
	characters: 'has more than # characters of text',
	seconds: 'takes longer than # seconds to read',
};

/** Any scanner may leave less than this. */
const FEWEST_SIGNS = 3;

/** Whether pages say more than what scanners and printers add to pictures. */
async function hasTextLayer(pages: readonly string[], pace: Pace): Promise<boolean> {
	let signs = 0;
	for (const page of pages) {
		let number = '';
		let lines = 0;
		let isAlone = true;
		for (const line of linesOf(page)) {
			lines += 1;
			if (lines % LINES_AT_ONCE === 0) await pace();
			if (line === '' || isFurniture(line)) continue;
			const isFirst = isAlone;
			isAlone = false;
			if (isFirst && PAGE_NUMBER.test(line)) {
				number = line;
				continue;
			}
			// Next to other lines, a number is not a page number.
			signs += signsIn(line) + signsIn(number);
			number = '';
			if (signs >= FEWEST_SIGNS) return true;
		}
	}
	return false;
}

const LINES_AT_ONCE = 200;

function* linesOf(page: string): Generator<string> {
	for (let at = 0; at <= page.length;) {
		const end = page.indexOf('\n', at);
		const last = end === -1 ? page.length : end;
		yield page.slice(at, last).trim();
		at = last + 1;
	}
}

/** The letters and digits of a line, at most as many as requested. */
function signsIn(line: string): number {
	let signs = 0;
	for (const sign of /[\p{L}\p{N}]/u.test(line) ? line.slice(0, 10_000) : '') {
		if (/[\p{L}\p{N}]/u.test(sign)) signs += 1;
		if (signs >= FEWEST_SIGNS) return signs;
	}
	return signs;
}

const PAGE =
	'page|pages|pg\\.?|p\\.|seite|s\\.|página|pág\\.?|pagina|pag\\.?|blatt|sheet|стр\\.?|страница';
const OF = 'of|von|de|di|sur|из|/|\\||-|–';
const FURNITURE: readonly RegExp[] = [
	new RegExp(
		`^[^\\p{L}\\p{N}]*(?:${PAGE})\\s*\\d+\\s*(?:(?:${OF})\\s*\\d+)?[^\\p{L}\\p{N}]*$`,
		'iu',
	),
	/^[^\p{L}\p{N}]*\d{1,4}\s*(?:of|von|de|di|sur|из|\/)\s*\d{1,4}[^\p{L}\p{N}]*$/iu,
	/^第?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)\s*(?:[/／]?\s*共?\s*\d+\s*(?:页|頁|ページ|쪽|페이지)?)?$/u,
	/^[^\p{L}\p{N}]*(?:scanned|digitized|digitised|gescannt|created|escaneado|numérisé|scansionato|отсканировано)\s+(?:by|with|using|mit|von|con|avec|par|da|в|с)\b.{0,60}$/iu,
	/^[^\p{L}\p{N}]*(?:cam\s?scanner|adobe scan|genius scan|microsoft lens|office lens|tiny\s?scanner|扫描全能王.{0,20})[^\p{L}\p{N}]*$/iu,
];

/** A number alone on its page is the page's. */
const PAGE_NUMBER = /^[^\p{L}\p{N}]*\d{1,3}[^\p{L}\p{N}]*$/u;

/** Longer lines do not match, and would take the patterns long. */
const LONGEST = 80;

function isFurniture(line: string): boolean {
	return line.length <= LONGEST && FURNITURE.some((pattern) => pattern.test(line));
}

const HIDDEN = 2;

/** The values of a page's form fields, one line for each: they are not part of the page's own text. */
export function formValues(annotations: readonly unknown[]): string[] {
	return annotations.filter(isRecord).flatMap((field) => {
		const isShown = field.subtype === 'Widget' && (Number(field.annotationFlags) & HIDDEN) === 0;
		const value = isShown && field.password !== true ? valueOf(field) : '';
		if (value === '') return [];
		const name = [field.alternativeText, field.fieldName].find(
			(text) => typeof text === 'string' && text !== '',
		);
		return [typeof name === 'string' ? `${name}: ${value}` : value];
	});
}

function valueOf({ fieldValue, fieldType, ...field }: Record<string, unknown>): string {
	const values: unknown[] = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
	const text = values
		.filter((value) => typeof value === 'string' && value.trim() !== '')
		.join(', ');
	if (fieldType !== 'Btn') return text;
	// Each button of a group has the value of the whole group.
	const own = field.radioButton === true ? field.buttonValue : field.exportValue;
	return text !== 'Off' && text === own ? text : '';
}
