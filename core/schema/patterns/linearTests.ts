import { zodParts } from '../zodParts';
import { patternTest } from './patternTest';

/** Every regular expression in a zod schema, and in the schemas in it. */
export function regexesIn(schema: object): RegExp[] {
	const found = new Set<RegExp>();
	const seen = new Set<unknown>();
	const left: unknown[] = [schema];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next !== 'object' || next === null || seen.has(next)) continue;
		seen.add(next);
		if (next instanceof RegExp) found.add(next);
		else for (const inner of zodParts(next)) left.push(inner);
	}
	return [...found];
}

type Test = (text: string) => boolean;

/** What to put in the place of each expression's own test, where the schema is asked. */
export function linearTests(regexes: readonly RegExp[]): Map<RegExp, Test> | { problem: string } {
	const tests = new Map<RegExp, Test>();
	for (const regex of regexes) {
		const { source, flags } = regex;
		const isSticky = flags.includes('y');
		const compiled = patternTest(isSticky ? `(?<![^])(?:${source})` : source, flags);
		if (!compiled.ok) return { problem: `${String(regex).slice(0, 200)}: ${compiled.problem}` };
		tests.set(regex, compiled.test);
	}
	return tests;
}

/** Runs a task, which cannot wait, while each expression tests in linear time. */
export function withTests<Result>(tests: Map<RegExp, Test>, task: () => Result): Result {
	const own = [...tests.keys()].filter((regex) => !Object.hasOwn(regex, 'test'));
	for (const regex of own) Reflect.set(regex, 'test', tests.get(regex));
	try {
		return task();
	} finally {
		for (const regex of own) Reflect.deleteProperty(regex, 'test');
	}
}
