import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Imports } from './importFiles';
import { SERVER_LOG } from './paths';
import { startServerIn, type Server } from './startServerIn';

export type { Server } from './startServerIn';

/** n8n as a person runs it, in a folder of its own that is gone when it stops. */
export async function startServer(
	imports: Imports,
	environment: NodeJS.ProcessEnv = {},
): Promise<Server> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const removeFolder = () => rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	await rm(SERVER_LOG, { force: true });
	try {
		const server = await startServerIn(userFolder, { imports, environment, log: SERVER_LOG });
		return { ...server, stop: () => server.stop().finally(removeFolder) };
	} catch (error) {
		await removeFolder();
		throw error;
	}
}
