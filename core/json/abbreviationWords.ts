/** Words that say that something was left out, in the languages that models answer in. */

const THINGS =
	'(?:rows?|items?|entries|entry|records?|lines?|elements?|values?|objects?|results?|others?|rest|remaining|remainder|data|list|more|output|fields?|products?|names?|pages?|columns?)';
const GONE =
	'(?:omitted|elided|truncated|abbreviated|shortened|snipped|skipped|left out|not shown|not listed|not included|cut off|cut short)';
const MANY = '(?:\\d[\\d,.]*|many|several|dozens of|hundreds of|thousands of)';
const MORE = '(?:more|others?|further|additional|remaining)';
const ALIKE = '(?:follow|same|similar|likewise|as above|identical|analogous)';
const START = '^[^\\p{L}\\p{N}]*';
const END = '[^\\p{L}\\p{N}]*$';
/** `\b` of JavaScript knows ASCII letters only. */
const word = (words: string) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`;

const PHRASES = [
	// "38 more", "(40 more rows)", "+ 40 remaining items"; not "2 more than before".
	`\\b${MANY} ${MORE}(?:${END}| ${THINGS}\\b| \\w+s${END})`,
	`\\bmore ${THINGS}${END}`,
	`\\b${THINGS}\\b.{0,40}\\b${GONE}\\b`,
	`${START}${GONE}\\b(?:${END}| for brevity| here)`,
	`\\b(?:for|sake of|to save|reasons of) (?:brevity|space|conciseness)\\b`,
	`\\b(?:due to|because of|limited by) (?:the |its |my |response |output |token )*(?:length|size|space|limits?)\\b`,
	`\\btoo (?:many|long|large|numerous) to (?:list|include|show|fit|write|extract)\\b`,
	`${START}(?:and |the |plus )*(?:so on|so forth|rest|others|remaining|many more)${END}`,
	`${START}(?:and |plus |the |with |all )*(?:other|further|additional|remaining|more|rest of(?: the)?)(?: \\w+)? ${THINGS}\\b[^\\p{L}\\p{N}]*(?:(?:go |goes |come |follow |are )?(?:here|below|follows?))?${END}`,
	`\\b(?:rest|remaining|remainder|others?|subsequent|following)\\b.{0,40}\\b${ALIKE}`,
	`\\b(?:pattern|list|table|sequence) (?:continues|repeats|goes on)\\b`,
	`${START}(?:to be )?(?:continue[sd]?|cont'?d?)(?:${END}| (?:with|for|in|on|until|through|up to|below|the same))`,
	`${START}(?:repeat|same|similarly)\\b.{0,30}\\b(?:for|until|through)\\b.{0,30}\\b(?:all|rest|remaining|others?|rows|items|entries)`,
	`\\b(?:only|just) (?:the |a )?(?:first|top|last|few|some|part|sample|subset|selection)\\b.{0,40}(?:${THINGS}|shown|included|given|extracted)`,
	`\\b(?:here (?:are|is)|showing|shows|listing|lists|including|included|extracted) (?:only |just )?the first\\b`,
	`\\b(?:partial|incomplete|truncated|abbreviated|shortened|abridged) (?:list|output|results?|answer|response|extract|version|table|data|json)\\b`,
	`\\b(?:would you like|let me know|shall i|should i|do you want|i can|i will|i'll)\\b.{0,50}\\b(?:continue|the rest|remaining|full list)`,
	word(
		'und so weiter|(?:restliche|übrige|verbleibende|weitere)[nrsm]? (?:zeile|eintr|datens|position|element|wert|objekt)\\p{L}*|\\d+ weitere(?: \\p{L}+)?|weggelassen|ausgelassen|gekürzt|abgeschnitten|nicht (?:gezeigt|aufgeführt|angezeigt)',
	),
	word(
		"et ainsi de suite|\\d+ autres(?: \\p{L}+)?|(?:lignes|éléments|entrées|enregistrements) (?:restant|suivant|omis)\\p{L}*|autres (?:lignes|éléments|entrées)|tronqué\\p{L}*|abrégé\\p{L}*|omis(?:es?)? (?:par|pour|ici)|non affichée?s?|n'est pas complète?",
	),
	word(
		'y así sucesivamente|\\d+ (?:filas|elementos|entradas|registros)? ?más|(?:las|los|otras|otros) (?:demás )?(?:filas|elementos|entradas|registros) (?:restantes|omitid[oa]s|adicionales)|(?:filas|elementos|entradas|registros) (?:restantes|omitid[oa]s)|(?:lista|salida|resultado) (?:truncad|abreviad|incomplet)[oa]',
	),
	word(
		'e così via|(?:altr[ei] \\d+|\\d+ altr[ei]) \\p{L}+|(?:righe|voci|elementi) (?:rimanenti|restanti|omess[ei]|successiv[ei])|(?:elenco|lista|risultato) (?:troncat|abbreviat|incomplet)[oa]',
	),
	word(
		'e assim por diante|(?:mais|outr[oa]s) \\d+ \\p{L}+|(?:linhas|itens|entradas|registros) (?:restantes|omitid[oa]s|adicionais)|(?:lista|saída|resultado) (?:truncad|abreviad|incomplet)[oa]',
	),
	word(
		'enzovoort|(?:overige|resterende) (?:rijen|regels|items|gegevens)|nog \\d+ (?:rijen|regels|items)|weggelaten|afgekapt',
	),
	word(
		'и так далее|и тому подобное|(?:ещ[её]|и) \\d+ (?:строк|запис|элемент|друг|позиц)\\p{L}*|остальн\\p{L}+ (?:строк|запис|элемент|позиц|данн)\\p{L}*|(?:строк|запис|элемент|остальн)\\p{L}* .{0,20}(?:опущен|пропущен|сокращен|обрезан)\\p{L}*',
	),
	word('i tak dalej|pozostałe (?:wiersze|pozycje|wpisy)|pominięto'),
	'省略|以下略|以下同[样樣様]|其余|其餘|剩余|剩餘|以此类推|依此類推|(?:还有|還有|另外) ?\\d+|未完待[续續]|残り|(?:他|ほか|その他) ?\\d+ ?[件名行個]|後略|中略|생략|나머지|이하 (?:동일|같음)|외 ?\\d+ ?[건명개행]',
];

