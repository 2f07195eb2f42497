import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, delimiter } from 'node:path';
import { npm } from './runCommand';
import { CACHE, SERVER_PACKAGE } from './paths';
import { say, stage } from './stage';

/** The folder of the pinned n8n with its own Node.js, installed on first use and kept. */
export async function installServer(): Promise<string> {
	const folder = join(CACHE, await cacheKey());
	if (existsSync(folder)) {
		say('n8n is installed already');
		return folder;
	}
	await removeOthers();
	const partial = `${folder}.partial`;
	await cp(SERVER_PACKAGE, partial, { recursive: true });
	await stage('installing n8n 2.41.1 (only the first time: some minutes, 3 GB)', () =>
		installPackages(partial),
	);
	await addPrograms(partial);
	// Only a complete installation gets the final name.
	await rename(partial, folder);
	return folder;
}

/** The words that start n8n's command line. */
export function programOf(folder: string): string[] {
	const modules = join(folder, 'node_modules');
	return [join(modules, 'node', 'bin', 'node'), join(modules, 'n8n', 'bin', 'n8n')];
}

/** Tries twice: a stalled download was once seen to hang npm for good. */
async function installPackages(folder: string): Promise<void> {
	// No install scripts: a Kafka addon, which is not needed here, does not build everywhere.
	const install = () => npm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
	await install().catch(async (error: unknown) => {
		say(`${String(error)}\nOnce more …`);
		await install();
	});
}

async function cacheKey(): Promise<string> {
	const lock = await readFile(join(SERVER_PACKAGE, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`);
	return hash.digest('hex').slice(0, 12);
}

/** Removes incomplete installations, and those of an older lock file. */
async function removeOthers(): Promise<void> {
	await mkdir(CACHE, { recursive: true });
	const found = (await readdir(CACHE)).filter((name) => /^[0-9a-f]{12}(\.partial)?$/.test(name));
	for (const name of found) await rm(join(CACHE, name), { recursive: true, force: true });
}

/** Adds what an installation without scripts lacks: its Node.js, and the database that n8n uses. */
export async function addPrograms(folder: string): Promise<void> {
	await stage('adding its Node', () => npm(folder, ['rebuild', 'node']));
	await stage('building its sqlite3', () => buildSqlite(folder));
}

/**
 * Built against the headers of the installed Node.js: no download, and no mix-up with another version.
 */
async function buildSqlite(folder: string): Promise<void> {
	const modules = join(folder, 'node_modules');
	const name = `node-${process.platform}-${process.arch}`;
	const headers = join(modules, 'node', 'node_modules', name);
	const nodedir = existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {};
	const path = [join(modules, '.bin'), process.env.PATH].join(delimiter);
	await npm(folder, ['rebuild', 'sqlite3'], { PATH: path, ...nodedir });
}
