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
/** JavaScript's `\b` only knows ASCII letters. */
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

/** Each by itself stands for what was not written, and is never data. */
const WHOLES =
	'etc|et cetera|etcetera|and so on|and so forth|and more|and others|and many more|usw|u\\.? ?s\\.? ?w|u\\.? ?v\\.? ?m|und so weiter|und weitere|etcétera|y así sucesivamente|y otr[oa]s|y más|et ainsi de suite|et autres|ecc|eccetera|e così via|e altri|e assim por diante|entre outr[oa]s|e outr[oa]s|enz|enzovoort|itd|itp|и так далее|и т\\.? ?[дп]|и др|и прочее|等|等等|など|ほか|以下略|以下省略|以下同[样樣様]|以此类推|등|등등|기타 등등|이하 생략|이하 동일|rest omitted|more to come|the list goes on';
/** Each by itself does too, but may be data. */
const VAGUE =
	"more|truncated|omitted|abbreviated|elided|snip|snipped|continue[sd]?|continuing|cont|cont'd|to be continued|ditto|idem|same as above|as above|see above|wie oben|siehe oben|dito|comme ci-dessus|igual que arriba|come sopra|idem acima|то же|см\\. выше|同上|下同|〃|위와 같음|상동|続く|つづく|未完|계속|fortsetzung|gekürzt|suite|tronqué|continúa|truncado|continua|troncato";

/** Bullets and signs around a word. */
const whole = (words: string) => new RegExp(`${START}(?:${words})${END}`, 'iu');

const ROWS = '(?:rows?|items?|entries|entry|records?|products?|pages?|positions?|results?)';
const LIST = '(?:list|table|output|json|results?|answer|response|extraction)';
const ZEILEN =
	'(?:zeile|eintr|datens|datensätz|position|posten|element|artikel|produkt|ergebnis|seite)\\p{L}*';
const STROKI = '(?:строк|запис|позици|элемент|товар|данн|пункт|страниц)\\p{L}*';

/**
 * Sentences next to an answer: each kind says "only the first", "not all", "the rest is similar" or "to
 * be continued".
 */
