import { isAbbreviationInProse, wordsOfMore } from '../json/abbreviation';
import { readBoolean } from '../read/words';
import { keyForm } from './fieldNames';

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
	const form = keyForm(key).replace(/[^\p{L}\p{N}]/gu, '');
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

const NOTES =
	/note|comment|remark|message|warning|info|disclaimer|explanation|caveat|limitation|reasoning|annotation|summary|hinweis|anmerkung|bemerkung|kommentar|notiz|hinweis|warnung|nota|observaci|comentario|aviso|avviso|osservazion|remarque|commentaire|avertissement|opmerking|примечан|комментар|замечан|备注|備考|備註|注記|注释|コメント|비고|메모|참고/;
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
	if (typeof value !== 'string' || !NOTES.test(keyForm(key))) return undefined;
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
