import { imagePart } from '../../../core/chat/images';
import type { Content } from '../../../core/chat/messages';
import type { Files } from './files';

type Parts = Exclude<Content, string>;

/** As parts of a user's message; they come before its text, where Claude reads them best. */
function fileParts({ images, texts, unsent }: Files): Parts {
	return [
		...images.map(imagePart),
		...texts.map(({ name, text }) => textPart(`${opening(name)}\n${text}\n</file>`)),
		// Otherwise, the model would answer as if there had been no file.
		...unsent.map(({ name, reason }) =>
			textPart(`[A file could not be read: ${plainName(name)}: ${reason}]`),
		),
	];
}

const textPart = (text: string) => ({ type: 'text' as const, text });
/** The name may come from a stranger. */
const plainName = (name: string) => name.replaceAll(/["<>[\]\n\r]/g, '_');
const opening = (name: string) => `<file name="${plainName(name)}">`;

/** A text with the files that belong to it. */
export function withFiles(said: Content, files: Files): Content {
	const parts = fileParts(files);
	if (parts.length === 0) return said;
	if (typeof said !== 'string') return [...parts, ...said];
	return said.trim() === '' ? parts : [...parts, textPart(said)];
}

/** A question as text, for a memory: files are reduced to their names. */
export function inWords(content: Content): string {
	if (typeof content === 'string') return content;
	const words = content.map((part) => {
		if (part.type !== 'text') return '[image]';
		const [, name] = /^<file name="([^"]*)">\n/.exec(part.text) ?? [];
		return name === undefined ? part.text : `[${name}]`;
	});
	return words.join('\n');
}

/** Whether there is a question even without text. */
export const hasFiles = ({ images, texts }: Files): boolean => images.length + texts.length > 0;

/** What a person should know about them. */
export function fileWarnings({ unsent }: Files): string[] {
	return unsent.map(({ name, reason }) => `${NOT_SENT} "${name}": ${reason}`);
}

const NOT_SENT = 'Not sent, as no model reads it: the file';

export function isFileWarning(warning: unknown): boolean {
	return typeof warning === 'string' && warning.startsWith(NOT_SENT);
}
