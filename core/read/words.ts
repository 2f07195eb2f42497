import { foldText } from './foldText';

/** What a word says for yes, no and nothing, in the languages that people write documents in. */

const YES = new Set(
	'true yes y on 1 ja wahr an oui vrai sí si verdadero sì vero sim verdadeiro waar да истина так tak prawda ano evet doğru ναι نعم صحيح כן はい 真 是 예 네 참 ✓ ✔ ✅ ☑'.split(
		' ',
	),
);
const NO = new Set(
	'false no n off 0 nein falsch aus non faux falso não nao nee onwaar нет ложь ні nie fałsz nej falskt hayır yanlış όχι لا خطأ לא いいえ 偽 否 아니요 아니오 거짓 ✗ ✘ ❌ ☐'.split(
		' ',
	),
);

/** Quotes, emphasis and the punctuation at the end taken off: `**"Paid".**` is `Paid`. */
export function undecorated(text: string): string {
	let bare = text.trim();
	for (let round = 0; round < 6; round += 1) {
		const next = bare
			.replace(/^(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^]*\S)\1$/, '$2')
			.replace(/^["'“”‘’„‚«»‹›「『](?=\S)([^]*?\S)["'“”‘’«»‹›」』]$/, '$1')
			.replace(/(?<=[^\s.,;:!。．、！])[.,;:!。．、！]$/u, '')
			.trim();
		if (next === bare) return bare;
		bare = next;
	}
	return bare;
}

const folded = (text: string) => foldText(text).text.trim();

/**
 * Whether digits stand in a text that are not read as they are seen: marks of footnotes, raised or
 * lowered ones beside others, and what is shown in another direction.
 */
export function hasOddDigits(text: string): boolean {
	const bare = text.trim();
	return (
		/[\u202A-\u202E\u2066-\u2069]/.test(bare) ||
		(/(?![¼-¾⅐-⅞])\p{No}/u.test(bare) && /.\p{No}|\p{No}./su.test(bare))
	);
}

/** Undefined for what is neither. */
export function readBoolean(text: string): boolean | undefined {
	if (text.length > 40) return undefined;
	const word = folded(undecorated(text));
	return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** What a text says for null, folded, in the languages that people write documents in. */
const NOTHING = new Set(
	[
		'|null|nil|none|n/a|na|n.a|n.a.|n. a.|n / a|#n/a|nan|-|--|---|./.|?|??|???|undefined|unknown|unspecified|undisclosed|unavailable|unclear|illegible|empty|blank|missing|absent|tbd|tba|tbc|to be determined|to be confirmed|to be announced|no data|none given|none stated|none specified|none provided|does not say|n/k|not in text',
		'unbekannt|keine|keiner|keines|kein|k.a.|k. a.|k.a|o.a.|o. a.|n.n.|n. n.|nicht bekannt|nicht verfügbar|nicht vorhanden|nicht ersichtlich|nicht lesbar|nicht zutreffend|nicht relevant|nicht anwendbar|entfällt|fehlt|leer|unklar|ohne angabe',
		'inconnu|inconnue|néant|aucun|aucune|non disponible|sans objet|s.o.|s/o|n.c.|n/c|n.d.|n.r.|n/r|vide|non connu|non connue|non applicable|ne figure pas|aucune donnée|aucune information|pas de données|manquant',
		'desconocido|desconocida|se desconoce|ninguno|ninguna|no disponible|no aplica|no consta|no figura|no se menciona|no se indica|no se especifica|sin datos|sin información|sin especificar|s/d|s.d.|n/e|vacío|vacía|no procede',
		'sconosciuto|sconosciuta|nessuno|nessuna|n.d|n/d|nd|n.p.|vuoto|vuota|nessun dato|nessuna informazione|non disponibile|non applicabile|non presente|non noto|non nota|assente|mancante',
		'desconhecido|desconhecida|nenhum|nenhuma|não disponível|não aplicável|não se aplica|não consta|não há|sem informação|sem informações|sem dados|vazio|ausente|n/i|n.i.',
		'onbekend|geen|n.v.t.|n.v.t|nvt|n.b.|niet beschikbaar|niet bekend|niet van toepassing|geen gegevens|ontbreekt|leeg|nieznany|nieznana|nieznane|brak|brak danych|brak informacji|nie dotyczy|nie podano|okänd|okänt|saknas|ej angivet|ej tillämpligt|uppgift saknas|ukendt|ikke oplyst|ikke angivet|ukjent|ikke oppgitt|bilinmiyor|belirtilmemiş|bilgi yok|yok|neznámé|neuvedeno|není k dispozici|nincs adat|ismeretlen|necunoscut|nespecificat|tuntematon|ei tiedossa|άγνωστο|δεν αναφέρεται|không có|không rõ|không xác định|tidak ada|tidak diketahui|ไม่ระบุ|ไม่มี|ไม่ทราบ|לא ידוע|לא צוין|अज्ञात|उपलब्ध नहीं',
		'неизвестно|неизвестен|неизвестна|нет данных|нет информации|н/д|н.д.|н/п|не применимо|неприменимо|отсутствует|отсутствуют|невідомо|немає даних|не вказано|غير معروف|غير معروفة|غير متوفر|غير متوفرة|غير متاح|لا يوجد|لا توجد بيانات|غير محدد|غير محددة|غير مذكور|غير مذكورة|لا ينطبق',
		'なし|無し|不明|該当なし|該当無し|未記載|記載なし|記載無し|記載がない|記載がありません|情報なし|データなし|未定|未入力|未設定|無記載|明記なし|言及なし|无|無|不详|不詳|未知|没有|没有提及|暂无|暂无数据|暂无信息|无数据|无信息|無資料|不适用|不適用|未提供|未提及|未说明|未說明|未注明|未註明|未列出|未标明|未指定|未填写|未填寫|未找到|未知。|文中未提及|原文未提及|없음|해당 없음|해당없음|해당사항 없음|정보 없음|정보없음|자료 없음|데이터 없음|기재 없음|기재되지 않음|명시되지 않음|언급 없음|미기재|미정|미상|불명|알 수 없음|확인 불가',
	].flatMap((words) => words.split('|')),
);

const of = (...words: string[]) => `(?:${words.join('|')})`;
const THING = of(
	...'value values information info data date dates amount number name details detail entry field price total currency address'.split(
		' ',
	),
);
const SAID = of(
	...'available applicable specified provided given mentioned stated found known disclosed listed included present reported recorded indicated shown supplied documented contained identified determined legible visible defined'.split(
		' ',
	),
);
const IN_TEXT = String.raw`(?: (?:in|on|from|by|within) (?:the |this |any )?(?:given |provided |source |original )?${of(...'text document source invoice contract letter email message page passage context article input receipt record form table file'.split(' '))})?`;
/** Whole sentences that say so; the words of one language in one order. */
const PHRASES = [
	String.raw`(?:(?:the |this )?${THING} )?(?:is |was |are |were )?not (?:yet )?(?:clearly |explicitly |specifically |directly )?${SAID}${IN_TEXT}`,
	String.raw`no (?:such )?${THING}(?: (?:was |is |are |were )?${SAID})?${IN_TEXT}`,
	String.raw`not${IN_TEXT.slice(0, -1)}`,
	String.raw`(?:im (?:text|dokument) )?(?:wird |wurde )?nicht (?:näher )?(?:explizit )?(?:angegeben|erwähnt|genannt|spezifiziert|aufgeführt|enthalten|vermerkt|bekannt)`,
	String.raw`keine? (?:angaben?|daten|information(?:en)?|werte?|nennung)(?: (?:vorhanden|verfügbar|gefunden|im (?:text|dokument)))?`,
	String.raw`(?:non|pas) (?:renseigné|précisé|communiqué|mentionné|spécifié|fourni|indiqué|défini|trouvé)e?s?`,
	String.raw`no (?:está |es )?(?:especificad|indicad|mencionad|informad|proporcionad|disponible|encontrad|facilitad)[oa]?`,
	String.raw`non (?:è )?(?:specificat|indicat|menzionat|fornit|riportat|trovat|precisat|pervenut)[oae]`,
	String.raw`não (?:foi |é )?(?:informad|especificad|mencionad|indicad|fornecid|encontrad|identificad|constad)[oa]`,
	String.raw`niet (?:vermeld|opgegeven|aangegeven|genoemd|gevonden|ingevuld|gespecificeerd)`,
	String.raw`не (?:указан|упомянут|определ[её]н|найден|предоставлен|сообщается|известен|известн)[аоы]?`,
].map((phrase) => new RegExp(`^${phrase}$`, 'u'));

const LONGEST = 60;

/** Whether a text only says that there is nothing to say. */
export function saysNothing(text: string): boolean {
	if (text.length > LONGEST || /\p{Nd}/u.test(text)) return false;
	const whole = folded(text);
	if (NOTHING.has(whole)) return true;
	const bare = folded(undecorated(text));
	const inner = /^(?:\((.+)\)|\[(.+)\]|<(.+)>)$/.exec(bare)?.slice(1).find(Boolean) ?? bare;
	return NOTHING.has(inner) || PHRASES.some((phrase) => phrase.test(inner));
}

const FOUND = of(
	...'found find see any identify identified detect detected extract extracted'.split(' '),
	SAID,
);
/** How an answer speaks of itself, or of what it could not find, and no document of its things. */
const SPEAKS = [
	String.raw`(?:i|we) (?:have |had |did |do |am |was |were |could |can |would |will |also |only )?(?:not |n't )?(?:checked?|looked?|found|finds?|sees?|saw|read|searched?|went|reviewed|analy[sz]ed|opened|tried|extracted|identified|located?|cannot|can't|couldn't|didn't|don't|haven't|not able|unable)(?!\p{L}).*`,
	String.raw`(?:there (?:is|are|was|were)|it (?:has|contains|mentions|lists)) (?:no|nothing|none|not)(?!\p{L}).*`,
	String.raw`(?:(?:no|none|nothing)(?!\p{L}).*)(?:(?:was|were|is|are|be) )?(?:${FOUND}|here|there)(?: .*)?`,
	String.raw`(?:sorry|unfortunately|regrettably|leider|désolé|malheureusement|lo siento|lamentablemente|purtroppo|mi dispiace|infelizmente|desculpe|к сожалению|извините)(?!\p{L}).*`,
	String.raw`(?:the |this )?(?:page|document|text|image|file|list|section|article|email)(?: .*)? (?:is|are|was|seems|appears|has|does|did|contains?|mentions?|lists?)(?: .*)? (?:empty|blank|no|not|nothing|none|any)(?!\p{L}).*`,
	String.raw`(?:ich (?:habe|konnte|kann|finde|fand|sehe|sah)|es (?:gibt|wurden?|sind|war(?:en)?) (?:keine?|nichts|nicht)|keine? .*(?:gefunden|vorhanden|angegeben|erwähnt|verfügbar|enthalten)|nichts (?:gefunden|hier|da))(?!\p{L}).*`,
	String.raw`(?:je (?:n['’]|ne|suis|vois)|j['’]ai|il n['’]y a|aucune? .*(?:trouvé|mentionné|indiqué|présent)|rien (?:ici|trouvé|de)).*`,
	String.raw`(?:no (?:he|pude|se|hay|encontré|puedo|existe)|he (?:revisado|buscado|leído)|ningun[oa]? .*encontr|nada (?:aquí|encontrado)).*`,
	String.raw`(?:non (?:ho|ci sono|c['’]è|sono|posso|risulta)|ho (?:controllato|cercato|letto)|nessun[oa]? .*trovat|niente (?:qui|di)).*`,
	String.raw`(?:não (?:há|encontrei|foi|foram|consegui|posso|existe)|verifiquei|procurei|nenhuma? .*encontrad|nada (?:aqui|encontrado)).*`,
	String.raw`(?:я (?:не|про|на|ис)|не (?:найден|удалось|обнаружен)|нет .*(?:найден|указан)|ничего (?:не|нет)).*`,
	String.raw`.*(?:(?:見つかり|あり|でき)ません(?:でした)?|確認しました)`,
	String.raw`.*(?:(?:没有|没|未能?|無法|无法)(?:找到|发现|發現|提及|提供)|找不到|抱歉|很遗憾).*`,
	String.raw`.*(?:없습니다|없었습니다|찾을 수 없|찾지 못|확인했습니다|죄송).*`,
].map((words) => new RegExp(`^${words}$`, 'su'));

/** Whether a text in a list is what a model says to whoever asked: "I could not find any". */
export function isTalk(text: string): boolean {
	if (text.length > MOST_TALK) return false;
	const said = folded(undecorated(text));
	return saysNothing(text) || SPEAKS.some((words) => words.test(said));
}

const MOST_TALK = 300;

/** What a text was read as; `either` names the readings where there is more than one. */
export type Reading<Value> = { ok: true; value: Value } | { ok: false; either?: string[] };

export const UNREAD = { ok: false } as const;

/** The one that is possible, else the names of all. */
export function onlyOne<Value extends string>(values: readonly Value[]): Reading<Value> {
	const distinct = [...new Set(values)];
	const [only, ...others] = distinct;
	if (only === undefined) return UNREAD;
	return others.length === 0 ? { ok: true, value: only } : { ok: false, either: distinct };
}
