import { isListening } from './ports';

/** The Redis that the tests use by default. */
export const LOCAL_REDIS = 'redis://127.0.0.1:6379';
/** How to start it. */
export const RUN_REDIS = 'docker run -p 6379:6379 redis:7';

/**
 * n8n's credential for the tests' Redis: `E2E_REDIS_URL`, or a local one.
 * @throws if nothing listens there: the test of stores needs it.
 */
export async function redisCredential(): Promise<object> {
	const given = process.env.E2E_REDIS_URL ?? LOCAL_REDIS;
	const { hostname: host, port, username, password } = new URL(given);
	const place = { host, port: Number(port || 6379) };
	if (!(await isListening(place.host, place.port))) {
		throw new Error(
			`The end-to-end tests need a Redis at ${given}; name another one in E2E_REDIS_URL. ` +
				`Such as: ${RUN_REDIS}`,
		);
	}
	return {
		...{ ...place, database: 0, ssl: false, user: decodeURIComponent(username) },
		password: decodeURIComponent(password),
	};
}
