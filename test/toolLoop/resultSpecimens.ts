export const circle: Record<string, unknown> = { a: 1 };
circle.self = circle;

export const json = (body: unknown, init: ResponseInit = {}) => Response.json(body, init);

export const refused = () =>
	new TypeError('fetch failed', {
		cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
	});

export const axiosAnswer = (status: number, data: unknown) => ({
	...{ status, statusText: '', data, headers: { 'content-type': 'application/json' } },
	config: { headers: { Authorization: 'Bearer very-secret' } },
	request: circle,
});
