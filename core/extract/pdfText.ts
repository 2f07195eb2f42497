import { breaths } from '../async';
import { door } from '../door';
import { TokenHubError } from '../errors';
import { readPdf, type ReadPage } from './pdf/readPdf';
import { isRefusal, PDF_LIMITS, refusal, type Pace, type PdfProblem } from './pdf/refusal';
import { formValues, hasTextLayer } from './pdfLayer';

const MB = 1024 * 1024;

/**
 * The text layer of a PDF with what is filled into its forms, page by page with an empty line between.
 * `name` is what errors call it. Others go on while it is read.
 * @throws TokenHubError `badConfig` when the PDF is broken, locked or too large, or has no text layer.
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

/** Fonts map some letters to look-alikes: a ligature, a radical, a letter as it is joined to others. */
function plainLetters(text: string): string {
	return text.replace(
		/[\u00a0\u2000-\u200a\u202f\u2126\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc]/g,
		(letter) => letter.normalize('NFKC'),
	);
}

function noLayer(name: string): TokenHubError {
	return new TokenHubError('badConfig', `${name} has no text layer: it is probably a scan.`, {
		hint: 'Give its pages as images instead, or read it before with OCR; n8n’s Extract from File cannot read scans either.',
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
	const hint = 'Split it before, and read its parts: n8n’s Extract from File can read larger ones.';
	return error(WORDS[problem].replace('#', most), hint);
}

const WORDS: Record<keyof typeof PDF_LIMITS, string> = {
	megabytes: 'has more than # MB',
	streamMegabytes: 'has a part that stands for more than # MB',
	objects: 'has more than # parts',
	pages: 'has more than # pages',
	characters: 'has more than # characters of text',
	seconds: 'takes longer than # seconds to read',
};
