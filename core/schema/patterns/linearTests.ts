import { allZodParts } from '../zod/zodParts';
import { patternTest } from './patternTest';

/** Every regular expression in a zod schema, and in the schemas in it. */
export function regexesIn(schema: object): RegExp[] {
	return allZodParts(schema).filter((part) => part instanceof RegExp);
}

/** Why a zod schema with these expressions is refused. */
export function patternProblem(regexes: readonly RegExp[]): string | undefined {
	for (const regex of regexes) {
		const compiled = compiledOf(regex);
		if (!compiled.ok) return `${String(regex).slice(0, 200)}: ${compiled.problem}`;
	}
	return undefined;
}

/** The same expression, whose `test` runs in linear time. */
export function linearTest(regex: RegExp): RegExp {
	const compiled = compiledOf(regex);
	const own = new RegExp(regex.source, regex.flags);
	return compiled.ok ? Object.assign(own, { test: compiled.test }) : own;
}

function compiledOf({ source, flags }: RegExp) {
	return patternTest(flags.includes('y') ? `(?<![^])(?:${source})` : source, flags);
}
