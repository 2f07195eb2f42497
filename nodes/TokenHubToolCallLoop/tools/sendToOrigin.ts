import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { valueOrReason } from '../../../core/messageOf';
import { without } from '../../../core/lib/own';

const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.looseObject({
		'content-type': z.string().optional(),
		location: z.string().optional(),
	}),
	body: z.custom<Body>(isBody, 'the body is not a stream'),
});

type Body = AsyncIterable<unknown> & { destroy?(): unknown };

function isBody(value: unknown): value is Body {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

export interface Answer {
	statusCode: number;
	/** MIME type, including parameters. */
	type: string;
	bytes: Buffer;
}

const MOST_REDIRECTS = 5;
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * Sends a request through n8n's own helper. Redirects are followed within the origin only: n8n would
 * take headers such as X-Api-Key along to any other.
 * @throws Error with a message for the model.
 */
export async function sendToOrigin(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	request: IHttpRequestOptions,
): Promise<Answer> {
	let next = request;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
		const response = await sendOnce(helpers, next);
		const { statusCode, headers, body } = response;
		if (!REDIRECTS.includes(statusCode) || headers.location === undefined) {
			return { statusCode, type: headers['content-type'] ?? '', bytes: await readAll(body) };
		}
		body.destroy?.();
		next = redirected(next, statusCode, headers.location);
	}
	throw new Error(`it was redirected more than ${MOST_REDIRECTS} times`);
}

const REDIRECTS = [301, 302, 303, 307, 308];

async function sendOnce(helpers: IExecuteFunctions['helpers'], request: IHttpRequestOptions) {
	const sent = await valueOrReason(async (): Promise<unknown> =>
		helpers.httpRequest({
			...request,
			...{ disableFollowRedirect: true, sendCredentialsOnCrossOriginRedirect: false },
			// Bytes, because the answer may be a picture, or have no end.
			...{ returnFullResponse: true, ignoreHttpStatusErrors: true, encoding: 'stream' },
		}),
	);
	// The error itself contains the whole request, including headers.
	if (!sent.ok) throw new Error(sent.reason);
	return responseSchema.parse(sent.value);
}

/** As browsers do: some redirects lead to a GET of the new address, some repeat the request there. */
function redirected(
	request: IHttpRequestOptions,
	statusCode: number,
	location: string,
): IHttpRequestOptions {
	const target = URL.canParse(location, request.url) ? new URL(location, request.url) : undefined;
	if (target?.origin !== new URL(request.url).origin) {
		const where = target ? target.origin : 'no valid address';
		throw new Error(`it redirects to ${where}, and redirects to another origin are not followed`);
	}
	const isPost = request.method === 'POST';
	const becomesGet = statusCode === 303 || ((statusCode === 301 || statusCode === 302) && isPost);
	if (!becomesGet) return { ...request, url: target.href };
	const { headers, ...rest } = without(request, 'body', 'json');
	const kept = Object.entries({ ...headers }).filter(([name]) => !/^content-/i.test(name));
	return { ...rest, method: 'GET', url: target.href, headers: Object.fromEntries(kept) };
}

async function readAll(body: Body): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of body) {
		const bytes = piece instanceof Uint8Array ? Buffer.from(piece) : Buffer.from(String(piece));
		length += bytes.length;
		// Leaving the loop ends the stream.
		if (length > MOST_BYTES)
			throw new Error(`its answer is larger than ${MOST_BYTES / 1048576} MB`);
		pieces.push(bytes);
	}
	return Buffer.concat(pieces);
}
