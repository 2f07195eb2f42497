import { z } from 'zod/v4';
import { thrownContent } from '../../core/toolLoop/toolContent';
import { axiosAnswer, circle, json, refused } from './resultSpecimens';

const reading = { limit: 2_000 };

const http = (fields: object) =>
	Object.assign(new Error('Request failed with status code 422'), fields);
const thrown: Array<[what: string, make: () => unknown, told: string | RegExp]> = [
	['a text', () => 'no such order', 'no such order'],
	['nothing', () => undefined, 'an error without a message'],
	['an empty error', () => new RangeError(''), 'RangeError'],
	[
		'code and detail',
		() => ({ code: 'E17', detail: 'no stock' }),
		'{"code":"E17","detail":"no stock"}',
	],
	['a code', () => Object.assign(new Error('denied'), { code: 'EACCES' }), 'denied (EACCES)'],
	['a cause', refused, 'fetch failed; caused by: connect ECONNREFUSED 127.0.0.1:1'],
	[
		'several errors',
		() => new AggregateError([new Error('a'), new Error('b')], 'all failed'),
		'all failed; a; b',
	],
	[
		'several errors without a word',
		() => new AggregateError([new Error('a'), new Error('b')]),
		/a; b/,
	],
	[
		'axios',
		() =>
			http({
				isAxiosError: true,
				config: { headers: { Authorization: 'Bearer sk-secret' } },
				request: circle,
				response: axiosAnswer(422, { field: 'email' }),
			}),
		/status code 422.*HTTP 422: \{"field":"email"\}/,
	],
	[
		'got',
		() =>
			http({
				response: { statusCode: 422, body: '{"field":"email"}' },
				options: { headers: { authorization: 'Bearer sk-secret' } },
			}),
		/HTTP 422: \{"field":"email"\}/,
	],
	[
		'ky',
		() =>
			http({
				response: json({ field: 'email' }, { status: 422 }),
				request: new Request('https://a.example/?token=sk-secret'),
			}),
		/HTTP 422: \{"field":"email"\}/,
	],
	[
		'undici',
		() =>
			http({ statusCode: 422, body: { field: 'email' }, headers: { authorization: 'sk-secret' } }),
		/"field":"email"/,
	],
	[
		"OpenAI's",
		() => http({ status: 422, error: { message: 'bad field' }, headers: {} }),
		/bad field/,
	],
	[
		"n8n's",
		() => http({ description: 'The field email is missing', httpCode: '422', node: { name: 'x' } }),
		/The field email is missing/,
	],
	[
		'a command',
		() => Object.assign(new Error('Command failed: ls'), { stderr: Buffer.from('x'), code: 2 }),
		/Command failed: ls \(2\)/,
	],
	[
		'a database',
		() =>
			Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (id)=(1) exists.' }),
		'duplicate key (23505); Key (id)=(1) exists.',
	],
	['a Response', () => new Response('no stock', { status: 409 }), 'HTTP 409: no stock'],
	[
		'zod',
		() => z.object({ a: z.object({ b: z.string() }) }).safeParse({ a: {} }).error,
		'a.b: Invalid input: expected string, received undefined',
	],
	['a DOMException', () => new DOMException('aborted', 'AbortError'), /aborted/],
	[
		'itself as its cause',
		() => {
			const error: Error = new Error('round');
			error.cause = error;
			return error;
		},
		'round',
	],
	['a bearer token', () => new Error('refused: Bearer abcdef123456'), 'refused: Bearer …'],
	[
		'a message that throws',
		() => ({
			get message(): string {
				throw new Error('x');
			},
		}),
		/./,
	],
	[
		'a revoked Proxy',
		() => {
			const { proxy, revoke } = Proxy.revocable({}, {});
			revoke();
			return proxy;
		},
		'an error without a message',
	],
];

test.each(thrown)('thrown: %s', async (_what, make, told) => {
	const { content } = await thrownContent(make(), reading);
	const prefix = 'The tool failed: ';
	if (typeof told === 'string') expect(content).toBe(prefix + told);
	else expect(content).toMatch(told);
	expect(content).not.toMatch(/sk-secret|very-secret/);
});
