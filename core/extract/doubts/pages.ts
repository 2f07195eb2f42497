import { wordsIn } from '../coercion/keyForm';

const OF = /^\D*(\d{1,6})\s*(?:\/|of|out of|von|sur|de|di|van|из|中)\s*(\d{1,6})\D*$/iu;
const COUNTS = new Set('total count num last'.split(' '));
const BESIDE_NOUN = new Set([...COUNTS, 'number', 'no', 'of', 'index', 'current']);

/** Whether a record says that it is one page, part or batch of several, and not the last: `page: 1, total_pages: 3`, `part: "1/3"`. */
export function pageDoubt(key: string, record: Readonly<Record<string, unknown>>): boolean {
	const said = record[key];
	const [, at, all] = (typeof said === 'string' && OF.exec(said)) || [];
	if (at !== undefined) return Number(at) < Number(all);
	if (!isCount(key)) return false;
	const count = Number(said);
	const one = Object.keys(record).find((other) => other !== key && areAlike(other, key));
	const page = one === undefined ? undefined : Number(record[one]);
	return page !== undefined && page < count;
}

/** `page_count` and `total_pages` are as `page`. */
function areAlike(one: string, other: string): boolean {
	const [first, second] = [nounOf(one), nounOf(other)];
	const shared = Math.max(3, Math.min(first.length, second.length) - 1);
	return first.slice(0, shared) === second.slice(0, shared);
}

const nounOf = (key: string) => wordsIn(key).find((word) => !BESIDE_NOUN.has(word)) ?? '';

function isCount(key: string): boolean {
	const words = wordsIn(key);
	return words.some((word) => COUNTS.has(word)) || /[sn]$|ine$|页数|頁数/u.test(key);
}
