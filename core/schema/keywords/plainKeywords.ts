import { isObject } from '../../lib/isRecord';
import { canonical } from '../../lib/isSame';
import { patternTest } from '../patterns/patternTest';
import type { Keyword, Rule } from './verdict';
import { formatCheck } from './formats';

/** A rule about a single value; `message` may describe it. */
function plain<Value>(
	keyword: string,
	isMeant: (value: unknown) => value is Value,
	says: (value: Value) => string | undefined,
): Rule {
	return (value, at, { problems }) => {
		if (!isMeant(value)) return;
		const message = says(value);
		if (message !== undefined) problems.push({ at, keyword, message });
	};
}

const isNumber = (value: unknown) => typeof value === 'number';
const isText = (value: unknown) => typeof value === 'string';
const isAny = (_value: unknown): _value is unknown => true;

/** A keyword whose value is a number. */
function limit<Value>(
	keyword: string,
	isMeant: (value: unknown) => value is Value,
	says: (value: Value, given: number) => string | undefined,
): [string, Keyword] {
	return [
		keyword,
		(given) =>
			typeof given === 'number'
				? plain(keyword, isMeant, (value) => says(value, given))
				: undefined,
	];
}

/** Keywords that judge a value without looking into it. */
export const PLAIN_KEYWORDS: Array<[name: string, keyword: Keyword]> = [
	['type', typeRule],
	['const', (given) => amongRule('const', [given])],
	['enum', (given) => (Array.isArray(given) ? amongRule('enum', given) : undefined)],
	limit('minimum', isNumber, (n, least) => (n < least ? `${n} is less than ${least}.` : undefined)),
	limit('maximum', isNumber, (n, most) => (n > most ? `${n} is greater than ${most}.` : undefined)),
	limit('exclusiveMinimum', isNumber, (n, bound) =>
		n <= bound ? `${n} is less than or equal to ${bound}.` : undefined,
	),
	limit('exclusiveMaximum', isNumber, (n, bound) =>
		n >= bound ? `${n} is greater than or equal to ${bound}.` : undefined,
	),
	limit('multipleOf', isNumber, (n, divisor) =>
		isMultipleOf(n, divisor) ? undefined : `${n} is not a multiple of ${divisor}.`,
	),
	limit('minLength', isText, (text, least) => {
		const length = text.length < least ? text.length : lettersIn(text);
		return length < least ? `String is too short (${length} < ${least}).` : undefined;
	}),
	limit('maxLength', isText, (text, most) => {
		const length = text.length <= most ? text.length : lettersIn(text);
		return length > most ? `String is too long (${length} > ${most}).` : undefined;
	}),
	['pattern', patternRule],
	['format', formatRule],
];

function typeRule(given: unknown): Rule {
	const types: unknown[] = Array.isArray(given) ? given : [given];
	const expected = `Expected "${types.map(String).join('", "')}".`;
	return (value, at, { problems }) => {
		const type = typeOf(value);
		if (types.includes(type)) return;
		if (Number.isInteger(value) && types.includes('integer')) return;
		const message = `Instance type "${type}" is invalid. ${expected}`;
		problems.push({ at, keyword: 'type', message });
	};
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

const LONGEST_CHOICES = 2_000;

/** Equality as in JSON: objects are compared by content. */
function amongRule(keyword: string, choices: readonly unknown[]): Rule {
	const plainOnes = new Set(choices.filter((choice) => !isObject(choice)));
	const others = new Set(choices.filter(isObject).map(canonical));
	const given = JSON.stringify(keyword === 'const' ? choices[0] : choices) ?? '';
	const shown = given.length > LONGEST_CHOICES ? `${given.slice(0, LONGEST_CHOICES)}…` : given;
	const message = `Instance does not match ${keyword === 'const' ? shown : `any of ${shown}`}.`;
	return plain(keyword, isAny, (value) => {
		const fits = isObject(value)
			? others.size > 0 && others.has(canonical(value))
			: plainOnes.has(value);
		return fits ? undefined : message;
	});
}

/** Characters as JSON Schema counts them. */
function lettersIn(text: string): number {
	let pairs = 0;
	for (let at = 1; at < text.length; at += 1) {
		if (text.charCodeAt(at) >> 10 !== 0x37) continue;
		if (text.charCodeAt(at - 1) >> 10 === 0x36) pairs += 1;
	}
	return text.length - pairs;
}

function patternRule(given: unknown): Rule | undefined {
	if (typeof given !== 'string') return undefined;
	const compiled = patternTest(given);
	if (!compiled.ok) return undefined;
	return plain('pattern', isText, (text) =>
		compiled.test(text) ? undefined : 'String does not match pattern.',
	);
}

function formatRule(given: unknown): Rule | undefined {
	const check = formatCheck(given);
	if (!check) return undefined;
	const message = `String does not match format "${String(given)}".`;
	return plain('format', isText, (text) => (check(text) ? undefined : message));
}

/** Exact, as the numbers are written: 0.3 is a multiple of 0.1. */
function isMultipleOf(number: number, divisor: number): boolean {
	if (!Number.isFinite(number) || !Number.isFinite(divisor) || divisor <= 0) return false;
	const [digits, power] = decimal(number);
	const [divisorDigits, divisorPower] = decimal(divisor);
	const shift = power - divisorPower;
	return shift >= 0
		? (digits * 10n ** BigInt(shift)) % divisorDigits === 0n
		: digits % (divisorDigits * 10n ** BigInt(-shift)) === 0n;
}

function decimal(number: number): [digits: bigint, power: number] {
	const [digits = '0', power = '0'] = String(Math.abs(number)).split('e');
	const point = digits.indexOf('.');
	const fraction = point === -1 ? 0 : digits.length - point - 1;
	return [BigInt(digits.replace('.', '')), Number(power) - fraction];
}
