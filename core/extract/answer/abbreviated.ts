import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { cutMark, isStandIn } from '../../json/abbreviation';
import { correctsItself, isHedgedName } from '../../json/notTheAnswer';
import { jsonPointer } from '../../lib/jsonPointer';
import { escapeRegExp } from '../../lib/text';
import type { Steps } from '../../lib/steps';
import { saysNothing } from '../../read/words';
import type { JsonSchema } from '../../schema/jsonSchema';
import { itemSchema } from './coercion/takes';
import { echoesTypes, isPlaceholder } from './doubts/standIns';
import { wordsAgainst, fewRemarks, remarkAt } from './doubts/remarks';
import { doubtOf } from './doubts/strangers';
import { IS_NUMBER } from './forms/tableRecords';
import { doubtfulNote, doubtsList, isNoteKey, ownNote, saysPart } from './doubts/keyKind';
import { isChoice, resolveSchema } from '../resolveSchema';
import { abbreviation, severalAnswers } from './validAnswer';

/** What distinguishes a model's note from data. */
export interface NoteTerms {
	/** Whether the source says a text; missing if the source is not known. */
	isSaid: ((text: string) => boolean) | undefined;
	source: string | undefined;
	/** The keys that the schema names, at any place. */
	names: ReadonlySet<string>;
	root: JsonSchema;
}

interface Found {
	failures: Failure[];
	/** About what may also be true. */
	warnings: string[];
	/** What keys say that are not in the schema. */
	remarks: string[];
}

interface Place extends NoteTerms, Found {
	path: readonly PropertyKey[];
	isBesideList: boolean;
}

/**
 * Where a value says that it is incomplete: entries such as "..." or "(38 more)" that stand for others,
 * texts that end in "(truncated)" or are placeholders, keys such as `has_more` that are not in the
 * schema.
 */
export function* abbreviated(
	value: unknown,
	terms: NoteTerms,
): Steps<Pick<Found, 'failures' | 'warnings'>> {
	const found: Found = { failures: [], warnings: [], remarks: [] };
	yield* visit(value, terms.root, { ...terms, ...found, path: [], isBesideList: false });
	const { failures, warnings, remarks } = found;
	return { failures, warnings: [...warnings, ...fewRemarks(remarks)] };
}

const under = (place: Place, key: PropertyKey): Place => ({ ...place, path: [...place.path, key] });

const LEFT_OUT = {
	entry: 'an entry stands for others that are left out',
	end: 'a text says that its end is left out',
	key: 'a key that the schema does not know says that this is not all',
	note: 'a note says that this is not all, and the text does not say so',
};

function leftOut({ failures, path }: Place, what: keyof typeof LEFT_OUT): void {
	failures.push(abbreviation(LEFT_OUT[what], jsonPointer(path)));
}

function* visit(value: unknown, wanted: unknown, place: Place): Steps<void> {
	if (typeof value === 'string') ofText(value, wanted, place);
	if (typeof value !== 'object' || value === null) return;
	const schema = resolveSchema(wanted, place.root) ?? {};
	if (Array.isArray(value)) yield* ofList(value, schema, place);
	else if (isRecord(value) && echoesTypes(value, schema, place.root)) placeholder(place);
	else if (isRecord(value)) yield* ofRecord(value, schema, place);
}

/** A name or a number, and whether it is one: "Ada?", and no question of several words. */
const ASKED = /^[\p{Lu}\p{Lo}\p{N}]\S{0,30}(?: \p{Lu}\S{0,30}){0,2} ?\?+$/u;

function ofText(text: string, wanted: unknown, place: Place): void {
	const { isSaid, path, failures, remarks } = place;
	const mark = isStandIn(text) ? text : cutMark(text);
	if (mark !== undefined && isSaid?.(mark) === false) return leftOut(place, 'end');
	const key = path.findLast((step) => typeof step === 'string');
	if (isPlaceholder(text, key) && !isSaid?.(text)) return placeholder(place);
	const isCorrected = correctsItself(text);
	const isDoubted = isCorrected || ASKED.test(text) || isHedgedName(text);
	if (!isDoubted || place.source?.includes(text) || isSaid?.(text)) return;
	const schema = resolveSchema(wanted, place.root);
	if (schema && isChoice(schema)) return;
	if (isCorrected && isSaid)
		failures.push(severalAnswers(`a value and a correction of it (${text})`, path));
	else remarks.push(remarkAt(path, text));
}

const MOST_NAMED = 20;
const ENTRIES_PER_STEP = 50;

function* ofList(list: readonly unknown[], schema: JsonSchema, place: Place): Steps<void> {
	for (const [index, entry] of list.entries()) {
		if (index % ENTRIES_PER_STEP === ENTRIES_PER_STEP - 1) yield;
		const at = under(place, index);
		if (index > 0 && index === list.length - 1 && isHollow(entry, list[index - 1], place))
			place.warnings.push(`notAll ${jsonPointer(at.path)}: its last entry may stand for others`);
		if (standsIn(entry, place)) leftOut(at, 'entry');
		else yield* visit(entry, itemSchema(schema, index), at);
		if (place.failures.length >= MOST_NAMED) break;
	}
}

function* ofRecord(record: Record<string, unknown>, schema: JsonSchema, place: Place): Steps<void> {
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const { additionalProperties: others, patternProperties } = schema;
	const isOpen = isRecord(others) || others === true || isRecord(patternProperties);
	const isBesideList = place.isBesideList || Object.values(record).some(isListOfRecords);
	for (const [key, entry] of Object.entries(record)) {
		const at = { ...under(place, key), isBesideList };
		const before = place.failures.length;
		ofKey({ key, entry, record }, isOpen, at);
		const wanted = Object.hasOwn(properties, key) ? properties[key] : others;
		if (place.failures.length === before) yield* visit(entry, wanted, at);
	}
}

