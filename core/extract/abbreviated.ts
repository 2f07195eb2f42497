import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { cutMark, isStandIn } from '../json/abbreviation';
import { jsonPointer } from '../jsonPointer';
import type { JsonSchema } from '../schema/jsonSchema';
import { itemSchema } from './coercion/takes';
import { saysPart } from './partialNote';
import { resolveSchema } from './resolveSchema';

/** What tells a note of the model from data. */
export interface NoteTerms {
	/** Whether the source says a text; missing where the source is not known. */
	isSaid: ((text: string) => boolean) | undefined;
	/** The keys that the schema names, wherever. */
	names: ReadonlySet<string>;
	root: JsonSchema;
}

/**
 * Where a value says that it is not whole: entries such as "..." or "(38 more)" that stand for others,
 * texts that end in "(truncated)", keys such as `has_more` that the schema does not know.
 */
export function abbreviated(value: unknown, terms: NoteTerms): Failure[] {
	return visit(value, terms.root, { ...terms, path: [] });
}

interface Place extends NoteTerms {
	path: readonly PropertyKey[];
}

const under = (place: Place, key: PropertyKey): Place => ({ ...place, path: [...place.path, key] });

function visit(value: unknown, wanted: unknown, place: Place): Failure[] {
	if (typeof value === 'string') return isShort(value, place) ? [shortAt(place)] : [];
	if (typeof value !== 'object' || value === null) return [];
	const schema = resolveSchema(wanted, place.root) ?? {};
	if (Array.isArray(value)) return ofList(value, schema, place);
	return isRecord(value) ? ofRecord(value, schema, place) : [];
}

const MOST_NAMED = 20;

function ofList(list: readonly unknown[], schema: JsonSchema, place: Place): Failure[] {
	const found: Failure[] = [];
	for (const [index, entry] of list.entries()) {
		const at = under(place, index);
		if (standsIn(entry, place)) found.push(failureAt(at));
		else found.push(...visit(entry, itemSchema(schema, index), at));
		if (found.length >= MOST_NAMED) break;
	}
	return found;
}

function ofRecord(record: Record<string, unknown>, schema: JsonSchema, place: Place): Failure[] {
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const { additionalProperties: others, patternProperties } = schema;
	const isOpen = isRecord(others) || others === true || isRecord(patternProperties);
	return Object.entries(record).flatMap(([key, entry]) => {
		const at = under(place, key);
		if (isStandIn(key)) return [failureAt(at)];
		const isStranger = !isOpen && !place.names.has(key);
		if (isStranger && holdsEntries(entry, record, place)) return [failureAt(at)];
		const isNote = isStranger && saysPart(key, record);
		if (isNote && !(typeof entry === 'string' && place.isSaid?.(entry))) return [noteAt(at)];
		return visit(entry, Object.hasOwn(properties, key) ? properties[key] : others, at);
	});
}

/** `{ "rows": [ … ], "rows_2": [ … ] }`: entries with fields of the schema, beside its own list. */
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

/** A text, or a record in which nothing else stands. */
function standsIn(entry: unknown, { isSaid }: Place): boolean {
	if (typeof entry === 'string') return isStandIn(entry, isSaid);
	const held = isRecord(entry) ? Object.values(entry) : [];
	return held.length > 0 && held.every((text) => typeof text === 'string' && isStandIn(text));
}

function isShort(text: string, { isSaid }: Place): boolean {
	const mark = cutMark(text);
	return mark !== undefined && isSaid !== undefined && !isSaid(mark);
}

const failureAt = ({ path }: Place) =>
	abbreviation('an entry stands for others that are left out', jsonPointer(path));
const shortAt = ({ path }: Place) =>
	abbreviation('a text says that its end is left out', jsonPointer(path));
const noteAt = ({ path }: Place) =>
	abbreviation('a key that the schema does not know says that this is not all', jsonPointer(path));

export function abbreviation(reason: string, path = ''): Failure {
	const message = `${reason}: give the whole result, with every entry written out`;
	return { path, message, code: 'abbreviated' };
}

const ONE_WORD = /^[\p{L}\p{M}]+[.…]*$/u;
/** A look goes through the whole source. */
const MOST_LOOKS = 8;

/** Whether a text stands in a source; a single word only where it stands apart, as an entry does. */
export function openSaid(source: string | undefined): NoteTerms['isSaid'] {
	if (source === undefined) return undefined;
	const known = new Map<string, boolean>();
	return (text) => {
		const bare = text.trim();
		const said = known.get(bare) ?? (known.size < MOST_LOOKS && stands(bare, source));
		known.set(bare, said);
		return said;
	};
}

function stands(text: string, source: string): boolean {
	const escaped = text
		.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
		.replace(/\s+/g, String.raw`\s{1,9}`);
	const isWord = ONE_WORD.test(text);
	const before = isWord ? String.raw`(?<=^|[\n\t,;|:"'“(>、，：；])\s{0,9}` : '';
	const after = isWord ? String.raw`\s{0,9}(?=$|[\n\t,;|"'”)<、，；])` : '';
	return new RegExp(before + escaped + after, 'iu').test(source);
}
