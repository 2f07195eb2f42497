import { isRecord } from '../../../lib/isRecord';
import { isStandIn } from '../../../json/abbreviation';
import { areCounted, areInOrder, LIST_MARK } from '../../../read/listMarks';
import { isTalk, saysNothing } from '../../../read/words';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { resolveSchema } from '../../resolveSchema';
import { jsonIn } from './jsonIn';
import { recordsOfTable } from '../forms/tableRecords';
import { ambiguous, changed, changedKind, MAY_BE_OTHER, step, trialOf, type Place } from './place';
import { itemSchema, membersOf, takes, typesOf } from './takes';
import { knownNames, unwrappedList } from './wrappers';

/** A list from a value that is not one; the value itself if that is not certain. */
export function fitList(value: unknown, schema: JsonSchema, place: Place): unknown {
	if (typeof value === 'string') return listIn(value, schema, place);
	if (place.isExact) return value;
	if (value === null) return changed(place, null, []);
	if (!isRecord(value)) return oneOf(value, schema, place);
	const table = tableIn(value, schema, place);
	if (table) return table;
	const indexed = inOrder(value);
	if (indexed) return changedKind(place, 'numbered keys to a list', indexed);
	const names = knownNames(itemSchema(schema, 0), place.root);
	const knows = Object.keys(value).some((key) => names.has(key));
	const inner = knows ? undefined : unwrappedList(value, place);
	return inner ?? oneOf(value, schema, place);
}

/**
 * Records from a list of lists, or from one list of columns and one of rows, if the entries have to be
 * records.
 */
export function tableIn(
	value: unknown,
	schema: JsonSchema,
	place: Place,
): Array<Record<string, unknown>> | undefined {
	if (place.isExact) return undefined;
	const item = resolveSchema(itemSchema(schema, 0), place.root);
	const isOfRecords = item !== undefined && typesOf(item).join() === 'object';
	const records = isOfRecords
		? recordsOfTable(value, isRecord(item.properties) ? item.properties : {})
		: undefined;
	return records && changedKind(place, 'table of columns and rows to records', records);
}

/** `{ "0": …, "1": … }`. */
function inOrder(record: Record<string, unknown>): unknown[] | undefined {
	const keys = Object.keys(record);
	if (keys.length === 0) return undefined;
	const first = Object.hasOwn(record, '0') ? 0 : 1;
	const isNumbered = keys.every((key, index) => key === String(index + first));
	return isNumbered ? keys.map((key) => record[key]) : undefined;
}

/** A list with only the given value, if its entries may be such. */
function oneOf(value: unknown, schema: JsonSchema, place: Place): unknown {
	const trial = trialOf(place);
	const entry = place.visit(value, itemSchema(schema, 0), step(trial, [value], 0));
	if (!takes(entry, itemSchema(schema, 0), place)) return value;
	// Its entries are visited once the list exists.
	return changedKind(place, 'one value to a list', [value]);
}

/** A longer one is read in one go. */
const LONGEST = 50_000;

