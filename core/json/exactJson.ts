import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { jsonPointer } from '../lib/jsonPointer';
import { isJsonNumber } from './readWord';

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

/**
 * The source of a number, if `String(number)` is a different text; `''` in an unknown holder is the
 * value itself.
 */
export type LiteralOf = (holder: object, key: PropertyKey) => string | undefined;

/** What a text says about its numbers that the numbers themselves do not. */
export interface SourceNumbers {
	literalOf: LiteralOf;
	/**
	 * Whether a number from a copy of its holder may have been written differently: an equal one was,
	 * somewhere in the text.
	 */
	isInDoubt(this: void, number: number, holder: object | undefined): boolean;
	/** Numbers that JavaScript cannot represent, with their source. */
	lossy: ReadonlyMap<number, string>;
}

/** Joins what several texts say about their numbers. */
export function joinedNumbers(all: readonly SourceNumbers[]): SourceNumbers | undefined {
	const [only, another] = all;
	if (!another) return only;
	return {
		literalOf: (holder, key) =>
			all.map((one) => one.literalOf(holder, key)).find((found) => found !== undefined),
		isInDoubt: (number, holder) => all.some((one) => one.isInDoubt(number, holder)),
		lossy: new Map(all.flatMap(({ lossy }) => [...lossy])),
	};
}

/** Numbers in a value that differ from what was written: JavaScript cannot represent their digits. */
export function unsafeNumbers(value: unknown, numbers: SourceNumbers | undefined): Failure[] {
	return numbers && numbers.lossy.size > 0 ? visit(value, numbers.lossy, []) : [];
}

function visit(value: unknown, lossy: ReadonlyMap<number, string>, path: PropertyKey[]): Failure[] {
	if (typeof value === 'number') {
		const literal = lossy.get(value);
		return literal === undefined ? [] : [failureAt(path, value, literal)];
	}
	const isHolder = Array.isArray(value) || isRecord(value);
	if (!isHolder) return [];
	return Object.entries(value).flatMap(([key, entry]) => visit(entry, lossy, [...path, key]));
}

function failureAt(path: PropertyKey[], number: number, literal: string): Failure {
	const written = literal.length > 60 ? `${literal.slice(0, 60)}…` : literal;
	return {
		path: jsonPointer(path),
		message: `a number cannot keep these digits: ${written} would become ${number}; give it as text if the schema has a text field, otherwise rounded`,
		code: 'unsafeNumber',
		value: written,
	};
}

/** The same JSON value in new objects. */
export function copiedJson(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(copiedJson);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copiedJson(inner)]));
}
