import { isListening } from '../../server/ports';
import { readPostgresUrl, RUN_POSTGRES } from '../../server/postgres';
import { LOCAL_REDIS, RUN_REDIS } from '../../server/redis';

/** What n8n's queue mode leans on; both are left as they were found. */
export interface Services {
	redisUrl: string;
	postgresUrl: string;
}

const ON_LOOPBACK = {
	redisUrl: LOCAL_REDIS,
	postgresUrl: 'postgres://postgres@127.0.0.1:5432/test',
};

/**
 * `TOKENHUB_TEST_REDIS_URL` and `TOKENHUB_TEST_POSTGRES_URL`, or what runs on this machine.
 * @throws when one of them does not answer: without them there is nothing to test.
 */
export async function findServices(): Promise<Services> {
	const redisUrl = process.env.TOKENHUB_TEST_REDIS_URL ?? ON_LOOPBACK.redisUrl;
	const postgresUrl = process.env.TOKENHUB_TEST_POSTGRES_URL ?? ON_LOOPBACK.postgresUrl;
	const redis = new URL(redisUrl);
	const postgres = readPostgresUrl(postgresUrl);
	const missing: string[] = [];
	if (!(await isListening(redis.hostname, Number(redis.port || 6379)))) {
		missing.push(need('Redis', 'TOKENHUB_TEST_REDIS_URL', RUN_REDIS));
	}
	if (!(await isListening(postgres.host, postgres.port))) {
		missing.push(need('Postgres', 'TOKENHUB_TEST_POSTGRES_URL', RUN_POSTGRES));
	}
	if (missing.length > 0) throw new Error(missing.join('\n'));
	return { redisUrl, postgresUrl };
}

/** The URL is not told: it may hold a password. */
function need(service: string, variable: string, command: string): string {
	const set = process.env[variable] ? `at the address in ${variable}` : 'on this machine';
	return (
		`The tests of queue mode need a ${service}, and none answers ${set}. ` +
		`Start one, such as by "${command}", or name yours in ${variable}.`
	);
}
