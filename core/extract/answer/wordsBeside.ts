import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { isAbbreviationInProse } from '../../json/abbreviation';
import {
	correctsIt,
	isExample,
	isLabelledOther,
	isUnsure,
	rightOne,
} from '../../json/notTheAnswer';
import { LIST_MARK } from '../../read/listMarks';
import { once } from '../../lib/steps';
import { abbreviation, severalAnswers } from './validAnswer';
import type { JsonSchema } from '../../schema/jsonSchema';
import { propertyNames } from '../../schema/schemaIndex';
import { countsMore } from './countsMore';
import { wordsIn } from './fieldNames';
import { listPlacesIn } from './forms/fields';
import { cellsOf } from './forms/readTable';
import { isSumRow } from './forms/tableRecords';
import { escapeRegExp } from '../../lib/text';

const MOST_LINES = 200;
const MOST_FIELDS = 100;
const MOST_SAID = 5000;
const ALSO =
	/^\W*(?:(?:and|und|et|y|e|и) )?(?:also|plus|additionally|moreover|furthermore|außerdem|zudem|zusätzlich|de plus|en outre|además|también|inoltre|anche|além disso|também|также|кроме того)(?!\p{L})|^(?:また|さらに|此外|另外|还有|또한|그리고)/iu;
const MARKED = new RegExp(
	String.raw`^\s*${LIST_MARK}\s|^\s*\|.*\||^[^\s,;\t][^,;\t]{0,60}(?:[,;\t](?! )[^,;\t]{1,60})+$`,
);

export interface Beside {
	given: unknown;
	schema: JsonSchema;
	/** The document, if it is known. */
	source?: string | undefined;
}

/** Why to ask again: what the words next to a value of any format say against it. */
export function objectionIn(said: readonly string[], beside: Beside): Failure | undefined {
	const lines = sentencesIn(said);
	const isLeft = (line: string) => isAbbreviationInProse(line) && !isOfNothing(line, beside);
	const left = lines.find((line) => isLeft(line) || countsMore(line, topValues(beside.given)));
	if (left !== undefined) {
		return abbreviation(`the answer says that it is not whole: ${left.trim()}`);
	}
	const values = once(() => givenWords(beside.given));
	const against: Array<[what: string, says: (line: string) => boolean]> = [
		['values that it calls an example', isExample],
		[
			'values and a correction of them',
			(line) => givesRightOne(line, beside) || deniesOne(line, values),
		],
		['values and a doubt about them', (line) => doubts(line, beside) && !isOfNothing(line, beside)],
		['values and another number beside them', (line) => saysOtherNumber(line, beside.given)],
		['values and another name beside them', (line) => saysOtherName(line, beside.given)],
	];
	for (const [what, says] of against) {
		const line = lines.find(says);
		if (line !== undefined) return severalAnswers(`${what} (${line.trim()})`);
	}
	return repeatsEntries(lines, beside)
		? severalAnswers('values and more entries beside them')
		: undefined;
}

/** The same if "Wrong:" or "Corrected:" cannot be about another value. */
export function takenBack(said: readonly string[]): Failure | undefined {
	const line = sentencesIn(said).find((one) => correctsIt(one) || isLabelledOther(one));
	return line === undefined
		? undefined
		: severalAnswers(`values that it calls an example or wrong (${line.trim()})`);
}

const IN_JSON = /"(?:[^"\\]|\\.)*":?|-?\d+(?:\.\d+)?/g;

/** The texts and numbers in a value, without its keys. */
function givenWords(given: unknown): ReadonlySet<string> {
	const all =
		JSON.stringify([given ?? null])
			.toLowerCase()
			.match(IN_JSON) ?? [];
	const values = all.filter((json) => !json.endsWith(':'));
	return new Set(values.map((json) => json.replace(/^"|"$/g, '')));
}

