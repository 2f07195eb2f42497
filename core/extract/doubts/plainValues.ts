import { isRecord } from '../../isRecord';
import { isSame } from '../../isSame';
import { readBoolean } from '../../read/words';

export function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

export const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

export function booleanOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	return typeof value === 'string' ? readBoolean(value) : undefined;
}

/** The same but for the way that it is written. */
export function areAlike(one: unknown, other: unknown): boolean {
	if (isSame(one, other)) return true;
	return isPlain(one) && isPlain(other) && (saysPlain(one, other) || saysPlain(other, one));
}

/** Whether a text says a plain value: "EUR 14.00" says 14. */
export function saysPlain(text: unknown, value: unknown): boolean {
	const [said, own] = [text, value].map((one) => String(one).toLowerCase());
	if (said === undefined || own === undefined) return false;
	if (said === own || Number(said) === Number(own)) return true;
	const numbers = said.match(/\d+(?:[.,' ]\d+)*/g) ?? [];
	const isNumber = (one: string) =>
		[one.replace(/[,' ]/g, ''), one.replace(/[.' ]/g, '').replace(',', '.')].some(
			(plain) => Number(plain) === Math.abs(Number(own)),
		);
	return typeof value === 'number' ? numbers.some(isNumber) : said.includes(own);
}

/** Whether a record holds a plain value somewhere. */
export function holdsPlain(record: unknown, value: unknown): boolean {
	if (!isPlain(value)) return false;
	if (isPlain(record)) return areAlike(value, record);
	return (
		isRecord(record) && Object.values(record).some((one) => isPlain(one) && areAlike(value, one))
	);
}

const LOW =
	/^\W*(?:very |rather |sehr |très |muy |molto |muito )?(?:low|poor|weak|uncertain|none|niedrig|gering|schwach|unsicher|faible|basse?|baj[oa]|bass[oa]|baix[oa]|laag|низк\p{L}*|низко|低い?|낮음|낮은)\W*$/iu;

/** A low confidence, alone or of some field. */
export function isLow(value: unknown): boolean {
	if (typeof value === 'number') return value < (value > 1 ? 50 : 0.5);
	if (typeof value === 'string') {
		const [, digits, percent] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(value) ?? [];
		return digits === undefined ? LOW.test(value) : isLow(Number(digits) / (percent ? 100 : 1));
	}
	return typeof value === 'object' && value !== null && Object.values(value).some(isLow);
}
