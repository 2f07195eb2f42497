import { HEDGES, HEDGES_UNSPACED } from '../read/hedges';

/** Words that say that what follows them, or contains them, is not the answer. */
const OTHERS =
	'wrong|incorrect|invalid|errors?|exceptions?|failures?|failed|warnings?|previous|previously|prior|earlier|before|old|older|outdated|obsolete|deprecated|superseded|original|draft|drafts|rough|attempt|attempts|example|examples|template|placeholder|dummy|fake|mock|hypothetical|schema|expected|rejected|discarded|ignored|removed|deleted|excluded|missing|unverified|guess|alternative|alternatives|alternate|not|none|never|falsch|fehler|ungültig|beispiel|vorher|vorherige|alte|entwurf|verworfen|faux|incorrecte|erreur|exemple|ancien|ancienne|brouillon|avant|incorrecto|ejemplo|anterior|borrador|antes|errore|sbagliato|esempio|precedente|bozza|erro|errado|exemplo|rascunho|fout|voorbeeld|vorige|ошибка|пример|черновик|неверно|错误|錯誤|示例|草稿|例|誤り|下書き|오류|예시|초안';
const KEY_WORD = new RegExp(
	`^(?:${OTHERS}|unsure|uncertain|guessed|${HEDGES}|${HEDGES_UNSPACED})$`,
	'u',
);

const IN_EVERY_OBJECT = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Whether the name of a wrapper says that its content is not the answer: `previous_result`, `notFound`.
 */
export function isNoAnswer(key: string): boolean {
	if (IN_EVERY_OBJECT.has(key)) return true;
	const words = key
		.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
		.toLowerCase()
		.split(/[^\p{L}]+/u);
	return words.some((word) => KEY_WORD.test(word));
}

