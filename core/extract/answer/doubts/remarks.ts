import type { Failure } from '../../../errors';
import { isRecord } from '../../../lib/isRecord';
import { correctsIt, takesBack } from '../../../json/notTheAnswer';
import { HEDGES, HEDGES_UNSPACED } from '../../../read/hedges';
import { jsonPointer } from '../../../lib/jsonPointer';
import { severalAnswers } from '../validAnswer';
import { objectionIn, type Beside } from '../wordsBeside';
import type { Comments } from '../../../json/cursor';
import type { JsonSchema } from '../../../schema/jsonSchema';

/** What was found: reasons to ask again, and remarks that are only listed. */
interface Said {
	failures: Failure[];
	warnings: string[];
}

const MOST_NAMED = 20;
const LONGEST = 120;

export function remarkAt(path: readonly PropertyKey[], said: unknown): string {
	const json = typeof said === 'string' ? said.trim() : JSON.stringify(said);
	const words = json.replace(/\s+/g, ' ');
	const short = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
	return `remark ${jsonPointer(path) || '(top level)'}: ${short}`;
}

/** At most this many are listed. */
export function fewRemarks(warnings: readonly string[], more = 0): string[] {
	const rest = warnings.length - MOST_NAMED + more;
	return warnings.length + more <= MOST_NAMED
		? [...warnings]
		: [...warnings.slice(0, MOST_NAMED), `remark: and ${rest} more`];
}

/** What the comments in an answer say about its values. A reader sees them, so none is dropped. */
export function commentsOn(value: unknown, comments: Comments, schema: JsonSchema): Said {
	const failures: Failure[] = [];
	const warnings: string[] = [];
	for (const { path, words } of comments.named) {
		const { own, holder } = foundAt(value, path);
		// Uncertainty about nothing is not a doubt.
		const isOfNothing = own === null || own === '';
		const against = isOfNothing ? undefined : commentAgainst(words, own, { given: holder, schema });
		if (against) failures.push({ ...against, path: jsonPointer(path) });
		else warnings.push(remarkAt(path, words));
	}
	return { failures, warnings: fewRemarks(warnings, comments.more) };
}

function commentAgainst(
	words: string,
	own: unknown,
	beside: { given: unknown; schema: JsonSchema },
): Failure | undefined {
	const isOther = givesOther(words, own) || (takesBack(words) && !isRecord(own));
	return isOther
		? severalAnswers(`a value and a comment that gives another or takes it back (${words})`)
		: wordsAgainst(words, beside);
}

function foundAt(value: unknown, path: readonly PropertyKey[]) {
	let [own, holder]: [unknown, unknown] = [value, value];
	for (const key of path) {
		const inner = heldIn(own, key);
		[own, holder] = [inner, isRecord(own) ? own : inner];
	}
	return { own, holder };
}

function heldIn(holder: unknown, key: PropertyKey): unknown {
	if (Array.isArray(holder)) return holder[Number(key)];
	const name = String(key);
	return isRecord(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** Including dates and times. */
const NUMBER = String.raw`(-?\d+(?:[.,' :/-]\d+)*)`;
const NUMBERS = new RegExp(NUMBER, 'g');
/** `// 15`, `/* 15? *​/`, `# (15 €)`. */
const ONLY_NUMBER = new RegExp(
	String.raw`^[^\p{L}\p{N}-]*${NUMBER}[^\p{L}\p{N}]*(?:[A-Z]{3})?[^\p{L}\p{N}]*$`,
	'u',
);
/** Words before another number or name for what is next to them. */
const OR =
	'or|(?:could|might|may|should|must) be|instead of|rather|actually|(?:text|document|source|original|invoice|page|it|table|list|pdf)(?: \\p{L}+)? (?:says|said|reads|has|had|shows|states|gives)|(?:was|were|is|read as|originally|original|printed)|oder|eher|laut|im (?:text|original|dokument)(?: steht)?|ursprünglich|ou|plutôt|selon|según|oppure|secondo|segundo|или|скорее|в тексте|of';
const OTHER_NUMBER = new RegExp(
	String.raw`(?:(?<!\p{L})(?:${OR}|${HEDGES})|${HEDGES_UNSPACED}|原文[はで為为]?|文中|应[为该]?|或者?|または|もしくは|正しくは|혹은|또는|원문은?)(?:\W{1,3}(?:\p{L}+ )?|)\p{Sc}?${NUMBER}(?![\p{L}]|\s?(?:rows|items|entries|lines|pages))`,
	'iu',
);
const IN_TEXT = new RegExp(
	String.raw`(?<!\p{L})${NUMBER}\W{1,3}(?:in|on|im|dans|en el|nel|no|в) (?:the |this |le |la )?(?:text|document|source|original|invoice|pdf|page|dokument|texte|texto|testo|documento|тексте|документе|оригинале)`,
	'iu',
);
const OTHER_NAME =
	/(?<!\p{L})(?:or|oder|ou|oppure|или|または|或者?|또는)\s*["'“«„「]([^"'”»“」]+)["'”»“」]/iu;
/** `or Bob?` */
const OR_NAME = /^\W*(?:or|oder|ou|oppure|или)\s+(\p{Lu}[\p{L}\p{M}.' -]{0,60})\W*$/u;

/** Why to ask again: what words right next to a value, or about its record, say against it. */
export function wordsAgainst(words: string, beside: Beside): Failure | undefined {
	const lines = words.split('\n');
	const said = objectionIn(lines, beside);
	if (said) return said;
	const line = lines.find((one) => correctsIt(one) && !agrees(one, beside.given));
	return line === undefined
		? undefined
		: severalAnswers(`values and a correction of them (${line.trim().slice(0, 200)})`);
}

/** Whether words right next to a plain value give another one for it. */
function givesOther(words: string, value: unknown): boolean {
	if (typeof value !== 'number' && typeof value !== 'string') return false;
	if (words.length > 160) return false;
	const numbers = [ONLY_NUMBER, OTHER_NUMBER, IN_TEXT].map((pattern) => pattern.exec(words)?.[1]);
	if (
		/\d/.test(String(value)) &&
		numbers.some((one) => one !== undefined && !saysNumber(value, one))
	)
		return true;
	const other = OTHER_NAME.exec(words)?.[1] ?? OR_NAME.exec(words)?.[1];
	const name = other?.trim().toLowerCase();
	return name !== undefined && name !== String(value).trim().toLowerCase();
}

function saysNumber(value: number | string, said: string): boolean {
	return typeof value === 'string' ? value.includes(said.trim()) : readsAs(said, value);
}

/** Whether a written number may be a value, whatever its sign: `1,234` is 1234 or 1.234. */
export function readsAs(said: string, value: number): boolean {
	const [plain, local] = [said.replace(/[,' ]/g, ''), said.replace(/[.' ]/g, '').replace(',', '.')];
	return [plain, local].some((one) => Math.abs(Number(one)) === Math.abs(value));
}

/** "Should be 14", if a value next to it is 14. */
function agrees(line: string, given: unknown): boolean {
	const numbers = line.match(NUMBERS) ?? [];
	const known =
		JSON.stringify(given ?? null)
			.match(/-?\d+(?:\.\d+)?/g)
			?.map(Number) ?? [];
	return numbers.length > 0 && numbers.every((one) => known.some((own) => saysNumber(own, one)));
}
