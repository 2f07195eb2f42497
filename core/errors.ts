import { ADVICE, type ErrorKind } from './errorKinds';
import type { Estimated, Spending, Usage } from './usage';

/** One fault and its place: `path` is a JSON pointer, '' for the whole value. */
export interface Failure {
	/** A JSON pointer; for a refused request, the parameter that the gateway names. */
	path: string;
	/** What is wrong. */
	message: string;
	/** The JSON Schema keyword that is violated, or one of our own codes, such as `noJson`. */
	code?: string;
	/** The value at `path`, if it is a plain value; long texts are cut. */
	value?: string | number | boolean | null;
}

type Paid = Pick<Spending, 'usage' | 'costUsd' | 'reportedCostUsd' | 'estimated'>;

export interface ErrorFacts extends Partial<Paid> {
	/** HTTP status, if an answer arrived. */
	status?: number;
	/** The gateway's id of the request, for its support. */
	requestId?: string;
	/** Replaces the advice of the kind. */
	hint?: string;
	/** What the model or the gateway said, word for word. */
	raw?: string;
	failures?: Failure[];
	/** Tool calls that had run, in the format of the loop's `steps`. */
	steps?: unknown[];
	cause?: unknown;
}

/** An error as plain JSON: the `details` of a failed n8n item. */
export interface ErrorDetails {
	/** The `kind` of the error. */
	kind: ErrorKind;
	/** HTTP status, if an answer arrived. */
	status?: number;
	/** The gateway's id of the request, for its support. */
	requestId?: string;
	/** What to do: the advice of the kind, or one that fits better. */
	hint: string;
	/** Tokens that were paid for before it failed. */
	usage: Usage;
	/** US dollars that were paid before it failed; null if that is not known. */
	costUsd: number | null;
	/** US dollars as reported by the gateway, if it reports a cost; null if only in part. */
	reportedCostUsd?: number | null;
	/** What limits count if an answer did not arrive, or did not say how many tokens it used. */
	estimated?: Estimated;
	/** What the model or the gateway said, word for word. */
	raw?: string;
	/** What is wrong with an input or an answer, with the place of each fault. */
	failures?: Failure[];
	/** Tool calls that had run, in the format of the loop's `steps`. */
	steps?: unknown[];
}

/** The one error class that this package throws. */
export class TokenHubError extends Error {
	/** @hidden */
	override readonly name = 'TokenHubError';
	/** Everything known about the failure, as plain JSON. */
	readonly details: ErrorDetails;

	/** @hidden */
	constructor(
		/** What went wrong, for a `switch`. */
		readonly kind: ErrorKind,
		message: string,
		facts: ErrorFacts = {},
	) {
		super(message, { cause: facts.cause });
		const { cause: _cause, hint = ADVICE[kind], usage, costUsd = 0, ...rest } = facts;
		this.details = plain({ kind, hint, usage: usage ?? noTokens(), costUsd, ...rest });
	}
}

/** Whether the endpoint refused a request because of its content: another one may be accepted. */
export function isRequestRefused(error: unknown): boolean {
	if (!(error instanceof TokenHubError)) return false;
	return error.kind === 'badRequest' || error.kind === 'contextLength';
}

/**
 * Facts may come from anywhere, such as the result of a tool in `steps`; those without a JSON form are
 * left out.
 */
function plain(details: ErrorDetails): ErrorDetails {
	for (const [key, value] of Object.entries(details)) {
		const json = jsonOf(value);
		if (json === undefined) Reflect.deleteProperty(details, key);
		else Reflect.set(details, key, JSON.parse(json));
	}
	return details;
}

function jsonOf(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

function noTokens() {
	return { promptTokens: 0, completionTokens: 0, totalTokens: 0 };
}

/** The same error with more facts, for a caller that knows what had been spent before. */
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
