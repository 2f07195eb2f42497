/** An exact decimal number: `units` × 10 to the power of -`scale`. */
export interface Decimal {
	units: bigint;
	scale: number;
}

const MOST_DIGITS = 60;
const MOST_POWER = 400;

/** From digits with at most a decimal point and an exponent; undefined for anything else. */
export function decimal(text: string): Decimal | undefined {
	const match = /^(-?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,4}))?$/.exec(text);
	if (!match) return undefined;
	const [, sign = '', whole = '', fraction = '', power = '0'] = match;
	const digits = whole + fraction;
	if (digits === '' || digits.length > MOST_DIGITS) return undefined;
	if (Math.abs(Number(power)) > MOST_POWER) return undefined;
	return {
		units: BigInt(`${sign}${digits}`),
		scale: fraction.length - Number(power),
	};
}

export function timesTen({ units, scale }: Decimal, power: number): Decimal {
	return { units, scale: scale - power };
}

export function negated({ units, scale }: Decimal): Decimal {
	return { units: -units, scale };
}

export function sumOf(a: Decimal, b: Decimal): Decimal {
	const scale = Math.max(a.scale, b.scale);
	return { units: atScale(a, scale) + atScale(b, scale), scale };
}

function atScale({ units, scale }: Decimal, wanted: number): bigint {
	return units * 10n ** BigInt(wanted - scale);
}

/** Its plain digits without insignificant zeros: the same for equal numbers. */
export function decimalText({ units, scale }: Decimal): string {
	const sign = units < 0n ? '-' : '';
	const digits = String(units < 0n ? -units : units);
	if (scale <= 0) return units === 0n ? '0' : sign + digits + '0'.repeat(-scale);
	const padded = digits.padStart(scale + 1, '0');
	const fraction = padded.slice(-scale).replace(/0+$/, '');
	const whole = padded.slice(0, -scale);
	const text = fraction === '' ? whole : `${whole}.${fraction}`;
	return text === '0' ? '0' : sign + text;
}

/** The JavaScript number with exactly these digits; undefined if there is none. */
export function exactNumber(value: Decimal): number | undefined {
	const text = decimalText(value);
	const number = Number(text);
	if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
	const back = decimal(String(number));
	return back && decimalText(back) === text ? number : undefined;
}

/** How digits are written: which sign separates thousands, and which one decimals. */
export type DigitStyle = 'dot' | 'comma';

/** Digits with separators, in a folded text. */
export const DIGITS = [
	String.raw`\d{1,3}(?:(?<parted>[.,'_])\d{3})(?:\k<parted>\d{3}){0,12}(?:[.,]\d+)?`,
	String.raw`\d{1,3}(?: \d{3}){1,12}(?:[.,]\d+)?`,
	String.raw`\d{1,2}(?:,\d{2}){1,12},\d{3}(?:\.\d+)?`,
	String.raw`(?!0\d)\d+(?:[.,]\d+)?(?:e[-+]?\d{1,3}(?!\p{L}))?`,
	String.raw`(?<![\d ])[.,]\d+`,
];

const FORMS: Array<[style: DigitStyle | undefined, form: RegExp]> = [
	[undefined, /^(?:0|[1-9]\d*)(?:e[-+]?\d{1,3})?$/],
	[undefined, /^[1-9]\d{0,2}(?<sign>[' _])\d{3}(?:\k<sign>\d{3})*$/],
	['dot', /^(?:0|[1-9]\d*)?\.\d+(?:e[-+]?\d{1,3})?$/],
	['dot', /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/],
	['dot', /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/],
	['dot', /^[1-9]\d{0,2}(?<sign>[' _])\d{3}(?:\k<sign>\d{3})*\.\d+$/],
	['comma', /^(?:0|[1-9]\d*)?,\d+(?:e[-+]?\d{1,3})?$/],
	['comma', /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/],
	['comma', /^[1-9]\d{0,2}(?<sign>[' _])\d{3}(?:\k<sign>\d{3})*,\d+$/],
];

interface DigitReading {
	value: Decimal;
	/** Missing if both styles give the same value. */
	style?: DigitStyle;
}

/** Each value that the digits may have: `1.234` is both 1.234 and 1234. */
export function digitReadings(digits: string): DigitReading[] {
	return FORMS.filter(([, form]) => form.test(digits)).flatMap(([style, form]) => {
		const point = style === 'comma' ? ',' : '.';
		const value = decimal(withPoint(digits, form === FORMS[0]?.[1] ? '.' : point));
		return value ? [style ? { value, style } : { value }] : [];
	});
}

function withPoint(digits: string, point: string): string {
	const others = point === ',' ? /[.' _]/g : /[,' _]/g;
	return digits.replace(others, '').replace(point, '.');
}