const SENTENCES = [
	`\\b(?:not|isn't) (?:the |a |an )?(?:complete|full|whole|entire|exhaustive|comprehensive) ${LIST}\\b`,
	`\\b${LIST}(?: above| below| here)? (?:is|was|may be|might be) (?:incomplete|partial${END}|not (?:complete|exhaustive|full))`,
	`\\bnot (?:all|every)(?: of)?(?: the)?(?: \\d+)? ${ROWS} (?:is|are|was|were|have been|could be|fit).{0,30}(?:listed|shown|included|extracted|written|displayed|here|above|below|${END})`,
	`(?<!\\p{L})(?:only|just|nur|seulement|s[oó]lo|apenas|только) (?:the |first |die |ersten )*(?<some>\\d+|one|two|three) (?:out )?(?:of|von|sur|de|di|из) (?:the |den )?(?!\\k<some>(?!\\d))(?:\\d+|two|three|four|five|ten) (?:${ROWS}|lines?|${ZEILEN}|${STROKI}|lignes?|filas?|righe|linhas?)${END}`,
	`\\b(?:not able to|unable to|could(?: not|n't)|cannot|can't|did(?: not|n't)|have(?: not|n't)) (?:include|list|show|write|extract|fit|output|process|cover|display)\\w* (?:all|every|everything|the (?:rest|remaining|other))(?: of)?(?: the)?(?! (?:of )?(?:the )?(?:fields?|values?|information|details)\\b)`,
	`\\bi (?:have |had to )?stop(?:ped)? (?:here|after|at|with) (?:the |row |item )*(?:first|\\d+)`,
	`\\b(?:${LIST}|extraction|showing|display) (?:is |was |has been )*(?:limited|restricted|capped|cut) (?:to|at) (?:the |only )*(?:first|top|\\d+|one|a few|some)`,
	`${START}(?:part|batch|chunk|page|teil|seite|partie|parte|página|pagina|deel|часть|страница) (?<part>\\d+) ?(?:of|\\/|von|sur|de|di|van|из) ?(?!\\k<part>(?!\\d))\\d+${END}`,
	`\\b(?:type|say|reply(?: with)?|write|send|enter|ask for) ["'“‘«]?(?:next|continue|more|go on)\\b`,
	`\\band so (?:on|forth),? (?:for|with|until|through|up to)\\b`,
	`\\bi(?:'ve| have| also| just)* (?:forgot|missed|overlooked) (?:to (?:add|include|list) )?(?:the |an? |one |some |another |\\d+ |two |last |first )*${ROWS}`,
	`\\bi(?:'ve| have)* (?:skipped|left out|omitted|dropped) (?:the (?:other|remaining|rest)|some|several|many|(?:\\d+|two|three) ${ROWS})`,
	`\\bthere(?:'s| is| are| was| were) (?:also |still )(?:row|item|entry|record|position|product|page) (?:#|no\\.? |number )?\\d`,
	`\\bthere(?:'s| is| are| was| were) (?:also |still )*(?:another|one more|more|additional|further|\\d+ other) ${ROWS}\\b`,
	word(
		`(?:restlich|übrig|verbleibend|weiter|ander)e[nrsm]? \\d+ ${ZEILEN}|(?:aus|wegen) (?:platz|längen|zeit)\\p{L}*|der kürze (?:halber|wegen)`,
	),
	word(
		`nur (?:die|der|das|den) ersten? (?:\\d+ |\\p{L}+ )?${ZEILEN}|nur ein(?:en|e)? (?:kurzen? |kleinen? )?(?:auszug|ausschnitt|teilmenge|auswahl)|nur ein(?:en)? teil der (?:liste|tabelle|daten|${ZEILEN})`,
	),
	word(
		'(?:liste|tabelle|ausgabe|aufstellung|antwort|extraktion|json)(?: oben)? ist (?:nicht vollständig|unvollständig|nicht abschließend)|fortsetzung folgt|wird fortgesetzt',
	),
	word(
		`(?:sind|wurden|werden|konnten|habe ich) nicht (?:alle|sämtliche) (?:\\d+ )?${ZEILEN} .{0,30}(?:ausgegeben|aufgeführt|enthalten|gelistet|aufgelistet|extrahiert|erfasst|übernommen|dargestellt|werden)|nicht (?:alle|sämtliche) (?:\\d+ )?${ZEILEN} (?:sind|wurden|werden|konnten) .{0,30}(?:ausgegeben|aufgeführt|enthalten|gelistet|aufgelistet|extrahiert|erfasst|übernommen|dargestellt|werden)`,
	),
	word(
		`(?:только|лишь) (?:перв|част|некотор|несколько)\\p{L}* (?:\\d+ )?${STROKI}|(?:для|ради) краткости|из-за ограничени\\p{L}* .{0,12}(?:длин|объ[её]м|размер)\\p{L}*|остальн\\p{L}+ \\d+ ${STROKI}`,
	),
	word(
		`продолжение (?:следует|ниже)|(?:список|перечень|ответ|вывод|таблица|результат) (?:не ?полн|сокращ|обрезан|урезан|частичн)\\p{L}*|не все ${STROKI} (?:показан|привед|извлеч|включ|перечисл|вывед)\\p{L}*|это (?:лишь|только) (?:часть|фрагмент|отрывок|выдержка)`,
	),
	word(
		"(?:seules?|uniquement) (?:les? |la )?(?:premi[eè]re?s?) (?:\\d+ )?(?:lignes?|éléments?|entrées?)|la liste (?:est incomplète|n'est pas (?:complète|exhaustive))|à suivre|sol[oa](?:mente)? (?:las?|los?|el) primer[oa]?s? (?:\\d+ )?(?:filas?|elementos?|registros?)|la lista (?:está incompleta|no está completa)|sol[oe] (?:le|la|i) prim[aei] (?:\\d+ )?(?:righe|riga|voci|voce)|(?:apenas|somente|só) (?:as?|os?) primeir[oa]s? (?:\\d+ )?(?:linhas?|itens|item|registros?)",
	),
	'(?:以降|以後)[はもの].{0,8}(?:同様|同じ|同一)|以下同様|(?:最初|先頭|冒頭|上位)の?[^。、]{0,10}(?:のみ|だけ)|(?:簡潔|簡略)[^。、]{0,4}のため|簡潔にするため|(?:スペース|長さ|文字数|紙面)の(?:都合|制限|関係)',
	'(?:すべて|全て|全部)の(?:行|項目|件|データ|レコード|品目|商品|明細)[^。、]{0,8}(?:ていません|ていない|ではありません)|一部(?:の(?:行|項目|データ|明細))?(?:のみ|だけ)|一部を?抜粋|(?:一覧|リスト)は?(?:不完全|完全ではありません)',
	'(?:처음|첫 ?번째|첫|상위)[^.。,]{0,8}(?:개|행|항목|건|줄|번째)만|일부(?: (?:행|항목|데이터|결과))?만|전체 ?(?:목록|리스트|데이터|결과)[이가]? ?아[닙니님]|(?:모든|전체) (?:행|항목|데이터)\\p{L}* (?:포함|표시|추출)\\p{L}* (?:않|못)|(?:길이|분량|지면|공간) ?(?:제한|관계|상)|(?:이후|이하)[^.。,]{0,12}(?:동일|같습|마찬가지)|다음에 계속|계속됩니다|(?:목록|리스트)[이은가는]? ?(?:불완전|완전하지)',
	'篇幅(?:所限|有限|限制|原因|关系|關係)|(?:仅|僅|只)(?:列出|显示|顯示|展示|提取|擷取|给出|包含|包括|输出|为|為|是)了?(?:前|部分|一部分|第一[行条條个個项項]|首)|(?:列表|清单|清單|结果|結果|表格|以上数据|以上數據)(?:并|並)?(?:不完整|不全|未完)|(?:并非|並非|不是)(?:全部|完整)|(?:没有|沒有|未能?|无法)(?:列出|包含|提取|显示|顯示|输出)(?:全部|所有)(?:行|条|數據|数据|记录|项)',
];

