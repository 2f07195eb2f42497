import { decimal, type Decimal } from './decimal';

/** How digits are written: which sign parts thousands, and which one decimals. */
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

export interface DigitReading {
	value: Decimal;
	/** Missing where both styles give the same. */
	style?: DigitStyle;
}

/** Each number that the digits may stand for: `1.234` is both 1.234 and 1234. */
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
