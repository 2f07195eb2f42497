import type { Failure } from '../../errors';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import type { JsonSchema } from '../../schema/jsonSchema';
import { isHeldIn } from '../joinAnswers';
import { saysNone } from '../partialNote';
import { abbreviation, severalAnswers } from '../severalAnswers';
import { wordsAgainst } from './against';
import { meaningOf, type KeyKind } from './keyKind';
import { pageDoubt } from './pages';
import { areAlike, booleanOf, holdsPlain, isEmpty, isLow, isPlain, saysPlain } from './plainValues';
import { remarkAt } from './remarks';

/** A key that the schema does not know, and what stands beside it. */
export interface Stranger {
	key: string;
	value: unknown;
	record: Readonly<Record<string, unknown>>;
	path: readonly PropertyKey[];
	names: ReadonlySet<string>;
	root: JsonSchema;
	isSaid: ((text: string) => boolean) | undefined;
	/** Whether entries stand beside it, or beside the object that it is in. */
	isBesideList: boolean;
}

export type Doubt = { failure: Failure } | { warning: string } | undefined;

/** What a key that the schema does not know says of the values beside it: another one, that some are missing, or a doubt. */
export function doubtOf(stranger: Stranger): Doubt {
	const { key, value, record, names, path } = stranger;
	const meaning = isEmpty(value) ? undefined : meaningOf(key, names);
	// `{ "corrected": { … } }` alone is a wrapper.
	const isAlone = Object.keys(record).every((other) => other === key || isEmpty(record[other]));
	if (!meaning || isAlone) return undefined;
	const { kind, field } = meaning;
	const own = field !== undefined && Object.hasOwn(record, field) ? record[field] : undefined;
	// `confirmed_total` in a record that has no total is a field of its own.
	if (field !== undefined && isEmpty(own)) return undefined;
	const said: Told = { ...stranger, kind, own };
	const verdict = RULES[kind](said) ?? wordsIn(said);
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
	return isSentence && wordsIn(said) === 'remark' && own === undefined ? 'remark' : otherwise(said);
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
function wordsIn({ value, record, names, root, isSaid, kind }: Told): Failure | 'remark' | 'fine' {
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
