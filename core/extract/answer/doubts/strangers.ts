import type { Failure } from '../../../errors';
import { isRecord } from '../../../lib/isRecord';
import { isSame } from '../../../lib/isSame';
import { jsonPointer } from '../../../lib/jsonPointer';
import { readBoolean } from '../../../read/words';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { wordsIn } from '../fieldNames';
import { isHeldIn } from '../joinAnswers';
import { abbreviation, severalAnswers } from '../validAnswer';
import { meaningOf, saysNone, type KeyKind } from './keyKind';
import { readsAs, remarkAt, wordsAgainst } from './remarks';

/** A key that is not in the schema, and what is next to it. */
interface Stranger {
	key: string;
	value: unknown;
	record: Readonly<Record<string, unknown>>;
	path: readonly PropertyKey[];
	names: ReadonlySet<string>;
	root: JsonSchema;
	isSaid: ((text: string) => boolean) | undefined;
	/** Whether entries are next to it, or next to the object that contains it. */
	isBesideList: boolean;
}

type Doubt = { failure: Failure } | { warning: string } | undefined;

/**
 * What a key that is not in the schema says about the values next to it: another one, missing ones, or
 * a doubt.
 */
export function doubtOf(stranger: Stranger): Doubt {
	const { key, value, record, names, path } = stranger;
	const meaning = isEmpty(value) ? undefined : meaningOf(key, names);
	// `{ "corrected": { … } }` alone is a wrapper.
	const isAlone = Object.keys(record).every((other) => other === key || isEmpty(record[other]));
	if (!meaning || isAlone) return undefined;
	const { kind, field } = meaning;
	const own = field !== undefined && Object.hasOwn(record, field) ? record[field] : undefined;
	// `confirmed_total` in a record without a total is a field of its own.
	if (field !== undefined && isEmpty(own)) return undefined;
	const said: Told = { ...stranger, kind, own };
	const verdict = RULES[kind](said) ?? verdictOnWords(said);
	// What is said in an entry may be a fact of it.
	const isFact = ABOUT_ALL.has(kind) && path.some((step) => typeof step === 'number');
	if (verdict === 'remark' || (isFact && verdict !== 'fine'))
		return { warning: remarkAt(path, value) };
	return verdict && verdict !== 'fine'
		? { failure: { ...verdict, path: jsonPointer(path) } }
		: undefined;
}

/** Kinds that tell of the answer, where they are no fact of a record. */
const ABOUT_ALL: ReadonlySet<KeyKind> = new Set([
	...(['failed', 'fine', 'madeUp', 'status', 'completeness', 'page'] as const),
]);

interface Told extends Stranger {
	kind: KeyKind;
	/** The value of the field that the key names as well. */
	own: unknown;
}

/** Undefined where the words in it decide. */
type Rule = (said: Told) => Failure | 'remark' | 'fine' | undefined;

const otherwise = ({ key, value }: Told) =>
	severalAnswers(`values and a key that says otherwise ("${key}": ${shown(value)})`);
const shown = (value: unknown) => JSON.stringify(value).slice(0, 120);

/** Another value than the one beside it, as far as a plain value can be one. */
const correction: Rule = (said) => {
	const { value, own, record, key } = said;
	if (typeof value === 'boolean') return value ? 'remark' : 'fine';
	// A `revision` or what is `right` may be a fact of its own.
	if (own === undefined && !CORRECTS.test(key)) return 'fine';
	const { [key]: _own, ...beside } = record;
	const known = own === undefined ? beside : own;
	if (isHeldIn(value, known) || holdsPlain(known, value)) return 'fine';
	const isSentence = typeof value === 'string' && /\s\S+\s/.test(value.trim());
	return isSentence && verdictOnWords(said) === 'remark' && own === undefined
		? 'remark'
		: otherwise(said);
};

const CORRECTS =
	/corr(?!el|esp|id)|errat|korrektur|korrigiert|berichtig|исправ|поправ|коррект|訂正|更正|정정/i;

