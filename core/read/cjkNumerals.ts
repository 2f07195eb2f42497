import { decimal, sumOf, timesTen, type Decimal, digitReadings } from './decimal';

const DIGITS = new Map(
	[
		'〇零',
		'一壱壹일',
		'二弐贰貳両两이',
		'三参參叁삼',
		'四肆사',
		'五伍오',
		'六陸陆육',
		'七柒漆칠',
		'八捌팔',
		'九玖구',
	].flatMap((signs, digit) => [...signs].map((sign): [string, number] => [sign, digit])),
);
const SMALL = new Map([
	...[...'十拾십'].map((sign): [string, number] => [sign, 1]),
	...[...'百佰백'].map((sign): [string, number] => [sign, 2]),
	...[...'千仟천'].map((sign): [string, number] => [sign, 3]),
]);
const LARGE = new Map([
	...[...'万萬만'].map((sign): [string, number] => [sign, 4]),
	...[...'億亿억'].map((sign): [string, number] => [sign, 8]),
	...[...'兆조'].map((sign): [string, number] => [sign, 12]),
]);

const SIGNS = [...DIGITS.keys(), ...SMALL.keys(), ...LARGE.keys()].join('');
const ARABIC = String.raw`\d{1,20}(?:[.,]\d{1,20}){0,8}`;
/** A run of numerals, at least one of which is Chinese, Japanese or Korean. */
export const CJK_NUMERAL = String.raw`(?<![${SIGNS}])(?:${ARABIC} ?)?[${SIGNS}](?:[${SIGNS}]|${ARABIC}|(?<=[만억조万億]) (?=[${SIGNS}]|\d)){0,40}(?![${SIGNS}])`;

const TOKENS = new RegExp(`${ARABIC}|[${SIGNS}]`, 'gu');

interface CjkReading {
	value: Decimal;
	/** The only language in which it has this value. */
	language?: string;
}

/** The values of a run of numerals, such as `1.2億`, `3万5千`, `五万` or `二〇二六`. */
export function cjkReadings(run: string): CjkReading[] {
	const tokens = [...run.matchAll(TOKENS)].map(([token]) => token);
	if (tokens.length > 40) return [];
	const value = valueOf(tokens);
	if (value) return [{ value }];
	// `一万二` is 12000 in Chinese and 10002 in Japanese.
	const full = withLastUnit(tokens);
	const short = full && valueOf(full);
	return short ? [{ value: short, language: 'zh' }] : [];
}

/** Chinese leaves out the unit below the last one. */
function withLastUnit(tokens: readonly string[]): string[] | undefined {
	const [unit = '', last = ''] = tokens.slice(-2);
	const power = SMALL.get(unit) ?? LARGE.get(unit) ?? 0;
	if (!isBareDigit(last) || power < 2) return undefined;
	const below = UNITS_BELOW[power];
	return below && [...tokens, ...below];
}

const UNITS_BELOW: Partial<Record<number, string[]>> = {
	2: ['十'],
	3: ['百'],
	4: ['千'],
	8: ['千', '万'],
};

function valueOf(tokens: readonly string[]): Decimal | undefined {
	if (tokens.every((token) => DIGITS.has(token))) return inPlaces(tokens);
	let total: Decimal = { units: 0n, scale: 0 };
	let section: string[] = [];
	let before = Infinity;
	for (const token of tokens) {
		const power = LARGE.get(token);
		if (power === undefined) {
			section.push(token);
			continue;
		}
		const value = sectionValue(section);
		// A unit without a number before it, or a larger one after a smaller one, is a word.
		if (!value || power >= before) return undefined;
		total = sumOf(total, timesTen(value, power));
		[section, before] = [[], power];
	}
	const [last, ...others] = section;
	if (last !== undefined && others.length === 0 && before < Infinity && isBareDigit(last))
		return undefined;
	const rest = section.length > 0 ? sectionValue(section) : { units: 0n, scale: 0 };
	return rest && sumOf(total, rest);
}

/** `二〇二六`: one digit for each position. Two alone may mean "one or two". */
function inPlaces(tokens: readonly string[]): Decimal | undefined {
	if (tokens.length === 2 && !tokens.includes('〇') && !tokens.includes('零')) return undefined;
	return decimal(tokens.map((token) => DIGITS.get(token)).join(''));
}

/** Below ten thousand: `三百二十一`, `3千`, or digits. */
function sectionValue(tokens: readonly string[]): Decimal | undefined {
	let total: Decimal | undefined;
	let pending: Decimal | undefined;
	let before = Infinity;
	for (const token of tokens) {
		const power = SMALL.get(token);
		if (power === undefined) {
			if (token === '零' || token === '〇') continue;
			if (pending) return undefined;
			pending = plainValue(token);
			if (!pending) return undefined;
			continue;
		}
		if (power >= before) return undefined;
		const value = timesTen(pending ?? { units: 1n, scale: 0 }, power);
		total = total ? sumOf(total, value) : value;
		[pending, before] = [undefined, power];
	}
	if (!total || !pending) return total ?? pending;
	const last = tokens.at(-1) ?? '';
	const isShort = before > 1 && before < Infinity && isBareDigit(last) && !isZero(tokens.at(-2));
	return isShort ? undefined : sumOf(total, pending);
}

const isZero = (token: string | undefined) => token === '零' || token === '〇';
/** Korean leaves no unit out: `삼천오` is 3005. */
const isBareDigit = (token: string) =>
	!/\p{Script=Hangul}/u.test(token) &&
	!isZero(token) &&
	(DIGITS.has(token) || /^[1-9]$/.test(token));

function plainValue(token: string): Decimal | undefined {
	const digit = DIGITS.get(token);
	if (digit !== undefined) return { units: BigInt(digit), scale: 0 };
	// Chinese, Japanese and Korean write a decimal point.
	return digitReadings(token).find(({ style }) => style !== 'comma')?.value;
}
