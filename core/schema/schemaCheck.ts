import { TokenHubError, type Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { messageOf } from '../messageOf';
import { withValues } from './checked';
import { contradictions } from './contradictions';
import type { JsonSchema } from './jsonSchema';
import { judge } from './keywords/judge';
import { isSpent } from './patterns/budget';
import { patternTest } from './patterns/patternTest';
import { keywordProblems } from './reading/keywordProblems';
import { modernized } from './reading/modernized';
import { indexSchema, type Dialect, type SchemaIndex, type Reference } from './schemaIndex';

/** What is wrong with a value; empty if it is valid. */
export type SchemaCheck = (value: unknown) => Failure[];

interface CompiledSchema {
	check: SchemaCheck;
	/** Parts that no value can satisfy, which does no harm as long as they are optional. */
	unmet: () => Failure[];
}

/**
 * Compiles a JSON Schema for validation.
 * @throws TokenHubError `badConfig` with the path of whatever is wrong with the schema: an invalid
 * keyword value, a `$ref` that leads nowhere or leaves the document, keywords that exclude each other,
 * a pattern that could take far too long.
 */
export function schemaCheck(given: JsonSchema, name = 'The JSON Schema'): SchemaCheck {
	return compiledSchema(modernized(given).schema, name).check;
}

/** The same for a schema in the terms of current drafts. @throws TokenHubError like `schemaCheck`. */
export function compiledSchema(schema: JsonSchema, name: string): CompiledSchema {
	refuse(keywordProblems(schema), name);
	const dialect = dialectOf(schema);
	const index = indexSchema(schema, dialect);
	refuse(brokenRefs(index), name);
	refuse(brokenPatterns(index), name);
	const { refused, unmet } = contradictions(schema, dialect);
	refuse(refused, name);
	return { check: checkBy(index), unmet };
}

function checkBy(index: SchemaIndex): SchemaCheck {
	const check = judge(index);
	return (value) => {
		try {
			return withValues(check(value), value);
		} catch (thrown) {
			if (isSpent(thrown)) throw thrown;
			// It is nested too deep, or not JSON: no reason to lose what was paid for.
			return [{ path: '', message: `it cannot be checked: ${messageOf(thrown)}` }];
		}
	};
}

function refuse(problems: Failure[], name: string): void {
	const [first] = problems;
	if (!first) return;
	const place = first.path || 'its top level';
	const message = `${name} is not valid at ${place}: ${first.message}`;
	const hint = `Correct the schema at ${place}.`;
	throw new TokenHubError('badConfig', message, { failures: problems, hint });
}

function dialectOf({ $schema }: JsonSchema): Dialect {
	if (typeof $schema !== 'string') return '2020-12';
	if ($schema.includes('draft-07')) return '7';
	return $schema.includes('2019-09') ? '2019-09' : '2020-12';
}

function brokenPatterns({ places }: SchemaIndex): Failure[] {
	return places.flatMap(({ schema: { pattern, patternProperties }, path }) => [
		...brokenPattern(pattern, `${path}/pattern`),
		...Object.keys(isRecord(patternProperties) ? patternProperties : {}).flatMap((source) =>
			brokenPattern(source, `${path}/patternProperties`),
		),
	]);
}

function brokenPattern(source: unknown, path: string): Failure[] {
	if (typeof source !== 'string') return [];
	const compiled = patternTest(source);
	if (compiled.ok) return [];
	return [{ path, message: `the pattern ${source.slice(0, 200)} is refused: ${compiled.problem}` }];
}

/** Each reference that leads nowhere, out of the document, to several places, or back to itself. */
function brokenRefs(index: SchemaIndex): Failure[] {
	const broken = index.places.flatMap(({ schema, path }) =>
		(index.targets.get(schema) ?? []).flatMap((reference) => {
			const reason = reasonFor(reference);
			return reason === undefined ? [] : [{ path, message: reason }];
		}),
	);
	return [...index.problems, ...broken, ...circles(index)];
}

function reasonFor(reference: Reference): string | undefined {
	const { keyword, ref } = reference;
	const name = `"${keyword}": "${ref}"`;
	if ('several' in reference) return `${name} has several targets. Use "$ref".`;
	if (isRecord(reference.target) || typeof reference.target === 'boolean') return undefined;
	if (ref.startsWith('#')) return `${name} leads nowhere.`;
	return `${name} leaves the document: nothing is fetched, but a schema may be under $defs, with its $id.`;
}

/** Keywords that apply another schema to the same value. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'not', 'if'];

/** Schemas that lead back to themselves without a step into the value: validation would never end. */
function circles(index: SchemaIndex): Failure[] {
	const left = new Set<JsonSchema>();
	const entered = new Set<JsonSchema>();
	for (const { schema: start } of index.places) {
		const way = entered.has(start) ? [] : [begin(start, index)];
		for (let step = way.at(-1); step; step = way.at(-1)) {
			entered.add(step.schema);
			const next = step.onward.pop();
			if (next === undefined) {
				left.add(step.schema);
				way.pop();
			} else if (!entered.has(next)) {
				way.push(begin(next, index));
			} else if (!left.has(next)) {
				return [
					circle(
						index,
						way.map(({ schema }) => schema).slice(way.findIndex(({ schema }) => schema === next)),
					),
				];
			}
		}
	}
	return [];
}

function circle(index: SchemaIndex, schemas: readonly JsonSchema[]): Failure {
	const from = schemas.find((schema) => index.targets.has(schema));
	const [reference] = (from && index.targets.get(from)) ?? [];
	const { path = '' } = index.places.find(({ schema }) => schema === from) ?? {};
	const { keyword, ref } = reference ?? { keyword: '$ref', ref: '' };
	return { path, message: `"${keyword}": "${ref}" leads back to itself.` };
}

function begin(schema: JsonSchema, { targets }: SchemaIndex) {
	const inner = SAME_VALUE.flatMap((key): unknown[] => {
		const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
		return Array.isArray(value) ? Array.from<unknown>(value) : [value];
	});
	const referred = (targets.get(schema) ?? []).map(({ target }) => target);
	return { schema, onward: [...inner, ...referred].filter(isRecord) };
}
