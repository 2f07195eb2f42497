import { join } from 'node:path';
import { programOf } from '../../server/installServer';
import { readPostgresUrl } from '../../server/postgres';
import { runCommand } from '../../server/runCommand';
import type { Services } from './services';

/** A database and a part of Redis of their own, and the settings that lead n8n there. */
export interface Ground {
	env: NodeJS.ProcessEnv;
	remove(): Promise<void>;
}

/** `folder` is that of n8n's installation. */
export async function prepareGround(services: Services, folder: string): Promise<Ground> {
	const [node = ''] = programOf(folder);
	const name = `tokenhub_test_${process.pid}_${Date.now()}`;
	const script = (file: string, SERVICE_URL: string, ...args: string[]) =>
		runCommand([node, join(__dirname, file), folder, ...args], {
			cwd: __dirname,
			env: { ...process.env, SERVICE_URL },
		});
	const statement = (text: string) => script('database.cjs', services.postgresUrl, text);
	await script('clearRedis.cjs', services.redisUrl);
	await statement(`CREATE DATABASE ${name}`);
	return {
		env: { ...postgresSettings(services.postgresUrl, name), ...redisSettings(services, name) },
		remove: async () => {
			await script('clearRedis.cjs', services.redisUrl, name);
			await statement(`DROP DATABASE ${name} WITH (FORCE)`);
		},
	};
}

function postgresSettings(url: string, database: string): NodeJS.ProcessEnv {
	const { host, port, user, password } = readPostgresUrl(url);
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: host,
		DB_POSTGRESDB_PORT: `${port}`,
		DB_POSTGRESDB_DATABASE: database,
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
	};
}

function redisSettings({ redisUrl }: Services, prefix: string): NodeJS.ProcessEnv {
	const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl);
	return {
		QUEUE_BULL_PREFIX: prefix,
		N8N_REDIS_KEY_PREFIX: prefix,
		QUEUE_BULL_REDIS_HOST: hostname,
		QUEUE_BULL_REDIS_PORT: port || '6379',
		QUEUE_BULL_REDIS_DB: pathname.slice(1) || '0',
		QUEUE_BULL_REDIS_USERNAME: decodeURIComponent(username),
		QUEUE_BULL_REDIS_PASSWORD: decodeURIComponent(password),
		QUEUE_BULL_REDIS_TLS: `${protocol === 'rediss:'}`,
	};
}
