import { countUsage } from '../answer/answer';
import type { ChatBody } from './chatBody';

/** The body of an error in OpenAI's form. */
export interface ErrorBody {
	error: { message: string; type: string; param: string | null; code: string | null };
}

/** An answer that turns a request down. */
export interface Refusal extends ErrorBody {
	status: number;
}

/** Builds an OpenAI-shaped error body: for scripted `raw` replies too, such as an error under 200. */
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

/** Claude's own words for what does not fit into a model. */
export function checkWindow(body: ChatBody, windowTokens = Infinity): Refusal | undefined {
	if (windowTokens === Infinity) return undefined;
	const { promptTokens } = countUsage(body, []);
	if (promptTokens > windowTokens) {
		const words = `prompt is too long: ${promptTokens} tokens > ${windowTokens} maximum`;
		return refuseAsClaude('messages', words);
	}
	const answer = body.max_tokens ?? 0;
	if (promptTokens + answer <= windowTokens) return undefined;
	const sum = `${promptTokens} + ${answer} > ${windowTokens}`;
	return refuseAsClaude(
		'max_tokens',
		`input length and \`max_tokens\` exceed context limit: ${sum}, decrease input length or \`max_tokens\` and try again`,
	);
}