const NOT_IT =
	/(?<!\p{L})(?:not|nicht|pas|non|não|не|y no|instead of|rather than|(?:an)?statt|au lieu de|plutôt que|en (?:vez|lugar) de|invece di|em vez de|вместо)\s+|[,(] ?no\s+|不是|而非|[并並]非/giu;
const IS_NOT = /["'”’」』]?(?:(?:では|じゃ|で)(?:なく|ない|ありません)|[이가] ?아니)/gu;
const WORD =
	/[^\s,;:!?()"'“”„«»「」『』，、。；：！？]*[^\s,;:!?()"'“”„«»「」『』，、。；：！？.]/gu;
const MOST_WORDS = 4;

/** "Ada or Eda?" */
const OR =
	/(?:(?<!\p{L})(?:or|oder|ou|oppure|или)\s+|または|还是|還是|아니면)(?=[^?？]{1,60}[?？]\W*$)/giu;

/** "Eda, not Ada", or "Ada or Eda?", next to the value `Ada`. */
function deniesOne(line: string, values: () => ReadonlySet<string>): boolean {
	const said = line.toLowerCase();
	const isGiven = (words: readonly string[]) => {
		const text = words.join(' ');
		return (text.length > 1 || /\d/.test(text)) && values().has(text);
	};
	const all = (patterns: readonly RegExp[]) => patterns.flatMap((one) => [...said.matchAll(one)]);
	const ahead = all([NOT_IT, OR]).some(({ 0: { length }, index }) => {
		const words = said.slice(index + length).match(WORD) ?? [];
		return words.slice(0, MOST_WORDS).some((_, at) => isGiven(words.slice(0, at + 1)));
	});
	return (
		ahead ||
		all([IS_NOT, OR]).some(({ index }) => {
			const words = (said.slice(0, index).match(WORD) ?? []).slice(-MOST_WORDS);
			return words.some((_, at) => isGiven(words.slice(at)));
		})
	);
}

/** "She is 37." */
const IT_IS =
	/^\W*(?:s?he|it|they|er|sie|es|elle|il|ella|él|lei|lui|ela|ele) (?:is|was|are|ist|war|est|es|è|é) \p{Sc}?(\d+(?:\.\d+)?)(?: years old| jahre alt| ans| años| anni| anos)?\W*$/iu;

/** "The right amount is 14", next to a value without it. */
function givesRightOne(line: string, { given }: Beside): boolean {
	const numbers = new Set(JSON.stringify(given ?? null).match(/\d+(?:\.\d+)?/g));
	const right = rightOne(line) ?? (numbers.size > 0 ? IT_IS.exec(line)?.[1] : undefined);
	return right !== undefined && !numbers.has(right);
}

const UNREAD =
	/(?<!\p{L})(?:(?:could|can) ?not|(?:could|ca)n['’]t|unable to|not able to|failed to) (?:be )?(?:fully |clearly |really )?(?:read|decipher(?:ed)?|ma[dk]e out)(?!\p{L})|読(?:め|み取れ)(?:ません|な[いか])|(?:无法|無法|不能|未能)(?:读取|讀取|辨认|辨認)|읽(?:을 수 없|지 못)/iu;

const OF_ALL =
	/(?<!\p{L})(?:document|text|image|picture|scan|page|pdf|file|it|this|that|anything|everything|all)(?!\p{L})|^\P{L}*(?:読|无法|無法|不能|未能|읽)|文書|書類|画像|文档|文件|图片|문서|이미지/iu;

/** Whether a line doubts a value, other than with what is the value itself: "Title: Maybe Baby". */
function doubts(line: string, { given, schema, source }: Beside): boolean {
	if (UNREAD.test(line)) return OF_ALL.test(line) || fieldsNamed(line, schema).length > 0;
	if (!isUnsure(line)) return false;
	const isSaid = (text: string) => source?.toLowerCase().includes(text) ?? true;
	const names = [...givenWords(given)].filter((text) => isUnsure(text) && isSaid(text));
	const rest = names.reduce((left, name) => left.replaceAll(name, ' '), line.toLowerCase());
	return isUnsure(rest);
}

/** Long lines split into sentences: what is said in the middle of a paragraph counts too. */
function sentencesIn(said: readonly string[]): string[] {
	return said
		.slice(0, MOST_LINES)
		.flatMap((line) =>
			line.length > 160 ? line.slice(0, MOST_SAID).split(/(?<=[.!?;。！？；])\s*/) : [line],
		)
		.filter((line) => line.trim() !== '' && line.length <= 300);
}

const topValues = (given: unknown) => [given, ...(isRecord(given) ? Object.values(given) : [])];

/** The fields of the schema that a line names. */
function fieldsNamed(line: string, schema: JsonSchema): string[] {
	const words = line.toLowerCase();
	return propertyNames(schema).filter((key) => {
		const name = wordsIn(key).join(' ');
		// `n` and `age` are part of many other words.
		const isShort = /^[a-z\d]{1,3}$/.test(name);
		return isShort
			? new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u').test(words)
			: words.includes(name);
	});
}

/** Something may be unclear if the value leaves it empty: "The date could not be read". */
function isOfNothing(line: string, { given, schema }: Beside): boolean {
	const records = topValues(given).flat().filter(isRecord);
	const isEmpty = (key: string) =>
		records.every((record) => (record[key] ?? undefined) === undefined);
	const names = fieldsNamed(line, schema);
	return names.length > 0 && names.every(isEmpty);
}

/** Whether each word of a row stands in a value; undefined for a value that has no list. */
function knownRows({ given, schema }: Beside): ((row: string) => boolean) | undefined {
	if (listPlacesIn(schema).length === 0) return undefined;
	const known = JSON.stringify(given ?? null).toLowerCase();
	return (row) =>
		(bare(row).match(/[\p{L}\p{N}.]*[\p{L}\p{N}]/gu) ?? []).every(
			(word) => SMALL.test(word) || known.includes(word),
		);
}

const SMALL = /^(?:\p{L}{1,3}|also|with|plus|from)$/u;

const bare = (line: string) => line.toLowerCase().replace(/^\s*\d{1,6}[.)]\s/, '');

/** Lines that repeat entries of the value, with others like them. */
function repeatsEntries(lines: readonly string[], beside: Beside): boolean {
	const isKnown = knownRows(beside);
	if (!isKnown) return false;
	const rows = lines.flatMap((line) => (MARKED.test(line) ? [line] : line.split(/[,;，、；]/)));
	const entries = rows.filter(
		(row) => /\d/.test(bare(row)) && /\p{L}/u.test(row) && row.length <= 100,
	);
	const some = entries.filter(isKnown).length;
	return some > 1 && some >= entries.length / 2 && some < entries.length;
}

const MOST_ROWS = 2000;

/** Whether a table under other names has entries of the value, and more like them. */
export function tableHasMore(text: string, beside: Beside): boolean {
	const isKnown = knownRows(beside);
	const isRow = (line = '') => /^\s*\|.*\|/.test(line);
	const rows = text
		.split('\n', MOST_ROWS)
		.filter((line, at, lines) => isRow(line) && isRow(lines[at - 1]))
		.filter((line) => /[\p{L}\p{N}]/u.test(line) && !isSumRow(cellsOf(line.trim()), true));
	const areKnown = isKnown ? rows.map(isKnown) : [];
	return areKnown.includes(true) && areKnown.includes(false);
}

/** Lines next to a value with lists that may be entries of them: rows, bullets and announcements. */
export function mayBeEntries(lines: readonly string[], beside: Beside): boolean {
	const isKnown = knownRows(beside);
	const said = lines.slice(0, MOST_LINES).filter((line) => line.length <= 300 && /\d/.test(line));
	return said.some((line) => (MARKED.test(line) || ALSO.test(line)) && isKnown?.(line) === false);
}

const fieldsIn = (given: unknown) =>
	isRecord(given) ? Object.entries(given).slice(0, MOST_FIELDS) : [];

/** Whether words next to a value give another number for one of its fields: "The total is 15". */
function saysOtherNumber(line: string, given: unknown): boolean {
	const numbers = fieldsIn(given).filter(
		([key, value]) => typeof value === 'number' && /\p{L}/u.test(key),
	);
	const isOther = (pattern: RegExp, value: unknown) => {
		const said = pattern.exec(line)?.[1];
		return (
			said !== undefined && ![said, said.replace(/,/g, '')].map(Number).some((one) => one === value)
		);
	};
	return numbers.some(
		([key, value]) =>
			isOther(saying(key), value) || (numbers.length === 1 && isOther(TOTAL, value)),
	);
}

/** "The name is Eda", next to a value with another name. */
function saysOtherName(line: string, given: unknown): boolean {
	return fieldsIn(given).some(([key, value]) => {
		const said =
			typeof value === 'string' ? namePattern(key).exec(line)?.[1]?.toLowerCase() : undefined;
		const own = String(value).toLowerCase();
		return said !== undefined && !own.includes(said) && !said.includes(own);
	});
}

const RIGHT = String.raw`(?:correct|right|actual|real|true|(?:richtig|korrekt|tatsächlich)\p{L}*|bon|vrai|verdader[oa]|ver[oa])`;

/** Up to three words with capitals behind the name of a field, which are all that a line says. */
function namePattern(key: string): RegExp {
	const [first = '', ...rest] = wordsIn(key).map(escapeRegExp);
	const capital = first.replace(/^./u, (letter) => `[${letter}${letter.toUpperCase()}]`);
	return new RegExp(
		String.raw`^\W*(?:\p{L}{1,5} )?(?:${RIGHT} )?${[capital, ...rest].join('[ _-]?')} (?:is|was|ist|war|est|es|è|é)(?: \p{Ll}+)? ["'“„«]?((?:\p{Lu}[\p{L}\p{M}.'-]*(?: (?=\p{Lu})|(?=\W*$))){1,3})\W*$`,
		'u',
	);
}

/** A line that is only a sum and its name, in other words than the one field that it may be. */
const TOTAL =
	/^\P{L}*(?:gesamt\p{L}*|summe|betrag|endbetrag|(?:grand |overall )?total|sum|amount|montant(?: total)?|somme|importe(?: total)?|suma|importo|totale|somma|valor(?: total)?|soma|итого|всего|сумма|合計(?:金額)?|総額|金額|合计|合計|总额|總額|总计|金额|합계|총액|금액)\s*(?:is|ist|beträgt|est|es|è|é|составляет|[:：=—–-]|は|是|为|為|[은는])?\s*\p{Sc}?(-?\d[\d,]*(?:\.\d+)?)\s*(?:\p{Sc}|[A-Z]{3}|です|円|元|원|입니다)?[\s.。]*$/iu;

/** `invoiceTotal` as "invoice total is actually 15". */
function saying(key: string): RegExp {
	const words = wordsIn(key).join('[ _-]?');
	return new RegExp(
		String.raw`(?<!\p{L})${words}\W{0,4}(?:\s(?:is|was|are|should be|ist|war|beträgt|est|es|è|é|равно|составляет))?(?:\s(?:actually|really|in fact|probably|tatsächlich|eigentlich|en fait))?[\s:=*|]+\p{Sc}?(-?\d[\d,]*(?:\.\d+)?)(?![\p{L}\p{N}]|\s?(?:rows|items|entries|records|lines)(?!\p{L}))`,
		'iu',
	);
}

/** What a model says when it presents a value, and nothing else. */
const HANDS_OVER =
	/^\P{L}*(?:here(?:'s| is| are|(?!\p{L}))|sure|ok(?:ay)?|done|sav(?:ed|ing)|i(?:'ll|'ve| will| have)? (?:now )?(?:save|call|extract|record|submit)\p{L}*|extract(?:ed|ing)|calling|let me (?:save|extract|call)|the (?:data|result|extraction) (?:is|are|has been)|hier|ich (?:speichere|extrahiere)|gespeichert|voici|j['’]enregistre|aquí|guardado|ecco|aqui|вот|сохраняю|以下|保存|이하|다음|결과)/iu;

/** Whether a text next to a value only presents it: "Here is the data." */
export function isHandover(text: string): boolean {
	const said = text.trim();
	const isPlain =
		said.length <= 120 &&
		!/\d|\p{L}\W+(?:but|except|aber|außer|mais|sauf|pero|salvo|ma|mas|но|кроме)\W/iu.test(said);
	return said === '' || (isPlain && HANDS_OVER.test(said) && !/[.!?。]\s+\S/.test(said));
}
