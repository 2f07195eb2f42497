import { tryJson } from '../tryJson';
import type { Transport } from '../transport/ports';
import { TextResponse, isHandedOn } from '../transport/watchedFetch';
import { errorText, plainError } from './plainError';
import { mapTexts, type Redactor } from './redactor';

/**
 * The gate through which every answer comes in: headers and body without the key, of an answer that
 * refuses also without what looks like one, and errors that are nothing but words. The body of a
 * stream passes; its events are `redactedEvents`' to read.
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
	const { ok, status } = response;
	const clean = ok ? redactor.text : (text: string) => errorText(text, redactor);
	const headers = headersWithout(response.headers, clean);
	const facts = { status, statusText: headerText(response.statusText, clean) };
	if (ok && isStream(response)) {
		return headers ? new Response(response.body, { ...facts, headers }) : response;
	}
	const given = await response.text();
	const text = ok ? redactedBody(given, redactor) : refusalBody(given, clean);
	const isWhole = response instanceof TextResponse;
	if (isWhole && !headers && text === given) return response;
	const kept = headers ?? new Headers(response.headers);
	// It counted the bytes of another text.
	kept.delete('content-length');
	if (isWhole) return new TextResponse(text, { ...facts, headers: kept });
	return new Response(WITHOUT_BODY.includes(status) ? null : text, { ...facts, headers: kept });
}

const WITHOUT_BODY = [101, 204, 205, 304];

/** What it calls itself decides only where nobody has looked at it. */
function isStream(response: Response): boolean {
	const { headers, body } = response;
	if (isHandedOn(response)) return true;
	return body !== null && !/json|html/i.test(headers.get('content-type') ?? '');
}

/** Undefined when there is nothing to take out. */
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

/** A header takes characters of one byte only. */
function headerText(text: string, clean: (text: string) => string): string {
	const cleaned = clean(text);
	return cleaned === text ? text : cleaned.replaceAll('…', '...').replace(/[^\x20-\x7e]/g, '?');
}

/** Escapes of JSON in which a text may hide from those who have not parsed it. */
const HIDING = /\\(?:u00[2-7]|\/)/i;

/** Byte for byte the same when it does not hold the secret. */
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
