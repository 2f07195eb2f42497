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
	if (!URL.canParse(text)) throw badUrl('it is not a URL', text);
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw badUrl('it is not http(s)', text);
	// A name in the URL hides the real host from the reader: https://tokenhub.store@evil.example
	if (url.username !== '' || url.password !== '') throw badUrl('it holds a user name');
	if (url.search !== '' || url.hash !== '') throw badUrl('it holds a query or a fragment');
	return url;
}

/** Scheme and host of what was meant as a URL. */
const HARMLESS =
	/^(?:[a-z]{2,10}:\/{1,2}[\w.-]{1,60}|[\w-]{1,30}(?:\.[\w-]{1,30}){0,3}\.[a-z]{2,10}\b)/i;

/** The rest of the text is not repeated: people paste keys and passwords into it. */
export function badUrl(reason: string, text = ''): TokenHubError {
	const shown = /th-|@/i.test(text) ? undefined : HARMLESS.exec(text)?.[0];
	return new TokenHubError(
		'badConfig',
		`Invalid Base URL${shown ? ` "${shown}"` : ''}: ${reason}.`,
		{
			hint: 'Use https://tokenhub.store/api/v1, or the address of your own gateway.',
			failures: [{ path: '/baseUrl', message: reason }],
		},
	);
}
