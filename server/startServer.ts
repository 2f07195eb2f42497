import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Imports } from './importFiles';
import { SERVER_LOG } from './paths';
import { startServerIn, type Server } from './startServerIn';

export type { Server } from './startServerIn';

export interface Installation {
	/** The folder of an installed n8n, instead of the pinned one. */
	folder?: string;
	/** A file for n8n's output. */
	log?: string;
	/** Without this package. */
	isBare?: boolean;
}

/** Starts n8n as a user does, in its own folder, which is deleted when it stops. */
export async function startServer(
	imports: Imports,
	environment: NodeJS.ProcessEnv = {},
	{ folder, log = SERVER_LOG, isBare }: Installation = {},
): Promise<Server> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const removeFolder = () => rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	await mkdir(dirname(log), { recursive: true });
	await rm(log, { force: true });
	try {
		const server = await startServerIn(userFolder, { imports, environment, log, folder, isBare });
		return { ...server, stop: () => server.stop().finally(removeFolder) };
	} catch (error) {
		await removeFolder();
		throw error;
	}
}
