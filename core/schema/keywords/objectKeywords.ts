import { isRecord } from '../../lib/isRecord';
import type { JsonSchema } from '../jsonSchema';
import { patternTest, type PatternTest } from '../patterns/patternTest';
import { isValid, note, type Compiling, type Keyword, type Rule, type Verdict } from './verdict';

type Fields = Record<string, unknown>;

function forObjects(rule: (value: Fields, ...rest: [Parameters<Rule>[1], Verdict]) => void): Rule {
	return (value, at, verdict) => {
		if (isRecord(value)) rule(value, at, verdict);
	};
}

/** Keywords about the fields of an object. */
export const OBJECT_KEYWORDS: Array<[name: string, keyword: Keyword]> = [
	['required', requiredRule],
	['minProperties', countRule('minProperties', (length, least) => length >= least, 'at least')],
	['maxProperties', countRule('maxProperties', (length, most) => length <= most, 'at most')],
	['propertyNames', namesRule],
	['dependentRequired', dependentRule('dependentRequired')],
	['dependencies', dependentRule('dependencies')],
	['properties', propertiesRule],
	['patternProperties', patternsRule],
	['additionalProperties', additionalRule],
];
/** Runs after all others. */
export const UNEVALUATED_PROPERTIES: [string, Keyword] = ['unevaluatedProperties', unevaluatedRule];

function requiredRule(given: unknown): Rule | undefined {
	if (!Array.isArray(given)) return undefined;
	const names = given.map(String);
	return forObjects((fields, at, { problems }) => {
		for (const name of names) {
			if (Object.hasOwn(fields, name)) continue;
			const message = `Instance does not have required property "${name}".`;
			problems.push({ at, keyword: 'required', message });
		}
	});
}

function countRule(
	keyword: string,
	fits: (length: number, limit: number) => boolean,
	words: string,
): Keyword {
	return (given) => {
		if (typeof given !== 'number') return undefined;
		const message = `Instance does not have ${words} ${given} properties.`;
		return forObjects((fields, at, { problems }) => {
			if (!fits(Object.keys(fields).length, given)) problems.push({ at, keyword, message });
		});
	};
}

function namesRule(given: unknown, _schema: JsonSchema, { check, step }: Compiling): Rule {
	return forObjects((fields, at, verdict) => {
		for (const key of Object.keys(fields)) {
			// A name is a different value from what it names.
			const answer = check(given, key, { ...step(at, key), known: undefined });
			if (isValid(answer)) continue;
			const message = `Property name "${key}" does not match schema.`;
			verdict.problems.push({ at, keyword: 'propertyNames', message });
			verdict.inner.push(answer);
		}
	});
}

function dependentRule(keyword: string): Keyword {
	return (given) => {
		if (!isRecord(given)) return undefined;
		const lists = Object.entries(given).flatMap(([key, names]) =>
			Array.isArray(names) ? [{ key, names: names.map(String) }] : [],
		);
		return forObjects((fields, at, { problems }) => {
			for (const { key, names } of lists) {
				if (!Object.hasOwn(fields, key)) continue;
				for (const name of names.filter((own) => !Object.hasOwn(fields, own))) {
					const message = `Instance has "${key}" but does not have "${name}".`;
					problems.push({ at, keyword, message });
				}
			}
		});
	};
}

/** Checks the value of one field, and notes that it was evaluated. */
function field({ check, step, notes }: Compiling) {
	return (key: string, schema: unknown, ...[fields, at, verdict]: [Fields, ...FieldsRest]) => {
		const answer = check(schema, fields[key], step(at, key));
		if (!isValid(answer)) verdict.inner.push(answer);
		else if (notes) note(verdict, [key]);
	};
}

type FieldsRest = [Parameters<Rule>[1], Verdict];

function propertiesRule(given: unknown, _schema: JsonSchema, own: Compiling): Rule | undefined {
	if (!isRecord(given)) return undefined;
	const schemas = Object.entries(given);
	const checkField = field(own);
	return forObjects((fields, ...rest) => {
		for (const [key, schema] of schemas) {
			if (Object.hasOwn(fields, key)) checkField(key, schema, fields, ...rest);
		}
	});
}

function patternsIn(given: unknown): Array<{ test: PatternTest; schema: unknown }> {
	return Object.entries(isRecord(given) ? given : {}).flatMap(([source, schema]) => {
		const compiled = patternTest(source);
		return compiled.ok ? [{ test: compiled.test, schema }] : [];
	});
}

function patternsRule(given: unknown, _schema: JsonSchema, own: Compiling): Rule {
	const patterns = patternsIn(given);
	const checkField = field(own);
	return forObjects((fields, ...rest) => {
		for (const key of Object.keys(fields)) {
			for (const { test, schema } of patterns) {
				if (test(key)) checkField(key, schema, fields, ...rest);
			}
		}
	});
}

function additionalRule(given: unknown, schema: JsonSchema, own: Compiling): Rule {
	const { properties } = schema;
	const named = new Set(Object.keys(isRecord(properties) ? properties : {}));
	const patterns = patternsIn(
		Object.hasOwn(schema, 'patternProperties') && schema.patternProperties,
	);
	const checkField = field(own);
	return forObjects((fields, ...rest) => {
		for (const key of Object.keys(fields)) {
			if (named.has(key) || patterns.some(({ test }) => test(key))) continue;
			checkField(key, given, fields, ...rest);
		}
	});
}

function unevaluatedRule(given: unknown, _schema: JsonSchema, own: Compiling): Rule {
	const checkField = field(own);
	return forObjects((fields, at, verdict) => {
		for (const key of Object.keys(fields)) {
			if (!verdict.evaluated?.has(key)) checkField(key, given, fields, at, verdict);
		}
	});
}
