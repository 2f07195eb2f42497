/** The body of an error in OpenAI's format. */
export interface ErrorBody {
	error: { message: string; type: string; param: string | null; code: string | null };
}

/** An answer that refuses a request. */
export interface Refusal extends ErrorBody {
	status: number;
}

/**
 * Builds an error body in OpenAI's format, also for scripted `raw` replies, such as an error with
 * status 200.
 */
export function errorBody(error: Partial<ErrorBody['error']> & { message: string }): ErrorBody {
	return { error: { type: 'invalid_request_error', param: null, code: null, ...error } };
}

/** A 400 that names the place in the body. */
export function refuse(path: string, message: string, code: string | null = null): Refusal {
	return { status: 400, ...errorBody({ message: `${path}: ${message}`, param: path, code }) };
}

/** A 400 in Claude's own words, which name places of its own API; `param` is the place in the body. */
export function refuseAsClaude(param: string, message: string): Refusal {
	return { status: 400, ...errorBody({ message, param }) };
}

/** `['messages', 3, 'content']` as `messages[3].content`. */
export function dottedPath(path: readonly PropertyKey[]): string {
	return path
		.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
		.join('')
		.replace(/^\./, '');
}
