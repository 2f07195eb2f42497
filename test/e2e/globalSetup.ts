import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from './installPackage';
import { installServer } from './installServer';
import { setUpOwner } from './setUpOwner';
import { stage } from './stage';
import { startServer } from './startServer';

type CleanUp = () => Promise<void>;

declare global {
	/** For globalTeardown: jest loads the two apart from each other. */
	var e2eCleanUp: CleanUp | undefined;
}

/** One n8n with the packed package in it serves all test files. */
export default async function globalSetup(): Promise<void> {
	const cleanUps: CleanUp[] = [];
	globalThis.e2eCleanUp = async () => {
		for (const cleanUp of cleanUps.toReversed()) await cleanUp();
	};
	try {
		await prepare((cleanUp) => cleanUps.push(cleanUp));
	} catch (error) {
		// Jest runs no teardown after a failed setup.
		await globalThis.e2eCleanUp();
		throw error;
	}
}

async function prepare(later: (cleanUp: CleanUp) => void): Promise<void> {
	const installFolder = await installServer();
	const userFolder = await mkdtemp(join(tmpdir(), 'tokenhub-e2e-'));
	later(() => rm(userFolder, { recursive: true, force: true, maxRetries: 3 }));
	const packed = 'packing the package and installing it as n8n does';
	await stage(packed, () => installPackage(userFolder));
	const server = await stage('starting n8n', () => startServer(installFolder, userFolder));
	later(() => server.stop());
	// The tests run in a world of their own; the environment is what reaches it.
	process.env.E2E_ORIGIN = server.origin;
	process.env.E2E_COOKIE = await setUpOwner(server.origin);
}
