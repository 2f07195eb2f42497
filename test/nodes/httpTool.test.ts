import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Reply } from '../../gateway';
import { fillUrl } from '../../nodes/TokenHubToolCallLoop/tools/fillUrl';
import { listen } from '../support/listen';
import { openLoop } from '../support/runLoop';

interface Seen {
	method?: string;
	url?: string;
	headers: IncomingMessage['headers'];
	body: string;
}

type Handler = (request: Seen, response: ServerResponse) => void;
const servers: Server[] = [];
afterAll(() => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
});

async function openServer(handle: Handler) {
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			const { method, url, headers } = request;
			const entry = { method, url, headers, body };
			seen.push(entry);
			handle(entry, response);
		});
	});
	servers.push(server);
	return { origin: `http://127.0.0.1:${await listen(server)}`, seen };
}

const names = ['a', 'b', 'id', 'q'];
const jsonSchema = {
	type: 'object',
	properties: Object.fromEntries(names.map((name) => [name, {}])),
};

/** One call of an HTTP tool by the model, in n8n's engine; what the model was told of it. */
async function callTool(tool: Record<string, unknown>, args: object) {
	const call = { id: 'c', name: 't', arguments: args };
	const script: Reply[] = [{ toolCalls: [call] }, { text: 'Done.' }];
	const { run, bodies } = await openLoop(script);
	const values = [
		{
			name: 't',
			description: 'd',
			type: 'httpRequest',
			schemaSource: 'jsonSchema',
			jsonSchema,
			...tool,
		},
	];
	const { last, error } = await run({ parameters: { tools: { values } } });
	return { told: JSON.stringify(bodies()[1]), json: last[0]?.json, error };
}

const ok: Handler = (_request, response) => {
	response.setHeader('content-type', 'application/json');
	response.end('{"ok":true}');
};

describe('arguments in a path', () => {
	const one = '/v1/orders/{id}/cancel';
	const hostile: Array<[template: string, args: Record<string, unknown>]> = [
		...[
			...['..', '.', '', ' ', '\t', '%2e', '%2E%2e', '.%2e', '%252e%252e', '..;x', '.. ', '../x'],
			...['..\\x', '/', '//evil', '/etc', 'x/../..', 'x/..', '%2e%2e%2fx', 'a\nb', 'a\0b', 'a%00b'],
			...['a\r\nb', 'x//y', '%25252525252e', '..%5c'],
		].map((id): [string, object & Record<string, unknown>] => [one, { id }]),
		[one, { id: ['..'] }],
		[one, { id: { toString: 'x' } }],
		[one, { id: [] }],
		[one, { id: null }],
		[one, {}],
		['/v1/{a}{b}/x', { a: '.', b: '.' }],
		['/v1/{a}{b}', { a: '%2', b: 'e' }],
		['/v1/{a}./x', { a: '.' }],
		['/v1/.{a}/x', { a: '.' }],
		['/v1/%2e{a}/x', { a: '.' }],
		['/v1/%{a}/x', { a: '2e' }],
		['/v1/{id}', { id: '..' }],
		['/v1/{id}?x=1', { id: '..' }],
		['/v1/{constructor}/x', { id: '1' }],
	];
	test.each(hostile)('%s with %j is refused', (template, args) => {
		expect(() => fillUrl(`https://api.example${template}`, args)).toThrow(/nothing was sent/);
	});

	const good: Array<[template: string, args: Record<string, unknown>, path: string]> = [
		[one, { id: 'A-1' }, '/v1/orders/A-1/cancel'],
		[one, { id: 7 }, '/v1/orders/7/cancel'],
		[one, { id: false }, '/v1/orders/false/cancel'],
		[one, { id: '...' }, '/v1/orders/.../cancel'],
		[one, { id: 'v1.2..3' }, '/v1/orders/v1.2..3/cancel'],
		[one, { id: 'group/project' }, '/v1/orders/group%2Fproject/cancel'],
		[one, { id: 'a?b#c&d=e' }, '/v1/orders/a%3Fb%23c%26d%3De/cancel'],
		[one, { id: '100 %' }, '/v1/orders/100%20%25/cancel'],
		[one, { id: 'wörld\ud800' }, '/v1/orders/w%C3%B6rld%EF%BF%BD/cancel'],
		['/{a}{b}', { a: '.', b: 'x' }, '/.x'],
		['/x?q={q}&r=1', { q: '' }, '/x?q=&r=1'],
		['/x?q={q}&r=1', { q: 'a&r=2#?\n' }, '/x?q=a%26r%3D2%23%3F%0A&r=1'],
		['/x?q={q}', { q: ['..'] }, '/x?q=%5B%22..%22%5D'],
		['/../a/{id}', { id: 'x' }, '/a/x'],
	];
	test.each(good)('%s with %j', (template, args, path) => {
		const { pathname, search, origin } = new URL(fillUrl(`https://api.example${template}`, args));
		expect(pathname + search).toBe(path);
		expect(origin).toBe('https://api.example');
	});

	test('the model is told, and nothing is sent', async () => {
		const { origin, seen } = await openServer(ok);
		for (const id of ['..', '%2e%2e', '']) {
			const { told, json } = await callTool({ url: origin + one, method: 'POST' }, { id });
			expect(told).toContain('The tool failed: the argument \\"id\\" cannot be used in the URL');
			expect(json).toMatchObject({ output: 'Done.' });
		}
		expect(seen).toEqual([]);
	});
});

