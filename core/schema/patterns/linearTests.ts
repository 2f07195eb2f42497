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

/** How many tasks need the test of an expression right now. */
const users = new Map<RegExp, number>();

/** Puts the tests in the place of the expressions' own, until what comes back is called. */
function install(tests: Map<RegExp, Test>): () => void {
	const own = [...tests].filter(([regex]) => users.has(regex) || !Object.hasOwn(regex, 'test'));
	for (const [regex, test] of own) {
		if (!users.has(regex)) Reflect.set(regex, 'test', test);
		users.set(regex, (users.get(regex) ?? 0) + 1);
	}
	return () => {
		for (const [regex] of own) {
			const left = (users.get(regex) ?? 1) - 1;
			if (left > 0) users.set(regex, left);
			else {
				users.delete(regex);
				Reflect.deleteProperty(regex, 'test');
			}
		}
	};
}

/** Runs a task, which cannot wait, while each expression tests in linear time. */
export function withTests<Result>(tests: Map<RegExp, Test>, task: () => Result): Result {
	const restore = install(tests);
	try {
		return task();
	} finally {
		restore();
	}
}

/** The same for a task that may wait. */
export async function withTestsUntil<Result>(
	tests: Map<RegExp, Test>,
	task: () => Promise<Result>,
): Promise<Result> {
	const restore = install(tests);
	try {
		return await task();
	} finally {
		restore();
	}
}
