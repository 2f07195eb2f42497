import { addGlyph, type PageText } from './pageText';
import type { Pace } from './refusal';
import { advance, placeOf, type TextState } from './textState';

const EACH = 1_000;

/** Draws a text: its letters go to where they stand on the page. */
export async function showText(
	{ page, pace }: { page: PageText; pace: Pace },
	state: TextState,
	bytes: Uint8Array,
): Promise<void> {
	const { font, size, letterGap, wordGap } = state;
	await pace();
	if (!font) return;
	const { step, x, y, along, unit, height } = placeOf(state);
	let gone = 0;
	for (let at = 0, turn = 1; at < bytes.length; turn += 1) {
		if (turn % EACH === 0) await pace();
		const length = Math.max(1, Math.min(4, font.lengthAt(bytes, at)));
		let code = 0;
		for (let index = 0; index < length; index += 1) code = code * 256 + (bytes[at + index] ?? 0);
		at += length;
		const { text, advance: width } = font.glyph(code, length);
		if (text === undefined) page.unknown += 1;
		const [dx, dy] = [width * size * step[0], width * size * step[1]];
		const place = { x: x + gone * step[0], y: y + gone * step[1], dx, dy, along, unit, height };
		addGlyph(page, { ...place, text: text ?? '\ufffd' });
		gone += width * size + letterGap + (length === 1 && code === 32 ? wordGap : 0);
	}
	advance(state, gone);
}
