/** What errors of HTTP clients carry beside their words: requests, connections, settings. */
const UNTOLD = new Set([
	...['config', 'request', 'req', 'headers', 'rawHeaders', 'options', 'agent', 'socket', 'client'],
	...['requestBodyValues', 'responseHeaders', 'trailers', 'stack', 'node', 'timings'],
]);

export function isUntold(name: string): boolean {
	return UNTOLD.has(name) || name.startsWith('_') || name.startsWith('$');
}

/** A field whose value opens doors. */
export const SECRET_NAME =
	/auth|cookie|api.?key|private.?key|token|secret|passw|^pass$|pwd|session|signature|credential/i;
