import fc from 'fast-check';
import { inspect } from 'node:util';
import { TokenHubError } from '../../core';
import { withoutSecrets, plainError } from '../../core/redaction/plainError';
import { joinedDeltas } from '../../core/redaction/redactedEvents';
import { redactedFetch } from '../../core/redaction/redactedFetch';
import { TextResponse } from '../../core/transport/watchedFetch';
import { modelFetch } from '../../core/chat/modelFetch';
import { redactorOf } from '../../core/redaction/redactor';
import { isRecord } from '../../core/lib/isRecord';
import { casesOf } from '../support/sweep';

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, '0');
const every = (key: string, map: (char: string) => string) => [...key].map(map).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const ENTITIES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };

/** How a gateway may repeat a key. */
const FORMS: Record<string, (key: string) => string> = {
	'as it is': (key) => key,
	'in capitals': (key) => key.toUpperCase(),
	'as JSON': (key) => JSON.stringify(key).slice(1, -1),
	'as JSON in JSON': (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3),
	'as JSON with escaped slashes': (key) => JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/'),
	'as \\u escapes': (key) => every(key, (char) => `\\u00${hex(char)}`),
	'as \\x escapes': (key) => every(key, (char) => `\\x${hex(char).toUpperCase()}`),
	'for a URL': encodeURIComponent,
	'for a URL, every character': (key) => every(key, (char) => `%${hex(char)}`),
	'for a URL, twice': (key) => encodeURIComponent(encodeURIComponent(key)),
	'for HTML': (key) => every(key, (char) => (ENTITIES[char] ? `&${ENTITIES[char]};` : char)),
	'for HTML, by number': (key) => every(key, (char) => `&#${char.charCodeAt(0)};`),
	'for HTML, by hexadecimal number': (key) => every(key, (char) => `&#x${hex(char)};`),
	'in base64': base64,
	'in base64 as a password': (key) => base64(`:${key}`),
	'in base64 as a name': (key) => base64(`${key}:`),
	'in base64 after a name': (key) => base64(`me:${key}`),
	'in base64 for URLs': (key) => Buffer.from(`Bearer ${key}`).toString('base64url'),
	'in hexadecimal': (key) => Buffer.from(key).toString('hex'),
};

/** What makes out that a text still holds the key, in any of the forms. */
const traces = (key: string) => [
	...Object.values(FORMS).map((form) => form(key)),
	...[1, 2, 3].map((start) => base64(key.slice(start)).slice(0, -4)),
];

const anyKey = fc
	.stringMatching(/^[\x21-\x7e]{9,60}$/)
	.map((rest) => `th-${rest}`)
	.filter((key) => !/^th-[.…]*$/.test(key));
const KEYS = [
	'th-ab.cd/ef+gh=ij',
	'th-"quoted"\\back\\slash',
	'th-%25%41&amp;&lt;',
	'th-TTTTtttthhhh',
];
const names = Object.keys(FORMS);

test.each(KEYS.flatMap((key) => names.map((name) => [key, name])))('%s %s', (key, name) => {
	const form = FORMS[name]?.(key) ?? '';
	const redactor = redactorOf(key);
	const clean = redactor.text(`before ${form} and ${form}`);
	expect(clean).toMatch(/^before \S*th-…\S* and \S*th-…\S*$/);
	for (const trace of traces(key)) expect(clean).not.toContain(trace);
	const value = { [form]: [{ deep: `x${form}y` }], kept: 1 };
	expect(JSON.stringify(redactor.value(value))).not.toContain(JSON.stringify(form).slice(1, -1));
});

test('any key, in any form, anywhere in a text, is taken out', () => {
	const text = fc.string({ maxLength: 40 });
	fc.assert(
		fc.property(anyKey, fc.constantFrom(...names), text, text, (key, name, before, after) => {
			const clean = redactorOf(key).text(before + (FORMS[name]?.(key) ?? '') + after);
			expect(clean).toContain('th-…');
			for (const trace of traces(key)) expect(clean).not.toContain(trace);
		}),
		{ numRuns: casesOf(500) },
	);
});

test('what does not hold the key stays as it is, to the very object', () => {
	fc.assert(
		fc.property(anyKey, fc.jsonValue(), (key, value) => {
			expect(redactorOf(key).value(value)).toBe(value);
		}),
	);
	const redactor = redactorOf('th-ab.cd/ef+gh=ij');
	for (const text of [
		'th-',
		'with th-abxcd',
		'Bearer x',
		'th-ab.cd/ef+gh=i',
		'100 %, R&D, C:\\th-',
	]) {
		expect(redactor.text(text)).toBe(text);
	}
	expect(redactorOf('th-a').text('TH-A dGgtYQ== \\u0074h-a')).toBe('TH-A dGgtYQ== \\u0074h-a');
});

