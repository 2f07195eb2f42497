import type { PdfFont } from './font';
import { IDENTITY, moved, times, type Matrix } from './matrix';

/** What text is drawn with. */
export interface TextState {
	page: Matrix;
	/** Where the next glyph stands, and where its line began. */
	text: Matrix;
	line: Matrix;
	font?: PdfFont;
	size: number;
	letterGap: number;
	wordGap: number;
	/** How much wider than high. */
	stretch: number;
	leading: number;
	rise: number;
}

export const firstState = (): TextState => ({
	...{ page: IDENTITY, text: IDENTITY, line: IDENTITY },
	...{ size: 0, letterGap: 0, wordGap: 0, stretch: 1, leading: 0, rise: 0 },
});

export function toLine(state: TextState, x: number, y: number): void {
	state.line = moved(state.line, x, y);
	state.text = state.line;
}

/** On in the direction of writing; the distance is in sizes of text. */
export function advance(state: TextState, by: number): void {
	state.text = state.font?.isVertical
		? moved(state.text, 0, by)
		: moved(state.text, by * state.stretch, 0);
}

/** Where the next glyph stands on the page, and how large a size of the font is there. */
export function placeOf({ text, page, size, stretch, rise, font }: TextState) {
	const [a, b, c, d, e, f] = times(text, page);
	const wide = Math.hypot(a, b) * Math.abs(size * stretch);
	const high = Math.hypot(c, d) * Math.abs(size);
	const sign = size < 0 ? -1 : 1;
	const [u, v] = font?.isVertical ? [-c, -d] : [a * sign, b * sign];
	const length = Math.hypot(u, v) || 1;
	return {
		...{ x: e + c * rise, y: f + d * rise, along: [u / length, v / length] as const },
		...{ unit: font?.isVertical ? high : wide, height: font?.isVertical ? wide : high },
		/** What a step of 1 in the direction of writing is on the page. */
		step: font?.isVertical ? ([c, d] as const) : ([a * stretch, b * stretch] as const),
	};
}
