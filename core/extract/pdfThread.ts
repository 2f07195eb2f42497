import { parentPort, workerData } from 'node:worker_threads';
import { inflateSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';
import type { PdfAnswer, PdfPage, PdfTask } from './pdfText';

// A thread of its own, loaded as a file: it imports nothing of the package but types.

const task: unknown = workerData;
const MB = 1024 * 1024;

function isTask(value: unknown): value is PdfTask {
	return typeof value === 'object' && value !== null && 'bytes' in value && 'limits' in value;
}

async function read({ bytes, limits }: PdfTask): Promise<PdfAnswer> {
	const bomb = bombIn(bytes, limits.streamMegabytes * MB);
	if (bomb) return { problem: 'streamMegabytes' };
	try {
		const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
		if (pdf.numPages > limits.pages) return { problem: 'pages' };
		const pages: PdfPage[] = [];
		let left = limits.characters;
		for (let number = 1; number <= pdf.numPages; number += 1) {
			const page = await pdf.getPage(number);
			const text = await textOf(page.streamTextContent(), left);
			// As JSON: what cannot be sent from a thread to another is left out.
			const sent = JSON.stringify((await page.getAnnotations()).filter(isField));
			left -= text.length + sent.length;
			if (left < 0) return { problem: 'characters' };
			page.cleanup();
			const fields: unknown = JSON.parse(sent);
			pages.push({ text, fields: Array.isArray(fields) ? fields : [] });
		}
		return { pages };
	} catch (thrown) {
		const isLocked = thrown instanceof Error && thrown.name === 'PasswordException';
		return { problem: isLocked ? 'locked' : 'broken', reason: String(thrown) };
	}
}

function isField(annotation: unknown): boolean {
	const isObject = typeof annotation === 'object' && annotation !== null;
	return isObject && 'subtype' in annotation && annotation.subtype === 'Widget';
}

interface Item {
	str?: string;
	hasEOL?: boolean;
}

async function textOf(
	pieces: AsyncIterable<{ items: readonly Item[] }>,
	most: number,
): Promise<string> {
	let text = '';
	for await (const { items } of pieces) {
		for (const { str, hasEOL } of items) {
			if (str !== undefined) text += str + (hasEOL ? '\n' : '');
		}
		if (text.length > most) break;
	}
	return text;
}

const STREAM = Buffer.from('stream');
/** Compressed once, and what comes out compressed again. */
const MOST_LAYERS = 4;

/** Whether a few bytes stand for more than a limit: pdf.js would unpack all of it into memory. */
function bombIn(bytes: Uint8Array, most: number): boolean {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = file.indexOf(STREAM); at !== -1; at = file.indexOf(STREAM, at + 1)) {
		let start = at + STREAM.length;
		while (file[start] === 0x0d || file[start] === 0x0a) start += 1;
		if (isBomb(file.subarray(start), most, MOST_LAYERS)) return true;
	}
	return false;
}

function isBomb(packed: Buffer, most: number, layers: number): boolean {
	// Two bytes say what is compressed in this way.
	const isPacked = packed.length > 2 && packed[0] === 0x78 && packed.readUInt16BE(0) % 31 === 0;
	if (!isPacked || layers === 0) return isPacked;
	try {
		const inner = inflateSync(packed, { maxOutputLength: most });
		return isBomb(inner, most, layers - 1);
	} catch (thrown) {
		return thrown instanceof RangeError;
	}
}

if (isTask(task)) void read(task).then((answer) => parentPort?.postMessage(answer));
