import { PassThrough, Readable } from 'node:stream';
import { toolContent } from '../../core/toolLoop/toolContent';
import { circle } from './resultSpecimens';

/* Kinds of results that public clients and libraries give, none of which the code knows by name. */

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const uri = `data:image/png;base64,${PNG}`;
const pdf = Buffer.from(`%PDF-1.4${'x'.repeat(300)}`).toString('base64');
const SECRET = 'S3cr3tV4lue';

async function told(value: unknown): Promise<string> {
	const { content } = await toolContent(await value, { limit: 3_000 });
	if (typeof content === 'string') return content;
	return content.map((part) => (part.type === 'text' ? part.text : part.image_url.url)).join('|');
}

class Throws {
	toJSON(): string {
		throw new Error('no json');
	}
}
class Hides {
	toJSON() {
		return undefined;
	}
	state = 1;
}
class Invalid {
	toJSON() {
		return null;
	}
	toString() {
		return 'Invalid date';
	}
}
class Money {
	cents = [12, 50];
	valueOf() {
		return '12.5';
	}
	toJSON() {
		return '12.5';
	}
}
class Document {
	$__ = { cache: circle };
	toJSON() {
		return { name: 'Ada', price: new Money() };
	}
}
class Result {
	rowCount = 1;
	rows = [{ id: 1, price: '1.50' }];
}
class Node {
	nodeName = 'DIV';
	parentNode: Node | null = null;
	readonly childNodes: Node[] = [];
	get textContent() {
		return 'hi';
	}
}
const parent = new Node();
const child = new Node();
parent.childNodes.push(child);
child.parentNode = parent;
class AgentResponse {
	status = 200;
	headers = { 'set-cookie': [`a=${SECRET}`] };
	body = { a: 1 };
	request = { header: { Authorization: SECRET } };
}
const readBefore = async () => {
	const response = new Response('a');
	await response.text();
	return response;
};
const locked = () => {
	const stream = new ReadableStream();
	stream.getReader();
	return stream;
};
const withFile = () => {
	const form = new FormData();
	form.append('a', new File(['%PDF'], 'a.pdf', { type: 'application/pdf' }));
	return form;
};
const words = (text: string) => {
	const stream = new PassThrough();
	stream.end(text);
	return stream;
};
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

