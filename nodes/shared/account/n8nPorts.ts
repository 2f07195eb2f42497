import * as n8n from 'n8n-workflow';
import type {
	ICredentialTestFunctions,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Sleep, Transport } from '../../../core/transport/ports';
import { n8nDispatcher, type Dispatcher } from './n8nDispatcher';
import type { Access } from './readCredential';

/** The ports that core needs, built on n8n. */
interface Ports {
	fetch: Transport;
	sleep: Sleep;
}

const isSleep = (value: unknown): value is Sleep => typeof value === 'function';

/** Up to n8n 2.20, the function with a signal had its own name. */
const sleepWithAbort: unknown = Reflect.get(n8n, 'sleepWithAbort');

/** n8n's clock. */
export const n8nSleep: Sleep = async (milliseconds, signal = new AbortController().signal) => {
	const sleep: Sleep = isSleep(sleepWithAbort) ? sleepWithAbort : n8n.sleep;
	await sleep(milliseconds, signal);
};

/**
 * n8n's dispatcher, which knows n8n's proxies and its egress filter; n8n's request helper if there is
 * none.
 */
export async function n8nPorts(context: IExecuteFunctions, access: Access): Promise<Ports> {
	const dispatcher = await n8nDispatcher(context, access);
	const fetch = dispatcher
		? dispatcherFetch(dispatcher)
		: helperFetch(async (request): Promise<unknown> => context.helpers.httpRequest(request));
	return { fetch, sleep: n8nSleep };
}

/**
 * A fetch that asks a dispatcher itself. The global fetch spends more time on its streams than on the
 * request, and refuses dispatchers of other versions of undici.
 */
function dispatcherFetch(dispatcher: Dispatcher): Transport {
	return async (url, { headers, body, signal } = {}) => {
		const { origin, pathname, search } = new URL(addressOf(url));
		const answer = await dispatcher.request({
			...{ origin, path: pathname + search, method: 'POST', signal },
			...(typeof body === 'string' ? { body } : {}),
			headers: { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'gzip' },
		});
		return toResponse({ ...answer, body: plainBody(answer) });
	};
}

/** @throws Error for an encoding that nobody asked for and the runtime cannot read. */
function plainBody({ headers, body }: Awaited<ReturnType<Dispatcher['request']>>): Body {
	const encoding = String(headers['content-encoding'] ?? '').toLowerCase();
	if (encoding === '' || encoding === 'identity') return body;
	const format = FORMATS[encoding];
	if (!format) throw new Error(`its answer is encoded as "${encoding}"`);
	return ReadableStream.from(body).pipeThrough(new DecompressionStream(format));
}

const FORMATS: Record<string, ConstructorParameters<typeof DecompressionStream>[0]> = {
	...{ gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', br: 'brotli' },
};

/** For the test of a credential, to which n8n gives only one helper. */
export function credentialTestPorts({ helpers }: ICredentialTestFunctions): Ports {
	const legacy = { useStream: true, resolveWithFullResponse: true, simple: false };
	const send = async ({ url, ...request }: IHttpRequestOptions): Promise<unknown> =>
		await helpers.request({ ...request, uri: url, ...legacy, followRedirect: false });
	return { fetch: helperFetch(send), sleep: n8nSleep };
}

/** A fetch built on one of n8n's request helpers. */
function helperFetch(send: (request: IHttpRequestOptions) => Promise<unknown>): Transport {
	return async (url, { headers, body, signal } = {}) => {
		const answer = await send({
			...{ url: addressOf(url), method: 'POST' },
			...(typeof body === 'string' ? { body } : {}),
			headers: Object.fromEntries(new Headers(headers)),
			...(signal ? { abortSignal: signal } : {}),
			...{ disableFollowRedirect: true, sendCredentialsOnCrossOriginRedirect: false },
			...{ returnFullResponse: true, ignoreHttpStatusErrors: true, encoding: 'stream' },
			// Core enforces the deadlines; by default, n8n would end every request after five minutes.
			timeout: LONGEST_MS,
		});
		return toResponse(answerSchema.parse(answer));
	};
}

function addressOf(url: Parameters<Transport>[0]): string {
	if (typeof url === 'string') return url;
	return url instanceof URL ? url.href : url.url;
}

const LONGEST_MS = 2_147_483_647;

type Body = AsyncIterable<Uint8Array> & { on?(name: 'error', listener: () => void): unknown };
const isBody = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const answerSchema = z.object({
	statusCode: z.number(),
	statusMessage: z.string().optional(),
	headers: z.looseObject({}),
	body: z.custom<Body>(isBody, 'the body is not a stream').nullish(),
});

function toResponse({ statusCode, statusMessage, headers: given, body }: Answer): Response {
	// An error that nobody listens to would end the process.
	body?.on?.('error', () => undefined);
	const headers = new Headers();
	for (const [name, value] of Object.entries(given)) {
		// undici reads headers as UTF-8, of which `Headers` takes a part.
		for (const text of [value].flat())
			headers.append(name, String(text).replace(BEYOND_HEADERS, '?'));
	}
	const hasBody = body && !WITHOUT_BODY.includes(statusCode);
	return new Response(hasBody ? ReadableStream.from(body) : null, {
		...{ status: statusCode, statusText: statusMessage, headers },
	});
}

type Answer = z.output<typeof answerSchema>;
const WITHOUT_BODY = [204, 205, 304];
const BEYOND_HEADERS = /[^\t\x20-\xff]/g;