interface KeyIn {
	key: string;
	entry: unknown;
	record: Record<string, unknown>;
}

/** What a key says by itself, and about those next to it if it is not in the schema. */
function ofKey({ key, entry, record }: KeyIn, isOpen: boolean, at: Place): void {
	if (isStandIn(key)) return leftOut(at, 'entry');
	if (isOpen || at.names.has(key)) {
		if (isOwnNote(key, record, at)) leftOut(at, 'note');
		return;
	}
	if (holdsEntries(entry, record, at)) return leftOut(at, 'entry');
	const isQuote = typeof entry === 'string' && at.isSaid?.(entry);
	if (!isQuote && saysPart(key, record)) return leftOut(at, 'key');
	const doubt = doubtOf({ ...at, key, value: entry, record });
	if (doubt && 'failure' in doubt) at.failures.push(doubt.failure);
	else if (doubt) at.remarks.push(doubt.warning);
}

const isListOfRecords = (value: unknown) => Array.isArray(value) && value.some(isRecord);

/**
 * What a field of the schema says about missing entries: wrong if the source does not say it, otherwise
 * doubtful.
 */
function isOwnNote(key: string, record: Record<string, unknown>, place: Place): boolean {
	const { isSaid, source, warnings, path } = place;
	const said = ownNote(key, record[key]);
	const isWrong = said !== undefined && isSaid !== undefined && !said.some(isSaid);
	const doubt = said ? undefined : doubtfulNote(key, record[key]);
	const isInDoubt =
		(said !== undefined && !isSaid) ||
		(doubt !== undefined && !holds(source, doubt)) ||
		(place.names.has(key) && doubtsList(key, record));
	if (isInDoubt) warnings.push(`notAll ${jsonPointer(path)}: it says that there is more`);
	else if (!isWrong && isDoubtfulText(key, record, place))
		place.remarks.push(remarkAt(path, record[key]));
	return isWrong;
}

/** A note, in a field that the schema has for notes, which contradicts the values next to it. */
function isDoubtfulText(key: string, record: Record<string, unknown>, place: Place): boolean {
	const text = record[key];
	if (typeof text !== 'string' || !isNoteKey(key) || place.isSaid?.(text)) return false;
	if (isWordOf(place.source, text)) return false;
	const { [key]: _own, ...given } = record;
	return wordsAgainst(text, { given, schema: place.root }) !== undefined;
}

/** `{ "rows": [ … ], "rows_2": [ … ] }`: entries with fields of the schema, next to its own list. */
function holdsEntries(
	value: unknown,
	record: Record<string, unknown>,
	{ names }: NoteTerms,
): boolean {
	if (!Array.isArray(value) || value.length === 0) return false;
	const hasOwnList = Object.keys(record).some(
		(key) => names.has(key) && Array.isArray(record[key]),
	);
	const isEntry = (entry: unknown) =>
		isRecord(entry) && Object.keys(entry).some((key) => names.has(key));
	return hasOwnList && value.every(isEntry);
}

function placeholder({ failures, path }: Place): void {
	const message =
		'it is a placeholder: give the value that the text states, or null or nothing if the schema allows it';
	failures.push({ path: jsonPointer(path), message, code: 'placeholder' });
}

/** A text, or a record with no other text in it: everything else only fills required fields. */
function standsIn(entry: unknown, { isSaid }: NoteTerms): boolean {
	if (typeof entry === 'string') return isStandIn(entry, isSaid);
	const held = isRecord(entry) ? Object.values(entry) : [];
	const marks = held.flatMap((one) =>
		typeof one === 'string' && isStandIn(one, isSaid) ? [one] : [],
	);
	if (marks.length === 0) return false;
	const others = held.filter((one) => !isFill(one) && !marks.some((mark) => mark === one));
	if (!others.every((one) => typeof one === 'number' || one === true)) return false;
	// With numbers next to it, a text such as "..." may be a quotation.
	return others.length === 0 || !marks.every((mark) => isSaid?.(mark));
}

/**
 * A last record with one text, which the source does not say, and nothing where the record above has
 * values.
 */
function isHollow(entry: unknown, above: unknown, { source }: NoteTerms): boolean {
	if (!isRecord(entry) || !isRecord(above)) return false;
	const said = Object.values(entry).filter((one) => !isNothing(one));
	const [text] = said;
	const isPoorer = Object.values(above).filter((one) => !isNothing(one)).length > said.length;
	if (said.length !== 1 || typeof text !== 'string' || !isPoorer) return false;
	return source === undefined ? !/[\p{L}\p{N}]{2}/u.test(text) : !holds(source, text);
}

/** Whether a source contains a text, even within a sentence. */
function holds(source: string | undefined, text: string): boolean {
	return source?.toLowerCase().includes(text.toLowerCase()) === true;
}

/** Whether a source has a text as it is, as words of a sentence: "room TBD". */
const isWordOf = (source: string | undefined, text: string) =>
	source !== undefined &&
	new RegExp(String.raw`(?<![\p{L}\p{N}])${escapeRegExp(text.trim())}(?![\p{L}\p{N}])`, 'u').test(
		source,
	);

const isNothing = (value: unknown) =>
	value === null || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);

function isFill(value: unknown): boolean {
	if (typeof value === 'string') return IS_NUMBER.test(value) || saysNothing(value);
	return !value || (Array.isArray(value) && value.length === 0);
}
