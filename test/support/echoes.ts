import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { listen } from './listen';

/** Of an account whose gateway repeats whatever it was sent. */
export const KEY = 'th-Ab.cd/ef+gh=ij_kl';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const TRACES = [
	...[KEY, KEY.toLowerCase(), KEY.toUpperCase(), encodeURIComponent(KEY), KEY.replace('/', '\\/')],
	...[base64(KEY), base64(`:${KEY}`), base64(`${KEY}:`)],
	...['ef+gh=ij', 'ef%2Bgh'],
];

/** What a program, a database or a log may keep of a value. */
export function tracesIn(value: unknown): string[] {
	const errors: unknown[] = [];
	const note = (_key: string, entry: unknown): unknown => {
		if (!(entry instanceof Error)) return entry;
		errors.push(entry.stack, entry.cause);
		return { ...entry, message: entry.message };
	};
	const texts = [
		inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null }),
		JSON.stringify(value, note),
		inspect(errors, { depth: null, showHidden: true }),
		String(value),
	].join('\n');
	return TRACES.filter(
		(trace) => texts.includes(trace) || texts.includes(JSON.stringify(trace).slice(1, -1)),
	);
}

interface Asked {
	isStream: boolean;
	headers: IncomingMessage['headers'];
}

type Send = (response: ServerResponse, asked: Asked) => void;
export interface Shape {
	send: Send;
	/** The kind of error that it is, when it is one. */
	kind?: string;
	/** The HTTP status that an error tells. */
	status?: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const completion = (over: object, message: object = {}) => ({
	...{ id: 'c', object: 'chat.completion', created: 1, model: 'anthropic/claude-haiku-4-5' },
	choices: [
		{
			index: 0,
			finish_reason: 'stop',
			message: { role: 'assistant', content: '{"a":"x"}', ...message },
		},
	],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	...over,
});

const sendJson =
	(value: unknown, status = 200, headers: Record<string, string> = {}): Send =>
	(response) => {
		response.writeHead(status, { ...JSON_TYPE, ...headers });
		response.end(typeof value === 'string' ? value : JSON.stringify(value));
	};

/** The same as a stream where the request asks for one: as one delta, or in pieces. */
const sendEither =
	(over: object, message: Record<string, unknown> = {}, cut = (text: string) => [text]): Send =>
	(response, asked) => {
		if (!asked.isStream) return sendJson(completion(over, message))(response, asked);
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		const whole = completion(over, message);
		const { content, ...rest } = { content: '', ...whole.choices[0]?.message };
		const { choices: _choices, ...facts } = whole;
		const finish = Reflect.get(whole.choices[0] ?? {}, 'finish_reason');
		const events = [
			...cut(content).map((text) => ({ delta: { content: text } })),
			{ delta: rest },
			{ delta: {}, finish_reason: finish },
		];
		for (const choice of events) {
			response.write(
				`data: ${JSON.stringify({ ...facts, choices: [{ index: 0, ...choice }] })}\n\n`,
			);
		}
		response.end('data: [DONE]\n\n');
	};

const refusal = (error: object) => ({
	error: { message: 'no', type: 'x', code: null, param: null, ...error },
});
const bearer = `Authorization: Bearer ${KEY}`;
const call = (over: object) => ({
	content: null,
	tool_calls: [
		{
			index: 0,
			id: 'call',
			type: 'function',
			function: { name: 'look', arguments: '{}', ...over },
		},
	],
});

/** Answers in which a gateway repeats the key. */
export const shapes: Record<string, Shape> = {
	'200, the text': { send: sendEither({}, { content: `{"a":"${KEY}"} ${bearer}` }) },
	'200, the text letter by letter': {
		send: sendEither({}, { content: `{"a":"${KEY}"} ${bearer}` }, (text) => [...text]),
	},
	'200, the text in halves': {
		send: sendEither({}, { content: `x ${KEY}` }, (text) => [
			text.slice(0, 8),
			text.slice(8, 9),
			text.slice(9),
		]),
	},
	'200, the end of the text is its beginning': {
		send: sendEither({}, { content: `x ${KEY.slice(0, 9)}` }),
	},
	'200, the text in base64': { send: sendEither({}, { content: `Basic ${base64(`:${KEY}`)}` }) },
	'200, a refusal': { send: sendEither({}, { content: '', refusal: `I will not say ${KEY}` }) },
	'200, ids and names': {
		send: sendEither({
			id: KEY,
			model: KEY,
			object: KEY,
			system_fingerprint: KEY,
			[KEY]: [{ [KEY]: KEY }],
		}),
	},
	'200, the finish reason': {
		send: sendEither({ choices: [{ finish_reason: KEY, message: { content: '{"a":"x"}' } }] }),
	},
	'200, usage': {
		send: sendEither({ usage: { prompt_tokens: KEY, completion_tokens: 1, [KEY]: 1 } }),
	},
	'200, a tool call': { send: sendEither({}, call({ name: KEY, arguments: `{"q":"${KEY}"}` })) },
	'200, arguments': {
		send: sendEither({}, call({ arguments: JSON.stringify({ q: KEY, [KEY]: 1 }) })),
	},
	'200, broken arguments': { send: sendEither({}, call({ arguments: `{"q": ${KEY}` })) },
	'200, headers': {
		send: sendJson(completion({}), 200, { 'x-request-id': KEY, 'x-echo': bearer, server: KEY }),
	},
	'200, JSON escapes': {
		send: sendJson(
			JSON.stringify(completion({}, { content: 'KEY' })).replace(
				'KEY',
				KEY.replaceAll('/', '\\/').replace('th', '\\u0074\\u0068'),
			),
		),
	},
	'200, an error': {
		send: sendJson(refusal({ message: KEY, code: KEY, type: KEY })),
		kind: 'badResponse',
	},
	'200, an error with a status': {
		send: sendJson(refusal({ message: bearer, code: 401 })),
		kind: 'auth',
		status: 401,
	},
	'200, no completion': { send: sendJson({ [KEY]: KEY, choices: KEY }), kind: 'badResponse' },
	'200, HTML': {
		send: (response) =>
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end(`<p>${bearer.replaceAll('/', '&#x2F;')}</p>`),
		kind: 'badResponse',
	},
	'200, text': {
		send: (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(bearer),
		kind: 'badResponse',
	},
	'200, broken JSON': { send: sendJson(`{"choices": "${KEY}`), kind: 'badResponse' },
	'200, a stream with an error': {
		send: (response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.end(
				`data: ${JSON.stringify(refusal({ message: bearer, type: 'overloaded_error' }))}\n\n`,
			);
		},
	},
	'200, a stream that breaks': {
		send: (response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			response.write(`data: {"choices":[{"delta":{"content":"${KEY}"}}]}\n\n`);
			response.end(`data: {"choices": ${KEY}\n\n`);
		},
	},
	'401, all of an error': {
		send: sendJson(
			refusal({ message: `Incorrect key: ${KEY}`, param: KEY, code: KEY, type: KEY }),
			401,
		),
		...{ kind: 'auth', status: 401 },
	},
	'400, the whole request': {
		send: (response, asked) =>
			sendJson({ error: { message: JSON.stringify(asked), ...asked } }, 400)(response, asked),
		...{ kind: 'badRequest', status: 400 },
	},
	'404, HTML': {
		send: (response) =>
			response
				.writeHead(404, { 'content-type': 'text/html' })
				.end(`<p>${bearer.toUpperCase()}</p>`),
		...{ kind: 'notFound', status: 404 },
	},
	'500, text': {
		send: (response) =>
			response.writeHead(500, { 'content-type': 'text/plain', 'x-request-id': KEY }).end(bearer),
		...{ kind: 'overloaded', status: 500 },
	},
	'429, headers': {
		send: sendJson(refusal({}), 429, {
			'retry-after': KEY,
			'x-request-id': bearer,
			'set-cookie': `k=${KEY}`,
		}),
		...{ kind: 'rateLimit', status: 429 },
	},
	'302, an address': {
		send: (response) =>
			response
				.writeHead(302, { location: `http://127.0.0.1:9/${KEY}?k=${encodeURIComponent(KEY)}` })
				.end(),
		...{ kind: 'badConfig', status: 302 },
	},
	'a closed connection': { send: (response) => response.destroy(), kind: 'network' },
};

/** A gateway that answers in the shape that was last set. */
export async function openEcho() {
	const echo = { baseUrl: '', shape: shapes['200, the text'] };
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			const { headers } = request;
			echo.shape?.send(response, { isStream: body.includes('"stream":true'), headers });
		});
	});
	echo.baseUrl = `http://127.0.0.1:${await listen(server)}/api/v1`;
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	return { echo, close };
}

const printed: string[] = [];

/** What is printed during a test. */
export function watchConsole(): string[] {
	beforeEach(() => {
		printed.splice(0);
		for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
			jest
				.spyOn(console, level)
				.mockImplementation((...words) => void printed.push(inspect(words)));
		}
	});
	afterEach(() => jest.restoreAllMocks());
	return printed;
}

/** What a promise came to, either way. */
export async function outcome(
	work: Promise<unknown>,
): Promise<{ value?: unknown; error?: unknown }> {
	try {
		return { value: await work };
	} catch (error) {
		return { error };
	}
}
