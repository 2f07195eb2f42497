import { PDF_LIMITS, refusal } from './values';

/** Left, bottom, right, top. */
export type Box = readonly [number, number, number, number];

/** Where a glyph is drawn, in page units. */
interface Placed {
	text: string;
	x: number;
	y: number;
	/** The vector to the end of the glyph. */
	dx: number;
	dy: number;
	/** The writing direction, as a vector of length 1. */
	along: readonly [x: number, y: number];
	/** The font size in the writing direction, and across it. */
	unit: number;
	height: number;
}

/** The text of a page while it is put together. */
export interface PageText {
	box: Box;
	done: string[];
	/** Letters drawn one after another on one line. */
	run: string[];
	length: number;
	/** How many letters could not be read. */
	unknown: number;
	hasBlank: boolean;
	last?: Placed;
}

export const emptyPage = (box: Box): PageText => ({
	...{ box, done: [], run: [], length: 0, unknown: 0, hasBlank: false },
});

/** Gaps, in font sizes: a larger one is a blank; a smaller one is none, even if a blank was drawn. */
const BLANK_FROM = 0.102;
const NO_BLANK_TO = 0.03;
/** A step back by more than this starts a new run. */
const BACK = -0.2;
const FAR_BACK = -2.5;
const LONGEST_RUN = 10_000;

export function addGlyph(page: PageText, glyph: Placed): void {
	if (glyph.text.trim() === '') {
		page.hasBlank = true;
		return;
	}
	if (isOutside(page.box, glyph)) return;
	const between = gap(page, glyph);
	if (between === '\n' || between === 'back') endRun(page);
	if (between === '\n') page.done.push('\n');
	const isBlank =
		between === ' ' || (between === 'back' && (page.hasBlank || isFarBack(page, glyph)));
	if (isBlank && page.length > 0) (page.run.length > 0 ? page.run : page.done).push(' ');
	page.run.push(glyph.text);
	if (page.run.length >= LONGEST_RUN) endRun(page);
	if (page.length > PDF_LIMITS.characters) throw refusal('characters');
	page.length += glyph.text.length + 1;
	page.hasBlank = false;
	page.last = glyph;
}

function isOutside([left, bottom, right, top]: Box, { x, y, dx, dy }: Placed): boolean {
	const [from, to] = [Math.min(x, x + dx), Math.max(x, x + dx)];
	const [low, high] = [Math.min(y, y + dy), Math.max(y, y + dy)];
	return to < left || from > right || high < bottom || low > top;
}

/** How far the glyph is from the end of the last one. */
function distance(last: Placed, { x, y, along: [u, v], unit }: Placed) {
	const dx = x - last.x - last.dx;
	const dy = y - last.y - last.dy;
	return { along: (dx * u + dy * v) / (unit || 1), across: Math.abs(dy * u - dx * v) };
}

function gap({ last, hasBlank }: PageText, glyph: Placed): '' | ' ' | '\n' | 'back' {
	if (!last) return '';
	const { along, across } = distance(last, glyph);
	if (along < BACK) return across > last.height / 2 ? '\n' : 'back';
	if (across > last.height) return '\n';
	return along > BLANK_FROM || (hasBlank && along > NO_BLANK_TO) ? ' ' : '';
}

const isFarBack = ({ last }: PageText, glyph: Placed): boolean =>
	last !== undefined && distance(last, glyph).along < FAR_BACK;

function endRun(page: PageText): void {
	if (page.run.length > 0) page.done.push(logicalOrder(page.run));
	page.run = [];
}

/** The text of the page, in drawing order. */
export function textOf(page: PageText): string {
	endRun(page);
	return page.done.join('');
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LEFT_TO_RIGHT = /[\p{L}\p{Nd}]/u;
/** Characters that belong to the digits or words on both sides of them. */
const INNER = /[\p{Nd}.,:/%+\-–\s]/u;

/** Arabic and Hebrew are drawn from left to right: this puts their letters in reading order. */
function logicalOrder(drawn: readonly string[]): string {
	const count = drawn.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
	if (count === 0) return drawn.join('');
	const isRight = count > drawn.length * 0.3;
	const letters = isRight ? [...drawn].reverse() : [...drawn];
	const isOwn = isRight ? isLeftLetter : (letter: string) => RIGHT_TO_LEFT.test(letter);
	for (let at = 0; at < letters.length; at += 1) {
		if (!isOwn(letters[at] ?? '')) continue;
		let end = at + 1;
		for (let next = end; next < letters.length; next += 1) {
			if (isOwn(letters[next] ?? '')) end = next + 1;
			else if (!INNER.test(letters[next] ?? '')) break;
		}
		letters.splice(at, end - at, ...letters.slice(at, end).reverse());
		at = end - 1;
	}
	return letters.join('');
}

const isLeftLetter = (letter: string): boolean =>
	LEFT_TO_RIGHT.test(letter) && !RIGHT_TO_LEFT.test(letter);
