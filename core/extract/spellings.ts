/** The ways in which a text may write a value. Each pattern is global, to be started anywhere. */

const NOT_IN_WORD = { before: String.raw`(?<![\p{L}\p{N}])`, after: String.raw`(?![\p{L}\p{N}])` };
const NOT_IN_NUMBER = {
	before: String.raw`(?<![\p{L}\d]|\d[.,])`,
	after: String.raw`(?!\d|[.,]\d)`,
};

/** A text, white space folded; whole words only, where it begins and ends with one. */
export function textPattern(text: string, flags: 'gu' | 'giu'): RegExp {
	const words = text
		.trim()
		.split(/\s+/)
		.map(escape)
		.join(String.raw`\s+`);
	const before = /^[\p{L}\p{N}]/u.test(text.trim()) && isSpaced(text) ? NOT_IN_WORD.before : '';
	const after = /[\p{L}\p{N}]$/u.test(text.trim()) && isSpaced(text) ? NOT_IN_WORD.after : '';
	return new RegExp(before + words + after, flags);
}

/** Chinese, Japanese and Thai are written without spaces: there, words have no borders to see. */
function isSpaced(text: string): boolean {
	return !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text);
}

/** 1234.5 as 1234.5, 1234.50, 1,234.50, 1.234,50, 1 234,50 or 1'234.50. */
export function numberPatterns(value: number): RegExp[] {
	const plain = String(Math.abs(value));
	if (!/^\d+(\.\d+)?$/.test(plain)) return [];
	const [whole = '', fraction = ''] = plain.split('.');
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, '|').split('|');
	const sign = value < 0 ? String.raw`[-−]\s?` : '';
	return [
		[whole, fraction === '' ? '' : String.raw`\.${fraction}`],
		[groups.join(String.raw`[,'’\s]?`), decimals(fraction, String.raw`\.`)],
		[groups.join(String.raw`[.\s]?`), decimals(fraction, ',')],
	].map(([front, back]) => {
		const body = `${sign}${front}${back}`;
		return new RegExp(`${NOT_IN_NUMBER.before}${body}${NOT_IN_NUMBER.after}`, 'gu');
	});
}

function decimals(fraction: string, point: string): string {
	return fraction === '' ? `(?:${point}0{1,2})?` : `${point}${fraction}0*`;
}

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** 2026-11-17 as 17 November 2026, November 17, 2026, 17.11.2026, 17/11/2026 or 11/17/2026. */
export function datePatterns(text: string): RegExp[] {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
	if (year === undefined || month === undefined || day === undefined) return [];
	const name = MONTHS[Number(month) - 1] ?? '';
	const named = `${name.slice(0, 3)}(?:${name.slice(3)}|\\.)?`;
	const [d, m] = [`0?${Number(day)}`, `0?${Number(month)}`];
	return [
		`${d}(?:st|nd|rd|th)?\\.? ${named},? ${year}`,
		`${named} ${d}(?:st|nd|rd|th)?,? ${year}`,
		`${d}\\. ?${m}\\. ?${year}`,
		`${d}/${m}/${year}`,
		`${m}/${d}/${year}`,
	].map((body) => new RegExp(NOT_IN_WORD.before + body + NOT_IN_WORD.after, 'giu'));
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