/** Only of a field beside it: what else there may be is a fact of its own. */
const alternative: Rule = (said) => {
	const { value, own } = said;
	if (own === undefined) return 'remark';
	if (typeof value === 'boolean' || areAlike(value, own)) return 'remark';
	return typeof value === typeof own || Array.isArray(value) ? otherwise(said) : undefined;
};

const flag =
	(whenTrue: 'remark' | 'fine' | 'against', whenFalse: 'remark' | 'fine' | 'against'): Rule =>
	(said) => {
		const is = booleanOf(said.value);
		const verdict = is === undefined ? undefined : is ? whenTrue : whenFalse;
		return verdict === 'against' ? otherwise(said) : verdict;
	};

const RULES: Record<KeyKind, Rule> = {
	correction,
	alternative,
	original: ({ value, own }) =>
		own === undefined || isPlain(own) === false || saysPlain(value, own) ? 'fine' : 'remark',
	final: (said) => {
		const is = booleanOf(said.value);
		if (is !== undefined) return is ? 'fine' : 'remark';
		const isOther = isRecord(said.value) && !isHeldIn(said.value, said.record);
		return isOther ? otherwise(said) : 'fine';
	},
	draft: flag('remark', 'fine'),
	unsure: flag('remark', 'fine'),
	confidence: ({ value }) => (isLow(value) ? 'remark' : 'fine'),
	failed: flag('against', 'fine'),
	gone: ({ value }) => (booleanOf(value) ? 'remark' : 'fine'),
	fine: flag('fine', 'against'),
	checked: flag('fine', 'remark'),
	madeUp: (said) => flag('against', 'fine')(said) ?? 'remark',
	missing,
	errors: (said) => (typeof said.value === 'string' && saysNone(said.value) ? 'fine' : undefined),
	completeness: (said) => (PARTIAL.test(String(said.value)) ? leftOut(said) : 'fine'),
	status: (said) => (PARTIAL.test(String(said.value)) ? 'remark' : 'fine'),
	page: (said) => {
		const doubt = pageDoubt(said.key, said.record);
		return doubt ? (said.isBesideList ? leftOut(said) : 'remark') : 'fine';
	},
	note: () => undefined,
};

const PARTIAL =
	/^\W*(?:partial\p{L}*|incomplete|truncated|draft|in[ _-]?progress|pending|unfinished|failed|failure|error|length|max[ _]tokens|unvollständig|teilweise|incompl[eè]te?|partiel\p{L}*|incomplet[oa]|parcial|parziale|неполн\p{L}*|частичн\p{L}*|不完全|部分\p{L}*|不完整|일부|불완전)\W*$/iu;

const leftOut = ({ key, value }: Told) =>
	abbreviation(`"${key}": ${shown(value)} says that this is not all`);

/** Fields that are empty may be called missing; others may not, and neither may entries. */
function missing(said: Told): ReturnType<Rule> {
	const { value, record, names } = said;
	if (typeof value === 'boolean') return value ? 'remark' : 'fine';
	const named = [value].flat().filter((one) => typeof one === 'string' && names.has(one));
	const isFilled = named.some((name) => !isEmpty(record[String(name)]));
	if (isFilled) return otherwise(said);
	const others = [value].flat().filter((one) => !named.includes(one) && !isEmpty(one));
	if (others.length === 0) return 'fine';
	return said.isBesideList ? leftOut(said) : 'remark';
}

const MOST_TEXTS = 50;

/** What the words in a value say; a remark where they say nothing against it. */
function verdictOnWords({
	value,
	record,
	names,
	root,
	isSaid,
	kind,
}: Told): Failure | 'remark' | 'fine' {
	const given = knownPart(record, names);
	const texts = textsIn(value).slice(0, MOST_TEXTS);
	const own = texts.filter((text) => !saysNone(text) && !isSaid?.(text));
	if (texts.length > 0 && own.length === 0) return 'fine';
	const against = own
		.map((text) => wordsAgainst(text, { given, schema: root }))
		.find((one) => one !== undefined);
	if (!against) return 'remark';
	// Thoughts come before what they lead to.
	return kind === 'note' &&
		THOUGHTS.test(Object.keys(record).join(' ')) &&
		against.code !== 'abbreviated'
		? 'remark'
		: against;
}

