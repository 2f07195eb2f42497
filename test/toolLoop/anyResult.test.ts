import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { toolContent } from '../../core/toolLoop/toolContent';
import { axiosAnswer, circle, json, refused } from './resultSpecimens';

const reading = { limit: 2_000 };
const PNG = 'iVBORw0KGgo=';

class Money {
	readonly #cents = 1250;
	get euros() {
		return this.#cents / 100;
	}
}
class Long {
	low = 5;
	high = 0;
	toString() {
		return '5';
	}
}
class Id {
	readonly #hex = '507f1f77';
	toString() {
		return this.#hex;
	}
}
class Decimal {
	toJSON() {
		return '1.10';
	}
}
class Silent {
	readonly #state = 1;
	has = undefined;
	constructor() {
		Reflect.deleteProperty(this, 'has');
		void this.#state;
	}
}
class Tagged {
	get [Symbol.toStringTag]() {
		return 'Map';
	}
	name = 'x';
}

const sparse: unknown[] = [1];
sparse[2] = 3;
const far: unknown[] = [1];
far[5_000] = 2;
far.length = 5_002;
const form = new FormData();
form.append('tag', 'a');
form.append('tag', 'b');
form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
const deep = (levels: number): unknown => {
	let value: unknown = 1;
	for (let n = 0; n < levels; n += 1) value = { a: value };
	return value;
};
async function* numbers() {
	yield 1;
	yield { n: 2 };
}
function* letters() {
	yield 'a';
	yield 'b';
}
const later = <Value>(value: Value) => new Promise<Value>((go) => setTimeout(() => go(value), 5));
const latin = new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65]);

