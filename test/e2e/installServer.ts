import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runCommand } from './runCommand';

const ROOT = resolve(__dirname, '../..');
const SERVER = join(__dirname, 'server');
const INSTALL_TIMEOUT_MS = 40 * 60_000;

/** The folder of the pinned n8n, installed on first use and kept for the next run. */
export async function installServer(say: (line: string) => void): Promise<string> {
	const lock = await readFile(join(SERVER, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).update(process.version).digest('hex').slice(0, 12);
	const folder = join(ROOT, '.cache', 'e2e', hash);
	const done = join(folder, 'installed');
	if (existsSync(done)) return folder;
	// Half an installation is worse than none.
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await cp(SERVER, folder, { recursive: true });
	say('installing n8n 2.41.1 (some minutes, once) …');
	await npm(folder, 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
	say('building its sqlite3 …');
	await npm(folder, 'rebuild', 'sqlite3');
	await writeFile(done, '');
	return folder;
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
	const env = { npm_config_nodedir: headersOfNode(), npm_config_update_notifier: 'false' };
	await runCommand(['npm', ...args], { cwd, env, timeoutMs: INSTALL_TIMEOUT_MS });
}

/** The npm package `node` brings the headers of its binary: native addons need no download. */
function headersOfNode(): string | undefined {
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(dirname(dirname(process.execPath)), 'node_modules', name);
	return existsSync(join(folder, 'include', 'node')) ? folder : undefined;
}
