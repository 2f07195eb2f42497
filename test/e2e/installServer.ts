import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CACHE, SERVER_PACKAGE } from './paths';
import { runCommand } from './runCommand';
import { say, stage } from './stage';

const MANIFESTS = ['package.json', 'package-lock.json'];
const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The folder of the pinned n8n: installed the first time, found in the cache from then on. */
export async function installServer(): Promise<string> {
	const key = await cacheKey();
	const folder = join(CACHE, key);
	if (existsSync(folder)) {
		say(`n8n is installed in .cache/e2e/${key}`);
		return folder;
	}
	await removeOthers();
	const partial = `${folder}.partial`;
	await mkdir(partial, { recursive: true });
	for (const file of MANIFESTS) await copyFile(join(SERVER_PACKAGE, file), join(partial, file));
	await stage('installing n8n (only the first time; minutes, 3 GB)', () => installPackages(partial));
	await stage('preparing Node for n8n', () => npm(partial, ['rebuild', 'node']));
	await stage('building sqlite3', () => buildSqlite(partial));
	// Only a finished install gets the name that is looked for.
	await rename(partial, folder);
	return folder;
}

async function cacheKey(): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
	for (const file of MANIFESTS) hash.update(await readFile(join(SERVER_PACKAGE, file)));
	return hash.digest('hex').slice(0, 12);
}

/** Half installs, and those of an older lock file. */
async function removeOthers(): Promise<void> {
	await mkdir(CACHE, { recursive: true });
	for (const name of await readdir(CACHE)) {
		if (/^[0-9a-f]{12}(\.partial)?$/.test(name)) {
			await rm(join(CACHE, name), { recursive: true, force: true });
		}
	}
}

/** Without install scripts: a Kafka addon, which nothing here uses, does not build everywhere. */
async function installPackages(folder: string): Promise<void> {
	await npm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/** Against the headers of the Node that will load it, where those came along. */
async function buildSqlite(folder: string): Promise<void> {
	const headers = join(folder, 'node_modules', 'node', 'node_modules', NODE_PACKAGE);
	const path = [join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
	const nodedir = existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {};
	await npm(folder, ['rebuild', 'sqlite3'], { PATH: path, ...nodedir });
}

async function npm(cwd: string, args: string[], env?: NodeJS.ProcessEnv): Promise<void> {
	await runCommand(['npm', ...args], { cwd, env });
}
