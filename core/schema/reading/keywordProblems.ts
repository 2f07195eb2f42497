import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { messageOf } from '../../messageOf';
import { innerPlaces, KEYWORDS, type KeywordKind, typeProblem } from './keywords';

/** Each keyword with an invalid value, and what it must be. */
export function keywordProblems(schema: unknown, path: readonly string[] = []): Failure[] {
	if (typeof schema === 'boolean') return [];
	if (!isRecord(schema)) return [{ path: jsonPointer(path), message: noSchema(schema) }];
	const own = Object.entries(schema).flatMap(([keyword, value]) => {
		const kind = KEYWORDS.get(keyword);
		const message = kind && keywordProblem(kind, value, keyword);
		return message === undefined ? [] : [{ path: jsonPointer([...path, keyword]), message }];
	});
	const inner = innerPlaces(schema).flatMap(([keys, node]) =>
		keywordProblems(node, [...path, ...keys]),
	);
	return [...own, ...inner];
}

function noSchema(value: unknown): string {
	const type = typeof value === 'string' && typeProblem(value) === undefined;
	const instead = type ? ` Write {"type": ${shown(value)}}.` : '';
	return `a schema is an object, true or false, not ${shown(value)}.${instead}`;
}

interface Rule {
	fits: (value: unknown) => boolean;
	expected: string;
}

const isText = (value: unknown) => typeof value === 'string';
const areNames = (value: unknown) => Array.isArray(value) && value.every(isText);
const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0;
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

/** Inner schemas are checked at their own place. */
const RULES: Record<Exclude<KeywordKind, 'type' | 'schema' | 'schemaOrSchemas'>, Rule> = {
	schemas: { fits: isFilled, expected: 'a list of at least one schema' },
	namedSchemas: { fits: isRecord, expected: 'an object of schemas' },
	namedSchemasOrNames: {
		fits: (value) =>
			isRecord(value) &&
			Object.values(value).every((inner) => !Array.isArray(inner) || areNames(inner)),
		expected: 'an object of schemas or lists of names',
	},
	names: { fits: areNames, expected: 'a list of property names, beside "properties"' },
	namedNames: {
		fits: (value) => isRecord(value) && Object.values(value).every(areNames),
		expected: 'an object of lists of names',
	},
	choices: { fits: isFilled, expected: 'a list of at least one value' },
	number: { fits: isNumber, expected: 'a number' },
	positive: {
		fits: (value) => typeof value === 'number' && isNumber(value) && value > 0,
		expected: 'a number above 0',
	},
	count: {
		fits: (value) => Number.isInteger(value) && typeof value === 'number' && value >= 0,
		expected: 'a whole number, 0 or more',
	},
	text: { fits: isText, expected: 'a text' },
	pattern: { fits: isText, expected: 'a text' },
	flag: { fits: (value) => typeof value === 'boolean', expected: 'true or false' },
};

/** What is wrong with the value of a keyword; undefined if nothing is. */
export function keywordProblem(
	kind: KeywordKind,
	value: unknown,
	keyword: string,
): string | undefined {
	if (kind === 'type') return typeProblem(value);
	if (kind === 'schema' || kind === 'schemaOrSchemas') return undefined;
	const { fits, expected } = RULES[kind];
	if (!fits(value)) return `"${keyword}" must be ${expected}, not ${shown(value)}.`;
	if (kind === 'pattern') return patternProblem(value);
	if (keyword !== 'patternProperties' || !isRecord(value)) return undefined;
	return Object.keys(value).map(patternProblem).find(Boolean);
}

function patternProblem(source: unknown): string | undefined {
	try {
		new RegExp(String(source), 'u');
		return undefined;
	} catch (cause) {
		return `${shown(source)} is not a regular expression: ${messageOf(cause)}.`;
	}
}

function shown(value: unknown): string {
	return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
