import { isAbbreviationInProse } from '../json/abbreviation';
import { readBoolean } from '../read/words';
import { keyForm } from './coercion/keyForm';

const THINGS =
	'(?:rows?|items?|entries|records?|results?|lines?|data|elements?|pages?|output|list)';
/** Keys, without signs between their words, that say that there is more. */
const PARTIAL = new RegExp(
	`^(?:(?:is|has|was|are|were)?(?:truncated|incomplete|partial|abbreviated|elided|omitted|shortened|cutoff|hasmore|more|remaining|remainder|continue[sd]?|skipped|notshown|leftout|othersomitted|next(?:page|cursor)(?:token)?|nextpagetoken|continuationtoken)${THINGS}?(?:count|available|omitted|follow)?|(?:num(?:ber)?of|n|count)?(?:more|remaining|omitted|skipped|other)${THINGS}(?:count)?)$`,
);
const WHOLE = /^(?:is|was)?(?:complete|completed|finished|exhaustive|allincluded|alllisted)$/;
const COUNT = new RegExp(
	`^(?:total(?:count|number|of${THINGS}|number of${THINGS}|${THINGS}(?:count)?)|(?:num|number|n)(?:of|total)*${THINGS}|${THINGS}(?:count|total)|fullcount)$`,
);

/** Whether an entry that the schema does not know says that its record does not hold everything. */
export function saysPart(key: string, record: Readonly<Record<string, unknown>>): boolean {
	const value = record[key];
	const form = keyForm(key).replace(/[^\p{L}\p{N}]/gu, '');
	if (PARTIAL.test(form)) return isYes(value);
	if (WHOLE.test(form))
		return value === false || (typeof value === 'string' && readBoolean(value) === false);
	if (COUNT.test(form) && typeof value === 'number') return isMoreThanListed(value, record);
	return typeof value === 'string' && value.split('\n').some(isAbbreviationInProse);
}

/** `not shown` is no such word: it says that there is more. */
const NONE =
	/^\s*(?:|-{1,3}|–|none|nothing|null|nil|n\/a|undefined|keine?|aucune?|ningun[oa]|nessun[oa]|nenhuma?|geen|нет|なし|無し|无|無|없음)\.?\s*$/i;

function isYes(value: unknown): boolean {
	if (typeof value === 'string') return !NONE.test(value) && readBoolean(value) !== false;
	if (Array.isArray(value)) return value.length > 0;
	return Boolean(value);
}

/** `{ "rows": [ one ], "total_rows": 39 }`. */
function isMoreThanListed(count: number, record: Readonly<Record<string, unknown>>): boolean {
	const lists = Object.values(record).filter((entry) => Array.isArray(entry));
	return lists.length > 0 && lists.every(({ length }) => length < count);
}
