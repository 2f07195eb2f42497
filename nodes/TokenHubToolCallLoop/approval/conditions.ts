import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { foldText } from '../../../core/read/foldText';
import { readNumber } from '../../../core/read/readNumber';
import { patternTest, type PatternTest } from '../../../core/schema/patterns/patternTest';
import type { Row } from './approveOption';

type Verdict = 'yes' | 'no' | 'unsure';

/**
 * Whether a person has to be asked about arguments: if a condition holds, or a value is missing or
 * cannot be compared.
 * @throws TokenHubError `badConfig` for a condition that cannot be read.
 */
export function conditionOf(row: Row, index: number): (args: unknown) => boolean {
	const judge = judgeOf(row, index);
	return (args) => judge(placesAt(args, row.argument)) !== 'no';
}

export function refusal(message: string, hint: string): TokenHubError {
	return new TokenHubError('badConfig', `Approve When: ${message}`, { hint });
}

/** The values at a path; undefined for a place without one. */
function placesAt(args: unknown, path: string): unknown[] {
	if (isRecord(args) && Object.hasOwn(args, path)) return [args[path]];
	const keys = path.split(/\.|\[|\]/).filter((key) => key !== '');
	return keys.reduce<unknown[]>((all, key) => all.flatMap((value) => inside(value, key)), [args]);
}

/** The entries of lists. */
function valuesIn(place: unknown): unknown[] {
	return Array.isArray(place) ? place.flatMap(valuesIn) : [place];
}

function inside(value: unknown, key: string): unknown[] {
	if (Array.isArray(value)) {
		if (/^\d+$/.test(key)) return [value[Number(key)]];
		return value.flatMap((entry) => inside(entry, key));
	}
	return isRecord(value) && Object.hasOwn(value, key) ? [value[key]] : [undefined];
}

type Judge = (places: readonly unknown[]) => Verdict;

/** If any value matches; if one cannot be compared, the verdict is unsure. */
function judgeOf(row: Row, index: number): Judge {
	const { comparison, argument } = row;
	if (comparison === 'always') return () => 'yes';
	if (argument === '') {
		throw refusal(
			`condition ${index + 1} names no argument.`,
			'Fill in Argument, or choose Always.',
		);
	}
	if (comparison === 'exists') {
		return (places) => verdictOf(places.some((place) => place !== undefined));
	}
	const judge = oneJudge(row, comparison, index);
	return (places) => {
		for (const value of places.flatMap(valuesIn)) {
			const verdict = judge(value);
			if (verdict !== 'no') return verdict;
		}
		return 'no';
	};
}

type Compared = Exclude<Row['comparison'], 'always' | 'exists'>;

function oneJudge(row: Row, comparison: Compared, index: number): (value: unknown) => Verdict {
	switch (comparison) {
		case 'greater':
		case 'less': {
			const limit = limitOf(row, index);
			return (value) => {
				const number = numberOf(value);
				if (number === undefined) return 'unsure';
				return verdictOf(comparison === 'greater' ? number > limit : number < limit);
			};
		}
		case 'equals':
			return onText((text) => equality(text, row.value));
		case 'notEquals':
			return onText((text) => verdictOf(text !== row.value));
		case 'contains':
			return onText((text) =>
				verdictOf(text.includes(row.value) || folded(text).includes(folded(row.value))),
			);
		case 'matches':
		case 'notMatches': {
			const test = patternOf(row, index);
			const isMeant = comparison === 'matches';
			return onText((text) => verdictOf(test(text) === isMeant));
		}
	}
}

const verdictOf = (isMeant: boolean): Verdict => (isMeant ? 'yes' : 'no');
const folded = (text: string) => foldText(text).text.trim();

function onText(judge: (text: string) => Verdict): (value: unknown) => Verdict {
	return (value) =>
		['string', 'number', 'boolean', 'bigint'].includes(typeof value)
			? judge(String(value))
			: 'unsure';
}

function equality(text: string, other: string): Verdict {
	if (folded(text) === folded(other)) return 'yes';
	const wanted = numberOf(other);
	const number = numberOf(text);
	if (wanted === undefined) return 'no';
	return number === undefined && /\p{N}/u.test(text) ? 'unsure' : verdictOf(number === wanted);
}

/** Undefined if there is no number, or if two are possible. */
function numberOf(value: unknown): number | undefined {
	if (typeof value === 'string') {
		const reading = readNumber(value);
		return reading.ok ? reading.value : undefined;
	}
	return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
		? value
		: undefined;
}

function limitOf({ value }: Row, index: number): number {
	const limit = numberOf(value);
	if (limit !== undefined) return limit;
	throw refusal(
		`the value of condition ${index + 1}, "${value}", is not a number, or could be two.`,
		'Write it with a decimal point and without separators, such as 1200.50.',
	);
}

function patternOf({ value }: Row, index: number): PatternTest {
	const pattern = patternTest(value);
	if (pattern.ok && value !== '') return pattern.test;
	const problem = pattern.ok ? 'it is empty' : pattern.problem;
	throw refusal(
		`the value of condition ${index + 1} is not a regular expression: ${problem}`,
		'Write it without slashes around it, such as @example\\.com$.',
	);
}
