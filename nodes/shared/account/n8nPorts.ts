import * as n8n from 'n8n-workflow';
import type {
	ICredentialTestFunctions,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { eitherFetch } from '../../../core/transport/connectionErrors';
import type { Sleep, Transport } from '../../../core/transport/ports';
import { n8nDispatcher } from './n8nDispatcher';
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
 * The global fetch with n8n's dispatcher, which knows n8n's proxies and its egress filter; n8n's
 * request helper if there is no dispatcher.
 */
export async function n8nPorts(context: IExecuteFunctions, access: Access): Promise<Ports> {
	const byHelper = helperFetch(async (request): Promise<unknown> =>
		context.helpers.httpRequest(request),
	);
	const dispatcher = await n8nDispatcher(context, access);
	const dispatched: Transport = async (url, init) => await fetch(url, { ...init, dispatcher });
	return { fetch: dispatcher ? eitherFetch(dispatched, byHelper) : byHelper, sleep: n8nSleep };
}

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
	for (const [name, value] of Object.entries(given)) headers.set(name, String(value));
	const hasBody = body && !WITHOUT_BODY.includes(statusCode);
	return new Response(hasBody ? ReadableStream.from(body) : null, {
		...{ status: statusCode, statusText: statusMessage, headers },
	});
}

type Answer = z.output<typeof answerSchema>;
const WITHOUT_BODY = [204, 205, 304];
