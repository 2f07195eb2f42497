import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { isDots } from '../../json/abbreviation';
import { correctsIt } from '../../json/notTheAnswer';
import { isWithdrawn } from '../../json/withdrawn';
import type { Steps } from '../../lib/steps';
import { isTalk } from '../../read/words';
import { coerce } from './coercion/coerce';
import { emptyWords } from './doubts/standIns';
import {
	isOfTexts,
	listPlaceIn,
	listPlacesIn,
	unread,
	type Form,
	type FormTerms,
} from './forms/fields';
import { formsIn, readPlain, wholeForm } from './forms/formsIn';
import { hasMore, isHeldIn } from './joinAnswers';
import { judge, type Reading } from './judge';
import { abbreviation, severalAnswers, type ReadAnswer, type ValidAnswer } from './validAnswer';
import { resolveSchema } from '../resolveSchema';
import { mayBeEntries, objectionIn, tableHasMore, takenBack } from './wordsBeside';

/** The value in a text without JSON: each format is read only if it fits the schema. */
export function* readForms(text: string, none: Failure, reading: Reading): Steps<ReadAnswer> {
	const root = reading.target.schema;
	const terms = { root, place: listPlaceIn(root) };
	const { forms, prose } = yield* formsIn(text, terms);
	const plain = forms.length === 0 ? readPlain(text, terms, reading.isSaid) : undefined;
	const noValue = forms.find(({ value }) => value === undefined);
	const without = noValue ?? doubtedIn(forms, terms, reading);
	const all = plain ? [plain] : forms;
	const failure = all.length === 0 ? none : without ? noReading(without) : undefined;
	if (failure) return { ok: false, failures: [failure] };
	const [only, ...others] = all;
	if (!only || others.length > 0)
		return { ok: false, failures: [severalAnswers('several values')] };
	const read = yield* judgeForm(only, plain ? [] : prose, reading);
	// What the source says is a value, whatever it says.
	const isQuoted = plain && read.ok && isSame(read.given, plain.value);
	const words = isQuoted ? prose.filter((line) => !reading.isSaid?.(line)) : prose;
	const against =
		(words.some(isDots) ? abbreviation('dots next to it stand for more') : undefined) ??
		takenBack(words) ??
		(words.some(isWithdrawn) ? severalAnswers('values that are struck out') : undefined) ??
		objectionIn(words, {
			given: read.ok ? read.given : undefined,
			...{ schema: root, source: reading.source },
		});
	return against ? { ok: false, failures: [against] } : read;
}

/** The value of a text that is one format from end to end, even if JSON is a part of it. */
export function* readWholeForm(text: string, reading: Reading): Steps<ValidAnswer | undefined> {
	const root = reading.target.schema;
	const terms = { root, place: listPlaceIn(root) };
	const form = yield* wholeForm(text, terms);
	if (!form || doubtedIn([form], terms, reading)) return undefined;
	const read = yield* judgeForm(form, [], reading);
	return read.ok ? read : undefined;
}

function* judgeForm(form: Form, prose: readonly string[], reading: Reading): Steps<ReadAnswer> {
	const read = yield* judge(candidateOf(form, prose), reading);
	if (!read.ok) return read;
	const { failures, warnings } = emptyWords(form.value, reading.root);
	if (failures.length > 0) return { ok: false, failures };
	return { ...read, warnings: [...read.warnings, ...warnings] };
}

/** A form whose value has words in it that are about the answer. */
const doubtedIn = (forms: readonly Form[], terms: FormTerms, reading: Reading) =>
	talkIn(forms, terms, reading) ?? correctedIn(forms, reading);

/** A list of texts in which an answer is about itself: "- I could not find any". */
function talkIn(forms: readonly Form[], { root, place }: FormTerms, { isSaid }: Reading) {
	if (!place || !isOfTexts(place, root)) return undefined;
	const form = forms.find(({ value }) => {
		const list: unknown = isRecord(value) && place.key !== undefined ? value[place.key] : value;
		const texts = Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
		return texts.some((text) => isTalk(text) && !isSaid?.(text));
	});
	return form && unread(form.name, 'an entry speaks of the answer');
}

