import { foldText } from './foldText';
import type { Reading } from './reading';
import { undecorated } from './words';

/**
 * The one of several words that a text stands for: by case, signs around it, spaces, hyphens and
 * underscores, or inside a short phrase that does not take it back.
 */
export function matchMember(given: string, members: readonly string[]): Reading<string> {
	const read = given.length > LONGEST ? { ok: false as const } : memberIn(given, members);
	// They deny, compare, strike out or count what stands beside them.
	const isOther = read.ok && signsIn(given).some((sign) => !read.value.includes(sign));
	return isOther ? { ok: false } : read;
}

function memberIn(given: string, members: readonly string[]): Reading<string> {
	const bare = undecorated(given);
	const trimmed = given.trim();
	for (const same of [
		(member: string) => member === trimmed,
		(member: string) => member === bare,
		(member: string) => folded(member) === folded(trimmed),
		(member: string) => wordsOf(member) === wordsOf(bare),
		// `in active` is no spelling of `inactive`, but `inprogress` is one of `in progress`.
		(member: string) => !/\s/.test(bare) && joined(member) === joined(bare),
	]) {
		const found = bare === '' ? [] : members.filter(same);
		const [only, other] = found;
		if (only !== undefined)
			return other === undefined ? { ok: true, value: only } : { ok: false, either: found };
	}
	return inPhrase(bare, members);
}

const LONGEST = 200;

function signsIn(given: string): string[] {
	const note = /^[^*]+\*+$/.test(given.trim()) ? ['*'] : [];
	return note.concat(given.match(/[✗✘❌❎☐🚫≠≤≥<>%‰$€£¥₹]|~~|\[\s*\]/gu) ?? []);
}

const folded = (text: string) => foldText(text).text.trim();

/** Words parted by one space: a hyphen is one between letters or digits, not before a number. */
function wordsOf(text: string): string {
	const apart = undecorated(text).replace(/(?<=[\p{Ll}\d])(?=\p{Lu}\p{Ll})/gu, ' ');
	return folded(apart)
		.replace(/(?<=[\p{L}\p{N}])[\s_-]+(?=[\p{L}\p{N}])/gu, ' ')
		.replace(/^_+|_+$/g, '');
}

/** Without spaces between letters, so that digits stay apart. */
const joined = (text: string) => wordsOf(text).replace(/(?<=\p{L}) (?=\p{L})/gu, '');

const MOST_WORDS = 12;

function inPhrase(text: string, members: readonly string[]): Reading<string> {
	const phrase = foldText(text.replace(/[*_`"“”„«»]/g, ' ')).text;
	if (phrase.split(/\s+/).length > MOST_WORDS || /[?？]/.test(phrase)) return { ok: false };
	const places = members.flatMap((member) =>
		placesOf(phrase, folded(member)).map((at) => ({ member, at, end: at + folded(member).length })),
	);
	// `partially paid` holds `paid`.
	const longest = places.filter(
		({ at, end }) =>
			!places.some(
				(other) => other.at <= at && end <= other.end && other.end - other.at > end - at,
			),
	);
	const found = [...new Set(longest.map(({ member }) => member))];
	const [only] = found;
	if (only === undefined) return { ok: false };
	const rivals = members.filter((member) => member !== only && isBeside(phrase, member, longest));
	if (found.length + rivals.length > 1) return { ok: false, either: [...found, ...rivals] };
	const rest = longest.reduceRight(
		(left, { at, end }) => `${left.slice(0, at)} ${left.slice(end)}`,
		phrase,
	);
	// `red, pink` names another one.
	const isListed = /^[\s,]*[\p{L}\p{M}-]+[\s,]*$/u.test(rest) && /[,，、]/.test(rest);
	return isListed || TAKEN_BACK.test(rest) || /\d\s*[/%]|[/%]\s*\d/.test(rest)
		? { ok: false }
		: { ok: true, value: only };
}

interface Span {
	at: number;
	end: number;
}

/** Whether another word stands there too, outside of those that were found, be it ever so short. */
function isBeside(phrase: string, member: string, found: readonly Span[]): boolean {
	const word = folded(member);
	return placesOf(phrase, word, 'loosely').some(
		(at) => !found.some((span) => span.at <= at && at + word.length <= span.end),
	);
}

const WORDY = String.raw`[\p{L}\p{N}\p{M}_/+#&'-]`;

/** Where a word stands by itself. Short ones are so common that they have to be set off by a sign. */
function placesOf(phrase: string, word: string, how?: 'loosely'): number[] {
	if (word === '' || !phrase.includes(word)) return [];
	const isShort = !how && word.length < 4 && !/[\p{Script=Han}\p{Script=Hangul}]{2}/u.test(word);
	const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
	const before = isShort
		? String.raw`(?<=^|[:=(\[] ?)`
		: String.raw`(?<!${WORDY}|[\p{L}\p{N}][.,])`;
	const after = isShort
		? String.raw`(?= ?$| ?[.,;:)\]!](?:\s|$))`
		: String.raw`(?!${WORDY}|[.,][\p{L}\p{N}])`;
	return [...phrase.matchAll(new RegExp(before + escaped + after, 'gu'))].map(({ index }) => index);
}

/** Words that take back or put off what is said beside them. */
const TAKEN_BACK = new RegExp(
	String.raw`(?<![\p{L}])(?:` +
		"not|no|non|never|none|nobody|nothing|neither|nor|without|cannot|\\p{L}+n['t]t?|\\p{L}*n't|except|excluding|instead|rather|other|else|but|or|either|if|unless|until|before|after|yet|almost|nearly|hardly|barely|partly|partially|half|formerly|former|previously|soon|semi|quasi|over|under|out|ex|expired|lapsed|ended|was|were|used|pending|awaiting|will|would|could|might|may|maybe|perhaps|possibly|probably|should|must|to be|expected|unclear|unsure|unknown|un|fails?|failed|denied|refused?|rejected?|cancel\\p{L}*|withdrawn|revoked|lacks?|lacking|missing|less|far from|anything|opposite|contrary|anti|versus|vs|between|" +
		'nicht|kein\\p{L}*|nie|niemals|ohne|weder|noch|oder|aber|ausser|sondern|statt|fast|beinahe|teilweise|vielleicht|bald|' +
		'ne|pas|jamais|aucun\\p{L}*|sans|ni|ou|mais|sauf|presque|nunca|jamás|sin|tampoco|ningun\\p{L}*|salvo|casi|mai|nessun\\p{L}*|senza|né|ma|tranne|quasi|não|nem|sem|nenhum\\p{L}*|exceto|geen|niet|nooit|zonder|maar|nie|bez|inte|ikke|ingen|не|нет|ни|без|никогда|или|لا|ليس|غير|بدون|لم|لن' +
		String.raw`)(?![\p{L}])|[未不非無无没否]|ない|ません|ず(?:に)?|안 |않|못|아니|없`,
	'u',
);
