import type { z } from 'zod/v4';
import { TokenHubError, type Failure } from './errors';
import { jsonPointer } from './jsonPointer';

/**
 * A caller's input, checked by its schema.
 * @throws TokenHubError `badConfig`: the message names the first wrong field, `failures` all.
 */
export function readInput<Schema extends z.ZodType>(
	schema: Schema,
	input: unknown,
	subject: string,
): z.output<Schema> {
	const read = schema.safeParse(input);
	if (read.success) return read.data;
	const failures = read.error.issues.map(toFailure);
	const [first] = read.error.issues;
	const field = first && first.path.length > 0 ? `"${first.path.join('.')}"` : 'the value';
	throw new TokenHubError('badConfig', `Invalid ${subject}: ${field}: ${first?.message}`, {
		failures,
	});
}

function toFailure(issue: z.core.$ZodIssue): Failure {
	return { path: jsonPointer(issue.path), message: issue.message };
}