/** The texts that a reader of a stream puts together from its events. */
function joinText(events: unknown[], path: readonly string[]): string {
	const textIn = (event: unknown) => {
		let value = event;
		for (const key of path)
			value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : '';
		return typeof value === 'string' ? value : '';
	};
	return events.map(textIn).join('');
}

const content = ['choices', '0', 'delta', 'content'];
const args = ['choices', '0', 'delta', 'tool_calls', '0', 'function', 'arguments'];
const delta = (text: string) => ({ id: 'x', choices: [{ index: 0, delta: { content: text } }] });
const callDelta = (text: string) => ({
	choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: text } }] } }],
});
const SPLITS: Array<[string, typeof delta | typeof callDelta, string[]]> = [
	['a text', delta, content],
	['arguments', callDelta, args],
];

describe.each(SPLITS)('a key over several deltas of %s', (_name, make, path) => {
	const read = (key: string, pieces: string[]) => {
		const { next, end } = joinedDeltas(redactorOf(key));
		const between = { choices: [{ delta: { role: 'assistant' } }] };
		const events = pieces.flatMap((piece) => [next(make(piece)), next(between)]);
		return joinText([...events, end()], path);
	};

	test.each(names)('%s, at each place', (name) => {
		const key = 'th-ab.cd/ef+gh=ij';
		const text = `My key: ${FORMS[name]?.(key)}. Not so!`;
		for (let at = 1; at < text.length; at += 1) {
			const shown = read(key, [text.slice(0, at), text.slice(at)]);
			expect(shown).toMatch(/^My key: \S*th-…\S* Not so!$/);
			for (const trace of traces(key)) expect(shown).not.toContain(trace);
		}
		expect(read(key, [...text])).toMatch(/^My key: \S*th-…\S* Not so!$/);
	});

	test('any key, any pieces', () => {
		const cuts = fc.array(fc.nat(200), { maxLength: 8 });
		fc.assert(
			fc.property(anyKey, fc.constantFrom(...names), cuts, (key, name, places) => {
				const text = `a ${FORMS[name]?.(key)} z`;
				const ends = [...places.map((place) => place % text.length), text.length].toSorted(
					(a, b) => a - b,
				);
				const pieces = ends.map((end, n) => text.slice(ends[n - 1] ?? 0, end));
				const shown = read(key, pieces);
				for (const trace of traces(key)) expect(shown).not.toContain(trace);
			}),
			{ numRuns: casesOf(300) },
		);
	});

	test('no character is lost, also where a text ends like the beginning of one', () => {
		fc.assert(
			fc.property(anyKey, fc.array(fc.string()), fc.nat(12), (key, pieces, length) => {
				const all = [...pieces, key.slice(0, Math.min(length, key.length - 1))];
				expect(read(key, all)).toBe(redactorOf(key).text(all.join('')));
			}),
		);
	});
});

test('parallel calls without an index keep their own arguments', () => {
	const { next, end } = joinedDeltas(redactorOf('th-abcdefghij'));
	const calls = [
		{ index: 3, id: 'a', function: { name: 'f', arguments: '"th-' } },
		{ index: 7, id: 'b', function: { name: 'g', arguments: '"th-abc' } },
	];
	next({ choices: [{ delta: { tool_calls: calls } }] });
	expect(end()).toMatchObject({
		choices: [
			{
				delta: {
					tool_calls: [
						{ index: 3, function: { arguments: 'th-' } },
						{ index: 7, function: { arguments: 'th-abc' } },
					],
				},
			},
		],
	});
});

test('text that cannot begin the key is not held back', () => {
	const { next } = joinedDeltas(redactorOf('th-abcdefghij'));
	for (const text of ['Hello', ' world.', 'th-x', '']) {
		const event = delta(text);
		expect(next(event)).toBe(event);
	}
});

