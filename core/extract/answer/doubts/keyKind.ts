import { isAbbreviationInProse, wordsOfMore } from '../../../json/abbreviation';
import { groupBy } from '../../../lib/own';
import { perObject } from '../../../lib/perObject';
import { readBoolean } from '../../../read/words';
import { keyForm, plainName, wordsIn } from '../fieldNames';

/** Words that a key may have around the ones that matter. */
const FILLERS = new Set(
	'is has was are were be the a of in to field fields list lists flag flags item items result results answer output extraction extracted parse parsing parser ocr validation processing data json response record records row rows entry entries value values this and zeile zeilen eintrag einträge feld felder ligne lignes champ champs fila filas campo campos riga righe campi linha linhas строка строки поле поля'.split(
		' ',
	),
);

/** What a key that is not in the schema says about the values next to it. */
const KINDS = {
	/** Another value replaces one next to it. */
	correction:
		'correct|corrects|corrected|correction|corrections|corrigendum|errata|erratum|fixed|fixes|actual|actually|real|true|right|revised|revision|revisions|amended|amendment|amendments|updated|proper|should|instead|korrektur|korrekturen|korrigiert|korrigierte|korrigierter|berichtigt|berichtigung|richtig|richtiger|tatsächlich|tatsächliche|corrigé|corrigée|rectification|réel|corregido|corregida|corrección|correcciones|correcto|correzione|correzioni|corretto|corretta|corrigido|corrigida|correção|correções|correctie|correcties|исправление|исправления|исправлено|исправленный|исправленная|корректировка|поправка|правильно|訂正|訂正後|修正|修正後|更正|正确|正確|実際|정정|수정|실제',
	/** One next to it may be a different one. */
	alternative:
		'alt|alternative|alternatives|alternate|alternates|candidate|candidates|other|or|possible|possibly|maybe|guess|alternativ|alternativen|möglich|oder|possibles|alternativas|alternativa|posible|possibile|possível|возможно|альтернатива|альтернативы|候補|代替|候选|备选|대안|후보',
	/** As the document has it. */
	original:
		'raw|original|source|text|verbatim|printed|stated|document|literal|quote|quoted|wörtlich|ursprünglich|texte|texto|testo|исходный|原文|원문',
	final: 'final|finished|finalized|finalised|complete|endgültig|définitif|definitivo|окончательный',
	draft:
		'draft|preliminary|provisional|tentative|entwurf|vorläufig|brouillon|borrador|bozza|rascunho|черновик|草稿|下書き|초안',
	unsure:
		'uncertain|uncertainty|uncertainties|unsure|unclear|ambiguous|ambiguity|ambiguities|doubt|doubts|doubtful|questionable|estimate|estimated|approx|approximate|approximated|approximation|guessed|assumed|assumption|assumptions|inferred|calculated|unverified|unconfirmed|review|needs review|verify|check|todo|todos|fixme|tbd|tbc|needs|requires|required|low|confidence low|low confidence|conflict|conflicts|conflicting|inconsistent|inconsistency|inconsistencies|discrepancy|discrepancies|mismatch|unsicher|unsicherheit|unklar|geschätzt|annahme|annahmen|prüfen|zu prüfen|fraglich|incertain|incertitude|estimé|hypothèse|hypothèses|incierto|estimado|suposición|suposiciones|incerto|stimato|incerto|estimado|сомнение|сомнения|неточно|предположение|предположения|要確認|不確か|推定|不确定|存疑|待确认|불확실|추정|확인필요',
	confidence:
		'confidence|confidences|certainty|probability|likelihood|reliability|konfidenz|sicherheit|zuverlässigkeit|confiance|confianza|fiducia|confiança|уверенность|достоверность|信頼度|確信度|置信度|可信度|신뢰도|확신도',
	failed:
		'failed|failure|invalid|wrong|incorrect|erroneous|inaccurate|falsch|fehlgeschlagen|ungültig|faux|incorrecto|inválido|sbagliato|errado|неверно|ошибочно|错误|誤り|틀림',
	fine: 'success|successful|succeeded|ok|okay|valid|accurate|erfolg|erfolgreich|gültig|succès|valide|éxito|válido|successo|valido|sucesso|успех|успешно|верно|成功|有効|有效|성공',
	checked:
		'verified|validated|confirmed|checked|reviewed|reliable|certain|sure|geprüft|bestätigt|verifiziert|vérifié|confirmé|verificado|confirmado|verificato|confermato|проверено|подтверждено|確認済み|已核实|已确认|확인됨',
	/** An entry that does not count. */
	gone: 'deleted|removed|cancelled|canceled|void|voided|withdrawn|rejected|excluded|ignored|superseded|obsolete|outdated|duplicate|total|subtotal|sub total|grand total|header|footer|gelöscht|entfernt|storniert|ungültig gemacht|duplikat|summe|zwischensumme|gesamt|supprimé|supprimée|annulé|annulée|sous total|doublon|eliminado|eliminada|anulado|anulada|cancelado|cancelada|subtotale|annullato|annullata|eliminato|eliminata|duplicado|excluído|удалено|отменено|аннулировано|итог|итого|削除|削除済み|取消|取消済み|無効|小計|合計|已删除|已取消|作废|小计|合计|삭제|삭제됨|취소|취소됨|무효|소계|합계',
	madeUp:
		'example|made up|sample|placeholder|placeholders|mock|dummy|fake|template|fictional|fictitious|hypothetical|invented|hallucinated|beispiel|platzhalter|erfunden|exemple|fictif|ejemplo|ficticio|esempio|exemplo|fictício|пример|заглушка|例|サンプル|ダミー|示例|占位|예시|샘플',
	missing:
		'missing|lacking|absent|unread|unreadable|illegible|unparsed|unextracted|not extracted|not found|not read|not included|lost|fehlend|fehlende|fehlt|nicht gelesen|unleserlich|manquant|manquants|manquantes|illisible|faltante|faltantes|ilegible|mancante|mancanti|illeggibile|faltando|ausentes|ilegível|отсутствует|отсутствуют|нечитаемо|пропущено|欠落|未抽出|読み取り不能|缺失|遗漏|누락',
	errors:
		'error|errors|problem|problems|issue|issues|exception|exceptions|fehler|probleme|erreur|erreurs|problème|problèmes|errores|problema|problemas|errore|errori|problemi|erro|erros|fout|fouten|ошибка|ошибки|проблема|проблемы|エラー|問題|错误信息|问题|오류|문제',
	completeness:
		'completeness|completion|coverage|finish reason|stop reason|vollständigkeit|complétude|completitud|completezza|полнота',
	status: 'status|state|stage|zustand|statut|estado|stato|статус|状態|状态|상태',
	page: 'page|pages|page number|page no|page index|current page|total pages|page count|num pages|last page|part|parts|total parts|part number|batch|batches|total batches|chunk|chunks|total chunks|seite|seiten|partie|página|páginas|pagina|pagine|страница|страниц|ページ|页|페이지',
} as const;