/** Each alone stands for what was not written, and is no data of its own. */
const WHOLES =
	'etc|et cetera|etcetera|and so on|and so forth|and more|and others|and many more|usw|u\\.? ?s\\.? ?w|u\\.? ?v\\.? ?m|und so weiter|und weitere|etcétera|y así sucesivamente|y otr[oa]s|y más|et ainsi de suite|et autres|ecc|eccetera|e così via|e altri|e assim por diante|entre outr[oa]s|e outr[oa]s|enz|enzovoort|itd|itp|и так далее|и т\\.? ?[дп]|и др|и прочее|等|等等|など|ほか|以下略|以下省略|以下同[样樣様]|以此类推|등|등등|기타 등등|이하 생략|이하 동일|rest omitted|more to come|the list goes on';
/** Each alone does as well, but may be data. */
const VAGUE =
	"more|truncated|omitted|abbreviated|elided|snip|snipped|continue[sd]?|continuing|cont|cont'd|to be continued|ditto|idem|same as above|as above|see above|wie oben|siehe oben|dito|comme ci-dessus|igual que arriba|come sopra|idem acima|то же|см\\. выше|同上|下同|〃|위와 같음|상동|続く|つづく|未完|계속|fortsetzung|gekürzt|suite|tronqué|continúa|truncado|continua|troncato";

/** Bullets and signs around a word. */
const whole = (words: string) => new RegExp(`${START}(?:${words})${END}`, 'iu');

export const SAYS_MORE = new RegExp(PHRASES.join('|'), 'iu');
export const IS_MORE = whole(
	`${WHOLES}|(?:and |plus |\\+ ?)*${MANY} ${MORE}(?: (?:${THINGS}|\\p{L}+s))?|(?:and |the )*(?:more|other|remaining|additional|further) (?:rows|items|entries|records|lines|elements|results)(?: (?:omitted|here|below|follow))?`,
);
export const MAY_BE_MORE = whole(VAGUE);
/** How a text ends that goes on in the source. */
export const ENDS_SHORT =
	/[[(<{](?:\.{3,}|…)?\s*(?:text |content |output )?(?:truncated|continue[sd]?|cont'?d\.?|cut off|omitted|abbreviated|abridged|shortened|snip(?:ped)?|gekürzt|tronqué|truncado|troncato|省略|以下略|생략)\s*(?:\.{3,}|…)?[\])>}][.…\s]*$/iu;
/** The last entry and what stands for those behind it, in one text. */
export const ENDS_IN_MORE =
	/(?:[,;、，]\s*|\s)(?:etc\.?|and so on|and more|usw\.?|ecc\.?|enz\.?|и т\. ?[дп]\.|など|等等|등)[.…]*$/iu;
/** "Showing 1 of 39", "1-10 von 39". */
export const OF_HOW_MANY =
	/(?<![\p{L}\p{N}])(?:show(?:n|ing|s)?|display(?:ed|ing)?|list(?:ed|ing)?|includ(?:ed|ing)|extracted|returned|giv(?:en|ing)|first|top|rows?|items?|entries|records?|results?|zeige|gezeigt|zeilen|einträge|affich(?:age|é|ées?)|lignes|mostrando|filas|registros|mostrate|righe|voci|mostrando|linhas|показано|строки?|записи?)[\s:(]{1,3}(?:only |just |rows? |items? |entries |records? |the |first |top )*(?:\d+\s*[-–—]\s*)?(?<some>\d+)(?: \p{L}+)?(?: out)? ?(?:of|\/|von|sur|de|di|из|van|z)(?: the| all| about| over| insgesamt| total| a total of)* ?(?<all>\d+)(?!\p{N})/iu;
