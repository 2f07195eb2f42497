import { TokenHubError } from '../errors';

/** The text that the deltas of a stream add up to. */
export interface Deltas {
	/**
	 * What a delta adds to it. Held back while it may be all that was said so far, said once more.
	 * @param isLast Whether it comes with the reason why the answer ends.
	 */
	add(this: void, delta: string, isLast?: boolean): string;
	/** What a message adds that is all of the text. @throws TokenHubError if it is another text. */
	addWhole(this: void, text: string): string;
	/** What was held back, when no more comes. */
	rest(this: void): string;
	/** All of it. */
	text(this: void): string;
}

/**
 * Most gateways send in each delta what is new. Some send everything said so far, each time: there, each
 * of the first deltas begins with the one before, which pieces of a text do not do for long. And some
 * send all of it once more at the end. In doubt, a delta is a piece: text that is doubled can be seen,
 * text that is missing cannot.
 */
export function openDeltas(): Deltas {
	let [said, count, again] = ['', 0, ''];
	/** What is held back: each begins with all before it. */
	let [held, areWhole]: [string[], boolean?] = [[]];
	const take = (fresh: string) => ((said += fresh), fresh);
	const pieces = () => said + held.join('');
	const settle = (whole: boolean) => {
		const fresh = whole ? (held.at(-1) ?? said).slice(said.length) : held.join('');
		[areWhole, held] = [whole, []];
		return take(fresh);
	};
	const addUnsure = (delta: string) => {
		const last = held.at(-1) ?? said;
		const isMore = delta.length > last.length || held.length > 0;
		const isGrown = isMore && /^\S/.test(said) && delta.startsWith(last);
		if (!isGrown || held.length === MOST_HELD) return settle(false) + take(delta);
		held.push(delta);
		return areClear(held) ? settle(true) : '';
	};
	const addWhole = (delta: string) => {
		areWhole = delta.startsWith(said) || said.startsWith(delta);
		return take(areWhole ? delta.slice(said.length) : delta);
	};
	const addPiece = (delta: string, isLast: boolean) => {
		const before = again;
		again = before === '' && delta === said && isNoPiece(said, count, isLast) ? delta : '';
		return take(before + (again === '' ? delta : ''));
	};
	return {
		add(delta, isLast = false) {
			if (delta === '') return '';
			count += 1;
			if (areWhole) return addWhole(delta);
			return areWhole === undefined && count > 1 ? addUnsure(delta) : addPiece(delta, isLast);
		},
		addWhole: (text) =>
			settle(areWhole ?? !text.trim().startsWith(pieces().trim())) + take(restOf(text, said)),
		rest: () => settle(areWhole ?? haveGrown([said, ...held])),
		text: () => (haveGrown([said, ...held]) ? (held.at(-1) ?? said) : pieces()),
	};
}

/**
 * Whether deltas, of which no more come and each begins with the one before, are a text that grew: pieces
 * of a text would have blanks where they meet. Two alone must meet as in "isThe".
 */
function haveGrown(all: readonly string[]): boolean {
	const texts = [...new Set(all)];
	const [last = '', ...before] = texts.toReversed();
	const isSure = before.length > 1 || before.some((text) => /^\p{Lu}.*\p{Ll}$/su.test(text));
	return isSure && isSpaced(last) && before.every((text) => /\S$/.test(text));
}

/** Whether the text of several deltas is not such that it could follow itself in one. */
function isNoPiece(text: string, count: number, isLast: boolean): boolean {
	if (count > 3 && isSentence(text)) return true;
	return isLast && count > 2 && isLong(text) && isSpaced(text) && /^\S.*\S$/s.test(text);
}

/** Whether a text has blanks between words, and says more than the same again and again. */
function isSpaced(text: string): boolean {
	const letters = text.slice(0, MOST_LOOKED_AT).replace(/[^\p{L}\p{N}]/gu, '');
	return /\p{L}\s+\p{L}/u.test(text) && !repeatsItself(letters.toLowerCase());
}

/** Whether a text is another one with more: one that says the same again and again may be a piece of it. */
function begins(text: string, other: string): boolean {
	return text.startsWith(other) && !repeatsItself(text.slice(0, MOST_LOOKED_AT).toLowerCase());
}

const MOST_LOOKED_AT = 400;
/** Enough to tell; no gateway keeps its reader waiting for long. */
const MOST_HELD = 40;

function repeatsItself(text: string): boolean {
	for (let period = 1; period <= text.length / 2; period += 1) {
		if (text.startsWith(text.slice(period))) return true;
	}
	return false;
}

/** Long enough to be no piece of a refrain. */
const isSentence = (text: string) =>
	isLong(text, 32) && !repeatsItself(text.slice(0, MOST_LOOKED_AT));

/** Digits and dashes may well begin with those before them. */
function areClear(held: readonly string[]): boolean {
	const [first = ''] = held;
	const last = held.at(-1) ?? '';
	return new Set(held).size > (isLong(first) ? 1 : 3) && isLong(last) && begins(last, first);
}

const isLong = (text: string, least = 12) => text.length >= least && /\p{L}/u.test(text);

/** What a text that is sent once more as a whole adds to what was said. */
function restOf(whole: string, before: string): string {
	if (whole.startsWith(before)) return whole.slice(before.length);
	// Some trim it.
	const [all, said] = [whole.trimStart(), before.trimStart()];
	if (all.startsWith(said)) return all.slice(said.length);
	if (said.startsWith(all)) return '';
	throw new TokenHubError('badResponse', 'The stream holds two different answers.', { raw: whole });
}
