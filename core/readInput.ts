import type { z } from 'zod/v4';
import { TokenHubError, type Failure } from './errors';
import { jsonPointer } from './lib/jsonPointer';

/**
 * A caller's input, validated against its schema.
 * @throws TokenHubError `badConfig`: the message names the first wrong field, `failures` all of them.
 */
export function readInput<Schema extends z.ZodType>(
	schema: Schema,
	input: unknown,
	subject: string,
): z.output<Schema> {
	const read = schema.safeParse(input);
	if (read.success) return read.data;
	const issues = read.error.issues.flatMap(plainIssues);
	const failures = issues.map(toFailure);
	const [first] = issues;
	const field = first && first.path.length > 0 ? `"${first.path.join('.')}"` : 'the value';
	const message = failures[0]?.message ?? '';
	throw new TokenHubError('badConfig', `Invalid ${subject}: ${field}: ${message}`, { failures });
}

/** The problem of the closest variant of a union: the one that fails deepest. */
function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
	// A union with its own message says enough.
	if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return [issue];
	const forms = issue.errors.map((issues) => issues.flatMap(plainIssues));
	const [nearest = []] = forms.toSorted((a, b) => depthOf(b) - depthOf(a));
	if (depthOf(nearest) === 0) return [issue];
	return nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
	return Math.max(0, ...issues.map(({ path }) => path.length));
}

function toFailure(issue: z.core.$ZodIssue): Failure {
	const message = issue.message.replace(
		/^Invalid input: (expected .+), received undefined$/,
		'$1, and there is nothing',
	);
	return { path: jsonPointer(issue.path), message };
}
