import { isStandIn } from '../../json/abbreviation';
import { areInOrder, LIST_MARK } from '../../read/listMarks';
import { isTalk } from '../../read/words';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';
import { ambiguous, changed, MAY_BE_OTHER, trialOf, type Place } from './place';
import { itemSchema, membersOf, takes } from './takes';

/** The entries of a list of plain texts. */
export function textsIn(text: string, place: Place): unknown {
	const { entries, byComma, doubt } = splitList(text);
	const parts = entries ?? byComma ?? [];
	const isTold = [text, ...parts].some((part) => isTalk(part) && !place.facts()?.says(part.trim()));
	if (doubt || isTold) {
		ambiguous(place, text, ['a list', doubt ?? 'words about it']);
		return text;
	}
	if ([text, ...parts].some(isOpenEnded)) {
		ambiguous(place, text, ['a list', 'a list without some of its entries']);
		return text;
	}
	if (
		isEnclosed(text) ||
		hasTornAddress(parts) ||
		parts.some((part) => isTorn(part) || isStandIn(part))
	) {
		ambiguous(place, text, ['one entry', `${parts.length} entries`]);
		return text;
	}
	const commas = byComma && commaEntries(byComma);
	if (!entries && commas && !commas.isOne && !commas.entries) {
		ambiguous(place, text, ['one entry', `${byComma.length} entries`]);
		return text;
	}
	const list = entries ?? commas?.entries ?? [text.trim()];
	changed(place, text, list);
	return list;
}

/** `red, green, etc.` and `e.g. red` leave entries out, and `1. red 2. green` has two in one line. */
const OPEN_ENDED =
	/^(?:e\.? ?g\.?|for example|for instance|z\. ?b\.|zum beispiel|p\. ?ex\.|par exemple|por ejemplo|p\. ?ej\.|per esempio|ad es\.|por exemplo|например)[ ,:]|(?:^|[ ,])(?:etc|usw|et cetera|u\. ?a|и т\. ?д|и др|and (?:so on|more|others)|among others)\.?$|など$/iu;
const isOpenEnded = (part: string) =>
	OPEN_ENDED.test(part.trim()) || /^\(?1[.)] .+ \(?2[.)] \S/u.test(part.trim());

/** `http://x/a,b` is one address, unless each part is one. */
function hasTornAddress(parts: readonly string[]): boolean {
	const isAddress = (part: string) => /^[a-z]+:\/\//i.test(part);
	return parts.length > 1 && parts.some(isAddress) && !parts.every(isAddress);
}

/** Brackets of a list whose entries could not be read. */
function isEnclosed(text: string): boolean {
	return /^\s*(?:\[[^]*\]|\{[^]*\})\s*$/.test(text);
}

/** A piece of something that brackets, quotes or an HTML entity hold together. */
function isTorn(part: string): boolean {
	const count = (sign: string) => part.split(sign).length;
	const isOpen = ['()', '[]', '{}'].some(([from = '', to = '']) => count(from) !== count(to));
	return isOpen || count('"') % 2 === 0 || /&#?\w+$/.test(part);
}

/** Texts of numbers, dates or choices: as one entry or as several, if only one of these can be read. */
export function valuesIn(text: string, schema: JsonSchema, place: Place): unknown {
	const ways = waysToSplit(text, schema, place).map((texts) => wayOf(texts, schema, place));
	const doubts = ways.flatMap(({ failures }) => failures);
	const [only, other] = ways.filter(({ isTaken }) => isTaken);
	if (!only || doubts.length > 0) {
		for (const doubt of doubts) place.failures.push(doubt);
		return text;
	}
	if (other) {
		ambiguous(
			place,
			text,
			[only, other].map(({ list }) => JSON.stringify(list)),
		);
		return text;
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

/** A sign before a number, or an abbreviation, on a single line. */
const NO_BULLET = /^\s*(?:[-–—]\s*\d|[a-z]\.)/;

function splitList(text: string): SplitText {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	const entriesOf = (parts: readonly string[]) =>
		parts.map((part) => part.trim()).filter((part) => part !== '');
	const areBulleted = lines.every((line) => BULLET.test(line));
	const isHollow =
		(areBulleted && lines.some((line) => line.replace(BULLET, '').trim() === '')) ||
		/[;；]\s*[;；]|\|\s+\||[,，、]\s*[,，、]/.test(text);
	const doubt = lines.length > 1 ? doubtOf(lines, areBulleted) : undefined;
	if (isHollow || doubt) return { doubt: doubt ?? 'a list with an empty entry' };
	if (lines.length > 1 || (areBulleted && lines.length > 0 && !NO_BULLET.test(text))) {
		return {
			entries: entriesOf(
				lines.map((line) =>
					areBulleted ? line.replace(BULLET, '') : line.replace(/[,;]\s*$/, ''),
				),
			),
		};
	}
	if (/[;；•|]/.test(text)) return { entries: entriesOf(text.split(/[;；•|]/)) };
	if (!/[,，、]/.test(text)) return {};
	return { byComma: entriesOf(text.split(/[,，、]/)) };
}

/** Numbered lines with one missing, lines of which only some are bullets, or a single sentence. */
function doubtOf(lines: readonly string[], areBulleted: boolean): string | undefined {
	if (!areInOrder(lines)) return 'a list without some of its entries';
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
function commaEntries(parts: readonly string[]): { entries?: string[]; isOne: boolean } {
	const isSentence = parts.some(
		(part) => part.split(/\s+/).length > 6 || /[.!?]\s+\p{Lu}/u.test(part),
	);
	if (isSentence) return { isOne: true };
	const last = parts.at(-1) ?? '';
	const hasJoint = parts.length > 1 && LAST_JOINT.test(last);
	const entries = hasJoint
		? [
				...parts.slice(0, -1),
				...last
					.split(LAST_JOINT)
					.map((part) => part.trim())
					.filter((part) => part !== ''),
			]
		: [...parts];
	if (entries.some((part) => NO_ENTRY.test(part) || INITIALS.test(part))) return { isOne: false };
	const isLower = entries.every((part) => /^[^\p{Lu}]/u.test(part) && !/\d/.test(part));
	const areFull = entries.every((part) => /\s/.test(part) && !/\d/.test(part));
	const areAlike = entries.length > 2 && entries.every((part) => !/[\s\d]/.test(part));
	const areCodes = entries.every((part) => /^\S*\d\S*$/.test(part));
	return hasJoint || isLower || areFull || areAlike || areCodes
		? { entries, isOne: false }
		: { isOne: false };
}
