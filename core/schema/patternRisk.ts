import { isRecord } from '../isRecord';
import type { JsonSchema } from './jsonSchema';
import { subschemas } from './subschemas';

/**
 * How the time of a schema's slowest regular expression may grow with the text: as its length to the
 * power of this. Infinity where it may double with each character, 0 without patterns.
 */
export function patternRisk(schema: JsonSchema): number {
	const patterns = subschemas(schema).flatMap(({ schema: { pattern, patternProperties } }) => [
		...(typeof pattern === 'string' ? [pattern] : []),
		...(isRecord(patternProperties) ? Object.keys(patternProperties) : []),
	]);
	return Math.max(0, ...patterns.map(degreeOf));
}

/** An upper bound, by the shape alone: choices that repeat are taken to be ambiguous. */
export function degreeOf(pattern: string): number {
	const bare = pattern.replace(/\\[pPu]\{[^}]*\}|\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
	if (/\\[1-9]|\\k</.test(pattern) || repeatsChoices(bare)) return Infinity;
	const varying = bare.match(VARYING)?.length ?? 0;
	return varying + (bare.startsWith('^') ? 0 : 1);
}

const VARYING = /[*+]|\{\d*,\d*\}|(?<!\()\?(?!\?)/g;

/** Whether a group that holds a choice or a varying repetition is itself repeated. */
function repeatsChoices(bare: string): boolean {
	const open: boolean[] = [];
	for (let index = 0; index < bare.length; index += 1) {
		const rest = bare.slice(index);
		if (rest.startsWith('(')) open.push(false);
		else if (rest.startsWith(')')) {
			const varies = open.pop() ?? false;
			if (varies && /^\)([*+]|\{)/.test(rest)) return true;
			if (open.length > 0) open.push(varies || (open.pop() ?? false));
		} else if (/^([|*+]|\{\d*,)/.test(rest) || (rest.startsWith('?') && bare[index - 1] !== '(')) {
			if (open.length > 0) open[open.length - 1] = true;
		}
	}
	return false;
}
