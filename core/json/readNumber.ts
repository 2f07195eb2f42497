import { refuse, take, type Cursor } from './cursor';

const TOKEN = /[+-]?[\w.][\w.+-]*|[+-]/y;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** `+1`, `.5`, `5.`, `1_000`, `0x1F`: what JavaScript and Python write, with one meaning. */
const OTHER_NUMBER =
	/^(?:[+-]?(?:(?:0|[1-9]\d*)\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?[1-9]\d*(?:_\d{3})+(?:\.\d+)?|0[xX][\da-fA-F]+)$/;
/** Of a postal code, a count or, in old JavaScript, an octal number: only its text is certain. */
const LEADING_ZEROS = /^-?0\d+(?:\.\d+)?$/;

/** A number, with its source kept wherever `String(number)` would not say the same. */
export function readNumber(cursor: Cursor): number | undefined {
	const start = cursor.at;
	const token = take(cursor, TOKEN) ?? '';
	const isJson = JSON_NUMBER.test(token);
	const zeros = LEADING_ZEROS.test(token);
	if (!isJson && !zeros && !OTHER_NUMBER.test(token)) {
		cursor.at = start;
		return refuse(cursor, `${shorten(token)} is no number`);
	}
	if (!isJson) cursor.notes.add('nonStrict');
	return numberOf(cursor, token);
}

/** A number, as it is written. */
export function numberOf(cursor: Cursor, token: string): number {
	const number = Number(token.replaceAll('_', ''));
	if (String(number) !== token) cursor.literal = token;
	if (LEADING_ZEROS.test(token) || losesDigits(token, number)) cursor.lossy.set(number, token);
	return number;
}

function shorten(token: string): string {
	return token.length > 40 ? `${token.slice(0, 40)}…` : token;
}

/** Whether a number says something else than its source. `1.50` and `1E5` do not. */
function losesDigits(literal: string, number: number): boolean {
	if (/^0x/i.test(literal)) return !Number.isSafeInteger(number);
	return plainDigits(literal.replaceAll('_', '')) !== plainDigits(String(number));
}

/** Sign, digits without outer zeros, and the power of ten of the last digit. */
function plainDigits(literal: string): string {
	const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(literal);
	if (!parts) return literal;
	const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	let end = digits.length;
	while (digits.charAt(end - 1) === '0') end -= 1;
	if (end === 0) return '0';
	const power = Number(exponent) - fraction.length + digits.length - end;
	return `${sign === '-' ? '-' : ''}${digits.slice(0, end)}e${power}`;
}

/** Whether a number's source may stand in a JSON text. */
export function isJsonNumber(literal: string): boolean {
	return JSON_NUMBER.test(literal);
}
