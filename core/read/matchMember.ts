import { groupBy } from '../lib/own';
import { perObject } from '../lib/perObject';
import { foldText } from './foldText';
import { HEDGES, HEDGES_UNSPACED } from './hedges';
import { undecorated, type Reading } from './words';

/**
 * The one of several words that a text means: regardless of case, surrounding signs, spaces, hyphens
 * and underscores, or inside a short phrase that does not take it back.
 */
export function matchMember(given: string, members: readonly string[]): Reading<string> {
	const read = given.length > LONGEST ? { ok: false as const } : memberIn(given, members);
	// These signs negate, compare, strike out or count what is next to them.
	const isOther = read.ok && signsIn(given).some((sign) => !read.value.includes(sign));
	return isOther ? { ok: false } : read;
}

function memberIn(given: string, members: readonly string[]): Reading<string> {
	const bare = undecorated(given);
	if (bare === '') return { ok: false };
	const trimmed = given.trim();
	const known = knownBy(members);
	for (const found of [
		known.asIs.get(trimmed),
		known.asIs.get(bare),
		known.folded.get(folded(trimmed)),
		known.words.get(wordsOf(bare)),
		// `in active` is not a spelling of `inactive`, but `inprogress` is one of `in progress`.
		/\s/.test(bare) ? undefined : known.joined.get(joined(bare)),
	]) {
		const [only, other] = found ?? [];
		if (found && only !== undefined)
			return other === undefined ? { ok: true, value: only } : { ok: false, either: found };
	}
	const phrase = inPhrase(bare, known);
	// Nor does `in active` say `active`.
	const spaced = known.joined.get(joined(bare)) ?? [];
	const either = [...new Set([...(phrase.ok ? [phrase.value] : []), ...spaced])];
	return phrase.ok && either.length > 1 ? { ok: false, either } : phrase;
}

interface Known {
	member: string;
	word: string;
}

/** The members by each of their spellings, once for all values of a list. */
const knownBy = perObject((members: readonly string[]) => ({
	asIs: groupBy(members, (member) => member),
	folded: groupBy(members, folded),
	words: groupBy(members, wordsOf),
	joined: groupBy(members, joined),
	byRarest: byRarest(members.map((member): Known => ({ member, word: phraseOf(member) }))),
	stems: groupBy(
		members.flatMap((member) => stemsIn(phraseOf(member)).map((stem) => ({ stem, member }))),
		({ stem }) => stem,
	),
}));

/** Words, and each other sign: a phrase that contains a member has all of its pieces. */
const piecesOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+|\S/gu) ?? [];

/** How `approved` begins, and `approval` too. */
const stemsIn = (text: string) => text.match(/(?<!\p{L})\p{L}{6}/gu) ?? [];

/** The members by their rarest piece, so that few are searched for in a phrase. */
function byRarest(members: readonly Known[]): Map<string, Known[]> {
	const counts = new Map<string, number>();
	for (const { word } of members) {
		for (const piece of new Set(piecesOf(word))) counts.set(piece, (counts.get(piece) ?? 0) + 1);
	}
	const count = (piece: string) => counts.get(piece) ?? Infinity;
	return groupBy(members, ({ word }) =>
		piecesOf(word).reduce((best, piece) => (count(piece) < count(best) ? piece : best), ''),
	);
}

const LONGEST = 200;

function signsIn(given: string): string[] {
	const note = /^[^*]+\*+$/.test(given.trim()) ? ['*'] : [];
	return note.concat(given.match(/[✗✘❌❎☐🚫≠≤≥<>%‰$€£¥₹]|~~|\[\s*\]/gu) ?? []);
}

const folded = (text: string) => foldText(text).text.trim();