const values: Array<[what: string, make: () => unknown, told: string | RegExp]> = [
	// Libraries
	['an invalid date of a library', () => new Invalid(), 'Invalid date'],
	['a decimal', () => [new Money()], '["12.5"]'],
	['a document', () => [new Document()], '[{"name":"Ada","price":"12.5"}]'],
	['a result of a database', () => new Result(), '{"rowCount":1,"rows":[{"id":1,"price":"1.50"}]}'],
	[
		'a tree with parents',
		() => parent,
		/"childNodes":\[\{.*"textContent":"hi"\}\].*"textContent":"hi"/,
	],
	['a toJSON that throws', () => ({ a: new Throws() }), '{"a":"[could not be read: no json]"}'],
	['a toJSON of nothing', () => ({ a: new Hides() }), '{"a":"[a Hides: no text form]"}'],
	[
		'a query builder',
		() => ({ q: { then: (go: (rows: object[]) => void) => go([{ id: 1 }]) } }),
		'{"q":[{"id":1}]}',
	],

	// The language
	['Intl', () => new Intl.NumberFormat('de'), /"locale":"de"/],
	[
		'segments',
		() => new Intl.Segmenter('en', { granularity: 'word' }).segment('hi'),
		/"segment":"hi"/,
	],
	['namespaces', () => [Math, JSON], '["[Math: no text form]","[JSON: no text form]"]'],
	['minus zero', () => [-0], '[0]'],
	['false', () => false, 'false'],
	['zero', () => 0, '0'],
	['not a number', () => NaN, 'NaN'],
	['nothing in a list', () => [undefined, null], '["undefined",null]'],
	['a class', () => ({ c: Money }), '{"c":"[a function, Money: no text form]"}'],
	['a generator function', () => [function* () {}], /a function/],
	['a WeakRef', () => [new WeakRef({ a: 1 })], '[{"a":1}]'],
	['a registry', () => [new FinalizationRegistry(() => undefined)], /a FinalizationRegistry/],
	['matches', () => 'a1b2'.matchAll(/\d/g), /"entries":\["1"\].*"entries":\["2"\]/],
	['entries', () => ['a'].entries(), '[[0,"a"]]'],
	['a Map in a Map', () => new Map([['a', new Map([['b', 1]])]]), '{"a":{"b":1}}'],
	['a Map with symbols', () => new Map([[Symbol('a'), 1]]), '[["Symbol(a)",1]]'],
	['a Set in a Set', () => new Set([new Set([2])]), '[[2]]'],
	['floats', () => new Float32Array([0.5, NaN]), '[0.5,"NaN"]'],
	['big integers', () => new BigInt64Array([1n]), '["1"]'],
	['shared bytes', () => [new SharedArrayBuffer(8)], '["[binary data, 8 bytes: no text form]"]'],
	['clamped bytes', () => [new Uint8ClampedArray(4)], '["[binary data, 4 bytes: no text form]"]'],
	[
		'keys that throw',
		() => [
			new Proxy(
				{},
				{
					ownKeys: () => {
						throw new Error('no');
					},
				},
			),
		],
		'["[could not be read: no]"]',
	],
	[
		'an iterator that throws',
		() => [
			{
				[Symbol.iterator]: () => {
					throw new Error('no');
				},
			},
		],
		'["[could not be read: no]"]',
	],
	[
		'an async iterator that throws',
		() => [
			{
				[Symbol.asyncIterator]: () => {
					throw new Error('no');
				},
			},
		],
		'["[could not be read: no]"]',
	],
	[
		'a prototype that throws',
		() => [
			new Proxy(
				{},
				{
					getPrototypeOf: () => {
						throw new Error('no');
					},
				},
			),
		],
		'["[could not be read: no]"]',
	],
	['a signal', () => AbortSignal.abort('late'), /"aborted":true,"reason":"late"/],
	['an event', () => new CustomEvent('x', { detail: { a: 1 } }), /"detail":\{"a":1\}/],

	// The web
	['a locked stream', () => [locked()], '["[a stream that something else reads: no text form]"]'],
	['a Response that was read', () => [readBefore()], /a body that was read before/],
	['an empty stream', () => Readable.from([]), 'The tool returned nothing.'],
	['a stream of texts and rows', () => Readable.from(['a', { b: 1 }]), 'a{"b":1}'],
	['a stream that passes on', () => words('hi'), 'hi'],
	['a text in a Blob', () => ({ f: new Blob(['hi'], { type: 'text/plain' }) }), '{"f":"hi"}'],
	['a file in a form', withFile, '{"a":"[a.pdf, application/pdf, 4 bytes: no text form]"}'],
	[
		'headers of limits',
		() => new Headers({ 'x-ratelimit-remaining-tokens': '5', 'x-key': SECRET }),
		'{"x-key":"…","x-ratelimit-remaining-tokens":"5"}',
	],

	// HTTP clients
	[
		'an answer in plain form',
		() => ({
			status: 200,
			data: { token: 'mine' },
			headers: { 'set-cookie': [SECRET], 'x-total': '5' },
		}),
		'{"status":200,"data":{"token":"mine"},"headers":{"set-cookie":"…","x-total":"5"}}',
	],
	[
		"n8n's whole answer",
		() => ({ statusCode: 200, headers: { authorization: SECRET }, body: [1] }),
		'{"statusCode":200,"headers":{"authorization":"…"},"body":[1]}',
	],
	[
		'headers in a Map',
		() => ({ status: 200, headers: new Map([['cookie', SECRET]]) }),
		'{"status":200,"headers":{"cookie":"…"}}',
	],
	[
		"undici's answer",
		() => ({
			statusCode: 200,
			headers: { 'set-cookie': SECRET },
			body: Readable.from([bytesOf('{"a":1}')]),
		}),
		'HTTP 200\n{"a":1}',
	],
	["superagent's answer", () => new AgentResponse(), 'HTTP 200\n{"a":1}'],
	[
		'a request in plain form',
		() => ({
			request: { method: 'GET', url: `https://a/?sig=${SECRET}`, headers: { 'X-Api-Key': SECRET } },
		}),
		'{"request":{"method":"GET","url":"https://a/?sig=…","headers":{"X-Api-Key":"…"}}}',
	],
	[
		'an archive',
		() => ({ request: { url: 'https://a', headers: [{ name: 'Authorization', value: SECRET }] } }),
		/"name":"Authorization","value":"…"/,
	],
	[
		'pairs of headers',
		() => ({ url: 'https://a', headers: [['Cookie', SECRET]] }),
		'{"url":"https://a","headers":[["Cookie","…"]]}',
	],
	[
		'raw headers',
		() => ({ statusCode: 200, rawHeaders: ['Set-Cookie', SECRET, 'X-A', '1'] }),
		'{"statusCode":200,"rawHeaders":["Set-Cookie","…","X-A","1"]}',
	],
	[
		'an error of axios as JSON',
		() => ({
			message: 'Failed',
			stack: 'x',
			config: { headers: { Authorization: SECRET } },
			status: 500,
		}),
		'{"message":"Failed","status":500}',
	],
	[
		'a table with headers',
		() => ({ url: 'x', headers: ['token', 'name'] }),
		'{"url":"x","headers":["token","name"]}',
	],
	[
		'rows with names like secrets',
		() => ({ tokens: 17, author: 'Jane', password: 'mine' }),
		'{"tokens":17,"author":"Jane","password":"mine"}',
	],

	// Content blocks
	[
		'keys in another order',
		() => ({ isError: false, content: [{ text: 'hi', type: 'text' }] }),
		'hi',
	],
	['the same as text', () => JSON.stringify([{ text: 'hi', type: 'text' }]), 'hi'],
	[
		'a failure as printed text',
		() => JSON.stringify({ isError: true, content: [{ text: 'no', type: 'text' }] }, null, 2),
		'The tool failed: no',
	],
	[
		'a failure with unknown keys',
		() => ({ content: [{ type: 'text', text: 'no' }], isError: true, id: 'r1' }),
		'The tool failed: no\n{"id":"r1"}',
	],
	[
		'unknown keys of a block',
		() => ({ content: [{ type: 'text', text: 'ok', more: 1 }] }),
		'{"type":"text","text":"ok","more":1}',
	],
	[
		'a link',
		() => ({ content: [{ type: 'resource_link', uri: 'a:b', name: 'n' }] }),
		'{"type":"resource_link","uri":"a:b","name":"n"}',
	],
	[
		'what is not there as null',
		() => ({
			...{ _meta: null, structuredContent: null, isError: null },
			content: [{ type: 'text', text: 'a', annotations: null, _meta: null }],
		}),
		'a',
	],
	[
		'a file of a server, with null for what it has not',
		() => ({
			...{
				meta: null,
				content: [
					{
						type: 'resource',
						meta: null,
						annotations: { priority: null, audience: null },
						resource: { uri: 'f:a', mimeType: null, text: 'b' },
					},
				],
			},
		}),
		'f:a\nb',
	],
	['nothing in a result of a server', () => ({ content: [] }), 'The tool returned nothing.'],
	[
		'nothing in a result of a server, null beside it',
		() => ({ content: [], structuredContent: null, isError: false, _meta: null }),
		'The tool returned nothing.',
	],
	['null where content may be, in a row', () => ({ content: null }), '{"content":null}'],
	[
		'an empty structure beside words',
		() => ({ content: [{ type: 'text', text: 'Done' }], structuredContent: {} }),
		'Done',
	],
	['an empty structure alone', () => ({ content: [], structuredContent: {} }), '{}'],
	['structure alone', () => ({ content: [], structuredContent: { n: 1 } }), '{"n":1}'],
	[
		'structure with a promise and a date',
		() => ({ content: [], structuredContent: { p: Promise.resolve(5), d: new Date(0) } }),
		'{"p":5,"d":"1970-01-01T00:00:00.000Z"}',
	],
	[
		'structure that holds itself',
		() => ({ content: [], structuredContent: circle }),
		/no JSON form/,
	],
	[
		'structure said in another spelling',
		() => ({ content: [{ type: 'text', text: '{\n "n": 1.0 }' }], structuredContent: { n: 1 } }),
		'{\n "n": 1.0 }',
	],
	[
		'a failure without words',
		() => ({ content: [], isError: true }),
		'The tool failed: The tool returned nothing.',
	],
	[
		'contents of a resource',
		() => ({ contents: [{ uri: 'a:b', text: 'hi' }] }),
		'{"contents":[{"uri":"a:b","text":"hi"}]}',
	],
	[
		'a failure of the AI SDK',
		() => ({ type: 'error-text', value: 'broken' }),
		'The tool failed: broken',
	],
	[
		'a failure of the AI SDK in JSON',
		() => ({ type: 'error-json', value: { code: 5 } }),
		'The tool failed: {"code":5}',
	],
	[
		"a file's id",
		() => [{ type: 'input_image', file_id: 'f1' }],
		'[{"type":"input_image","file_id":"f1"}]',
	],
	[
		"Gemini's link",
		() => ({ fileData: { mimeType: 'image/png', fileUri: 'gs://a' } }),
		'{"fileData":{"mimeType":"image/png","fileUri":"gs://a"}}',
	],
	[
		'a document',
		() => [
			{
				type: 'document',
				source: { type: 'base64', media_type: 'application/pdf', data: pdf },
				title: 'T',
			},
		],
		'T\n[application/pdf, 308 bytes: no text form]',
	],
	[
		'a document of text',
		() => [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'hi' } }],
		'hi',
	],
	[
		'a file for OpenAI',
		() => [{ type: 'input_file', file_data: `data:application/pdf;base64,${pdf}` }],
		'[{"type":"input_file","file_data":"[application/pdf, 309 bytes: no text form]"}]',
	],
	[
		"n8n's PDF",
		() => ({ data: { data: pdf, mimeType: 'application/pdf' } }),
		'{"data":{"data":"[application/pdf, 309 bytes: no text form]","mimeType":"application/pdf"}}',
	],
	[
		'citations',
		() => [{ type: 'output_text', text: 'a', annotations: [{ url: 'https://x' }] }],
		/"annotations":\[\{"url":"https:\/\/x"\}\]/,
	],
	[
		'rows like blocks',
		() => [{ type: 'text', text: 'a', id: 1 }],
		'[{"type":"text","text":"a","id":1}]',
	],
	[
		'rows like files',
		() => [{ type: 'file', name: 'a', data: 'b' }],
		'[{"type":"file","name":"a","data":"b"}]',
	],
	['a field of a form', () => ({ type: 'text', value: 'hi' }), '{"type":"text","value":"hi"}'],
	['a picture in a page', () => `<img src="${uri}">`, `<img src="${uri}">`],
	[
		'a checksum beside a type',
		() => ({ mimeType: 'image/png', data: 'a'.repeat(64) }),
		`{"mimeType":"image/png","data":"${'a'.repeat(64)}"}`,
	],
	[
		'a sound that begins as WebP does',
		() => [Buffer.from('RIFF0000WAVEfmt ')],
		'["[binary data, 16 bytes: no text form]"]',
	],
];

test.each(values)('%s', async (_what, make, expected) => {
	const text = await told(make());
	if (typeof expected === 'string') expect(text).toBe(expected);
	else expect(text).toMatch(expected);
	expect(text).not.toContain(SECRET);
});
