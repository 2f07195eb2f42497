import { createLimiter } from '../client/limiter';
import { withRetries } from '../client/withRetries';
import { TokenHubError } from '../errors';
import { isRecord } from '../isRecord';
import { redactedFetch } from '../redaction/redactedFetch';
import { redactorOf, type Redactor } from '../redaction/redactor';
import { remembered } from '../remembered';
import { type Sleep, type Transport, systemSleep } from '../transport/ports';
import { watchedFetch } from '../transport/watchedFetch';
import { tryJson } from '../tryJson';
import { wellFormed } from '../wellFormed';
import { isRedirect, REDIRECT_HINT, redirectMessage, refusalError } from '../wire/refusalError';
import { modelAnswer, refusalBody } from './modelAnswer';
import { DEFAULT_MAX_TOKENS, NEVER_BOTH, PARAMETERS } from './parameters';
import { repairConversation } from './repair/repairConversation';

/**
 * What n8n's model sends, as TokenHub takes it, and sent again where that may help. What comes back
 * passes the gate of our own client: without the key, and from no other address.
 */
export function modelFetch(
	maxRetries: number,
	inner: Transport = fetch,
	sleep: Sleep = systemSleep,
): Transport {
	const known = remembered<Transport>();
	return async (url, init) => {
		const headers = new Headers(init?.headers);
		const key = keyIn(headers);
		const send = known(key, () =>
			gatedFetch(inner, { maxRetries, sleep, redactor: redactorOf(key) }),
		);
		const body = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		if (!isRecord(body)) return await send(url, init);
		// The length is that of another text.
		headers.delete('content-length');
		return await send(url, { ...init, headers, body: JSON.stringify(repairBody(body)) });
	};
}

/** The key that a request carries; one that no account has, where it carries none. */
function keyIn(headers: Headers): string {
	return /^Bearer (th-\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? 'th-\0';
}

function gatedFetch(inner: Transport, terms: Retrying): Transport {
	const { redactor, sleep } = terms;
	const gate = (isStreamed: boolean) =>
		redactedFetch(watchedFetch(inner, { sleep, isStreamed }), redactor);
	const [whole, streamed] = [gate(false), gate(true)];
	const once: Transport = async (url, init) => {
		const asked = typeof init?.body === 'string' ? tryJson(init.body) : undefined;
		const isStream = isRecord(asked) && asked.stream === true;
		const response = await (isStream ? streamed : whole)(url, init);
		// An answer of status 304 has no body, and no address either.
		if (isRedirect(response.status) && response.status !== 304) return redirectRefusal(response);
		if (!isRecord(asked) || !Array.isArray(asked.messages)) return await plain(response, redactor);
		return await modelAnswer(response, { redactor, sleep, isStream });
	};
	return retryingFetch(once, terms);
}

/** A refusal whose words n8n's model shows. */
function redirectRefusal({ status, headers }: Response): Response {
	const message = `${redirectMessage(status, headers)} ${REDIRECT_HINT}`;
	return Response.json(refusalBody(message, 'redirect'), { status });
}

/** An answer to something else than a chat. */
async function plain(response: Response, redactor: Redactor): Promise<Response> {
	const { status, statusText, headers } = response;
	const text = redactor.text(await response.text());
	return new Response(text || null, { status, statusText, headers });
}

interface Retrying {
	maxRetries: number;
	redactor: Redactor;
	sleep: Sleep;
}

/**
 * A fetch for clients that do not retry, or not well: sent again where that may help, as our own
 * client does, `Retry-After` honoured. What fails for good comes back as it came.
 */
function retryingFetch(inner: Transport, terms: Retrying): Transport {
	const limiter = createLimiter(Number.MAX_SAFE_INTEGER);
	return async (url, init) => {
		let last: Response | undefined;
		const attempt = async () => {
			last = undefined;
			const response = await inner(url, init);
			if (response.ok) return response;
			last = response;
			const text = await response.clone().text();
			throw refusalError({ status: response.status, headers: response.headers, text });
		};
		const signal = init?.signal ?? undefined;
		try {
			const rules = { ...terms, limiter, signal };
			const { value, release } = await withRetries(attempt, rules);
			release('ok');
			return value;
		} catch (error) {
			if (last) return last;
			throw error instanceof TokenHubError && error.cause ? error.cause : error;
		}
	};
}

/** TokenHub's documented parameters. */
const KNOWN = new Set<string>([
	...['messages', 'stream', 'stream_options'],
	...Object.values(PARAMETERS).map(({ wire }) => wire),
]);
const [KEPT, LEFT_OUT] = [PARAMETERS[NEVER_BOTH[0]].wire, PARAMETERS[NEVER_BOTH[1]].wire];

/**
 * A request of another OpenAI client as TokenHub's contract has it: what is not documented is left
 * out, `max_tokens` is always there, never temperature beside top_p, and the conversation is one that
 * a strict endpoint takes.
 */
export function repairBody(body: Record<string, unknown>): Record<string, unknown> {
	const isSent = (key: string) => KNOWN.has(key) && !(key === LEFT_OUT && body[KEPT] !== undefined);
	return wellFormed({
		...Object.fromEntries(Object.entries(body).filter(([key]) => isSent(key))),
		max_tokens: body.max_tokens ?? body.max_completion_tokens ?? DEFAULT_MAX_TOKENS,
		...messagesOf(body),
		...repairTools(body),
		...repairFormat(body.response_format),
	});
}

function messagesOf({ messages, tools }: Record<string, unknown>): object {
	if (!Array.isArray(messages)) return {};
	const list: unknown[] = Array.isArray(tools) ? tools : [];
	const names = list.flatMap((tool): string[] => {
		const { name } = isRecord(tool) && isRecord(tool.function) ? tool.function : {};
		return typeof name === 'string' ? [name] : [];
	});
	const offered = new Map(names.map((name) => [name, name]));
	const { messages: repaired } = repairConversation(messages, {
		hasTools: list.length > 0,
		offered,
	});
	return { messages: repaired };
}

function repairTools({ tools, tool_choice: choice }: Record<string, unknown>): object {
	if (!Array.isArray(tools) || tools.length === 0)
		return { tools: undefined, tool_choice: undefined };
	return {
		tools: tools.map(plainTool),
		...(choice === 'any' ? { tool_choice: 'required' } : {}),
	};
}

function plainTool(tool: unknown): unknown {
	if (!isRecord(tool) || !isRecord(tool.function)) return tool;
	const { name, description, parameters } = tool.function;
	const schema = isRecord(parameters)
		? { type: 'object', ...parameters, $schema: undefined }
		: undefined;
	return { type: tool.type, function: { name, description, parameters: schema } };
}

/** `json_schema` is not documented: JSON is asked for, and the client checks it. */
function repairFormat(format: unknown): object {
	return isRecord(format) && format.type === 'json_schema'
		? { response_format: { type: 'json_object' } }
		: {};
}