/** As it occurs within text, where emphasis and quotes say nothing. */
const phraseOf = (text: string) => folded(text.replace(/[*_`"“”„«»]/g, ' '));

/** Words separated by one space: a hyphen between letters or digits is one, but not before a number. */
function wordsOf(text: string): string {
	const apart = undecorated(text).replace(/(?<=[\p{Ll}\d])(?=\p{Lu}\p{Ll})/gu, ' ');
	return folded(apart)
		.replace(/(?<=[\p{L}\p{N}])[\s_-]+(?=[\p{L}\p{N}])/gu, ' ')
		.replace(/^_+|_+$/g, '');
}

/** Without spaces between letters, so that digits stay apart. */
const joined = (text: string) => wordsOf(text).replace(/(?<=\p{L}) (?=\p{L})/gu, '');

const MOST_WORDS = 12;

function inPhrase(
	text: string,
	{ byRarest: known, stems }: ReturnType<typeof knownBy>,
): Reading<string> {
	const phrase = phraseOf(text);
	if (phrase.split(/\s+/).length > MOST_WORDS || /[?？]/.test(phrase)) return { ok: false };
	const members = [...new Set(piecesOf(phrase))].flatMap((piece) => known.get(piece) ?? []);
	const places = members.flatMap(({ member, word }) =>
		placesOf(phrase, word).map((at) => ({ member, at, end: at + word.length })),
	);
	// `partially paid` contains `paid`.
	const longest = places.filter(
		({ at, end }) =>
			!places.some(
				(other) => other.at <= at && end <= other.end && other.end - other.at > end - at,
			),
	);
	const found = [...new Set(longest.map(({ member }) => member))];
	const [only] = found;
	if (only === undefined) return { ok: false };
	const rivals = members
		.filter(({ member, word }) => member !== only && isBeside(phrase, word, longest))
		.map(({ member }) => member);
	if (found.length + rivals.length > 1) return { ok: false, either: [...found, ...rivals] };
	const rest = longest.reduceRight(
		(left, { at, end }) => `${left.slice(0, at)} ${left.slice(end)}`,
		phrase,
	);
	// `approval pending`
	const alike = stemsIn(rest).flatMap((stem) => stems.get(stem) ?? []);
	const isOfOther = alike.length > 0 && alike.every(({ member }) => member !== only);
	const isLimited = LIMITED.test(phrase.slice(longest.at(-1)?.end));
	return isOfOther || isLimited || saysOther(rest) ? { ok: false } : { ok: true, value: only };
}

/** Whether the words beside a choice name another one, count it or take it back. */
function saysOther(rest: string): boolean {
	// `red, pink`
	const isListed = /^[\s,]*[\p{L}\p{M}-]+[\s,]*$/u.test(rest) && /[,，、]/.test(rest);
	// `approved = 0`, `No. 5`
	const isCounted = /^\s*(?:[.#]\s*\d|=\s*(?:0|off|nil|null)\b)/.test(rest);
	return isListed || isCounted || TAKEN_BACK.test(rest) || /\d\s*[/%]|[/%]\s*\d/.test(rest);
}

/** Several words behind a choice, unless they say who or when. */
const LIMITED =
	/^\P{L}*(?!(?:it|by|per|as of|according|on|since|via|at|from|in full|von|vom|durch|laut|am|seit|par|por|da|от)(?!\p{L}))[\p{L}\p{M}'-]+\s[^\p{L}]*\p{L}/u;

interface Span {
	at: number;
	end: number;
}

/** Whether another word is there too, apart from those that were found, however short. */
function isBeside(phrase: string, word: string, found: readonly Span[]): boolean {
	return placesOf(phrase, word, 'loosely').some(
		(at) => !found.some((span) => span.at <= at && at + word.length <= span.end),
	);
}

const WORDY = String.raw`[\p{L}\p{N}\p{M}_/+#&'-]`;

/** Where a word stands alone. Short ones are so common that a sign has to set them off. */
function placesOf(phrase: string, word: string, how?: 'loosely'): number[] {
	if (word === '' || !phrase.includes(word)) return [];
	const isShort = !how && word.length < 4 && !/[\p{Script=Han}\p{Script=Hangul}]{2}/u.test(word);
	const { before, after } = isShort ? SET_OFF : APART;
	const places: number[] = [];
	for (let at = phrase.indexOf(word); at >= 0; at = phrase.indexOf(word, at + 1)) {
		if (isAt(before, phrase, at) && isAt(after, phrase, at + word.length)) places.push(at);
	}
	return places;
}

/** Compiled once: this costs more than searching a phrase. */
const SET_OFF = {
	before: /(?<=^|[:=([] ?)/uy,
	after: /(?= ?$| ?[.,;:)\]!](?:\s|$))/uy,
};
const APART = {
	before: new RegExp(String.raw`(?<!${WORDY}|[\p{L}\p{N}][.,])`, 'uy'),
	after: new RegExp(String.raw`(?!${WORDY}|[.,][\p{L}\p{N}])`, 'uy'),
};

function isAt(pattern: RegExp, phrase: string, at: number): boolean {
	pattern.lastIndex = at;
	return pattern.test(phrase);
}

/** Words that take back or put off what is next to them. */
const TAKEN_BACK = new RegExp(
	String.raw`(?<![\p{L}])(?:${HEDGES}|` +
		'mistake\\p{L}*|error|errors|erroneous\\p{L}*|accident\\p{L}*|conditions?|subject to|for now|irrtümlich\\p{L}*|versehentlich\\p{L}*|fehler\\p{L}*|erreur|errore|' +
		"not|no|non|never|none|unlikely|improbabl[ey]|doubtful\\p{L}*|questionabl[ey]|e\\.? ?g|for example|for instance|such as|example|similar|nobody|nothing|neither|nor|without|cannot|(?:is|are|was|were|does?|did|has|have|had|ca|could|would|should|wo|ai)n'?t|\\p{L}*n't|except|excluding|instead|rather|other|else|but|or|either|if|unless|until|before|after|yet|almost|nearly|hardly|barely|partly|partially|half|formerly|former|previously|soon|semi|quasi|over|under|out|ex|expired|lapsed|ended|was|were|used|pending|awaiting|will|would|could|might|may|should|must|to be|expected|unclear|unsure|unknown|un|fails?|failed|denied|refused?|rejected?|cancel\\p{L}*|withdrawn|revoked|lacks?|lacking|false|below|above|beneath|beyond|up to|at least|at most|conditional(?:ly)?|provisional(?:ly)?|planned|scheduled|due|missing|less|far from|anything|opposite|contrary|anti|versus|vs|between|initially|originally|at first|then|later|afterwards|back|twice|in part|parts?|slightly|somewhat|a bit|mildly|marginally|more|think|guess|believe|assume|suppose|seems?|appears?|refunded|re-?open\\p{L}*|re-?clos\\p{L}*|revers\\p{L}*|invalid|void\\p{L}*|return\\p{L}*|" +
		'nein|falsch|kaum|unwahrscheinlich\\p{L}*|fraglich|zweifelhaft|z\\. ?b|zum beispiel|beispiel\\p{L}*|zunächst|anfangs|anfänglich|ursprünglich|dann|später|danach|anschliessend|zurück\\p{L}*|wieder|teils|etwas|leicht|eher|glaube|vermute|scheint|erstattet|storniert\\p{L}*|abgelehnt\\p{L}*|abgebrochen\\p{L}*|fehlgeschlagen\\p{L}*|gescheitert|widerrufen\\p{L}*|ausstehend\\p{L}*|ehemal\\p{L}*|früher\\p{L}*|vormals|bisher|wird|unter|über|bedingt|vorläufig|geplant|voraussichtlich|nicht|kein\\p{L}*|nie|niemals|ohne|weder|noch|oder|aber|ausser|sondern|statt|fast|beinahe|teilweise|bald|' +
		'par exemple|p\\. ?ex|improbable|peu probable|por ejemplo|p\\. ?ej|improbable|per esempio|improbabile|por exemplo|improvável|например|маловероятн\\p{L}*|сомнительн\\p{L}*|au début|initialement|puis|ensuite|plus tard|partiellement|en partie|légèrement|un peu|plutôt|semble|remboursé\\p{L}*|inicialmente|luego|después|más tarde|parcialmente|en parte|ligeramente|parece|reembolsad\\p{L}*|inizialmente|poi|dopo|più tardi|parzialmente|in parte|leggermente|sembra|rimborsat\\p{L}*|depois|em parte|levemente|сначала|потом|затем|позже|позднее|частично|слегка|немного|кажется|annulé\\p{L}*|refusé\\p{L}*|échou\\p{L}*|peine|cancelad\\p{L}*|rechazad\\p{L}*|fallid\\p{L}*|apenas|annullat\\p{L}*|rifiutat\\p{L}*|отмен\\p{L}*|отклон\\p{L}*|отказ\\p{L}*|возвра[тщ]\\p{L}*|едва|почти|ne|pas|jamais|aucun\\p{L}*|sans|ni|ou|mais|sauf|presque|nunca|jamás|sin|tampoco|ningun\\p{L}*|salvo|casi|mai|nessun\\p{L}*|senza|né|ma|tranne|quasi|não|nem|sem|nenhum\\p{L}*|exceto|geen|niet|nooit|zonder|maar|nie|bez|inte|ikke|ingen|не|нет|ни|без|никогда|или|будет|будут|ранее|бывш\\p{L}*|условно|لا|ليس|غير|بدون|لم|لن' +
		String.raw`)(?![\p{L}])|${HEDGES_UNSPACED}|[未不非無无没否]|预定|預定|予定|예정|[→⇒➔➜⟶←⇐↔]|[-=]>|<-|ない|ません|ず(?:に)?|안 |않|못|아니|없|취소|실패|거절|거부|보류|대기|비 |当初|最初は|最初|元々|もともと|その後|後に|部分|一部|やや|少し|返金|原本|原来|原來|起初|后来|後來|之后|之後|稍|略|退款|처음|나중|원래|일부|약간|조금|환불|取消|撤销|撤回|失[败敗]|拒[绝絕否]|キャンセル|中止|保留|却下`,
	'u',
);
