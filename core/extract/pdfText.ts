import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pause } from '../client/pause';
import { door } from '../door';
import { TokenHubError } from '../errors';
import { formValues, hasTextLayer } from './pdfLayer';

const MB = 1024 * 1024;
/**
 * What a PDF may be: larger ones are no documents to extract from, or made to fill the memory.
 * `streamMegabytes` is one part of it unpacked, as large as a page of a poster in full colour.
 */
const PDF_LIMITS = {
	megabytes: 50,
	streamMegabytes: 200,
	pages: 2_000,
	characters: 10_000_000,
	seconds: 120,
} as const;

export interface PdfTask {
	bytes: Uint8Array;
	limits: typeof PDF_LIMITS;
}

/** The text of a page, and the fields of its forms as pdf.js gives them. */
export interface PdfPage {
	text: string;
	fields: unknown[];
}

type Limit = keyof typeof PDF_LIMITS;
export type PdfAnswer =
	{ pages: PdfPage[] } | { problem: Limit | 'locked' | 'broken'; reason?: string };

/**
 * The text layer of a PDF with what is filled into its forms, page by page with an empty line between.
 * `name` is what errors call it. It is read in a thread of its own: one page may take seconds.
 * @throws TokenHubError `badConfig` when the PDF is broken, locked or too large, or has no text layer.
 */
export async function pdfText(bytes: Uint8Array, name = 'The PDF'): Promise<string> {
	return await door({}, {}, () => readText(bytes, name));
}

async function readText(bytes: Uint8Array, name: string): Promise<string> {
	const answer: PdfAnswer =
		bytes.length > PDF_LIMITS.megabytes * MB ? { problem: 'megabytes' } : await readApart(bytes);
	if ('problem' in answer) throw pdfError(answer, name);
	const pages = answer.pages.map(({ text, fields }) =>
		plainLetters([text, ...formValues(fields)].filter((part) => part !== '').join('\n')),
	);
	if (hasTextLayer(pages)) return pages.join('\n\n').trim();
	throw new TokenHubError('badConfig', `${name} has no text layer: it is probably a scan.`, {
		hint: 'Give its pages as images instead, or read it before with OCR; n8n’s Extract from File cannot read scans either.',
	});
}

/** Fonts map some letters to look-alikes: a ligature, a radical instead of the character. */
function plainLetters(text: string): string {
	return text.replace(/[\u2E80-\u2FDF\uF900-\uFAFF\uFB00-\uFB06]/g, (letter) =>
		letter.normalize('NFKC'),
	);
}

/** In the package, the thread is bundled with what it needs; the sources run as they are. */
const threadFile = () => join(__dirname, __filename.endsWith('.ts') ? 'pdfThread.ts' : 'pdf.js');
const MOST_HEAP_MB = 1_024;

async function readApart(bytes: Uint8Array): Promise<PdfAnswer> {
	// A copy is handed over: the caller's bytes stay as they are.
	const own = Uint8Array.from(bytes);
	const task: PdfTask = { bytes: own, limits: PDF_LIMITS };
	const worker = new Worker(threadFile(), {
		...{ workerData: task, transferList: [own.buffer], stdout: true, stderr: true },
		resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
	});
	const done = new AbortController();
	const answered = new Promise<PdfAnswer>((resolve) => {
		worker
			.once('message', resolve)
			.once('error', (error) => resolve({ problem: 'broken', reason: String(error) }))
			.once('exit', () => resolve({ problem: 'broken', reason: 'its reading ended' }));
	});
	const late = pause(PDF_LIMITS.seconds * 1_000, done.signal).then(
		(): PdfAnswer => ({ problem: 'seconds' }),
		(): PdfAnswer => ({ problem: 'seconds' }),
	);
	try {
		return await Promise.race([answered, late]);
	} finally {
		done.abort();
		await worker.terminate();
	}
}

const HINT = 'Unlock or repair it, or read its text with n8n’s Extract from File first.';

function pdfError(
	{ problem, reason = '' }: Extract<PdfAnswer, { problem: unknown }>,
	name: string,
): TokenHubError {
	if (problem === 'locked' || problem === 'broken') {
		const why = problem === 'locked' ? 'it is protected by a password' : reason;
		return new TokenHubError('badConfig', `${name} cannot be read: ${why}.`, { hint: HINT });
	}
	const most = PDF_LIMITS[problem].toLocaleString('en');
	const hint = 'Split it before, and read its parts: n8n’s Extract from File can read larger ones.';
	return new TokenHubError('badConfig', `${name} ${WORDS[problem].replace('#', most)}.`, { hint });
}

const WORDS: Record<Limit, string> = {
	megabytes: 'has more than # MB',
	streamMegabytes: 'has a part that stands for more than # MB',
	pages: 'has more than # pages',
	characters: 'has more than # characters of text',
	seconds: 'takes longer than # seconds to read',
};