/** What a complete answer may lack: headings, spelling, and fields that do not exist. */
const NO_ENTRY =
	'(?!.{0,60}(?<!\\p{L})(?:headers?|headings?|footers?|titles?|fields?|keys?|attributes?|columns?|propert(?:y|ies)|symbols?|signs?|currenc(?:y|ies)|units?|prefix(?:es)?|suffix(?:es)?|null|optional|empty|blank|whitespace|spaces?|punctuation|formatting|markup|markdown|explanations?|commentary|duplicates?|(?:sub)?totals?(?: (?:row|line)s?)?|page numbers?|kopfzeile\\p{L}*|überschrift\\p{L}*|fußzeile\\p{L}*|feld\\p{L}*|leer\\p{L}*|währung\\p{L}*|en-têtes?|champs?|vides?|encabezados?|campos?|vací\\p{L}*|intestazion\\p{L}*|camp[oi]|заголов\\p{L}*|пол[яей]\\p{L}*|пуст\\p{L}*)(?!\\p{L}))';
const LEFT = 'skipped|omitted|left out|dropped|excluded|disregarded';
const UNREAD =
	'(?:read|parsed?|extract(?:ed)?|recogni[sz]ed?|decipher(?:ed)?|ma[dk]e out|process(?:ed)?|transcribed?|capture?d?)';
const PART =
	'(?:rows?|items?|entries|entry|records?|lines?|pages?|positions?|products?|orders?|sections?|tables?|names?|part)';

