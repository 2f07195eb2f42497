import { tryJson } from '../json/tryJson';
import type { Transport } from '../transport/ports';
import { TextResponse } from '../transport/watchedFetch';
import { errorText, plainError } from './plainError';
import { mapTexts, type Redactor } from './redactor';

/**
 * The gate behind `watchedFetch` that every answer passes: headers and body lose the key, refusals also
 * what looks like a key, and errors are reduced to their message. A streamed body passes unchanged;
 * `redactedEvents` reads its events.
 */
export function redactedFetch(inner: Transport, redactor: Redactor): Transport {
	return async (url, init) => {
		try {
			return await redactedResponse(await inner(url, init), redactor);
		} catch (error) {
			throw plainError(error, redactor);
		}
	};
}

async function redactedResponse(response: Response, redactor: Redactor): Promise<Response> {
	const { ok, status, body } = response;
	const clean = ok ? redactor.text : (text: string) => errorText(text, redactor);
	const headers = headersWithout(response.headers, clean);
	const facts = { status, statusText: headerText(response.statusText, clean) };
	// `watchedFetch` has read all other bodies to their end, and they can be read again.
	const isStream = ok && body !== null;
	if (isStream) return headers ? new Response(body, { ...facts, headers }) : response;
	const given = await response.text();
	const text = ok ? redactedBody(given, redactor) : refusalBody(given, clean);
	if (!headers && text === given && !response.bodyUsed) return response;
	const kept = headers ?? new Headers(response.headers);
	// It counts the bytes of the original text.
	kept.delete('content-length');
	return new TextResponse(text, { ...facts, headers: kept });
}

/** Undefined if nothing has to be removed. */
function headersWithout(given: Headers, clean: (text: string) => string): Headers | undefined {
	const entries = [...given].map(([name, value]) => ({
		name,
		value,
		text: headerText(value, clean),
	}));
	if (entries.every(({ value, text }) => value === text)) return undefined;
	const headers = new Headers();
	for (const { name, text } of entries) headers.append(name, text);
	return headers;
}

/** A header only accepts single-byte characters. */
function headerText(text: string, clean: (text: string) => string): string {
	const cleaned = clean(text);
	return cleaned === text ? text : cleaned.replaceAll('…', '...').replace(/[^\x20-\x7e]/g, '?');
}

/** JSON escapes in which a text can hide from a reader that has not parsed it. */
const HIDING = /\\(?:u00[2-7]|\/)/i;

/** Byte for byte the same if it does not contain the secret. */
function redactedBody(text: string, redactor: Redactor): string {
	if (!HIDING.test(text) && redactor.text(text) === text) return text;
	const value = tryJson(text);
	if (value === undefined) return redactor.text(text);
	const clean = redactor.value(value);
	return clean === value ? text : JSON.stringify(clean);
}

function refusalBody(text: string, clean: (text: string) => string): string {
	const value = tryJson(text);
	if (value === undefined) return clean(text);
	return JSON.stringify(mapTexts(value, clean));
}
