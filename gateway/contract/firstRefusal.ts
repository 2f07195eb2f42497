import type { z } from 'zod/v4';
import { dottedPath, refuse, type Refusal } from './refusal';

type Issue = z.core.$ZodIssue;

/** The first problem zod found, as an OpenAI-shaped 400. */
export function firstRefusal(error: z.ZodError, under: PropertyKey[] = []): Refusal {
	const [issue] = error.issues;
	if (!issue) return refuse('body', 'is not valid');
	return toRefusal(issue, under);
}

function toRefusal(issue: Issue, under: PropertyKey[]): Refusal {
	const path = [...under, ...issue.path];
	const branch = issue.code === 'invalid_union' ? deepestBranch(issue.errors) : undefined;
	if (branch) return toRefusal(branch, path);
	if (issue.code === 'unrecognized_keys') {
		const unknown = dottedPath([...path, issue.keys[0] ?? '']);
		return refuse(unknown, 'is not a documented parameter', 'unknown_parameter');
	}
	return refuse(dottedPath(path) || 'body', issue.message);
}

/** Of a union's branches the one that fits best is meant: the one whose type was right. */
function deepestBranch(branches: readonly Issue[][]): Issue | undefined {
	return branches
		.flatMap((issues) => issues.slice(0, 1))
		.find((issue) => issue.path.length > 0 || issue.code === 'too_small');
}
