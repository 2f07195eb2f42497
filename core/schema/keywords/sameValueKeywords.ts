import { type Compiling, type Keyword, type Rule, type Verdict, isValid, note } from './verdict';

/** Adopts another schema's verdict on the same value, or counts it against the value. */
function take(verdict: Verdict, other: Verdict): void {
	if (!isValid(other)) verdict.inner.push(other);
	else if (other.evaluated) note(verdict, other.evaluated);
}

/** Keywords that apply other schemas to the same value. */
export const SAME_VALUE_KEYWORDS: Array<[name: string, keyword: Keyword]> = [
	['$ref', referenceRule('$ref')],
	['$dynamicRef', referenceRule('$dynamicRef')],
	['$recursiveRef', referenceRule('$recursiveRef')],
	['allOf', allOfRule],
	['anyOf', anyOfRule],
	['oneOf', oneOfRule],
	['not', notRule],
	['if', ifRule],
	['dependentSchemas', dependentRule('dependentSchemas')],
	['dependencies', dependentRule('dependencies')],
];

/** While a schema is applied to a value, it cannot be applied to the same value again. */
const ASKED: Verdict = { problems: [], inner: [] };

/** A schema to which several paths lead is applied once: references may double at each step. */
function referenceRule(keyword: string): Keyword {
	return (_given, schema, { index, check }) => {
		const reference = index.targets.get(schema)?.find((own) => own.keyword === keyword);
		const target = reference && 'target' in reference ? reference.target : undefined;
		if (target === undefined) return undefined;
		return (value, at, verdict) => {
			at.known ??= new Map();
			const known = at.known.get(target);
			if (known === ASKED) throw new Error('the schema refers to itself endlessly');
			if (!known) at.known.set(target, ASKED);
			const answer = known ?? check(target, value, at);
			at.known.set(target, answer);
			take(verdict, answer);
		};
	};
}

const listOf = (given: unknown): unknown[] | undefined =>
	Array.isArray(given) ? given : undefined;

function allOfRule(given: unknown, _schema: object, { check }: Compiling): Rule | undefined {
	const schemas = listOf(given);
	return (
		schemas &&
		((value, at, verdict) => {
			for (const schema of schemas) take(verdict, check(schema, value, at));
		})
	);
}

function anyOfRule(given: unknown, _schema: object, { check, notes }: Compiling): Rule | undefined {
	const schemas = listOf(given);
	if (!schemas) return undefined;
	return (value, at, verdict) => {
		const failed: Verdict[] = [];
		let fits = false;
		for (const schema of schemas) {
			const answer = check(schema, value, at);
			if (!isValid(answer)) failed.push(answer);
			else if (!notes) return;
			else [fits] = [true, take(verdict, answer)];
		}
		if (fits) return;
		const message = 'Instance does not match any subschemas.';
		verdict.problems.push({ at, keyword: 'anyOf', message });
		for (const answer of failed) verdict.inner.push(answer);
	};
}

function oneOfRule(given: unknown, _schema: object, { check }: Compiling): Rule | undefined {
	const schemas = listOf(given);
	if (!schemas) return undefined;
	return (value, at, verdict) => {
		const answers = schemas.map((schema) => check(schema, value, at));
		const fitting = answers.filter(isValid);
		const [first] = fitting;
		if (first && fitting.length === 1) return take(verdict, first);
		const message = `Instance does not match exactly one subschema (${fitting.length} matches).`;
		verdict.problems.push({ at, keyword: 'oneOf', message });
		for (const answer of answers) if (!isValid(answer)) verdict.inner.push(answer);
	};
}

function notRule(given: unknown, _schema: object, { check }: Compiling): Rule {
	return (value, at, { problems }) => {
		if (!isValid(check(given, value, at))) return;
		problems.push({ at, keyword: 'not', message: 'Instance matched "not" schema.' });
	};
}

function ifRule(given: unknown, schema: object, { check }: Compiling): Rule {
	const [whenTrue, whenFalse] = ['then', 'else'].map((key): unknown =>
		Object.hasOwn(schema, key) ? Reflect.get(schema, key) : true,
	);
	return (value, at, verdict) => {
		const condition = check(given, value, at);
		const holds = isValid(condition);
		if (holds) take(verdict, condition);
		const answer = check(holds ? whenTrue : whenFalse, value, at);
		take(verdict, answer);
		if (isValid(answer)) return;
		const message = `Instance does not match "${holds ? 'then' : 'else'}" schema.`;
		verdict.problems.push({ at, keyword: 'if', message });
	};
}

function dependentRule(keyword: string): Keyword {
	return (given, _schema, { check }) => {
		if (typeof given !== 'object' || given === null) return undefined;
		const schemas = Object.entries(given).filter(([, schema]) => !Array.isArray(schema));
		return (value, at, verdict) => {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
			for (const [key, schema] of schemas) {
				if (!Object.hasOwn(value, key)) continue;
				const answer = check(schema, value, at);
				take(verdict, answer);
				if (isValid(answer)) continue;
				const message = `Instance has "${key}" but does not match dependent schema.`;
				verdict.problems.push({ at, keyword, message });
			}
		};
	};
}
