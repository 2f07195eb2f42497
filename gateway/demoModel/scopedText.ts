import { findIdentifiers } from './candidates';

/** The block that holds an identifier named in the instructions, or the whole text. */
export function scopedText(text: string, instructions: string): string {
	const wanted = findIdentifiers(instructions).map(({ value }) => value);
	const identifier = wanted.find((value) => holds(text, value));
	if (identifier === undefined) return text;
	const blocks = text.split(/\n\s*\n/).flatMap((paragraph) => {
		const others = findIdentifiers(paragraph).some(({ value }) => value !== identifier);
		return others ? paragraph.split('\n') : [paragraph];
	});
	return blocks.filter((block) => holds(block, identifier)).join('\n');
}

function holds(text: string, identifier: string): boolean {
	return findIdentifiers(text).some(({ value }) => value === identifier);
}
