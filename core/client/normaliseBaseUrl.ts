import { TokenHubError } from '../errors';

const API_PATH = '/api/v1';

/**
 * The base URL as the client needs it: no trailing slash, no pasted `/chat/completions`, and
 * `/api/v1` when only a host was given. A path of the caller's own is kept.
 * @throws TokenHubError `badConfig` for anything that is not plain http(s).
 */
export function normaliseBaseUrl(text: string): string {
	const url = parseUrl(text.trim());
	const path = url.pathname.replace(/\/+$/, '').replace(/\/chat(\/completions)?$/, '');
	return url.origin + (path === '' || path === '/api' ? API_PATH : path);
}

function parseUrl(text: string): URL {
	if (!URL.canParse(text)) throw badUrl(text, 'it is no URL');
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw badUrl(text, 'it is not http(s)');
	// A name in the URL hides the real host from the reader: https://tokenhub.store@evil.example
	if (url.username !== '' || url.password !== '') throw badUrl(url.host, 'it holds a user name');
	if (url.search !== '' || url.hash !== '') throw badUrl(text, 'it holds a query or a fragment');
	return url;
}

function badUrl(text: string, reason: string): TokenHubError {
	return new TokenHubError('badConfig', `Invalid Base URL "${text}": ${reason}.`, {
		hint: 'Use https://tokenhub.store/api/v1, or the address of your own gateway.',
		failures: [{ path: '/baseUrl', message: reason }],
	});
}