describe('hosts and headers', () => {
	test.each([
		'https://{id}/',
		'https://api.example{id}/x',
		'https://api.example:{id}/x',
		'https://{id}@api.example/x',
		'https://me:{id}@api.example/x',
		'https://api.example\\{id}/x',
		'https:/{id}/x',
		'https:///{id}',
		'//{id}/x',
		'{id}',
		'ftp://api.example/{id}',
		'javascript:{id}',
	])('the URL %j is refused before anything runs', async (url) => {
		const { error } = await callTool({ url }, { id: 'evil.example' });
		expect(error?.message).toMatch(/not a URL with a fixed host/);
	});

	test.each(['Host', 'content-length', 'Transfer-Encoding'])(
		'an argument in the header %s is refused before anything runs',
		async (name) => {
			const headers = { [name]: '{id}' };
			const { error } = await callTool({ url: 'http://127.0.0.1:9/', headers }, { id: 'x' });
			expect(error?.message).toContain(`"${name}" cannot hold an argument`);
		},
	);

	test.each(['a\r\nx-admin: 1', 'a\nb', 'a\0', 'a\u0100'])(
		'the header value %j is not sent',
		async (id) => {
			const { origin, seen } = await openServer(ok);
			const { told } = await callTool({ url: `${origin}/`, headers: { 'x-id': '{id}' } }, { id });
			expect(told).toContain(
				'The tool failed: a line break or a character that headers do not accept',
			);
			expect(seen).toEqual([]);
		},
	);

	test('arguments stay within the texts of a body', async () => {
		const { origin, seen } = await openServer(ok);
		const body = '{"text":"say {a}","fixed":{"role":"user"}}';
		const a = '","fixed":{"role":"admin"},"x":"';
		await callTool({ url: `${origin}/`, method: 'POST', body }, { a });
		expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ text: `say ${a}`, fixed: { role: 'user' } });
	});
});

const secrets = {
	authorization: 'Bearer api-secret-1234',
	'x-api-key': 'api-secret-1234',
	cookie: 'session=api-secret-1234',
	'x-custom': 'kept',
};

describe('redirects', () => {
	const statuses = [301, 302, 303, 307, 308];

	test.each(statuses)(
		'%s to another origin is not followed, and the model is told',
		async (status) => {
			const other = await openServer(ok);
			const first = await openServer((_request, response) => {
				response.writeHead(status, { location: `${other.origin}/steal?x=1` }).end();
			});
			const tool = {
				url: `${first.origin}/x`,
				method: 'POST',
				headers: secrets,
				body: '{"pin":"1"}',
			};
			const { told, json } = await callTool(tool, { a: 1 });
			expect(other.seen).toEqual([]);
			expect(first.seen).toHaveLength(1);
			expect(told).toContain(`redirects to ${other.origin}, and redirects to another origin`);
			expect(json).toMatchObject({ output: 'Done.' });
		},
	);

	test.each(statuses)('%s within the origin is followed', async (status) => {
		const { origin, seen } = await openServer((request, response) => {
			if (request.url === '/there') return ok(request, response);
			response.writeHead(status, { location: '/there' }).end();
		});
		const tool = { url: `${origin}/here`, method: 'POST', headers: secrets, body: '{"pin":"1"}' };
		const { told } = await callTool(tool, { a: 1 });
		expect(told).toContain('{\\"ok\\":true}');
		const isSame = status === 307 || status === 308;
		expect(seen[1]).toMatchObject({
			...{ url: '/there', method: isSame ? 'POST' : 'GET', body: isSame ? '{"pin":"1"}' : '' },
			headers: { 'x-api-key': 'api-secret-1234', authorization: 'Bearer api-secret-1234' },
		});
	});

	test.each(['//127.0.0.1:1/x', 'http://[', 'ftp://127.0.0.1/', 'http://user@127.0.0.2/'])(
		'to %j is not followed',
		async (location) => {
			const { origin, seen } = await openServer((_request, response) => {
				response.writeHead(302, { location }).end();
			});
			const { told } = await callTool({ url: `${origin}/` }, {});
			expect(told).toMatch(/The tool failed: it redirects to .* are not followed/);
			expect(seen).toHaveLength(1);
		},
	);

	test('without end are given up', async () => {
		const { origin, seen } = await openServer((_request, response) => {
			response.writeHead(302, { location: '/again' }).end();
		});
		const { told } = await callTool({ url: `${origin}/` }, {});
		expect(told).toContain('The tool failed: it was redirected more than 5 times');
		expect(seen).toHaveLength(6);
	});
});

