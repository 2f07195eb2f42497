import type { ToolCall } from '../chatResult';
import type { ImagePart, TextPart } from '../messages';

/** What a message says, whoever it is from. */
export type Part = TextPart | ImagePart;
export interface Result {
	type: 'result';
	id: string;
	name: string;
	said: Said;
}
export type Piece = Part | Result | { type: 'call'; call: ToolCall };
/** Texts and images, and whether they were given in a list. */
export interface Said {
	parts: Part[];
	isList: boolean;
	/** Whether there was no content at all, not even null. */
	isMissing?: boolean;
}

export const textPart = (text: string): TextPart => ({ type: 'text', text });
export const wordOr = (value: unknown, other = '') => (typeof value === 'string' ? value : other);

export function calledText({ name, arguments: text }: ToolCall): string {
	return `[Called ${name} with ${text}]`;
}

/** What all of them say, one after the other. */
export function together(said: readonly Said[]): Said {
	const parts = said.flatMap((one) => one.parts);
	if (said.length < 2 || said.some(({ isList }) => isList)) {
		return { ...said[0], parts, isList: said.some(({ isList }) => isList) };
	}
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
	return { parts: texts.length === 0 ? [] : [textPart(texts.join('\n\n'))], isList: false };
}
