import type { Steps } from '../../lib/steps';
import { patternPlaces } from '../../schema/patterns/patternPlaces';
import { jsonStart } from './keptShape';
import {
	badRegex,
	hitAt,
	hitsIn,
	noHits,
	notFoundAtAll,
	regexGivenUp,
	WORDS_OR_REGEX,
} from '../messagesToModel';
import { fits, roomOf, linesAt, pathsAt, wholeLetter } from './places';
import type { KeptResult } from '../resumeState';
import { wordHits, type Hit } from './wordHits';

/** What to search for in a kept result, and which of the hits to return. */
export interface SearchTerms {
	words?: string;
	regex?: string;
	limit?: number;
	skip?: number;
}

const FEW = 10;
export const MOST_HITS = 50;
export const MOST_SKIPPED = 500;

/** Places in a kept result, as many as there is room for; or why there are none. */
export function* searchResult(kept: KeptResult, terms: SearchTerms, limit: number): Steps<string> {
	const { words = '', regex = '', skip = 0 } = terms;
	if ((words.trim() === '') === (regex === '')) return WORDS_OR_REGEX;
	const wanted = Math.max(1, Math.min(terms.limit ?? FEW, MOST_HITS));
	const most = skip + wanted + 1;
	const found =
		regex === '' ? yield* ofWords(kept, words, most) : yield* ofRegex(kept, regex, most);
	if ('refusal' in found) return found.refusal;
	const { hits, notes } = found;
	const told = yield* toldHits(kept, hits.slice(skip, skip + wanted), roomOf(limit) - notes.length);
	if (told.length === 0) return `${noHits(kept.name, skip)}${notes}`;
	const more = hits.length > skip + told.length;
	const head = hitsIn(kept.name, { shown: told.length, skipped: skip, more });
	return `${head}${notes}\n${told.join('\n')}`;
}

type Hits = { hits: Hit[]; notes: string } | { refusal: string };

const LONGEST_NOTE = 200;

function* ofWords({ text }: KeptResult, words: string, most: number): Steps<Hits> {
	const { hits, missing } = yield* wordHits(text, words, most);
	const notes =
		missing.length > 0 && hits.length > 0
			? `\n${notFoundAtAll(missing).slice(0, LONGEST_NOTE)}`
			: '';
	return { hits, notes };
}

/** A place this close to another hit is shown with it. */
const SAME_PLACE = 100;
const CASELESS = /^\(\?i\)/;

function* ofRegex({ text }: KeptResult, regex: string, most: number): Steps<Hits> {
	const search = patternPlaces(regex.replace(CASELESS, ''), CASELESS.test(regex));
	if (!search.ok) return { refusal: badRegex(search.problem.slice(0, LONGEST_NOTE)) };
	const hits: Hit[] = [];
	const ended = yield* search.places(text, (at) => {
		const last = hits.at(-1)?.start ?? -Infinity;
		const isNear = at - last <= SAME_PLACE && !text.slice(last, at).includes('\n');
		const range = { start: at, end: at + 1 };
		if (!isNear) hits.push({ ...range, around: range });
		return hits.length >= most;
	});
	return { hits, notes: ended.how === 'spent' ? `\n${regexGivenUp(ended.at + 1)}` : '' };
}

function* toldHits(
	{ text, isJson }: KeptResult,
	hits: readonly Hit[],
	room: number,
): Steps<string[]> {
	const places = hits.map(({ start }) => start).sort((a, b) => a - b);
	const lines = yield* linesAt(text, places);
	const start = isJson ? jsonStart(text) : undefined;
	const paths = start === undefined ? [] : yield* pathsAt(text, start, places);
	const told: string[] = [];
	for (const hit of hits) {
		const at = places.indexOf(hit.start);
		const around = aroundHit(text, hit, Math.min(LONGEST_AROUND, room / 2));
		const place = [hit.start + 1, Math.max(hit.start + 1, hit.end)] as const;
		const next = `${hitAt(lines[at] ?? 1, place, paths[at])}\n${around}`;
		const all = [...told, next].join('\n');
		if (told.length > 0 && (all.length > room || !fits(all))) break;
		told.push(next.slice(0, Math.max(0, room)));
	}
	return told;
}

/** Characters that are shown of the lines of a hit or of the text around it, and before it. */
const LONGEST_AROUND = 600;
const LONGEST_CUT = 400;
const SHARE_BEFORE = 0.3;

/** The lines of a hit if they are short, otherwise the text around it. */
function aroundHit(text: string, hit: Hit, most: number): string {
	const { start, end } = hit.around;
	const before = text.slice(Math.max(0, start - most), start);
	const after = text.slice(end, end + most);
	const [first, last] = [before.lastIndexOf('\n'), after.indexOf('\n')];
	const from = start - before.length + first + 1;
	const to = last === -1 ? end + after.length : end + last;
	const isWhole = (first !== -1 || start <= most) && (last !== -1 || to === text.length);
	if (isWhole && to - from <= most) return text.slice(from, to).replace(/\r$/, '');
	const length = Math.min(most, LONGEST_CUT);
	const cutFrom = wholeLetter(text, Math.max(from, Math.floor(hit.start - length * SHARE_BEFORE)));
	const cutTo = wholeLetter(text, Math.min(to, Math.floor(cutFrom + length)));
	return `${cutFrom > 0 ? '…' : ''}${text.slice(cutFrom, cutTo)}${cutTo < text.length ? '…' : ''}`;
}