/** The last of DSPy's fields may swallow words about it: "Ada", and below it "Actually, Eda". */
function correctedIn(forms: readonly Form[], { isSaid, root }: Reading): Form | undefined {
	const form = forms.find(({ name, value }) => {
		const [key = '', last] = (isRecord(value) ? Object.entries(value).at(-1) : undefined) ?? [];
		if (name !== 'sections' || !isRecord(value) || typeof last !== 'string') return false;
		const [first, ...lines] = last.split('\n');
		const below = lines.filter((line) => !isSaid?.(line));
		const given = { ...value, [key]: first };
		return below.some(correctsIt) || objectionIn(below, { given, schema: root }) !== undefined;
	});
	return form && unread(form.name, 'words below a field correct it');
}

function candidateOf(
	{ name, value, notes = [], numbers, comments }: Form,
	prose: readonly string[],
) {
	const isAmongWords = prose.some((line) => line.trim() !== '');
	const warnings = [...(isAmongWords ? ['prose'] : []), name, ...notes];
	return { value, warnings, ...(numbers ? { numbers } : {}), ...(comments ? { comments } : {}) };
}

const noReading = ({ name, reason = '' }: Form): Failure => ({
	...{ path: '', code: 'noJson' },
	message: `there is no JSON in the answer, and its ${name} cannot be read: ${reason}`,
});

const MORE_IN_TABLE = severalAnswers('JSON, and a table with more entries under other names');

/**
 * What other formats say next to a value: the same or less; otherwise a reason to ask again, or a
 * warning.
 */
export function* formsBeside(
	text: string,
	{ given }: ValidAnswer,
	{ target, coercion, source }: Reading,
): Steps<{ failure?: Failure; warnings: string[] }> {
	if (text.trim() === '') return { warnings: [] };
	const root = target.schema;
	const schema = { ...(resolveSchema(root, root) ?? root), required: [] };
	const places = listPlacesIn(root);
	const coerced = (value: unknown) => coerce(value, schema, coercion || {}).value;
	const read: Array<{ parts: unknown[]; missed: number; prose: string[] }> = [];
	for (const place of places.length === 0 ? [undefined] : places) {
		const { forms, prose } = yield* formsIn(text, { root, place });
		const values = forms.flatMap(({ value }) => (value === undefined ? [] : [value]));
		read.push({ parts: values.map(coerced), missed: forms.length - values.length, prose });
	}
	const entries: unknown[] = [];
	for (const { key, fields } of places) {
		const own = { ...schema, type: 'object', properties: fields };
		const { forms } = yield* formsIn(text, { root: own, place: undefined });
		const records = forms.flatMap(({ value }) => (isRecord(value) ? [value] : []));
		for (const one of records) entries.push(coerced(key === undefined ? [one] : { [key]: [one] }));
	}
	const all = [...entries, ...read.flatMap((one) => one.parts)];
	const parts = all.filter((part) => !isHeldIn(part, given));
	if (parts.some((part) => hasMore(part, given)))
		return { failure: severalAnswers('JSON, and more content in another format'), warnings: [] };
	const prose = inAll(read.map((one) => one.prose));
	const missed = Math.min(...read.map((one) => one.missed));
	const beside = { given, schema: root, source };
	const isMore = missed > 0 && tableHasMore(text, beside);
	const failure = isMore ? MORE_IN_TABLE : objectionIn(prose, beside);
	if (failure) return { failure, warnings: [] };
	const warnings = [
		...(parts.length > 0 ? ['a table or text beside it has other values'] : []),
		...(mayBeEntries(prose, beside) ? ['lines beside it may be more entries'] : []),
		...(missed > 0 ? ['a table or text beside it does not fit the schema'] : []),
	];
	return { warnings };
}

function inAll(lists: ReadonlyArray<readonly string[]>): string[] {
	const [first, ...others] = lists.map((lines) => new Set(lines));
	return [...(first ?? [])].filter((line) => others.every((lines) => lines.has(line)));
}
