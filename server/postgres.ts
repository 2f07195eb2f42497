import { isListening } from './ports';

const DEFAULT_URL = 'postgres://postgres@127.0.0.1:5432/test';

/** How to start the Postgres that the tests use by default. */
export const RUN_POSTGRES =
	'docker run -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_DB=test postgres';

/**
 * n8n's credential for the tests' Postgres: `E2E_POSTGRES_URL`, or a local one.
 * @throws if nothing listens there: the test of Postgres Chat Memory needs it.
 */
export async function postgresCredential(): Promise<object> {
	const given = process.env.E2E_POSTGRES_URL ?? DEFAULT_URL;
	const { host, port, database, user, password } = readPostgresUrl(given);
	if (!(await isListening(host, port))) {
		throw new Error(
			`The end-to-end tests need a Postgres at ${given}; name another one in E2E_POSTGRES_URL. ` +
				`Such as: ${RUN_POSTGRES}`,
		);
	}
	return {
		...{ host, port, database, user, password, maxConnections: 5, ssl: 'disable' },
		...{ allowUnauthorizedCerts: false, sshTunnel: false },
	};
}

interface PostgresPlace {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
}

export function readPostgresUrl(given: string): PostgresPlace {
	const { hostname, port, username, password, pathname } = new URL(given);
	return {
		host: hostname || '127.0.0.1',
		port: Number(port || 5432),
		database: pathname.slice(1) || 'postgres',
		user: decodeURIComponent(username) || 'postgres',
		password: decodeURIComponent(password),
	};
}
