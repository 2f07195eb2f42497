import type { JsonSchema } from '../jsonSchema';
import type { SchemaIndex } from '../schemaIndex';

/** Where a value stands. The same place is the same object where references may come to it twice. */
export interface Place {
	parent?: Place;
	key: PropertyKey;
	inner?: Map<PropertyKey, Place>;
	/** What schemas that are referred to said of it. */
	known?: Map<unknown, Verdict>;
}

interface Problem {
	at: Place;
	keyword: string;
	message: string;
}

/** What one schema says of one value: valid while nothing is in it. */
export interface Verdict {
	problems: Problem[];
	/** Verdicts of schemas inside that count against it. */
	inner: Verdict[];
	/** Names and indexes that some keyword has looked at, where `unevaluated…` asks. */
	evaluated?: Set<PropertyKey>;
}

/** What one keyword says: adds to the verdict where the value does not fit. */
export type Rule = (value: unknown, at: Place, verdict: Verdict) => void;

/** What keywords are made of. */
export interface Compiling {
	index: SchemaIndex;
	check: (schema: unknown, value: unknown, at: Place) => Verdict;
	step: (at: Place, key: PropertyKey) => Place;
	/** Whether any schema asks what was evaluated. */
	notes: boolean;
}

/** Undefined where its value says nothing. */
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