export type KeyKind = keyof typeof KINDS | 'note';

/** Keys whose values are the model's own words. */
const NOTES =
	/^(?:\/\/|#|_|\$comment|_?comment)|note|comment|remark|message|warning|info(?:$|rmation)|disclaimer|explanation|explain|caveat|limitation|reason|rationale|thought|thinking|analysis|annotation|summary|feedback|hint|flag|hinweis|anmerkung|bemerkung|kommentar|notiz|begründung|warnung|nota|observaci|comentario|aviso|avviso|osservazion|commento|remarque|commentaire|avertissement|explication|opmerking|toelichting|примечан|комментар|замечан|пояснен|备注|備考|備註|注記|注释|コメント|説明|说明|비고|메모|참고|설명/;

/** In scripts without spaces, one word may be several. */
const SEVERAL_IN_ONE = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{2,}$/u;

const phrases = Object.entries(KINDS).map(([kind, words]) => {
	const all = new Set(words.split('|'));
	const isInner = (word: string) => SEVERAL_IN_ONE.test(word);
	return { kind, all, inner: [...all].filter(isInner) };
});

export interface KeyMeaning {
	kind: KeyKind;
	/** The field of the schema that it also names. */
	field?: string;
}

/** What a key says, and about which field; undefined if it is a fact of its own. */
export function meaningOf(key: string, names: ReadonlySet<string>): KeyMeaning | undefined {
	const words = wordsIn(key);
	const field = fieldIn(words, wordIndex(names));
	const own = new Set(field === undefined ? [] : wordsIn(field));
	const rest = words.filter((word) => !own.has(word));
	const marks = rest.filter((word) => !FILLERS.has(word));
	const said = { ...(field === undefined ? {} : { field }) };
	const isSaid = ({ all, inner }: (typeof phrases)[number]) =>
		all.has(rest.join(' ')) ||
		(marks.length > 0 && marks.every((mark) => all.has(mark))) ||
		inner.some((word) => words.join('').includes(word));
	const kind = phrases.find(isSaid)?.kind;
	if (kind !== undefined && isKind(kind)) return { kind, ...said };
	// `total?`, `total*`, `total_2`
	const isSecond = field !== undefined && rest.every((word) => /^\d{1,2}$/.test(word));
	if (isSecond && (rest.length > 0 || /[?*~]/.test(key))) return { kind: 'alternative', ...said };
	return isNoteKey(key) ? { kind: 'note', ...said } : undefined;
}

export const isNoteKey = (key: string) => NOTES.test(keyForm(key));

const isKind = (name: string): name is keyof typeof KINDS => Object.hasOwn(KINDS, name);

interface Named {
	name: string;
	words: string[];
}

const wordIndex = perObject((names: ReadonlySet<string>) => {
	const named = [...names].map((name): Named => ({ name, words: wordsIn(name) }));
	return groupBy(named, ({ words }) => words[0] ?? '');
});

/** The field with the most words, all of which are in a key. */
function fieldIn(
	words: readonly string[],
	index: ReadonlyMap<string, readonly Named[]>,
): string | undefined {
	const all = new Set(words);
	const held = words
		.flatMap((word) => index.get(word) ?? [])
		.filter((one) => one.words.length > 0 && one.words.every((word) => all.has(word)));
	const most = Math.max(0, ...held.map((one) => one.words.length));
	return held.find((one) => one.words.length === most)?.name;
}

const THINGS =
	'(?:rows?|items?|entries|records?|results?|lines?|data|elements?|pages?|output|list)';
/** Keys, without punctuation between their words, that say that there is more. */
const PARTIAL = new RegExp(
	`^(?:(?:is|has|was|are|were)?(?:truncated|incomplete|partial|abbreviated|elided|omitted|shortened|cutoff|hasmore|more|remaining|remainder|continue[sd]?|skipped|notshown|leftout|othersomitted|next(?:page|cursor)(?:token)?|nextpagetoken|continuationtoken)${THINGS}?(?:count|available|omitted|follow)?|(?:num(?:ber)?of|n|count)?(?:more|remaining|omitted|skipped|other)${THINGS}(?:count)?)$`,
);
const WHOLE = /^(?:is|was)?(?:complete|completed|finished|exhaustive|allincluded|alllisted)$/;
const COUNT = new RegExp(
	`^(?:total(?:count|number|of${THINGS}|number of${THINGS}|${THINGS}(?:count)?)|(?:num|number|n)(?:of|total)*${THINGS}|${THINGS}(?:count|total)|fullcount)$`,
);

/** Whether an entry that is not in the schema says that its record is incomplete. */
export function saysPart(key: string, record: Readonly<Record<string, unknown>>): boolean {
	const value = record[key];
	const form = plainName(key.normalize('NFKC'));
	if (PARTIAL.test(form)) return isYes(value);
	if (WHOLE.test(form))
		return value === false || (typeof value === 'string' && readBoolean(value) === false);
	if (COUNT.test(form) && typeof value === 'number') return isMoreThanListed(value, record);
	return typeof value === 'string' && value.split('\n').some(isAbbreviationInProse);
}

/** `not shown` does not belong here: it says that there is more. */
const NONE =
	/^\s*(?:|-{1,3}|–|none|nothing|null|nil|n\/a|undefined|keine?|aucune?|ningun[oa]|nessun[oa]|nenhuma?|geen|нет|なし|無し|无|無|없음)\.?\s*$/i;

/** Whether a text says that there is nothing to report. */
export const saysNone = (text: string) => NONE.test(text);

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

const REST =
	'rest|remaining|remainder|others|full (?:list|table)|complete (?:list|table)|more (?:rows|items|entries)|restliche\\p{L}*|übrige\\p{L}*|weitere\\p{L}*|reste|autres|restantes?|resto|demás|остальн\\p{L}*|其余|其餘|剩余|残り|나머지';
const PLACES =
	'attach(?:ed|ment|ments)|appendix|annex|document|source|original|file|spreadsheet|next (?:page|answer|message|response)|an(?:hang|lage)|dokument|annexe|pièce jointe|anexo|adjunto|archivo|bijlage|allegato|приложени\\p{L}*|вложени\\p{L}*|документ\\p{L}*|附件|添付|元の|첨부';
/** Where else the rest is. */
const ELSEWHERE = new RegExp(
	`(?<!\\p{L})(?:${REST}).{0,40}(?:${PLACES})|(?<!\\p{L})(?:${PLACES}).{0,40}(?:${REST})|(?:continue[sd]?|cont(?:'?d)?\\.?) (?:in|on) (?:the |an? )?(?:${PLACES})`,
	'iu',
);

/** Words of a note that may be about the list, or about something else. */
const MAY_BE_PART =
	/^\+ ?\d+$|(?<!\p{L})(?:incomplete|partial(?:ly)?|exhaustive|excerpts?|samples?|subset|cut|truncated?|abridged|shortened|stopped|omitted|skipped|left out|not (?:shown|included|listed)|first \d+|more (?:\p{L}+ )?(?:on|in|exist|follow)|(?:further|additional|remaining|other) (?:rows|items|entries|pages|lines)|continue[sd]?|unvollständig|auszug|ausschnitt|gekürzt|abgeschnitten|incompl[eè]te?s?|partielle?|extrait|suite|incomplet[oa]|parcial|parziale|troncat\p{L}*|onvolledig|неполн\p{L}*|частичн\p{L}*|часть)(?!\p{L})|不完全|不完整|部分|一部|抜粋|节选|摘录|仅|일부|불완전/iu;

const MOST_SAID = 2500;

/** What is said in a field for notes: of a long one, its beginning and its end. */
function noteIn(key: string, value: unknown): string | undefined {
	if (typeof value !== 'string' || !isNoteKey(key)) return undefined;
	const isLong = value.length > 2 * MOST_SAID;
	return isLong ? `${value.slice(0, MOST_SAID)}\n${value.slice(-MOST_SAID)}` : value;
}

/** Like `ownNote`, for words that are not certain. */
export function doubtfulNote(key: string, value: unknown): string | undefined {
	const note = noteIn(key, value);
	return note !== undefined ? MAY_BE_PART.exec(note)?.[0] : undefined;
}

/**
 * What a note, in a field that the schema has for notes, says about something left out: its words, and
 * the sentence.
 */
export function ownNote(key: string, value: unknown): string[] | undefined {
	const note = noteIn(key, value);
	if (note === undefined) return undefined;
	for (const sentence of note.split(/\n|(?<=[.!?;。！？；])\s*/)) {
		const words = wordsOfMore(sentence.trim()) ?? ELSEWHERE.exec(sentence)?.[0];
		if (words !== undefined) return [words, sentence];
	}
	return undefined;
}

/** Whether a field of the schema says that the list next to it is incomplete. */
export function doubtsList(key: string, record: Readonly<Record<string, unknown>>): boolean {
	const hasList = Object.values(record).some((entry) => Array.isArray(entry));
	return hasList && typeof record[key] !== 'string' && saysPart(key, record);
}
