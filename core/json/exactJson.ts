import { isRecord } from '../isRecord';
import { isJsonNumber } from './readNumber';
import type { LiteralOf, SourceNumbers } from './sourceNumbers';

/** A value of the reader as JSON, with the digits of its numbers as they were written. */
export function exactJson(value: unknown, numbers: SourceNumbers | undefined): string {
	return numbers ? written(value, numbers.literalOf, undefined) : JSON.stringify(value);
}

function written(value: unknown, literalOf: LiteralOf, literal: string | undefined): string {
	if (literal !== undefined && isJsonNumber(literal)) return literal;
	if (Array.isArray(value)) {
		const entries = value.map((entry, index) => written(entry, literalOf, literalOf(value, index)));
		return `[${entries.join(',')}]`;
	}
	if (!isRecord(value)) return JSON.stringify(value);
	const fields = Object.entries(value).map(
		([key, entry]) => `${JSON.stringify(key)}:${written(entry, literalOf, literalOf(value, key))}`,
	);
	return `{${fields.join(',')}}`;
}