/** Sentences in which a model says what it has not done, yet or at all. */
const UNDONE = [
	`(?<!\\p{L})(?:i|we)(?:'ve| have| also| just| had to)* (?:${LEFT})(?!\\p{L})${NO_ENTRY}`,
	`(?<!\\p{L})(?<!(?:nothing|none|no \\p{L}{1,20}) )(?:is|are|was|were|has been|have been|had to be) (?:intentionally |deliberately |therefore )?(?:${LEFT})(?!\\p{L})(?<!(?:fields?|values?|headers?|symbols?|duplicates?|nothing|none).{0,40})${NO_ENTRY}`,
	`(?<!\\p{L})${PART}(?!\\p{L}).{0,40}(?:could not|couldn't|cannot|can't|was not|were not|wasn't|weren't)(?: be)? ${UNREAD}(?!\\p{L})|(?<!\\p{L})(?:could not|couldn't|cannot|can't|unable to|not able to|did not|didn't|failed to) ${UNREAD} .{0,40}(?<!\\p{L})${PART}(?!\\p{L})`,
	`(?<!\\p{L})${PART}(?!\\p{L}).{0,30}(?:is|are|was|were) (?:illegible|unreadable|missing from (?:this|my|the) (?:answer|output|list|result))`,
	`(?<!\\p{L})(?<!\\bno )(?:one|two|three|four|five|\\d+|some|several|many|a few|the (?:first|second|third|last|next|other)(?: \\d+)?) (?!(?:names?|orders?)(?!\\p{L}))${PART} (?:is|are) (?:still )?missing${END}`,
	word(`(?:es )?fehl(?:t|en) (?:noch|leider) (?:\\p{L}+ |\\d+ )?${ZEILEN}`),
	`(?<!\\p{L})(?:rows?|items?|entries|records?|lines?|pages?|the rest|the (?:other|remaining) \\p{L}+)(?!\\p{L})[\\d\\s–—-]{0,12}(?: and \\d+)? ?(?:will )?(?:follows?|come|comes|be sent|be next)(?= (?:in|with|next|later|soon|below)|${END})`,
	`(?<!\\p{L})i(?:'ll| will| can| am going to) (?:send|give|provide|list|add|return|extract|continue with|do) (?:you )?the (?:rest|others?|remaining|next|second|following)(?!\\p{L})`,
	`${START}(?:here(?: is|'s) |this is |that is )?(?:the |a |an |my )?(?:first|initial|next|second) (?:batch|part|chunk|half|portion|set|page|section|segment)(?: of .{1,40})?${END}`,
	`(?<!\\p{L})(?:only|just) (?:the )?(?:first|second|last|one|some|part)(?: of)?(?: the)? ?(?:pages?|sections?|tables?|parts?|half|document|text)? ?(?:was|were|is|are|has been|have been) (?:processed|read|extracted|covered|included|used)`,
	`(?<!\\p{L})(?:want|wish|like|need) me to (?:continue|go on|proceed|do the (?:rest|next))|(?<!\\p{L})(?:shall|should|may|can) i (?:continue|go on|proceed)(?!\\p{L})`,
	word(
		`(?:soll|kann|darf) ich (?:fortfahren|weitermachen|fortsetzen|mit de[mnr] \\p{L}+)|(?:erste[rs]?|nächste[rs]?) (?:teil|abschnitt|hälfte|stapel|charge)${END}|(?:zeilen?|eintr\\p{L}+|datens\\p{L}+|positionen|rest|seiten?)[\\d\\s–—-]{0,12} (?:folgen|folgt|kommen|kommt)`,
	),
	word(
		`(?:konnte|kann|konnten|können) (?:ich |wir )?(?:leider )?(?:nicht|${ZEILEN} nicht|.{0,30}(?:${ZEILEN}|seite\\p{L}*) nicht) (?:lesen|entziffern|erkennen|auslesen|erfassen|gelesen|entziffert|erkannt|ausgelesen|erfasst)|(?:habe|haben|wurden?|ist|sind) (?:ich |wir )?.{0,40}(?:weggelassen|ausgelassen|übersprungen|übergangen|ausgeschlossen)`,
	),
	"(?<!\\p{L})(?:j['’]ai|nous avons|a été|ont été|est|sont) (?:volontairement |dû )?(?:omis|omettre|sauté|ignoré|exclu|laissé de côté|écarté)(?:e?s?)(?!\\p{L})" +
		NO_ENTRY,
	word(
		"(?:n['’]ai pas pu|impossible de|pas réussi à) (?:lire|déchiffrer|extraire)|(?:n['’]ont|n['’]a) pas pu être (?:lue?s?|extraite?s?)|(?:dois-je|voulez-vous que je) continue[rz]?|premi(?:er|ère) (?:partie|lot)${END}|(?:lignes?|suite|reste)[\\d\\s–—-]{0,12} (?:suivront|suivra|suivent)".replace(
			'${END}',
			END,
		),
	),
	`(?<!\\p{L})(?:he|hemos|se ha|se han|fue|fueron) (?:omitid[oa]s?|saltado|excluid[oa]s?|ignorad[oa]s?|dejado fuera)(?!\\p{L})${NO_ENTRY}`,
	word(
		`(?:no (?:he podido|pude|se pudo|se pudieron|puedo)) (?:leer|extraer|descifrar)|(?:quiere|quieres|desea) que (?:continúe|siga)|¿?continúo|primera parte${END}|(?:filas?|resto)[\\d\\s–—-]{0,12} (?:siguen|sigue|seguirán|seguirá)`,
	),
	`(?<!\\p{L})(?:ho|abbiamo|è stat[oa]|sono stat[ei]) (?:omess[oaie]|saltato|esclus[oaie]|ignorat[oaie]|tralasciat[oaie])(?!\\p{L})${NO_ENTRY}`,
	word(
		'non (?:ho potuto|sono riuscit[oa] a|è stato possibile) (?:leggere|estrarre)|devo continuare|vuoi che continui',
	),
	`(?<!\\p{L})(?:omiti|deixei de fora|pulei|excluí|foi omitid[oa]|foram omitid[oa]s)(?!\\p{L})${NO_ENTRY}`,
	word('não (?:consegui|foi possível|pude) (?:ler|extrair)|devo continuar|quer que eu continue'),
	`(?<!\\p{L})(?:(?:я|мы) (?:пропустил|опустил|не включил|исключил)|(?:был[аои]? )?(?:пропущен|опущен|исключ[её]н)[аоы]?)(?:[аи])?(?!\\p{L})${NO_ENTRY}`,
	word(
		'не (?:смог(?:ла|ли)?|удалось|могу) (?:прочитать|прочесть|распознать|извлечь|разобрать)|(?:мне )?продолжить|первая (?:часть|партия)|(?:строки|остальное)[\\d\\s–—-]{0,12} (?:следуют|следует|далее)',
	),
	'(?:行|件|項目|ページ|レコード|品目)[^。]{0,12}(?:読み取れ|読め|抽出でき)(?:ません|なかった|ない)|(?:続け|続行し)(?:ますか|ましょうか)|(?:スキップ|除外|割愛)(?:しました|した|しています)|残りは次',
	'(?:行|条|條|页|頁|项|項|记录)[^。]{0,12}(?:无法|無法|不能|未能|没能)(?:读取|識別|识别|辨认|提取)|(?:需要|要不要|是否)(?:我)?(?:继续|繼續)|(?:已|我|被)(?:跳过|跳過|略过|忽略|排除)了?|其余.{0,6}下一',
	'(?:행|건|항목|페이지|줄)[^.]{0,12}(?:읽을 수 없|읽지 못|추출하지 못|인식하지 못)|계속할까요|계속 ?(?:진행)?할까요|(?:건너뛰었|건너뛴|제외했|제외하였|생략했|누락했)',
];

