import type { Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import type { JsonSchema } from '../jsonSchema';
import type { SchemaIndex } from '../schemaIndex';
import {
	isRule,
	type Compiling,
	type Keyword,
	type Place,
	type Rule,
	type Verdict,
} from './verdict';
import { LIST_KEYWORDS, UNEVALUATED_ITEMS } from './listKeywords';
import { OBJECT_KEYWORDS, UNEVALUATED_PROPERTIES } from './objectKeywords';
import { PLAIN_KEYWORDS } from './plainKeywords';
import { SAME_VALUE_KEYWORDS } from './sameValueKeywords';

const UNEVALUATED = [UNEVALUATED_PROPERTIES, UNEVALUATED_ITEMS];
const KEYWORDS: Array<[name: string, keyword: Keyword]> = [
	...SAME_VALUE_KEYWORDS,
	...PLAIN_KEYWORDS,
	...OBJECT_KEYWORDS,
	...LIST_KEYWORDS,
	...UNEVALUATED,
];

/** More of them help nobody, and one mistake in a long list gives as many failures. */
const MOST_FAILURES = 1_000;

/**
 * Checks values against an indexed schema. The time grows with the value and the schema: the target of
 * a reference is checked once for each place in the value.
 */
export function judge(index: SchemaIndex): (value: unknown) => Failure[] {
	const [root] = index.places;
	const hasRefs = index.targets.size > 0;
	const rules = new Map<JsonSchema, Rule[]>();
	const compiling: Compiling = {
		index,
		notes: index.places.some(({ schema }) => UNEVALUATED.some(([name]) => name in schema)),
		step: hasRefs ? samePlace : (parent, key) => ({ parent, key }),
		check(schema, value, at) {
			assertJson(value);
			const verdict: Verdict = { problems: [], inner: [] };
			if (schema === false) verdict.problems.push({ at, keyword: 'false', message: NOT_ALLOWED });
			if (!isRecord(schema)) return verdict;
			const own = rules.get(schema) ?? compiled(schema, compiling);
			rules.set(schema, own);
			for (const rule of own) rule(value, at, verdict);
			return verdict;
		},
	};
	return (value) => {
		return root ? failuresIn(compiling.check(root.schema, value, { key: '' })) : [];
	};
}

/** The message for a boolean schema. */
const NOT_ALLOWED = 'the schema does not allow this here: leave it out';

function assertJson(value: unknown): void {
	const type = typeof value;
	if (type === 'object' || type === 'string' || type === 'number' || type === 'boolean') return;
	throw new Error(`Instances of "${type}" type are not supported.`);
}

/** Before 2019, keywords next to a reference mean nothing. */
function compiled(schema: JsonSchema, compiling: Compiling): Rule[] {
	const isAlone = compiling.index.dialect === '7' && Object.hasOwn(schema, '$ref');
	return KEYWORDS.filter(([name]) => Object.hasOwn(schema, name) && (!isAlone || name === '$ref'))
		.map(([name, keyword]) => keyword(schema[name], schema, compiling))
		.filter(isRule);
}

function samePlace(parent: Place, key: PropertyKey): Place {
	parent.inner ??= new Map();
	const known = parent.inner.get(key);
	if (known) return known;
	const place: Place = { parent, key };
	parent.inner.set(key, place);
	return place;
}

/** Each failure once: several paths may lead to the same verdict. */
function failuresIn(verdict: Verdict): Failure[] {
	const failures: Failure[] = [];
	const seen = new Set<Verdict>();
	const left = [verdict];
	for (let next = left.pop(); next; next = left.pop()) {
		if (seen.has(next)) continue;
		seen.add(next);
		for (const { at, keyword, message } of next.problems) {
			failures.push({ path: pathOf(at), message, code: keyword });
			if (failures.length >= MOST_FAILURES) return failures;
		}
		for (let index = next.inner.length - 1; index >= 0; index -= 1) {
			const inner = next.inner[index];
			if (inner) left.push(inner);
		}
	}
	return failures;
}

function pathOf(place: Place): string {
	const keys: PropertyKey[] = [];
	for (let at = place; at.parent; at = at.parent) keys.push(at.key);
	return jsonPointer(keys.reverse());
}