/** At the beginning of a sentence: "For example:", "The previous answer was", "Wrong:". */
const LABEL =
	/^[^\p{L}\p{N}]*(?:(?:here(?:'s| is| was)|this (?:is|was)|the|an?|my|your|with|eine?|das|die|der|un|une|el|la|un[ao]?|il|um[ao]?|een) )*(?:for example|e\.g|for instance|wrong|incorrect|invalid|previous(?:ly)?|prior|old|outdated|original(?:ly)?|(?:first |rough |initial )?(?:drafts?|attempt|guess)|at first|initially|i (?:first|initially|originally)|examples?|hypothetical|instead of|rather than|not this|do not|don't|z\. ?b|zum beispiel|falsch|beispiel|vorher|bisher|entwurf|par exemple|exemple|faux|ancien|brouillon|por ejemplo|ejemplo|incorrecto|anterior|borrador|per esempio|esempio|sbagliato|bozza|por exemplo|exemplo|errado|rascunho|bijvoorbeeld|voorbeeld|fout|например|пример|неверно|черновик)(?!\p{L})|^[^\p{L}]*(?:例如|示例|草稿|错误|たとえば|例えば|例|下書き|誤り|예를 들어|예시|초안)/iu;

/** Words anywhere before a value that say that it is made up, or that there was nothing to read. */
const MADE_UP =
	/(?<!\p{L})(?:here(?:'s| is| are) (?:just |only )?(?:an?|some) (?:\p{L}+ )?(?:examples?|samples?|templates?|placeholders?|mock-?ups?|skeleton)(?!\p{L}| (?:invoice|document|receipt|order|contract|letter)s?)|(?:would|could|might) (?:\p{L}+ )?look (?:like|as follows|something)|(?:cannot|can't|could not|couldn't|unable to|not able to|did not|didn't|don't|do not) (?:see|access|open|view|receive|provide)(?: the| any| an?| your)* (?:document|file|text|attachment|image|pdf)(?=[,.:;]|$| (?:so|but|that|you))|no (?:document|text|file|input|image|attachment|pdf) (?:was|were|has been|is) (?:given|provided|attached|supplied|included|uploaded)|(?:würde|könnte) .{0,30}aussehen|aussehen (?:würde|könnte)|hier(?: ist| sind)? (?:nur )?(?:eine? )?(?:beispiel|vorlage|muster)(?:ausgabe|daten|antwort|werte)?(?!\p{L})|(?:мог(?:ла|ло|ли)? бы )?выгляде(?:ть|л[ао]?) бы|мог(?:ла|ло|ли)? бы выглядеть|вот (?:пример|шаблон|образец)(?! ?(?:сч[её]т|документ)))|(?:出力|回答|結果|サンプル)の?例|以下は(?:例|サンプル)|サンプル出力|(?<![从在])示例(?:输出|数据|结果|[：:])|(?:以下|这)(?:是|为)(?:一个|个)?(?:示例|例子|模板|样例)|(?:출력|응답|결과|답변) ?예시|예시 ?(?:출력|결과|값)(?!에서)/iu;

/** Words right before a value that say that it is not the answer. */
const DENIES_NEXT =
	/(?<!\p{L})(?:(?:not|nicht|pas|не)|(?:isn|wasn|aren)['’]t|(?:would|should|do|could|can|must|will)(?: not|n['’]t) (?:be|return|give|say|use|answer|output|report|take)|never (?:be|return|give|say|use|answer)|no es|non è|não é|not (?:be|return|equal|simply|just))[\s"'`:]*$|(?:不是|并非|並非)[\s:：]*$/iu;

/** What the answer began with, alone on its line. */
const WAS_GIVEN =
	/^[^\p{L}]*(?:(?:the |given |original )?(?:input|before)|eingabe|entrée|avant|entrada|antes|prima|вход(?:ные данные)?|до|入力|変更前|输入|輸入|修改前|입력|변경 전)[^\p{L}\p{N}]*$/iu;

/** Whether the sentence before a JSON value says that it is an example, a draft or a mistake. */
export function isLabelledOther(line: string): boolean {
	const sentence = line.split(/(?<=[.!?。！？])\s+/).at(-1) ?? '';
	const words = [LABEL, MADE_UP, DENIES_NEXT, WAS_GIVEN];
	return sentence.length <= 160 && words.some((own) => own.test(sentence));
}

const CORRECTION =
	/^[^\p{L}]*(?:(?:oh|ah|ach|h+m+|well|so|but|and|one|small|quick|minor|another|a|note|edit|aber|mais|pero|ma|mas|но)[\s,.!…–—-]+)*(?:corrections?|corrected|corrig(?:endum|enda)|errat(?:um|a)|actually|scratch that|on second thought|oops|wait|sorry|apologies|hold on|typo|(?:or )?rather(?! than)|mistake|my bad|make (?:that|it) \d|to be (?:more )?precise|(?:quick|small) fix|korrigiert|doch nicht|plutôt(?! que)|oups|disculpas?|(?:update|edit)(?=\s*[:：–—-])|eigentlich|vielmehr|besser gesagt|en fait|en realidad|mejor dicho|in realtà|anzi|na verdade|ou melhor|вернее|точнее|korrektur|berichtigung|rectification|correction|corrección|correzione|correção|correctie|исправление|поправка|[更訂订]正|정정|수정)(?!\p{L})|(?<!\p{L})(?:i made (?:a|an) (?:mistake|error)|my mistake|(?:that|this|it|which|above) (?:is|was) (?:wrong|incorrect|a mistake)|(?:is|was) (?:wrong|incorrect)|(?:should (?:be|read|have been|say)|devrait être|debería ser|dovrebbe essere|deveria ser|должн[оа] быть|correct (?:value|total|number|amount|date|name) is) ["'“‘«$€£]?[-\p{L}]{0,12} ?["'“]?\d|["'”\d] instead of|sollte ["'“„]?[\d\p{L}.,]+["'”“]? (?:sein|heißen|lauten)|ist falsch|est incorrect|es incorrecto)|正しくは|应[为該该]|應為/iu;

/** The same in words that occur anywhere, or in languages without blanks after words. */
const CORRECTS =
	/(?<!\p{L})(?:(?:please )?(?:ignore|disregard) (?:the |this|that|my |all )|strike that|i take (?:that|this|it|everything) back|i (?:misread|mistyped)|(?<!what )i (?:actually |really )?meant|let me (?:correct|fix)|(?:need|have|want|like) to correct|correcting myself|ich (?:meinte|korrigiere)|je (?:voulais (?:dire|écrire|mettre)|corrige|rectifie)|(?:quise|quería) (?:decir|poner)|corrijo|volevo dire|intendevo|mi correggo|qui(?:s|seria) dizer|(?:имел[аи]?|имею) в виду|хотел[аи]? сказать|исправляю|on (?:a )?closer (?:look|inspection|reading)|bei genauerem hinsehen|nach erneutem lesen|has a typo)|^[^\p{L}]*(?:nope|rectificatif|scusate|przepraszam|beklager|undskyld|förlåt)(?!\p{L})|^[^\p{L}]*(?:(?:einen )?moment|halt|stopp|warte|entschuldigung|ups|attendez|pardon|espere?|un momento|aspetta|scusa|desculpe|подожди(?:те)?|стоп|ой|извини(?:те)?|прости(?:те)?)(?=\s*[,!.…—–])|^[^\p{L}]*(?:oh |ach |ah )?(?:no|nein|non|não|нет)[,!—–] ?(?!(?:nothing|no|all|every|nichts|alle|rien|tou|nada|tod|niente|tutt|ничего|вс))|^[^\p{L}]*(?:実は|実際に?は|正確には|いや[、，]|やはり|사실은?[ ,]|실은|아니[,요]|정확히는|其[实實]|[实實][际際]上|不[对對]|更?[准準]确地[说說]|失礼(?:しま|いた|[、，。])|すみません|申し訳|잠깐|잠시만|죄송|抱歉|对不起|等等，)|(?<!\p{L})(?:на самом деле|(?:я|мы) (?:ошиб|перепутал)\p{L}*|ich habe mich (?:geirrt|vertan|verrechnet|verlesen)|mein fehler|(?:ist|war|sind) (?:leider )?(?:falsch|ein fehler)|(?:muss|müsste) ["'“„]?\d[\d.,]* ?\p{Sc}? (?:sein|heißen|lauten))(?!\p{L})|잘못 ?(?:되|됐|된|했|적|썼)|틀렸|\d[^.。]{0,6}[이가] 맞습니다|間違い(?:です|でした)|誤り(?:です|でした)|訂正(?:します|いたし)|つもりでした|間違え(?:まし)?た|の間違い|정정합|수정합|뜻이었|말하려|我(?:的意思)?是[说說指]|想[说說]的?是|[纠糾更]正一?下|正确的?(?:是|为|应)|(?<![没沒])有误|[弄搞写]错|实际上?[是为]/iu;
const IS_MADE_UP =
	/(?<!\p{L})(?:(?:this|these|that|those|values?|data|output|json|results?|numbers|entries|rows|names|amounts|fields) (?:above )?(?:is|are|was|were) (?:just |only |merely |purely |all )*(?:an? )?(?:examples?|placeholders?|fictional|fictitious|made[ -]up|invented|hypothetical|dummy|samples?|illustrative|mock|imaginary)(?: (?:values?|data|output|json|entries|rows|only))?(?=\s*(?:[,.;:!)]|$)| (?:because|since|for))|no (?:document|text|file|input|image|attachment|pdf) (?:was|were|has been) (?:given|provided|attached|supplied|uploaded)|(?:dies|das|es|(?:daten|werte|angaben)) (?:sind|ist|handelt sich um)(?: nur| lediglich| rein| frei)* (?:(?:ein beispiel|beispiel(?:daten|werte|ausgabe)|musterdaten|platzhalter)(?!\p{L})|fiktiv|erfunden)|это (?:лишь |только |просто )?(?:пример(?!\p{L})|вымышлен|заглушк|шаблон)|(?:данные|значения) (?:вымышлен|выдуман|условн))|(?:これ|上記|以上|値)は[^。]{0,8}(?:例|サンプル|架空|ダミー|仮)(?:です|の値|の(?:データ))|예시(?:일 뿐|입니다|값입|데이터입)|가상의 (?:데이터|값)|(?:以上|这些?|上述)[^。，]{0,6}[为是](?:虚构|示例|例子|占位|模拟)/iu;

const RIGHT_ONE =
	/(?<!\p{L})(?:(?:the |der |die |das |le |la |il |el |o )?(?:correct|actual|true|real|korrekte[rs]?|richtige[rs]?|tatsächliche[rs]?|correcta?|verdader[oa]|real|corrett[oa]|effettiv[oa]|corret[oa]|правильн\p{L}*|верн\p{L}*|настоящ\p{L}*) (?:\p{L}+ ){0,2}(?:is|was|lautet|ist|wäre|beträgt|es|è|é|est|—|–|-|:|=) ?\p{Sc}?-?\d|(?:montant|total|nombre|valeur|somme) (?:\p{L}+ )?(?:correcte?|exacte?|réel(?:le)?) (?:est|=|:)|(?:importe|total|valor|cantidad|número) (?:correct[oa]|verdader[oa]|real) (?:es|=|:)|\d[\d.,]*,? (?:not|nicht|et non|y no|e non|e não|а не) \p{Sc}?\d)|正しい?[^。]{0,8}は ?\d|(?:正确|正確|实际|實際)的?[^。]{0,8}(?:是|为|為) ?\d|(?:올바른|정확한|실제) [^.]{0,8}[은는] ?\d/iu;

/** The number that a line calls the right one. */
export function rightOne(line: string): string | undefined {
	const found = RIGHT_ONE.exec(line);
	const behind = found ? line.slice(found.index + found[0].search(/\d|$/)) : '';
	return found ? (/\d+(?:[.,]\d+)*/.exec(behind)?.[0] ?? '') : undefined;
}

const UNSURE =
	/(?<!\p{L})(?:(?:i(?:'m| am|'ve| have)?|we|it|this|that|is|are|was|were|value|values) (?:\p{L}+ )?(?:not (?:entirely |completely |quite |fully |very )?(?:sure|certain|confident)|unsure|uncertain|guess(?:ed|ing)?|estimated|made (?:it |this |that |them )?up|invented)|(?:may|might|could) (?:also )?be \p{Sc}?-?\d|(?:a |my |best |educated )guess|placeholders?|(?:is|are|was|were) (?:only |just )?(?:an? )?(?:rough |own )?(?:estimates?|approximations?)(?= *(?:[,.;:!)]|$))|(?<=\()(?:estimated|approximate|geschätzt|estimé|estimado|stimato)(?=\))|(?:is|are|was|were) (?:\p{L}+ )?(?:unclear|ambiguous|hard to read|illegible)|i(?:'ve| have)? approximated|nicht (?:ganz )?sicher|unsicher|geraten|geschätzt|platzhalter|unklar|unleserlich|pas (?:tout à fait )?s[uû]re?|incertaine?|deviné|estimé|illisible|provisoires?|no (?:estoy|es) segur[oa]|adivin\p{L}*|estimad[oa]|ilegible|marcador de posición|non sono sicur[oa]|indovinat[oa]|stimat[oa]|illeggibile|segnaposto|não tenho certeza|adivinhei|estimei|ilegível|не уверен\p{L}*|предположил\p{L}*|угадал\p{L}*|неразборчив\p{L}*|заглушк\p{L}*|приблизительн\p{L}*)(?!\p{L})|(?:確信|自信)が(?:ない|ありません)|推測(?:しました|した|です|値)|推定(?:しました|値です)|仮の値|判読(?:できません|不能)|不确定|不確定|我猜|猜测|猜測|估计的|占位|看不清|확실하지 않|추측|추정(?:했|값)|임의로|불분명|자리 ?표시/iu;

const ASSUMED =
	/(?<!(?:n['’]t|(?<!\p{L})(?:no|not|nothing|never|none|nichts|nicht|keine?|rien|pas|aucune?|nada|niente|non|nessun\p{L}?|não|ничего|не))(?: \p{L}+){0,3} )(?<!\p{L})(?:assum(?:ed|ing)|i assume|presumed|default(?:ed|s|ing) to|is a (?:default|stand-in)|best estimate|plausible (?:values?|\p{L}+)|ich nehme an|je suppose|supongo|suppongo|(?:as|to) (?:a |the )?(?:default|fallback)(?: value)?(?=[^\p{L} ]|$)|angenommen(?:e[nrsm]?)?|j['’](?:ai )?suppos[eé]|supposée?s?|supuse|he supuesto|asum(?:í|ido|iendo)|supposto|ipotizzat[oaie]|supus|assumi(?:ndo)?|по умолчанию|предполагаю)(?!\p{L}| (?:nothing|no|nichts|rien|nada|niente)(?!\p{L}))|仮定し(?:まし)?た|適当に|推定です|と仮定|想定し(?:まし)?た|プレースホルダ|가정했|가정하[고여]|플레이스홀더|기본값|(?<![没沒]有?|[未无無])假[设設定]|默[认認]值|預設值|[编編](?:造|的)|[暂暫]定/iu;
/** Something was not there … */
const LACKS =
	/(?:(?:could|can|did|was|is|are|were|do|does)(?:n['’]t| not)|cannot|unable to) (?:\p{L}+ ){0,3}?(?:find|found|see|read|make|determine|locate|tell|given|stated|specified|mentioned|available|provided|listed|present|shown|clear|legible|there|contain|say|mention|state|give|show|in|on)(?!\p{L})|(?<!\p{L})(?:there (?:is|was|are|were) no|no \p{L}+ (?:\p{L}+ )?(?:found|given|stated|mentioned|available|provided|in|on)|missing|absent|illegible|unreadable|unknown|(?:nicht|nirgends) (?:\p{L}+ ){0,2}(?:gefunden|finden|lesen|lesbar|angegeben|vorhanden|genannt|steht)|kein\p{L}* \p{L}+ (?:gefunden|angegeben|vorhanden)|fehl(?:t|te|en|ten)|introuvables?|manqu\p{L}+|absente?|(?:pas|aucune?) (?:\p{L}+ ){0,2}(?:trouvé|indiqué|mentionné|donné|lisible|précisé)e?|no (?:\p{L}+ ){0,2}(?:encontr|aparec|figura|consta|hay|está)\p{L}*|falta\p{L}*|non (?:\p{L}+ ){0,2}(?:trova|trovo|indicat|presente)\p{L}*|manca\p{L}*|não (?:\p{L}+ ){0,2}(?:encontr|consta|há)\p{L}*|не (?:\p{L}+ ){0,2}(?:наш|найд|указан|удалось)\p{L}*|отсутству\p{L}+|нет \p{L}+)(?!\p{L})|見つから|見当たら|ありません|不明|記載が|없(?:어|으|습|는|음|고)|찾(?:지|을)|找不到|[没沒]有?(?:找到|写|提)|未(?:找到|提|注明|写)|[没沒]有|缺[失少]/iu;
/** … and something else was put in its place. */
const FILLS =
	/(?:[,;] (?=used)|(?<!\p{L}))(?:(?:(?:i|we)(?:['’]ve| have)? (?:\p{L}+ )?|so |(?<=[,;] )|(?:was|is|were) )(?:used|put|set|filled|entered|chose|picked|inserted|took|substituted|wrote|gave|went)|(?:eingesetzt|eingetragen|genommen|verwendet|gesetzt|gewählt)|j['’]ai (?:\p{L}+ )?(?:mis|utilisé|pris|choisi)|puse|usé|utilicé|he (?:puesto|usado|utilizado)|ho (?:messo|usato|inserito)|usei|coloquei|поставил[аи]?|использовал[аи]?|взял[аи]?|указал[аи]?)(?!\p{L})|と(?:しました|した)|にしました|を?(?:入れ|使い|使用し)(?:まし)?た|넣었|사용했|썼|[用填写]了|(?:所以|因此|就)[^，。]{0,4}[用填写设設]/iu;
const LEFT_EMPTY =
	/(?<!\p{sc=Latin})(?:null|none|empty|blank|leer|vides?|vac[íi][oa]s?|vuot[oaie]|vazi[oa]s?)(?!\p{sc=Latin})|(?<!\p{L})пуст|空|빈/iu;

const HEDGE = new RegExp(String.raw`(?<!\p{L})(?:${HEDGES})(?!\p{L})|${HEDGES_UNSPACED}`, 'giu');
const MOST_BESIDE = 2;

/** Whether a line only hedges, or hedges a number: "Probably:", "It is probably 36", but not "This is probably all you need". */
function isHedged(line: string): boolean {
	const rest = line.replace(HEDGE, ' ');
	if (rest === line) return false;
	const words = rest.match(/[\p{L}\p{M}]+/gu) ?? [];
	const isNext = [...line.matchAll(HEDGE)].some(({ 0: { length }, index }) =>
		/^[\s"'“„(:]*\p{Sc}?-?\d/u.test(line.slice(index + length)),
	);
	return isNext || words.length <= MOST_BESIDE;
}

const HEDGED_BEHIND = new RegExp(
	String.raw`\S(?:\s?[([（［]|[,;，、]|\s[–—-])\s*(?:${HEDGES}|${HEDGES_UNSPACED}|unsure|uncertain|not sure|guess(?:ed)?|unsicher|\?)\s*[)\]）］]?[.!?。]*\s*$`,
	'iu',
);

/** Whether a short text begins or ends with doubt about the rest of it: "probably Ada", "Ada (TBD)". */
export function isHedgedName(text: string): boolean {
	if (text.length > 80) return false;
	if (HEDGED_BEHIND.test(text)) return true;
	const [found] = text.matchAll(HEDGE);
	const words = text.slice(found?.[0].length).match(/[^\s"'“„]+/g) ?? [];
	return found?.index === 0 && words.length > 0 && words.length <= 3;
}

/** Whether a line next to values says that they are a guess, an assumption, or uncertain. */
export function isUnsure(line: string): boolean {
	const isFilledIn = LACKS.test(line) && FILLS.test(line) && !LEFT_EMPTY.test(line);
	return isFilledIn || UNSURE.test(line) || ASSUMED.test(line) || isHedged(line);
}

/** Whether a line after a JSON value takes back some or all of it. */
export function correctsIt(line: string): boolean {
	const sentences = line.split(SENTENCE_END);
	return sentences.some((one) =>
		[CORRECTION, CORRECTS, IS_MADE_UP].some((words) => words.test(one)),
	);
}

/** In brackets, or behind a comma or a dash, with a name or a number after a few words. */
const BEHIND =
	/^[^()[\]（）［］]{1,80}?(?:\s?[([（［]([^()[\]（）［］]{1,80})[)\]）］]|(?:[,;，、]|\s[–—-])\s*((?:\p{L}+:? ){1,2}[\p{Lu}\p{Lo}\p{N}]\S*(?: \S+){0,2}))[.!。]?\s*$/u;
const RIGHT_BEHIND =
	/^\W*(?:(?:should|sollte|devrait|debería|dovrebbe|deveria|должн[оа])(?!\p{L})|(?:correct|right|actual|real|true|richtig|korrekt|tatsächlich|exact|réel|correct[oa]|corrett[oa]|corret[oa]|правильно|верно)(?: \p{L}+)?\s*[:：=])|^(?:(?:実際|本当|正しく)は|[实實]际|實際|正[确確])/iu;

/** Whether a text corrects itself at its end: "Ada (actually Eda)". */
export function correctsItself(text: string): boolean {
	const [, inner, tail] = (text.length <= 200 && BEHIND.exec(text)) || [];
	const said = inner ?? tail;
	return said !== undefined && (correctsIt(said) || RIGHT_BEHIND.test(said));
}

/** Also behind a dash: "That is all — actually, it is 15". */
const SENTENCE_END = /(?<=[.!?;])\s+|(?<=[。！？；])|\s[–—-]+\s/u;

const DOUBTED =
	/(?<!\p{L})(?:wrong|incorrect|not correct|should (?:be|read|have been)|actually|placeholder|dummy|made[ -]up|fixme|to be (?:filled|determined|confirmed)|tbd|falsch|sollte|faux|devrait|incorrecto|debería|sbagliato|dovrebbe|errado|deveria|неверно|должн[оа] быть)(?!\p{L})|错误|誤り|틀림/iu;

/** Whether a comment in JSON says that the value next to it is not right. */
export function doubtsIt(comment: string): boolean {
	return DOUBTED.test(comment);
}

/** Whether a comment next to values says that they are wrong, or not the answer at all. */
export function takesBack(comment: string): boolean {
	return doubtsIt(comment) || isLabelledOther(comment) || correctsIt(comment.trim());
}

const EXAMPLE =
	/(?<!\p{L})(?:(?:is|are|was|were) (?:just |only |merely )?(?:an? )?(?:hypothetical |fictitious )?(?:examples?|placeholders?|dummy|made[ -]up)|(?:example|sample|placeholder|dummy|made[ -]up|fictitious) (?:values?|data|rows?|entries|numbers?)|nur ein beispiel|beispielwerte)(?!\p{L})/iu;

/** Whether a line next to a tool call says that its values are an example. */
export function isExample(line: string): boolean {
	return EXAMPLE.test(line);
}

const FINAL =
	/(?<![\p{L}-])(?:final(?:ly)?|correct(?:ed)?|fixed|revised|updated|improved|better|amended|endgültig\p{L}*|korrigiert\p{L}*|richtig\p{L}*|verbessert\p{L}*|überarbeitet\p{L}*|corrigée?s?|révisée?s?|finale?s?|corregid[oa]|definitiv[oa]|corrett[oa]|corrigid[oa]|definitief|итог\p{L}*|окончательн\p{L}*|исправленн\p{L}*)(?![\p{L}-])|^[^\p{L}]*(?:no|nein|non|нет|better|besser|instead|rather)[,.:!]|<(?:final[\w-]*|answer|result|output)>$|最[终終](?:的|版|答案|结果|結果|回答)?|最後の|修正(?:版|后|後)|更正后|최종|수정된/iu;

/** Whether the line before a JSON value says that it replaces those before it. */
export function isFinal(line: string): boolean {
	const sentence = line.split(/(?<=[.!?。！？])\s+/).at(-1) ?? '';
	return sentence.length <= 100 && FINAL.test(sentence) && !isLabelledOther(line);
}