export const SAYS_MORE = new RegExp(PHRASES.join('|'), 'iu');
export const SAYS_PART = new RegExp([...SENTENCES, ...UNDONE].join('|'), 'iu');
export const IS_MORE = whole(
	`${WHOLES}|(?:and |plus |\\+ ?)*${MANY} ${MORE}(?: (?:${THINGS}|\\p{L}+s))?|(?:and |the )*(?:more|other|remaining|additional|further) (?:rows|items|entries|records|lines|elements|results)(?: (?:omitted|here|below|follow))?`,
);
export const MAY_BE_MORE = whole(VAGUE);
/** How a text ends that continues in the source. */
export const ENDS_SHORT =
	/[[(<{](?:\.{3,}|…)?\s*(?:text |content |output )?(?:truncated|continue[sd]?|cont'?d\.?|cut off|omitted|abbreviated|abridged|shortened|snip(?:ped)?|gekürzt|tronqué|truncado|troncato|省略|以下略|생략)\s*(?:\.{3,}|…)?[\])>}][.…\s]*$/iu;
/** The last entry, and what stands for those after it, in one text. */
export const ENDS_IN_MORE =
	/(?:[,;、，]\s*|\s)(?:etc\.?|and so on|and more|usw\.?|ecc\.?|enz\.?|и т\. ?[дп]\.|など|等等|등)[.…]*$/iu;
/** "Showing 1 of 39", "1-10 von 39". */
export const OF_HOW_MANY =
	/(?<![\p{L}\p{N}])(?:show(?:n|ing|s)?|display(?:ed|ing)?|list(?:ed|ing)?|includ(?:ed|ing)|extracted|returned|giv(?:en|ing)|first|top|rows?|items?|entries|records?|results?|zeige|gezeigt|zeilen|einträge|affich(?:age|é|ées?)|lignes|mostrando|filas|registros|mostrate|righe|voci|mostrando|linhas|показано|строки?|записи?)[\s:(]{1,3}(?:only |just |rows? |items? |entries |records? |the |first |top )*(?:\d+\s*[-–—]\s*)?(?<some>\d+)(?: \p{L}+)?(?: out)? ?(?:of|\/|von|sur|de|di|из|van|z)(?: the| all| about| over| insgesamt| total| a total of)* ?(?<all>\d+)(?!\p{N})/iu;