function listIn(text: string, schema: JsonSchema, place: Place): unknown {
	const parsed = jsonIn(text, ['array', 'object'], place);
	if (Array.isArray(parsed)) return changedKind(place, 'JSON text to its value', parsed);
	if (place.isExact) return text;
	// `"Smith, John", "Doe, Jane"`
	const quoted = /^\s*["'“]/.test(text) ? jsonIn(`[${text}]`, ['array'], place) : undefined;
	if (Array.isArray(quoted)) return changed(place, text, quoted);
	if (isRecord(parsed))
		return fitList(changedKind(place, 'JSON text to its value', parsed), schema, place);
	if (text.trim() === '') return changed(place, text, []);
	const types = typesOf(schema);
	if (types.includes('null') && saysNothing(text)) return changed(place, text, null);
	const item = resolveSchema(itemSchema(schema, 0), place.root);
	const isPlainText = !item || (takes(text, item, place) && !('enum' in item));
	if (isPlainText && saysNothing(text)) {
		return ambiguous(place, text, ['an empty list', `a list of ${JSON.stringify(text)}`]);
	}
	if (saysNothing(text)) return changed(place, text, []);
	if (text.length > LONGEST) return text;
	return isPlainText ? textsIn(text, place) : valuesIn(text, schema, place);
}

/** The entries of a list of plain texts. */
function textsIn(text: string, place: Place): unknown {
	const split = splitList(text);
	const { entries, byComma } = split;
	const hasOwn = mayBeOwnNumbers(text, split, place);
	const doubt = split.doubt ?? (hasOwn ? 'entries that begin with or contain numbers' : undefined);
	const parts = entries ?? byComma ?? [];
	const all = [text, ...parts];
	const isTold = all.some((part) => isTalk(part) && !place.facts()?.says(part.trim()));
	const isOpen = all.some((part) => OPEN_ENDED.test(part.trim()));
	const other = doubt ?? (isTold ? 'words about it' : isOpen ? SOME_MISSING : undefined);
	const isWhole = !ENCLOSED.test(text) && !hasTornAddress(parts) && !parts.some(isTorn);
	const isOne = byComma === undefined || /\d[,，]\d/.test(text);
	const list = entries ?? (isOne ? [text.trim()] : commaEntries(byComma, text));
	const either = other ? ['a list', other] : ['one entry', `${parts.length} entries`];
	return other === undefined && isWhole && list
		? changed(place, text, list)
		: ambiguous(place, text, either);
}

/** `1,000`, `$1,234,567` */
const ONE_NUMBER = /^[^\d,]*\d{1,3}(?:,\d{3})+(?:\.\d+)?[^\d,]*$/;
const NUMBERED = /^\s*[([]?\d{1,6}[.)\]]\s+\S/;

/** Whether numbers may be part of the entries: `1. FC Köln`, `1,5`, or `1. Mai` where the document has it among words. */
function mayBeOwnNumbers(text: string, { entries, byComma }: SplitText, place: Place): boolean {
	const document = place.facts()?.text ?? '';
	const lines = text.split('\n').map((line) => line.trim());
	const isOne = lines.length === 1;
	if (isOne && document.includes(text.trim())) return false;
	if (byComma && /\d[,，]\d/.test(text)) return !ONE_NUMBER.test(text);
	const own = lines.filter((line) => NUMBERED.test(line));
	const isAmongWords = (line: string) => {
		const at = document.indexOf(line);
		return at >= 0 && !/(?:^|\n)[^\S\n]*$/.test(document.slice(Math.max(0, at - 20), at));
	};
	return own.length > 0 && (isOne || !entries || !areCounted(own) || own.some(isAmongWords));
}

const SOME_MISSING = 'a list without some of its entries';

/** `red, green, etc.` and `e.g. red` leave entries out, and `1. red 2. green` has two in one line. */
const OPEN_ENDED =
	/^(?:e\.? ?g\.?|for example|for instance|z\. ?b\.|zum beispiel|p\. ?ex\.|par exemple|por ejemplo|p\. ?ej\.|per esempio|ad es\.|por exemplo|например)[ ,:]|(?:^|[ ,])(?:etc|usw|et cetera|u\. ?a|и т\. ?д|и др|and (?:so on|more|others)|among others)\.?$|など$|^\(?1[.)] .+ \(?2[.)] \S/iu;

/** `http://x/a,b` is one address, unless each part is one. */
function hasTornAddress(parts: readonly string[]): boolean {
	const isAddress = (part: string) => /^[a-z]+:\/\//i.test(part);
	return parts.length > 1 && parts.some(isAddress) && !parts.every(isAddress);
}

/** Brackets of a list whose entries could not be read. */
const ENCLOSED = /^\s*(?:\[[^]*\]|\{[^]*\})\s*$/;

/** A stand-in, or a piece of something that brackets, quotes or an HTML entity hold together. */
function isTorn(part: string): boolean {
	const count = (sign: string) => part.split(sign).length;
	const isOpen = ['()', '[]', '{}'].some(([from = '', to = '']) => count(from) !== count(to));
	return isStandIn(part) || isOpen || count('"') % 2 === 0 || /&#?\w+$/.test(part);
}

/** Texts of numbers, dates or choices: as one entry or as several, if only one of these can be read. */
function valuesIn(text: string, schema: JsonSchema, place: Place): unknown {
	const ways = waysToSplit(text, schema, place).map((texts) => wayOf(texts, schema, place));
	const doubts = ways.flatMap(({ failures }) => failures);
	const [only, other] = ways.filter(({ isTaken }) => isTaken);
	if (!only || doubts.length > 0) {
		for (const doubt of doubts) place.failures.push(doubt);
		return text;
	}
	if (other) {
		const either = [only, other].map(({ list }) => JSON.stringify(list));
		return ambiguous(place, text, either);
	}
	changed(place, text, only.list);
	for (const warning of only.warnings)
		if (warning.includes(MAY_BE_OTHER)) place.warnings.push(warning);
	return only.list;
}

function waysToSplit(text: string, schema: JsonSchema, { root }: Place): string[][] {
	const { entries, byComma } = splitList(text);
	if (entries) return [entries];
	const whole = [text.trim()];
	if (!byComma) return [whole];
	const item = resolveSchema(itemSchema(schema, 0), root);
	if (item && membersOf(item)) return [byComma];
	// `1,200, 3,400`
	if (/\d,\d/.test(text) && /[,，]\s/.test(text)) return [whole, text.split(/[,，、]\s+/)];
	// `1,200,3,400` may be two numbers or four.
	if (/^\s*-?\d{1,3}(?:,\d+){2,}\s*$/.test(text) && /,\d{3}(?!\d)/.test(text))
		return /^\s*-?\d{1,3}(?:,\d{3}){2,}\s*$/.test(text) ? [whole, byComma] : [whole];
	const mayPart = !/[,，]\S/.test(text) || byComma.every((part) => /^-?\d+$/.test(part));
	return mayPart ? [whole, byComma] : [whole];
}

function wayOf(texts: readonly string[], schema: JsonSchema, place: Place) {
	const trial = trialOf(place);
	const list = texts.map((entry, index) =>
		place.visit(entry, itemSchema(schema, index), { ...trial, holder: texts }),
	);
	const isTaken = list.every((entry, index) => takes(entry, itemSchema(schema, index), place));
	return { list, isTaken, failures: trial.failures, warnings: trial.warnings };
}

/** A text as a list. */
interface SplitText {
	/** Its entries if its form leaves no doubt: lines, bullets, semicolons. */
	entries?: string[];
	/** What the text may be instead of a list of its lines. */
	doubt?: string;
	/** Its entries if commas separate them. */
	byComma?: string[];
}

const BULLET = new RegExp(String.raw`^\s*(?:${LIST_MARK}|\(?[a-z][.)])\s+`);

/** A number, a sign before one, or an abbreviation, on a single line. */
const NO_BULLET = /^\s*(?:[-–—]\s*\d|[a-z]\.|[([]?\d)/;

function splitList(text: string): SplitText {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	const entriesOf = (parts: readonly string[]) =>
		parts.map((part) => part.trim()).filter((part) => part !== '');
	const areBulleted = lines.length > 0 && lines.every((line) => BULLET.test(line));
	const bare = lines.map((line) => line.replace(areBulleted ? BULLET : /[,;]\s*$/, ''));
	const isHollow =
		(areBulleted && bare.some((line) => line.trim() === '')) ||
		/[;；]\s*[;；]|\|\s+\||[,，、]\s*[,，、]/.test(text);
	const doubt = lines.length > 1 ? doubtOf(lines, areBulleted) : undefined;
	if (isHollow || doubt) return { doubt: doubt ?? 'a list with an empty entry' };
	if (lines.length > 1 || (areBulleted && !NO_BULLET.test(text)))
		return { entries: entriesOf(bare) };
	if (/[;；•|]/.test(text)) return { entries: entriesOf(text.split(/[;；•|]/)) };
	return /[,，、]/.test(text) ? { byComma: entriesOf(text.split(/[,，、]/)) } : {};
}

/** Numbered lines with one missing, lines of which only some are bullets, or a single sentence. */
function doubtOf(lines: readonly string[], areBulleted: boolean): string | undefined {
	if (!areInOrder(lines)) return SOME_MISSING;
	if (!areBulleted && lines.some((line) => MARKED.test(line))) return 'a list among other words';
	const isBroken = (line: string, at: number) =>
		at > 0 &&
		/^\s*\p{Ll}/u.test(line) &&
		/(?:\S+\s+){3}\S*[^\s.!?:;,]\s*$/.test(lines[at - 1] ?? '');
	return !areBulleted && lines.some(isBroken) ? 'one text in several lines' : undefined;
}

/** A bullet or a number, but not the letter of an initial. */
const MARKED = new RegExp(String.raw`^\s*${LIST_MARK}\s+`);

const LAST_JOINT = /^(?:and|und|et|y|e|en|og|och|&)\s+|\s+(?:and|und|et|y|e|en|og|och|&)\s+/i;
/** What follows a comma within one name. */
const NO_ENTRY =
	/^(?:inc|ltd|llc|llp|plc|corp|co|gmbh|ag|kg|sa|s\.a|srl|bv|jr|sr|ii|iii|phd|ph\.d|md|m\.d|esq)\.?$/i;
const INITIALS = /^\p{Lu}\.?(?:\s?\p{Lu}\.)*$/u;

/**
 * The entries of `red, green, blue`. `Smith, John` and `Paris, France` may each be one, and a sentence
 * is one: undefined if commas may be part of an entry.
 */
function commaEntries(parts: readonly string[], text: string): string[] | undefined {
	const isSentence = parts.some(
		(part) => part.split(/\s+/).length > 6 || /[.!?]\s+\p{Lu}/u.test(part),
	);
	if (isSentence) return [text.trim()];
	const last = parts.at(-1) ?? '';
	const hasJoint = parts.length > 1 && LAST_JOINT.test(last);
	const ending = hasJoint ? last.split(LAST_JOINT).map((part) => part.trim()) : [last];
	const entries = [...parts.slice(0, -1), ...ending].filter((part) => part !== '');
	if (entries.some((part) => NO_ENTRY.test(part) || INITIALS.test(part))) return undefined;
	const isLower = entries.every((part) => /^[^\p{Lu}\d][^\d]*$/u.test(part));
	const areFull = entries.every((part) => /\s/.test(part) && !/\d/.test(part));
	const areAlike = entries.length > 2 && entries.every((part) => !/[\s\d]/.test(part));
	const areCodes = entries.every((part) => /^\S*\d\S*$/.test(part));
	return hasJoint || isLower || areFull || areAlike || areCodes ? entries : undefined;
}
