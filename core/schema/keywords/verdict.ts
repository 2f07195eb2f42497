import type { JsonSchema } from '../jsonSchema';
import type { SchemaIndex } from '../schemaIndex';

/** A place in a value. If references reach the same place twice, it is the same object. */
export interface Place {
	parent?: Place;
	key: PropertyKey;
	inner?: Map<PropertyKey, Place>;
	/** The verdicts of referenced schemas. */
	known?: Map<unknown, Verdict>;
}

interface Problem {
	at: Place;
	keyword: string;
	message: string;
}

/** One schema's verdict on one value: valid while it is empty. */
export interface Verdict {
	problems: Problem[];
	/** Verdicts of inner schemas that count against it. */
	inner: Verdict[];
	/** Names and indexes that some keyword has evaluated, if `unevaluated…` needs them. */
	evaluated?: Set<PropertyKey>;
}

/** The rule of one keyword: adds to the verdict if the value violates it. */
export type Rule = (value: unknown, at: Place, verdict: Verdict) => void;

/** What is needed to compile keywords. */
export interface Compiling {
	index: SchemaIndex;
	check: (schema: unknown, value: unknown, at: Place) => Verdict;
	step: (at: Place, key: PropertyKey) => Place;
	/** Whether any schema needs to know what was evaluated. */
	notes: boolean;
}

/** Undefined if its value says nothing. */
export type Keyword = (
	given: unknown,
	schema: JsonSchema,
	compiling: Compiling,
) => Rule | undefined;

export function isValid({ problems, inner }: Verdict): boolean {
	return problems.length === 0 && inner.length === 0;
}

export function note(verdict: Verdict, keys: Iterable<PropertyKey>): void {
	verdict.evaluated ??= new Set();
	for (const key of keys) verdict.evaluated.add(key);
}

export function isRule(rule: Rule | undefined): rule is Rule {
	return rule !== undefined;
}