const table: Array<[what: string, make: () => unknown, told: string | RegExp]> = [
	// Plain values
	['a text', () => 'as it is', 'as it is'],
	['null', () => null, 'The tool returned nothing.'],
	['an empty object', () => ({}), '{}'],
	['no number', () => [NaN, Infinity, -Infinity], '["NaN","Infinity","-Infinity"]'],
	['undefined in a list', () => [1, undefined], '[1,"undefined"]'],
	['undefined in a field', () => ({ next: undefined }), '{"next":null}'],
	[
		'far more empty places',
		() => far,
		'[1,"[4,999 empty places: no text form]",2,"[an empty place: no text form]"]',
	],
	['empty places', () => sparse, '[1,"[an empty place: no text form]",3]'],
	['a BigInt', () => 2n ** 64n, '18446744073709551616'],
	[
		'a symbol and a function',
		() => ({ s: Symbol('x'), f: letters }),
		/Symbol\(x\).*letters: no text/,
	],
	['a symbol as a key', () => ({ [Symbol('id')]: 7 }), '{"Symbol(id)":7}'],
	['boxed values', () => [Object('a'), Object(1), Object(true), Object(1n)], '["a",1,true,"1"]'],
	['an object without a prototype', () => Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
	['a field called __proto__', () => JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
	['a circle', () => circle, /^\{"a":1,"self":"\[.*no JSON form\]"\}$/],
	[
		'twice the same part',
		() => [circle.a, [letters.name], [letters.name]],
		'[1,["letters"],["letters"]]',
	],
	['150 levels', () => deep(150), /^(\{"a":){150}1\}{150}$/],
	['5,000 levels', () => deep(5_000), /nested deeper than 200 levels/],
	[
		'a match with names',
		() => /(?<year>\d+)/.exec('in 2024'),
		/"entries":\["2024","2024"\].*"index":3.*"year":"2024"/,
	],

	// Objects of the language
	['a Date', () => new Date(0), '1970-01-01T00:00:00.000Z'],
	['an invalid Date', () => ({ at: new Date(NaN) }), '{"at":"Invalid Date"}'],
	['a RegExp', () => [/a+/g], '["/a+/g"]'],
	['a Map', () => new Map([['a', new Set([1])]]), '{"a":[1]}'],
	['a Map with objects as keys', () => new Map([[{ id: 1 }, 'a']]), '[[{"id":1},"a"]]'],
	[
		'a Map with keys that read alike',
		() =>
			new Map<unknown, number>([
				[1, 1],
				['1', 2],
			]),
		'[[1,1],["1",2]]',
	],
	['an empty Map', () => ({ found: new Map() }), '{"found":[]}'],
	['a WeakMap', () => ({ cache: new WeakMap() }), '{"cache":"[a WeakMap: no text form]"}'],
	['a generator', () => letters(), '["a","b"]'],
	['an iterator', () => ({ rows: new Set(['a']).values() }), '{"rows":["a"]}'],
	['a Proxy', () => new Proxy({ a: 1 }, {}), '{"a":1}'],

	// Objects of a class
	['private state with a getter', () => new Money(), '{"euros":12.5}'],
	['fields, and words of its own', () => new Long(), '{"low":5,"high":0,"(as text)":"5"}'],
	['private state with words of its own', () => ({ _id: new Id() }), '{"_id":"507f1f77"}'],
	['a toJSON of its own', () => [new Decimal()], '["1.10"]'],
	[
		'nothing to read',
		() => ({ silent: new Silent() }),
		'{"silent":"[a Silent without fields: no text form]"}',
	],
	['a class that calls itself Map', () => new Tagged(), '{"name":"x"}'],

	// Objects of the web
	['a URL', () => new URL('https://a.example/b'), 'https://a.example/b'],
	[
		'a URL with secrets',
		() => [
			new URL('https://me:pass@a.example/?token=abc&X-Amz-Signature=abc&auth=abc&pwd=abc&q=1'),
		],
		'["https://…@a.example/?token=…&X-Amz-Signature=…&auth=…&pwd=…&q=1"]',
	],
	[
		'URLSearchParams with secrets',
		() => [new URLSearchParams({ api_key: 'abc', q: '1' })],
		'["api_key=…&q=1"]',
	],
	['URLSearchParams', () => ({ q: new URLSearchParams({ a: '1' }) }), '{"q":"a=1"}'],
	[
		'Headers',
		() => new Headers({ 'x-page': '2', 'x-api-key': 'abc' }),
		'{"x-api-key":"…","x-page":"2"}',
	],
	['FormData', () => form, '{"tag":["a","b"],"file":"hello"}'],
	[
		'a Request',
		() => new Request('https://a.example/?token=abc', { headers: { authorization: 'Bearer abc' } }),
		/"method":"GET","url":"https:\/\/a\.example\/\?token=…","headers":\{"authorization":"…"\}/,
	],
	['a Response', () => json({ a: 1 }, { statusText: 'OK' }), 'HTTP 200 OK\n{"a":1}'],
	['a Response without a body', () => new Response(null, { status: 204 }), 'HTTP 204'],
	[
		'a Response that was read',
		async () => {
			const response = json(1);
			await response.text();
			return response;
		},
		/^HTTP 200\n\[a body that was read before: no text form\]$/,
	],
	[
		'a Response of 404',
		() => new Response('no such order', { status: 404 }),
		'The tool failed: HTTP 404: no such order',
	],
	[
		'a Response of 429',
		() => json({ error: 'slow' }, { status: 429, headers: { 'retry-after': '9' } }),
		'The tool failed: HTTP 429, retry-after: 9: {"error":"slow"}',
	],
	[
		'a redirect',
		() => new Response(null, { status: 302, headers: { location: '/b' } }),
		'HTTP 302, location: /b',
	],
	[
		'a binary Response',
		() => new Response(new Uint8Array([0, 1]), { headers: { 'content-type': 'application/pdf' } }),
		'HTTP 200\n[application/pdf: no text form]',
	],
	[
		'a Response in Latin-1',
		() => new Response(latin, { headers: { 'content-type': 'text/plain; charset=iso-8859-1' } }),
		'HTTP 200\nGrüße',
	],
	['Responses in a list', () => [json({ a: 1 })], '[{"status":200,"body":{"a":1}}]'],
	['an answer of axios', () => axiosAnswer(200, { a: 1 }), 'HTTP 200\n{"a":1}'],
	[
		'a refusal of axios',
		() => axiosAnswer(422, { a: 'bad' }),
		'The tool failed: HTTP 422: {"a":"bad"}',
	],

	// What takes time
	['promises', () => ({ a: later(1), b: [later({ c: 2 })] }), '{"a":1,"b":[{"c":2}]}'],
	[
		'a promise that fails',
		() => [later(1), Promise.reject(new Error('gone'))],
		'[1,"[error: gone]"]',
	],
	[
		'errors among values',
		() => ({ of: [3, new TypeError('gone')], n: 1 }),
		'{"of":[3,"[error: gone]"],"n":1}',
	],
	['an error in a map', () => new Map([['a', new Error('gone')]]), '{"a":"[error: gone]"}'],
	['async generators', () => ({ rows: numbers() }), '{"rows":[1,{"n":2}]}'],
	[
		'a Node stream',
		() => Readable.from([Buffer.from('Gr\u00fc'), Buffer.from('\u00dfe')]),
		'Grüße',
	],
	['a Node stream of objects', () => Readable.from([{ a: 1 }, { a: 2 }]), '[{"a":1},{"a":2}]'],
	['a web stream', () => ({ body: new Blob(['text']).stream() }), '{"body":"text"}'],
	['a text Blob', () => new Blob(['a,b'], { type: 'text/csv' }), 'a,b'],
	[
		'a binary File',
		() => [new File(['%PDF'], 'a.pdf', { type: 'application/pdf' })],
		'["[a.pdf, application/pdf, 4 bytes: no text form]"]',
	],

	// Bytes
	[
		'bytes',
		() => Buffer.from([0, 1, 2, 3, 255]),
		'The tool failed: it returned binary data, 5 bytes, which has no text',
	],
	['bytes of a text', () => Buffer.from('größe\n'), 'größe\n'],
	['bytes of a text inside', () => ({ a: new TextEncoder().encode('ok') }), '{"a":"ok"}'],
	['bytes of a text with a mark', () => Buffer.from('\ufeffHi', 'utf16le'), 'Hi'],
	[
		'bytes of a file that begins with letters',
		() => [Buffer.from('%PDF-1.4')],
		'["[binary data, 8 bytes: no text form]"]',
	],
	['no bytes', () => [Buffer.alloc(0)], '[""]'],
	['no bytes at all', () => Buffer.alloc(0), 'The tool returned nothing.'],
	['a text in a Blob without a type', () => new Blob(['a,b']), 'a,b'],
	[
		'a file that is called text',
		() => ({ f: new File(['PK\x03\x04\0\0'], 'a.csv', { type: 'text/csv' }) }),
		'{"f":"[a.csv, text/csv, 6 bytes: no text form]"}',
	],
	[
		'an answer that is called text',
		() => new Response(gzipSync('hello'), { headers: { 'content-type': 'text/plain' } }),
		'HTTP 200\n[binary data: no text form]',
	],
	[
		'bytes inside',
		() => ({ a: new Uint8Array(3), b: new ArrayBuffer(2) }),
		'{"a":"[binary data, 3 bytes: no text form]","b":"[binary data, 2 bytes: no text form]"}',
	],
	[
		'a Buffer as JSON',
		() => ({ file: Buffer.from([0, 1, 2]).toJSON(), text: Buffer.from('abc').toJSON() }),
		'{"file":"[binary data, 3 bytes: no text form]","text":"abc"}',
	],
	['a vector', () => ({ embedding: new Float64Array([0.5, 1]) }), '{"embedding":[0.5,1]}'],

	// Errors
	[
		'allSettled',
		async () => await Promise.allSettled([later(1), Promise.reject(refused())]),
		/^\[\{"status":"fulfilled","value":1\},\{"status":"rejected","reason":"\[error: fetch failed; caused by: connect ECONNREFUSED.*\]"\}\]$/,
	],
	['an error as a result', () => new Error('no such order'), 'The tool failed: no such order'],
	[
		'a getter that throws',
		() => ({
			a: 1,
			get b(): number {
				throw new Error('not me');
			},
		}),
		'{"a":1,"b":"[could not be read: not me]"}',
	],
	[
		'a generator that throws',
		() =>
			(function* () {
				yield 1;
				throw new Error('mid');
			})(),
		'[1,"[could not be read: mid]"]',
	],
	[
		'a Proxy that was revoked',
		() => {
			const { proxy, revoke } = Proxy.revocable({}, {});
			revoke();
			return { proxy };
		},
		/could not be read: .*revoked/,
	],

	// Content blocks
	[
		'a row like a block',
		() => [{ type: 'text', text: 'call back', id: 17, author: 'x' }],
		'[{"type":"text","text":"call back","id":17,"author":"x"}]',
	],
	[
		'a row like an image',
		() => [{ type: 'image', data: 'x', mimeType: 'y', id: 1 }],
		'[{"type":"image","data":"x","mimeType":"y","id":1}]',
	],
	[
		'text blocks',
		() => [
			{ type: 'text', text: 'a', annotations: { audience: ['user'] } },
			{ type: 'text', text: 'b' },
		],
		'a\nb',
	],
	['a call result', () => ({ content: [{ type: 'text', text: 'a' }], _meta: {} }), 'a'],
	[
		'a failed call result',
		() => ({ content: [{ type: 'text', text: 'no' }], isError: true }),
		'The tool failed: no',
	],
	[
		'structured content beside words',
		() => ({ content: [{ type: 'text', text: 'Found' }], structuredContent: { n: 1 } }),
		'Found\n{"n":1}',
	],
	[
		'structured content said already',
		() => ({ content: [{ type: 'text', text: '{ "n": 1 }' }], structuredContent: { n: 1 } }),
		'{ "n": 1 }',
	],
	[
		'a text resource',
		() => [{ type: 'resource', resource: { uri: 'file:///a', text: 'hello' } }],
		'file:///a\nhello',
	],
	[
		'a resource in base64',
		() => [
			{
				type: 'resource',
				resource: { uri: 'file:///a', mimeType: 'text/plain', blob: 'aGVsbG8=' },
			},
		],
		'file:///a\nhello',
	],
	[
		'sound',
		() => [{ type: 'audio', data: 'AAAA', mimeType: 'audio/wav' }],
		'[audio/wav, 3 bytes: no text form]',
	],
	[
		'data with content of its own',
		() => ({ content: [{ type: 'text', text: 'a' }], role: 'user' }),
		'{"content":[{"type":"text","text":"a"}],"role":"user"}',
	],
];

test.each(table)('%s', async (_what, make, told) => {
	const { content } = await toolContent(await make(), reading);
	if (typeof told === 'string') expect(content).toBe(told);
	else expect(content).toMatch(told);
});

const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } };
const bytes = Buffer.from(PNG, 'base64');
test.each([
	['a Blob', () => new Blob([bytes], { type: 'image/png' }), []],
	[
		'a Response',
		() => new Response(bytes, { headers: { 'content-type': 'image/png' } }),
		['HTTP 200'],
	],
	[
		"Claude's form",
		() => [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } }],
		[],
	],
	[
		'a resource',
		() => [{ type: 'resource', resource: { uri: 'a:b', mimeType: 'image/png', blob: PNG } }],
		['a:b'],
	],
	[
		'a failed call',
		() => ({ isError: true, content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] }),
		[/The tool failed/],
	],
])('a picture as %s is seen', async (_what, make, texts) => {
	const { content } = await toolContent(make(), reading);
	const said = texts.map((text) => ({
		type: 'text',
		text: typeof text === 'string' ? text : expect.stringMatching(text),
	}));
	expect(content).toEqual([...said, picture]);
});
