import { thrownContent } from '../../core/toolLoop/toolContent';

const SECRET = 'S3cr3tV4lue';
const failed = (fields: object, message = 'Request failed') =>
	Object.assign(new Error(message), fields);
const headers = { authorization: SECRET };
test.each<[what: string, make: () => unknown, told: string]>([
	[
		'superagent',
		() =>
			failed({
				response: { req: { headers }, header: headers, body: { reason: 'expired' }, status: 401 },
			}),
		'Request failed; HTTP 401: {"reason":"expired"}',
	],
	[
		'undici',
		() => failed({ statusCode: 401, headers, body: { reason: 'expired' } }),
		'Request failed; statusCode: 401; {"reason":"expired"}',
	],
	[
		'a fetch',
		() => failed({ code: 'ENOTFOUND' }, `request to https://a/?token=${SECRET} failed`),
		'request to https://a/?token=… failed (ENOTFOUND)',
	],
	[
		'axios as JSON',
		() => ({ message: 'Failed', stack: 'x', config: { headers }, status: 401 }),
		'{"message":"Failed","status":401}',
	],
	[
		'fields',
		() =>
			failed({
				apiKey: SECRET,
				cookies: { sid: SECRET },
				cookie: [SECRET],
				tokens: 17,
				author: 'Jane',
			}),
		'Request failed; apiKey: …; cookies: …; tokens: 17; author: Jane',
	],
	[
		'fields of a body',
		() => failed({ body: { token: SECRET, tokens: 5, password: ['must have 8 characters'] } }),
		'Request failed; {"token":"…","tokens":5,"password":["must have 8 characters"]}',
	],
	[
		'a body of text',
		() => failed({ body: `{"X-Api-Key":"${SECRET}"}` }),
		'Request failed; {"X-Api-Key":"…"}',
	],
	[
		'details',
		() => failed({ details: { headers, url: `https://a?sig=${SECRET}`, sessionToken: SECRET } }),
		'Request failed; {"url":"https://a?sig=…","sessionToken":"…"}',
	],
	[
		'a cause',
		() =>
			failed({ cause: failed({ response: { status: 500, data: 'boom', config: { headers } } }) }),
		'Request failed; caused by: Request failed; HTTP 500: boom',
	],
	[
		'several',
		() => new AggregateError([failed({ password: SECRET })], `all failed with Bearer ${SECRET}`),
		'all failed with Bearer …; Request failed; password: …',
	],
])('no secret of an error is told: %s', async (_what, make, expected) => {
	const { content } = await thrownContent(make(), { limit: 3_000 });
	expect(content).toBe(`The tool failed: ${expected}`);
});