const THOUGHTS = /reason|thought|thinking|analysis|rationale|begründung|raisonnement/i;

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

/** The fields of the schema in a record, also of one that it wraps. */
function knownPart(record: Readonly<Record<string, unknown>>, names: ReadonlySet<string>) {
	const own = Object.entries(record).filter(([key]) => names.has(key));
	if (own.length > 0) return Object.fromEntries(own);
	return Object.values(record).find(isRecord) ?? record;
}

const OF = /^\D*(\d{1,6})\s*(?:\/|of|out of|von|sur|de|di|van|из|中)\s*(\d{1,6})\D*$/iu;
const COUNTS = new Set('total count num last'.split(' '));
const BESIDE_NOUN = new Set([...COUNTS, 'number', 'no', 'of', 'index', 'current']);

/** Whether a record says that it is one page, part or batch of several, and not the last: `page: 1, total_pages: 3`, `part: "1/3"`. */
function pageDoubt(key: string, record: Readonly<Record<string, unknown>>): boolean {
	const said = record[key];
	const [, at, all] = (typeof said === 'string' && OF.exec(said)) || [];
	if (at !== undefined) return Number(at) < Number(all);
	if (!isCount(key)) return false;
	const count = Number(said);
	const one = Object.keys(record).find((other) => other !== key && haveOneNoun(other, key));
	const page = one === undefined ? undefined : Number(record[one]);
	return page !== undefined && page < count;
}

/** `page_count` and `total_pages` are as `page`. */
function haveOneNoun(one: string, other: string): boolean {
	const [first, second] = [nounOf(one), nounOf(other)];
	const shared = Math.max(3, Math.min(first.length, second.length) - 1);
	return first.slice(0, shared) === second.slice(0, shared);
}

const nounOf = (key: string) => wordsIn(key).find((word) => !BESIDE_NOUN.has(word)) ?? '';

function isCount(key: string): boolean {
	const words = wordsIn(key);
	return words.some((word) => COUNTS.has(word)) || /[sn]$|ine$|页数|頁数/u.test(key);
}

function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

function booleanOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	return typeof value === 'string' ? readBoolean(value) : undefined;
}

/** The same but for the way that it is written. */
function areAlike(one: unknown, other: unknown): boolean {
	if (isSame(one, other)) return true;
	return isPlain(one) && isPlain(other) && (saysPlain(one, other) || saysPlain(other, one));
}

/** Whether a text says a plain value: "EUR 14.00" says 14. */
function saysPlain(text: unknown, value: unknown): boolean {
	const [said, own] = [text, value].map((one) => String(one).toLowerCase());
	if (said === undefined || own === undefined) return false;
	if (said === own || Number(said) === Number(own)) return true;
	const numbers = said.match(/\d+(?:[.,' ]\d+)*/g) ?? [];
	return typeof value === 'number'
		? numbers.some((one) => readsAs(one, value))
		: said.includes(own);
}

/** Whether a record holds a plain value somewhere. */
function holdsPlain(record: unknown, value: unknown): boolean {
	if (!isPlain(value)) return false;
	if (isPlain(record)) return areAlike(value, record);
	return (
		isRecord(record) && Object.values(record).some((one) => isPlain(one) && areAlike(value, one))
	);
}

const LOW =
	/^\W*(?:very |rather |sehr |très |muy |molto |muito )?(?:low|poor|weak|uncertain|none|niedrig|gering|schwach|unsicher|faible|basse?|baj[oa]|bass[oa]|baix[oa]|laag|низк\p{L}*|низко|低い?|낮음|낮은)\W*$/iu;

/** A low confidence, alone or of some field. */
function isLow(value: unknown): boolean {
	if (typeof value === 'number') return value < (value > 1 ? 50 : 0.5);
	if (typeof value === 'string') {
		const [, digits, percent] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(value) ?? [];
		return digits === undefined ? LOW.test(value) : isLow(Number(digits) / (percent ? 100 : 1));
	}
	return typeof value === 'object' && value !== null && Object.values(value).some(isLow);
}
