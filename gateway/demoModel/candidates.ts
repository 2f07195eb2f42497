import { wordsOf, type Label } from './words';

/** A value found in the text. */
interface Candidate<Value> {
	value: Value;
	start: number;
	end: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(?<month>(?:${MONTHS.join('|')})\\p{L}*)\\.?`;
const DATES = [
	/(?<![\w-])(?<year>\d{4})-(?<m>\d{2})-(?<day>\d{2})(?![\w-])/gu,
	/(?<![\w.])(?<day>\d{1,2})\.(?<m>\d{1,2})\.(?<year>\d{4})(?!\w)/gu,
	new RegExp(
		`(?<!\\w)(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?${MONTH},? (?<year>\\d{4})`,
		'giu',
	),
	new RegExp(`(?<!\\w)${MONTH} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`, 'giu'),
];
const IDENTIFIER = /(?<![\w-])[A-Z]{1,8}-(?:[A-Z]+-)*\d[A-Z\d]*(?:-[A-Z\d]+)*(?![\w])/g;
const NUMBER = /(?<![\p{L}\d.,])-?\d(?:[\d.,]*\d)?/gu;

export function findAll(text: string, pattern: RegExp): Candidate<string>[] {
	return [...text.matchAll(pattern)].map((match) => {
		const value = match[0];
		return { value, start: match.index, end: match.index + value.length };
	});
}

export function findIdentifiers(text: string): Candidate<string>[] {
	return findAll(text, IDENTIFIER);
}

/** Dates as ISO dates, however they are written. */
export function findDates(text: string): Candidate<string>[] {
	return DATES.flatMap((pattern) =>
		[...text.matchAll(pattern)].map((match) => {
			const { year, m, month, day } = match.groups ?? {};
			const index = month ? MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 : Number(m);
			const value = [year, String(index).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
			return { value, start: match.index, end: match.index + match[0].length };
		}),
	);
}

/** Numbers, except those inside dates and identifiers. */
export function findNumbers(text: string): Candidate<number>[] {
	const others = [...findDates(text), ...findIdentifiers(text)];
	return findAll(text, NUMBER)
		.filter(({ start }) => !others.some((other) => start >= other.start && start < other.end))
		.map((found) => ({ ...found, value: toNumber(found.value) }));
}

/** Reads `1,234.50`, `1.234,50`, `9,99` and `1,234` as a person would. */
export function toNumber(written: string): number {
	const decimal = /[.,](?=\d+$)/.exec(written);
	if (!decimal) return Number(written);
	const whole = written.slice(0, decimal.index);
	const rest = written.slice(decimal.index + 1);
	const thousands = rest.length === 3 && (decimal[0] === ',' || /[.]/.test(whole));
	const digits = whole.replace(/[.,]/g, '');
	return Number(thousands ? digits + rest : `${digits}.${rest}`);
}

const REACH = 100;
const ENOUGH = 0.15;

/** The candidate with the nearest label, preferably one before it. */
export function nearest<Value>(
	text: string,
	candidates: Candidate<Value>[],
	label: Label,
): Value | undefined {
	const words = wordsOf(text).filter((word) => label.has(word.stem));
	const scored = candidates.map((candidate) => {
		const scores = new Map<string, number>();
		for (const word of words) {
			const score = closeness(text, word, candidate) * (label.get(word.stem) ?? 0);
			scores.set(word.stem, Math.max(score, scores.get(word.stem) ?? 0));
		}
		return { candidate, score: [...scores.values()].reduce((sum, score) => sum + score, 0) };
	});
	const [best] = scored.toSorted((a, b) => b.score - a.score);
	return best && best.score >= ENOUGH ? best.candidate.value : undefined;
}

type Span = Pick<Candidate<unknown>, 'start' | 'end'>;

function closeness(text: string, word: Span, candidate: Span): number {
	const before = word.end <= candidate.start;
	const gap = before
		? text.slice(word.end, candidate.start)
		: text.slice(candidate.end, Math.max(candidate.end, word.start));
	if (gap.length > REACH) return 0;
	const apart = gap.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
	const barrier = gap.includes('\n') ? 0.1 : /[.!?;]\s/.test(gap) ? 0.3 : 1;
	return ((before ? 1 : 0.5) * barrier) / (1 + apart);
}
