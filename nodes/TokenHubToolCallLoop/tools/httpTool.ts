import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/isRecord';
import { readInput } from '../../../core/readInput';
import { jsonOrText } from '../../../core/json/faithfulJson';
import type { Tool } from '../../../core/toolLoop/tool';
import { asText, fillJson, fillText } from './fillTemplate';
import type { InlineTool } from './inlineToolSchema';
import { dataUri, imagePart } from '../../../core/chat/imagePart';

type Definition = Pick<InlineTool, 'name' | 'method' | 'url' | 'headers' | 'body'>;

const headersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.looseObject({ 'content-type': z.string().optional() }),
	body: z.union([z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)]).transform(toBytes),
});

function toBytes(body: ArrayBuffer | Uint8Array): Uint8Array {
	return body instanceof ArrayBuffer ? new Uint8Array(body) : body;
}

/**
 * A tool that calls an API through n8n's own request helper, so that n8n's proxy and egress rules
 * hold. The TokenHub key is never part of it.
 * @throws TokenHubError `badConfig` for a URL that cannot be meant, before anything runs.
 */
export function httpTool(context: IExecuteFunctions, definition: Definition): Tool['execute'] {
	const { name, url } = definition;
	assertFixedHost(name, url);
	const headers = readInput(headersSchema, definition.headers ?? {}, `headers of tool "${name}"`);
	return async (args, { signal }) => {
		const values = isRecord(args) ? args : {};
		const target = fillText(url, values, (value) => encodeURIComponent(asText(value)));
		const response: unknown = await context.helpers.httpRequest({
			...{ url: target, method: definition.method, ...bodyOf(definition, values) },
			headers: Object.fromEntries(
				Object.entries(headers).map(([key, value]) => [key, fillText(String(value), values)]),
			),
			...{ abortSignal: signal, returnFullResponse: true, ignoreHttpStatusErrors: true },
			// The bytes, for the answer may be a picture.
			encoding: 'arraybuffer',
		});
		return readResponse(response);
	};
}

function bodyOf(
	{ method, body }: Definition,
	args: object,
): Pick<IHttpRequestOptions, 'body' | 'json'> {
	if (method === 'GET' || method === 'DELETE') return {};
	const filled = body === undefined ? args : fillJson(body, { ...args });
	return { body: isRecord(filled) ? filled : asText(filled), json: true };
}

function readResponse(response: unknown): unknown {
	const { statusCode, headers, body } = responseSchema.parse(response);
	const type = headers['content-type'] ?? '';
	const bytes = Buffer.from(body);
	if (statusCode < 400 && type.startsWith('image/')) {
		const [mimeType = ''] = type.split(';');
		return imagePart(dataUri(mimeType, bytes.toString('base64')));
	}
	const text = bytes.toString('utf8');
	if (statusCode >= 400) throw new Error(`HTTP ${statusCode}: ${text.slice(0, 1_000)}`);
	return jsonOrText(text);
}

/** Arguments come from the model: they may fill a path or a query, never choose the host. */
function assertFixedHost(name: string, url: string): void {
	const beforePath = /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
	if (!URL.canParse(beforePath) || beforePath.includes('{')) {
		throw new TokenHubError('badConfig', `Tool "${name}": "${url}" is no URL of a fixed host.`, {
			hint: 'Start with https:// and a host; {name} may stand in the path and the query only.',
		});
	}
}
