import { groupBy } from '../../lib/own';
import { perObject } from '../../lib/perObject';
import { keyForm, wordsIn } from '../fieldNames';

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
		'uncertain|uncertainty|uncertainties|unsure|unclear|ambiguous|ambiguity|ambiguities|doubt|doubts|doubtful|questionable|estimate|estimated|approx|approximate|approximated|approximation|guessed|assumed|assumption|assumptions|inferred|calculated|unverified|unconfirmed|review|needs review|verify|check|todo|todos|fixme|tbd|tbc|needs|requires|required|low|confidence low|conflict|conflicts|conflicting|inconsistent|inconsistency|inconsistencies|discrepancy|discrepancies|mismatch|unsicher|unsicherheit|unklar|geschätzt|annahme|annahmen|prüfen|zu prüfen|fraglich|incertain|incertitude|estimé|hypothèse|hypothèses|incierto|estimado|suposición|suposiciones|incerto|stimato|incerto|estimado|сомнение|сомнения|неточно|предположение|предположения|要確認|不確か|推定|不确定|存疑|待确认|불확실|추정|확인필요',
	confidence:
		'confidence|confidences|certainty|probability|likelihood|reliability|konfidenz|sicherheit|zuverlässigkeit|confiance|confianza|fiducia|confiança|уверенность|достоверность|信頼度|確信度|置信度|可信度|신뢰도|확신도',
	failed:
		'failed|failure|invalid|wrong|incorrect|erroneous|inaccurate|falsch|fehlgeschlagen|ungültig|faux|incorrecto|inválido|sbagliato|errado|неверно|ошибочно|错误|誤り|틀림',
	fine: 'success|successful|succeeded|ok|okay|valid|accurate|erfolg|erfolgreich|gültig|succès|valide|éxito|válido|successo|valido|sucesso|успех|успешно|верно|成功|有効|有效|성공',
	checked:
		'verified|validated|confirmed|checked|reviewed|reliable|certain|sure|geprüft|bestätigt|verifiziert|vérifié|confirmé|verificado|confirmado|verificato|confermato|проверено|подтверждено|確認済み|已核实|已确认|확인됨',
	madeUp:
		'example|sample|placeholder|placeholders|mock|dummy|fake|template|fictional|fictitious|hypothetical|invented|hallucinated|beispiel|platzhalter|erfunden|exemple|fictif|ejemplo|ficticio|esempio|exemplo|fictício|пример|заглушка|例|サンプル|ダミー|示例|占位|예시|샘플',
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
	/^(?:\/\/|#|_|\$comment|_?comment)|note|comment|remark|message|warning|info$|disclaimer|explanation|explain|caveat|limitation|reason|rationale|thought|thinking|analysis|annotation|summary|feedback|hint|flag|hinweis|anmerkung|bemerkung|kommentar|notiz|begründung|warnung|nota|observaci|comentario|aviso|avviso|osservazion|commento|remarque|commentaire|avertissement|explication|opmerking|toelichting|примечан|комментар|замечан|пояснен|备注|備考|備註|注記|注释|コメント|説明|说明|비고|메모|참고|설명/;

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
