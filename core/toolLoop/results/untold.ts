/** What errors of HTTP clients carry beside their words: requests, connections, settings. */
const UNTOLD = new Set([
	...['config', 'request', 'req', 'headers', 'header', 'rawHeaders', 'options', 'agent', 'socket'],
	...['requestBodyValues', 'responseHeaders', 'requestHeaders', 'trailers', 'stack', 'node'],
	...['timings', 'client'],
]);

export function isUntold(name: string): boolean {
	return UNTOLD.has(name) || name.startsWith('_') || name.startsWith('$');
}
