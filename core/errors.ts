import type { ErrorKind } from './errorKind';
import type { Spending } from './usage';

export { ERROR_KINDS, type ErrorKind } from './errorKind';

/** What to do about each kind, in words for the person who reads the error. */
export const ADVICE = {
	auth: 'Check the API key in the TokenHub credential: it was refused.',
	credit: 'Top up the TokenHub account: its prepaid credit is used up.',
	rateLimit: 'Lower Concurrency or raise Max Retries: the account sends too much at once.',
	overloaded: 'Try again later, or name Fallback Models: the service is overloaded or failing.',
	badRequest: 'Correct the request: the message names the parameter that was refused.',
	notFound: 'Check the model id and the Base URL of the credential.',
	timeout: 'Raise Timeout, lower Max Tokens, or turn on Stream for long answers.',
	network: 'Check the Base URL, the network and any proxy between here and TokenHub.',
	cancelled: 'The run was stopped before this item was done.',
	badResponse: 'Try again: the answer was not one of a chat completion API.',
	refused: 'Reword the request: the model declined to answer it.',
	truncated: 'Raise Max Tokens: the answer was cut before its end.',
	schemaMismatch: 'Read the failures, then simplify the schema, add instructions or escalate.',
	toolFailed: 'Look at the failing tool: its message is in the details.',
	budget: 'Raise the limit that was reached, or make the task smaller.',
	badConfig: 'Correct the field that the message names.',
} as const satisfies Record<ErrorKind, string>;

/** One thing that is wrong, and where: `path` is a JSON pointer, '' for the whole value. */
export interface Failure {
	path: string;
	message: string;
	code?: string;
	/** What stands there, when it is a plain value; long texts are cut. */
	value?: string | number | boolean | null;
}

export interface ErrorFacts extends Partial<Pick<Spending, 'usage' | 'costUsd'>> {
	/** HTTP status, when an answer came. */
	status?: number;
	/** The gateway's id of the request, for its support. */
	requestId?: string;
	/** Replaces the advice of the kind. */
	hint?: string;
	/** What the model or the gateway said, word for word. */
	raw?: string;
	failures?: Failure[];
	/** Tool calls that had run, in the form of the loop's `steps`. */
	steps?: unknown[];
	cause?: unknown;
}

/** The plain-JSON face of an error: the `details` of a failed n8n item. */
export interface ErrorDetails {
	kind: ErrorKind;
	status?: number;
	requestId?: string;
	hint: string;
	usage: Spending['usage'];
	costUsd: number | null;
	raw?: string;
	failures?: Failure[];
	steps?: unknown[];
}

/** The one error class that this package throws. */
export class TokenHubError extends Error {
	override readonly name = 'TokenHubError';
	readonly details: ErrorDetails;

	constructor(
		readonly kind: ErrorKind,
		message: string,
		facts: ErrorFacts = {},
	) {
		super(message, { cause: facts.cause });
		const { cause: _cause, hint = ADVICE[kind], usage, costUsd = 0, ...rest } = facts;
		this.details = { kind, hint, usage: usage ?? noTokens(), costUsd, ...rest };
	}
}

function noTokens() {
	return { promptTokens: 0, completionTokens: 0, totalTokens: 0 };
}

/** The same error with more facts, for a caller that knows what had been spent before it. */
export function withFacts(
	error: TokenHubError,
	{ message = error.message, ...facts }: ErrorFacts & { message?: string },
): TokenHubError {
	return new TokenHubError(error.kind, message, {
		...error.details,
		cause: error.cause,
		...facts,
	});
}