describe("the tool's own secrets", () => {
	const echoes: Array<[name: string, handle: Handler]> = [
		['an echo', ({ headers, url }, response) => response.end(JSON.stringify({ headers, url }))],
		['a refusal', ({ headers }, response) => response.writeHead(401).end(JSON.stringify(headers))],
		['a closed connection', (_request, response) => response.destroy()],
		[
			'a broken answer',
			({ headers }, response) => {
				response.setHeader('content-length', '9999');
				response.write(JSON.stringify(headers));
				setTimeout(() => response.destroy(), 20);
			},
		],
	];
	test.each(echoes)('%s does not reach the model or the output', async (_name, handle) => {
		const { origin, seen } = await openServer(handle);
		const tool = { url: `${origin}/?api_key=query-secret-99&x=1`, headers: secrets };
		const { told, json } = await callTool(tool, {});
		expect(seen[0]?.headers['x-api-key']).toBe('api-secret-1234');
		expect(told + JSON.stringify(json)).not.toMatch(/secret-1234|query-secret/);
	});
});

describe('answers', () => {
	test('that are not text are named, not sent to the model', async () => {
		const { origin } = await openServer((_request, response) => {
			response.setHeader('content-type', 'application/pdf');
			response.end(Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe, 0x00]));
		});
		const { told } = await callTool({ url: `${origin}/` }, {});
		expect(told).toContain(
			'The tool failed: it returned application/pdf, 7 bytes, which has no text',
		);
	});

	test.each<[string, Buffer, string]>([
		['text/plain; charset=iso-8859-1', Buffer.from('Gr\u00fc\u00dfe', 'latin1'), 'Gr\u00fc\u00dfe'],
		["text/plain; charset='windows-1252'", Buffer.from([0x80, 0x35]), '\u20ac5'],
		['text/csv', Buffer.from('\ufeffname', 'utf8'), 'name'],
		['text/plain', Buffer.from('\ufeffh\u00e9', 'utf16le'), 'h\u00e9'],
		[
			'application/json; charset=utf-16le',
			Buffer.from('{"a":"\u00e9"}', 'utf16le'),
			'\\"a\\":\\"\u00e9',
		],
		['image/svg+xml', Buffer.from('<svg><text>a</text></svg>'), '<text>a</text>'],
	])('are read as %s says', async (type, body, expected) => {
		const { origin } = await openServer((_request, response) => {
			response.setHeader('content-type', type);
			response.end(body);
		});
		const { told } = await callTool({ method: 'GET', url: origin }, {});
		expect(told).toContain(expected);
		expect(told).not.toMatch(/\ufeff|\ufffd/);
	});

	test('that refuse at length say what was left out, and name a file', async () => {
		const { origin } = await openServer(({ url }, response) => {
			response.statusCode = 500;
			response.setHeader('content-type', url === '/file' ? 'application/pdf' : 'text/plain');
			response.end(url === '/file' ? Buffer.from([0, 1]) : `${'a'.repeat(5_000)} the end`);
		});
		const long = await callTool({ method: 'GET', url: origin }, {});
		expect(long.told).toMatch(/HTTP 500: a+.*characters left out.*the end/);
		const file = await callTool({ method: 'GET', url: `${origin}/file` }, {});
		expect(file.told).toContain('HTTP 500: [application/pdf, 2 bytes: no text form]');
	});

	test('of an odd type that are text are text', async () => {
		const { origin } = await openServer((_request, response) => {
			response.setHeader('content-type', 'application/octet-stream');
			response.end('wörds');
		});
		expect((await callTool({ url: `${origin}/` }, {})).told).toContain('wörds');
	});

	test('without end are given up', async () => {
		const { origin } = await openServer((_request, response) => {
			const more = () => {
				while (!response.destroyed && response.write('x'.repeat(1_000_000)));
			};
			response.on('drain', more);
			more();
		});
		const { told } = await callTool({ url: `${origin}/` }, {});
		expect(told).toContain('The tool failed: its answer is larger than 20 MB');
	});
});
