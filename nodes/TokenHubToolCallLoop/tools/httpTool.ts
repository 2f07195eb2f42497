import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { dataUri, imagePart } from '../../../core/chat/images';
import { withoutSecrets } from '../../../core/redaction/plainError';
import { redactorOf } from '../../../core/redaction/redactor';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { jsonOrText } from '../../../core/json/readJson';
import { noText, noTextPart } from '../../../core/toolLoop/messagesToModel';
import { capText } from '../../../core/toolLoop/results/capText';
import { isTextType, mimeTypeOf, namedBytes, textOfBytes } from '../../../core/lib/textType';
import { valueOrReason } from '../../../core/messageOf';
import type { Tool } from '../../../core/toolLoop/tool';
import { fillHeaders, readHeaders, secretsIn } from './fillHeaders';
import { asText, fillJson } from './fillTemplate';
import { fillUrl } from './fillUrl';
import type { InlineTool } from './inlineToolSchema';
import { sendToOrigin, type Answer } from './sendToOrigin';

type Definition = Pick<InlineTool, 'name' | 'method' | 'url' | 'headers' | 'body'>;

/**
 * A tool that calls an API through n8n's own request helper, so that n8n's proxy and egress rules
 * apply. It never sends the TokenHub key, and its result does not contain the tool's own secrets.
 * @throws TokenHubError `badConfig` for a URL that cannot be meant, before anything runs.
 */
export function httpTool(context: IExecuteFunctions, definition: Definition): Tool['execute'] {
	const { name, url, method } = definition;
	assertFixedHost(name, url);
	const headers = readHeaders(name, definition.headers);
	const clean = cleaner(secretsIn(url, headers));
	return async (args, { signal }) => {
		const values = isRecord(args) ? args : {};
		const request = {
			...{ url: fillUrl(url, values), method, headers: fillHeaders(headers, values) },
			...{ ...bodyOf(definition, values), abortSignal: signal },
		};
		const answered = await valueOrReason(async () =>
			readAnswer(await sendToOrigin(context, request), clean),
		);
		if (!answered.ok) throw new Error(withoutSecrets(clean(answered.reason)));
		return answered.value;
	};
}

function cleaner(secrets: readonly string[]): (text: string) => string {
	const redactors = secrets.map((secret) => redactorOf(secret, '…'));
	return (text) => redactors.reduce((rest, redactor) => redactor.text(rest), text);
}

function bodyOf(
	{ method, body }: Definition,
	args: object,
): Pick<IHttpRequestOptions, 'body' | 'json'> {
	if (method === 'GET' || method === 'DELETE') return {};
	const filled = body === undefined ? args : fillJson(body, { ...args });
	return { body: isRecord(filled) ? filled : asText(filled), json: true };
}

/** For the body of a refusal: a longer message would be cut off silently. */
const LONGEST_REFUSAL = 900;

function readAnswer({ statusCode, type, bytes }: Answer, clean: (text: string) => string): unknown {
	const mimeType = mimeTypeOf(type);
	const isRefused = statusCode >= 400;
	if (!isRefused && mimeType.startsWith('image/') && !isTextType(type)) {
		return imagePart(dataUri(mimeType, bytes.toString('base64')));
	}
	const text = textOfBytes(bytes, type);
	const named = namedBytes(bytes.length, type);
	if (isRefused) {
		const said = text === undefined ? noTextPart(named) : clean(text);
		throw new Error(`HTTP ${statusCode}: ${capText(said, LONGEST_REFUSAL)}`);
	}
	if (text === undefined) throw new Error(noText(named));
	return jsonOrText(clean(text));
}

/** Arguments come from the model: they may fill a path or a query, never choose the host. */
function assertFixedHost(name: string, url: string): void {
	const beforePath = /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
	if (!URL.canParse(beforePath) || beforePath.includes('{')) {
		throw new TokenHubError(
			'badConfig',
			`Tool "${name}": "${withoutSecrets(url)}" is not a URL with a fixed host.`,
			{
				hint: 'Start with https:// and a host; {name} is allowed only in the path and the query.',
			},
		);
	}
}
