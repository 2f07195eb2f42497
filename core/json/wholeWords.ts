/** Sentences that say that an answer is whole, in the languages that models answer in. */

const START = '^[^\\p{L}\\p{N}]*';
const END = '[^\\p{L}\\p{N}]*$';
const NOTHING = `(?:rows?|items?|entries|entry|records?|lines?|elements?|values?|results?|data|pages?|positions?|products?|orders?|fields?)`;
const LEFT_OUT = `(?:intentionally |deliberately )?(?:omitted|elided|truncated|abbreviated|shortened|skipped|left out|not shown|not listed|cut off|dropped|excluded|disregarded|missed|lost|missing|ignored|removed)`;
/** Sentences that deny that something was left out, with nothing behind them that takes it back. */
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
export const SAYS_ALL = new RegExp(
	`${START}(?:(?:note|hinweis|nota):? ?)?(?:${DENIALS.join('|')}|${DENIALS_OF_SIGNS})(?:${END}| (?:from|in|of|due|on) [^,;.]{1,60}${END})`,
	'iu',
);
