import { extractText, getDocumentProxy } from 'unpdf';
import { door } from '../door';
import { TokenHubError } from '../errors';
import { messageOf } from '../messageOf';
import { formValues, hasTextLayer } from './pdfLayer';

/**
 * The text layer of a PDF with what is filled into its forms, page by page with an empty line between. `name` is what errors call it.
 * @throws TokenHubError `badConfig` when the PDF is broken or locked, or has no text layer.
 */
export async function pdfText(bytes: Uint8Array, name = 'The PDF'): Promise<string> {
	return await door({}, () => readText(bytes, name));
}

async function readText(bytes: Uint8Array, name: string): Promise<string> {
	const pages = await readPages(bytes, name);
	const text = pages.join('\n\n').trim();
	if (hasTextLayer(pages)) return text;
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

async function readPages(bytes: Uint8Array, name: string): Promise<string[]> {
	try {
		// The library takes the bytes over: a copy leaves the caller's as they are.
		const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
		const { text } = await extractText(pdf, { mergePages: false });
		const pages = await Promise.all(
			text.map(async (page, index) => {
				const annotations: unknown[] = await (await pdf.getPage(index + 1)).getAnnotations();
				return [page, ...formValues(annotations)].filter((part) => part !== '').join('\n');
			}),
		);
		await pdf.loadingTask.destroy();
		return pages.map(plainLetters);
	} catch (cause) {
		const isLocked = cause instanceof Error && cause.name === 'PasswordException';
		const reason = isLocked ? 'it is protected by a password' : messageOf(cause);
		throw new TokenHubError('badConfig', `${name} cannot be read: ${reason}.`, {
			hint: 'Unlock or repair it, or read its text with n8n’s Extract from File first.',
			cause,
		});
	}
}