describe('errors', () => {
	const key = 'th-ab.cd/ef+gh=ij';
	const redactor = redactorOf(key);
	const headers = { authorization: `Bearer ${key}` };

	/** As HTTP clients throw them, with the request inside. */
	const thrown: Array<[name: string, error: unknown]> = [
		[
			'axios',
			Object.assign(new Error(`401 ${key}`), { config: { headers }, request: { headers } }),
		],
		[
			'a cause',
			new TypeError('fetch failed', { cause: Object.assign(new Error(key), { headers }) }),
		],
		['an AggregateError', new AggregateError([new Error(`no ${key}`)], '')],
		['a text', `Bearer ${key}`],
		['an object', { message: key, response: { headers } }],
		['an invalid URL', Object.assign(new TypeError('Invalid URL'), { input: `http://u:${key}@p` })],
		['a name and a code', Object.assign(new Error('x'), { name: key, code: key })],
		['nothing', undefined],
		[
			'a circle',
			Object.assign(new Error('x'), {
				get cause() {
					return this;
				},
			}),
		],
	];
	test.each(thrown)('%s holds words only', (_name, error) => {
		const plain = plainError(new TokenHubError('network', String(key), { cause: error }), redactor);
		const shown = inspect(plain, { depth: null, showHidden: true });
		for (const trace of traces(key)) expect(shown).not.toContain(trace);
	});

	test('of our own keep what they say', () => {
		const failures = [{ path: '/x', message: `not ${key}`, value: key }];
		const facts = {
			status: 401,
			requestId: key,
			raw: `{"${key}":1}`,
			hint: key,
			failures,
			costUsd: 3,
		};
		const plain = plainError(new TokenHubError('auth', `no ${key}`, facts), redactor);
		expect(plain).toMatchObject({
			kind: 'auth',
			message: 'no th-…',
			details: {
				...{ kind: 'auth', status: 401, requestId: 'th-…', raw: '{"th-…":1}', hint: 'th-…' },
				...{ failures: [{ path: '/x', message: 'not th-…', value: 'th-…' }], costUsd: 3 },
			},
		});
	});

	test.each([
		['Incorrect key th-of.another/account', 'Incorrect key th-…'],
		['{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer …"}'],
		['Missing Bearer token, Bearer authentication required', undefined],
		['no such Basic plan', undefined],
		['Basic dXNlcjpwYXNz was refused', 'Basic … was refused'],
		['proxy http://me:secret@proxy:3128 refused', 'proxy http://…@proxy:3128 refused'],
		['GET /x?api_key=1234&y=2', 'GET /x?api_key=…&y=2'],
		['the 20th-century north-east', undefined],
	])('%s', (words, expected = words) => {
		expect(withoutSecrets(words)).toBe(expected);
		expect(withoutSecrets(withoutSecrets(words))).toBe(withoutSecrets(words));
	});
});

describe('the gate in front of a fetch', () => {
	const key = 'th-ab.cd/ef+gh=ij';
	const redactor = redactorOf(key);
	const through = async (response: Response) =>
		await redactedFetch(async () => response, redactor)('http://x');

	test.each([
		'{"a":"\\u0074h-ab.cd\\u002fef+gh=ij"}',
		'{"a":"th-ab.cd\\/ef+gh=ij"}',
		'{"th-ab.cd/ef+gh=ij":1}',
		'{"a":"\\u0026#116;h-ab.cd\\u0026#x2f;ef+gh=ij"}',
		'th-ab.cd/ef+gh=ij',
		'{"a":"th-ab.cd/ef+gh=ij"',
	])('takes it out of %s', async (text) => {
		for (const status of [200, 404]) {
			const headers = { 'content-type': 'application/json', 'x-request-id': key };
			const response = await through(new TextResponse(text, { status, headers }));
			const body = await response.text();
			expect(body).toContain('th-…');
			expect(body).not.toMatch(/ab\.cd/);
			expect(response.headers.get('x-request-id')).toBe('th-...');
		}
	});

	test('gives other answers on, byte for byte', async () => {
		const text = '{"b": 1.0, "a":"\\u00e9 \\u0026 \\/ th-ab"}\n';
		const headers = { 'content-type': 'application/json', 'x-request-id': 'r' };
		const response = await through(new TextResponse(text, { headers }));
		expect(await response.text()).toBe(text);
		expect(response.headers.get('x-request-id')).toBe('r');
		expect((await through(new Response(null, { status: 204 }))).status).toBe(204);
	});

	test('streams for readers of bytes: nothing is lost but the key', async () => {
		const events = (texts: string[]) =>
			[...texts.map((text) => JSON.stringify(delta(text))), '[DONE]']
				.map((data) => `data: ${data}\n\n`)
				.join('');
		const read = async (text: string) => {
			const bytes = [...text].map((char) => Buffer.from(char));
			const inner = async () => new Response(ReadableStream.from(bytes));
			const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hi' }] });
			const headers = { authorization: `Bearer ${key}` };
			return await (
				await modelFetch({ maxRetries: 0, inner })('http://x', { body, headers })
			).text();
		};
		const textOf = (shown: string) => joinText(eventsIn(shown), content);
		const eventsIn = (shown: string) =>
			[...shown.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']): unknown => JSON.parse(json));
		expect(textOf(await read(events(['Hello', ' wörld.', ' …'])))).toBe('Hello wörld. …');
		const shown = await read(events(['Key th-ab', '.cd/ef+gh', '=ij, th-ab']));
		expect(textOf(shown)).toBe('Key th-…, th-ab');
		expect(shown).toMatch(/\[DONE\]\n\n$/);
	});
});
