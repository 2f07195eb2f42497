import { canonical } from '../../lib/isSame';
import type { JsonSchema } from '../jsonSchema';
import { isValid, note, type Compiling, type Keyword, type Rule, type Verdict } from './verdict';

type ListRule = (list: readonly unknown[], at: Parameters<Rule>[1], verdict: Verdict) => void;

function forLists(rule: ListRule): Rule {
	return (value, at, verdict) => {
		if (Array.isArray(value)) rule(value, at, verdict);
	};
}

/** Keywords about the entries of a list. */
export const LIST_KEYWORDS: Array<[name: string, keyword: Keyword]> = [
	[
		'maxItems',
		(given) =>
			typeof given === 'number'
				? lengthRule('maxItems', (n) => (n > given ? `many items (${n} > ${given})` : undefined))
				: undefined,
	],
	[
		'minItems',
		(given) =>
			typeof given === 'number'
				? lengthRule('minItems', (n) => (n < given ? `few items (${n} < ${given})` : undefined))
				: undefined,
	],
	[
		'prefixItems',
		(given, _schema, own) => (Array.isArray(given) ? headRule(given, own) : undefined),
	],
	['items', itemsRule],
	['additionalItems', additionalRule],
	['contains', containsRule],
	['uniqueItems', (given) => (given ? uniqueRule() : undefined)],
];
/** Runs after all others. */
export const UNEVALUATED_ITEMS: [string, Keyword] = ['unevaluatedItems', unevaluatedRule];

function lengthRule(keyword: string, says: (length: number) => string | undefined): Rule {
	return forLists((list, at, { problems }) => {
		const words = says(list.length);
		if (words !== undefined) problems.push({ at, keyword, message: `Array has too ${words}.` });
	});
}

/** Checks one entry, and notes that it was evaluated. */
function entry({ check, step, notes }: Compiling) {
	return (index: number, schema: unknown, ...[list, at, verdict]: Parameters<ListRule>) => {
		const answer = check(schema, list[index], step(at, index));
		if (!isValid(answer)) verdict.inner.push(answer);
		if (notes) note(verdict, [index]);
	};
}

/** The first entries, each with its own schema. */
function headRule(schemas: readonly unknown[], own: Compiling): Rule {
	const checkEntry = entry(own);
	return forLists((list, ...rest) => {
		for (const [index, schema] of schemas.slice(0, list.length).entries()) {
			checkEntry(index, schema, list, ...rest);
		}
	});
}

function tailRule(start: number, schema: unknown, own: Compiling): Rule {
	const checkEntry = entry(own);
	return forLists((list, ...rest) => {
		for (let index = start; index < list.length; index += 1) {
			checkEntry(index, schema, list, ...rest);
		}
	});
}

const lengthOf = (given: unknown) => (Array.isArray(given) ? given.length : 0);

function itemsRule(given: unknown, schema: JsonSchema, own: Compiling): Rule {
	if (Array.isArray(given)) return headRule(given, own);
	return tailRule(lengthOf(Object.hasOwn(schema, 'prefixItems') && schema.prefixItems), given, own);
}

/** Before 2020: for the entries beyond a list of `items`. */
function additionalRule(given: unknown, { items }: JsonSchema, own: Compiling): Rule | undefined {
	return Array.isArray(items) ? tailRule(items.length, given, own) : undefined;
}

function containsRule(given: unknown, schema: JsonSchema, { check, step, notes }: Compiling): Rule {
	const { minContains, maxContains } = schema;
	const least = typeof minContains === 'number' ? minContains : 1;
	const most = typeof maxContains === 'number' ? maxContains : Infinity;
	const [keyword, words] =
		typeof minContains === 'number'
			? ['minContains', `Array must contain at least ${least} items matching schema.`]
			: ['contains', 'Array does not contain item matching schema.'];
	return forLists((list, at, verdict) => {
		const answers = list.map((value, index) => check(given, value, step(at, index)));
		const fitting = [...answers.keys()].filter((index) => isValid(answers[index] ?? verdict));
		if (notes) note(verdict, fitting);
		const count = fitting.length;
		if (count < least) {
			verdict.problems.push({ at, keyword, message: words });
			for (const answer of answers) if (!isValid(answer)) verdict.inner.push(answer);
		} else if (count > most) {
			const message = `Array may contain at most ${most} items matching schema. ${count} items were found.`;
			verdict.problems.push({ at, keyword: 'maxContains', message });
		}
	});
}

function uniqueRule(): Rule {
	return forLists((list, at, { problems }) => {
		const seen = new Map<string, number>();
		for (const [index, value] of list.entries()) {
			const key = canonical(value);
			const before = seen.get(key);
			if (before !== undefined) {
				const message = `Duplicate items at indexes ${before} and ${index}.`;
				return void problems.push({ at, keyword: 'uniqueItems', message });
			}
			seen.set(key, index);
		}
	});
}

function unevaluatedRule(given: unknown, _schema: JsonSchema, own: Compiling): Rule {
	const checkEntry = entry(own);
	return forLists((list, at, verdict) => {
		for (const index of list.keys()) {
			if (!verdict.evaluated?.has(index)) checkEntry(index, given, list, at, verdict);
		}
	});
}
