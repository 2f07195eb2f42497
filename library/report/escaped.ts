import { visible } from './inWords';

/** A text as it may stand in HTML, and in an attribute. */
export function escaped(text: string): string {
	return visible(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const COLOURS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Of the n-th model, the same in every plot. */
export const colourOf = (at: number) => `var(--${COLOURS[at % COLOURS.length] ?? 'a'})`;
