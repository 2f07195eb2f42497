import { connect } from 'node:net';
import { once } from 'node:events';

const DEFAULT_URL = 'postgres://postgres@127.0.0.1:5432/test';

/**
 * n8n's credential for the Postgres of the tests: `E2E_POSTGRES_URL`, or a local one.
 * @throws when nothing listens there: the test of Postgres Chat Memory cannot do without.
 */
export async function postgresCredential(): Promise<object> {
	const given = process.env.E2E_POSTGRES_URL ?? DEFAULT_URL;
	const { hostname, port, username, password, pathname } = new URL(given);
	const host = hostname || '127.0.0.1';
	await assertReachable(host, Number(port || 5432), given);
	return {
		...{ host, port: Number(port || 5432), database: pathname.slice(1) || 'postgres' },
		...{ user: username || 'postgres', password, maxConnections: 5, ssl: 'disable' },
		...{ allowUnauthorizedCerts: false, sshTunnel: false },
	};
}

async function assertReachable(host: string, port: number, url: string): Promise<void> {
	const socket = connect({ host, port });
	try {
		await once(socket, 'connect');
	} catch (cause) {
		throw new Error(
			`The end-to-end tests need a Postgres at ${url}; name another one in E2E_POSTGRES_URL. ` +
				'Such as: docker run -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_DB=test postgres',
			{ cause },
		);
	} finally {
		socket.destroy();
	}
}
