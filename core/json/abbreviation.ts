import {
	ENDS_IN_MORE,
	ENDS_SHORT,
	IS_MORE,
	MAY_BE_MORE,
	OF_HOW_MANY,
	SAYS_MORE,
	SAYS_PART,
} from './abbreviationWords';

/** As many scripts write them; two dots alone may be a path. */
const DOT_SIGNS = String.raw`(?:\.{3,}|\.(?: \.){2,}|[…⋮⋯︙⋰⋱‥]|[・。·•․．]{3,})`;
const DOTS = new RegExp(String.raw`^[^\p{L}\p{N}]*${DOT_SIGNS}\s*(?![\p{L}\p{N}]*\()`, 'u');
const HOLDS_DOTS = new RegExp(DOT_SIGNS);
/** In brackets, quotes or emphasis, or with commas between them. */
const ONLY_SIGNS = /^[\s[\](){}<>"'|*_,.…⋮⋯︙⋰⋱‥・。·•․．-]*$/;
/** The beginning of a bare stand-in among JSON values. */
export const OPENS_DOTS = /\.{3}|[…⋮⋯︙‥]/y;
/** What only a note has before it, so that ordinary sentences do not count. */
const OPENS_NOTE =
	/^[^\p{L}\p{N}]*(?:\.{3,}|…|[([<{]|\+ ?\d|(?:and |the )*(?:\d+ (?:more|others?|further|additional|weitere|autres|más|otr[oa]s|altr[ei]|mais|outr[oa]s)|remaining|rest|list|output|showing|weitere|restliche\p{L}*|и ещ[её]|остальн\p{L}*)\s|and \d|残り|他 ?\d|ほか ?\d|외 ?\d|나머지|还有|另外|其余|剩余)/iu;
const MOST = 200;
const LONGEST_MARK = 20;

/** Whether a comment stands for entries that the model left out. */
export function isAbbreviation(comment: string): boolean {
	const words = comment.slice(0, MOST).trim();
	return DOTS.test(words) || MAY_BE_MORE.test(words) || saysMore(words);
}

/** The same for a line of prose, in which three dots alone are a pause. */
export function isAbbreviationInProse(line: string): boolean {
	if (line.length > MOST || SAYS_ALL.test(line)) return false;
	const [, comment] = /<!--(.*?)-->/.exec(line) ?? [];
	return comment === undefined
		? saysMore(line.trim()) || SAYS_PART.test(line)
		: isAbbreviation(comment);
}

function saysMore(words: string): boolean {
	if (IS_MORE.test(words) || SAYS_MORE.test(words)) return true;
	const { some, all } = OF_HOW_MANY.exec(words)?.groups ?? {};
	return Number(some) < Number(all);
}

/**
 * Whether a text in the place of an entry is a stand-in for entries. One that may also be data counts
 * only if the source, which is then known, does not say it.
 */
export function isStandIn(text: string, isSaid?: (text: string) => boolean): boolean {
	if (text.length > MOST) return false;
	if (isDots(text)) return true;
	const isNote = OPENS_NOTE.test(text) && saysMore(text.trim());
	if (isNote || IS_MORE.test(text)) return !isSaid?.(text);
	const isDoubtful = MAY_BE_MORE.test(text) || ENDS_IN_MORE.test(text.slice(-LONGEST_MARK));
	return isDoubtful && isSaid !== undefined && !isSaid(text);
}

/** Whether a text is nothing but dots. */
export function isDots(text: string): boolean {
	return text.length <= MOST && ONLY_SIGNS.test(text) && HOLDS_DOTS.test(text);
}

/** The words of a line that say that something was left out. */
export function wordsOfMore(line: string): string | undefined {
	if (SAYS_ALL.test(line)) return undefined;
	const found = [IS_MORE, SAYS_MORE, SAYS_PART].map((words) => words.exec(line)?.[0]);
	return (
		found.find((words) => words !== undefined) ?? (isAbbreviationInProse(line) ? line : undefined)
	);
}

/** What a text has at its end that says that it is incomplete. */
export function cutMark(text: string): string | undefined {
	const end = text.slice(-MOST);
	return /[\])>}]/.test(end.slice(-4)) ? ENDS_SHORT.exec(end)?.[0] : undefined;
}

/** Sentences that say that an answer is complete, in the languages in which models answer. */

const START = '^[^\\p{L}\\p{N}]*';
const END = '[^\\p{L}\\p{N}]*$';
const NOTHING = `(?:rows?|items?|entries|entry|records?|lines?|elements?|values?|results?|data|pages?|positions?|products?|orders?|fields?)`;
const LEFT_OUT = `(?:intentionally |deliberately )?(?:omitted|elided|truncated|abbreviated|shortened|skipped|left out|not shown|not listed|cut off|dropped|excluded|disregarded|missed|lost|missing|ignored|removed)`;
/** Sentences that deny that something was left out, and are not taken back afterwards. */
const DENIALS = [
	`(?:no|none of the|zero|0)(?: (?:other|further|additional))?(?: ${NOTHING})? ?(?:at all )?(?:(?:is|are|was|were|has been|have been|had to be) )?${LEFT_OUT}`,
	`nothing (?:(?:else )?(?:is|was|has been|had to be) )?${LEFT_OUT}`,
	`(?:i|we)(?: have| did|'ve)?(?: not|n't) (?:skip(?:ped)?|omit(?:ted)?|le(?:ave|ft) out|drop(?:ped)?|exclude[d]?|miss(?:ed)?) (?:any|a single|even one)(?: of the)? ?${NOTHING}?`,
	`(?:there (?:is|are) )?(?:no|nothing) (?:more|other|further|remaining|additional) ?${NOTHING}?`,
	`without (?:skipping|omitting|leaving out|dropping) (?:any|a single|even one)(?: of the)? ?${NOTHING}?`,
	`(?:es )?(?:wurden?|sind|ist)? ?(?:keine(?:r|n)?|nichts) ?(?:der )?(?:zeilen?|eintr[aä]ge?|datens[aä]tze?|positionen|werte)? ?(?:wurden? |sind |ist )?(?:weggelassen|ausgelassen|übersprungen|gekürzt|ausgeschlossen)`,
	`(?:aucun[e]?|rien)(?: (?:ligne|élément|entrée|enregistrement))? (?:n['’](?:a|est|ont))(?: été)? (?:omis|sauté|ignoré|exclu)(?:e?s?)`,
	`(?:no se (?:ha|han) (?:omitid|excluid|saltad)o(?: ningun[ao](?: \\p{L}+)?| nada)?|(?:ningun[ao]|nada)(?: \\p{L}+)? (?:se ha|fue|ha sido) (?:omitid|excluid|saltad)[oa])`,
	`(?:nessun[ao]?|niente)(?: \\p{L}+)? (?:è stat[oa]) (?:omess|esclus|saltat|tralasciat)[oa]`,
	`(?:nenhum[a]?|nada)(?: \\p{L}+)? foi (?:omitid|excluíd|pulad)[oa]`,
	`(?:er zijn )?geen (?:rijen|regels|items) (?:weggelaten|overgeslagen)`,
	`(?:ни одн[аой]+(?: \\p{L}+)? не (?:был[аои]? )?(?:пропущен|опущен|исключен)[аоы]?|ничего не (?:было )?(?:пропущено|опущено))`,
];
const DENIALS_OF_SIGNS =
	'(?:没有|未|并未|沒有)(?:跳过|跳過|省略|遗漏|遺漏|忽略|排除)(?:任何)?(?:行|条|條|项|項|内容|記錄|记录)?|(?:省略|スキップ|除外)(?:した|された)?(?:行|項目|もの)?は(?:ありません|ない|していません)|(?:行|項目)は(?:省略|スキップ|除外)(?:して|されて)いません|(?:생략|누락|제외)(?:된|한) ?(?:행|항목|건)?[은는이가]? ?없(?:습니다|음|어요)';
const SAYS_ALL = new RegExp(
	`${START}(?:(?:note|hinweis|nota):? ?)?(?:${DENIALS.join('|')}|${DENIALS_OF_SIGNS})(?:${END}| (?:from|in|of|due|on) [^,;.]{1,60}${END})`,
	'iu',
);
