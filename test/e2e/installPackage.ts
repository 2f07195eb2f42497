import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod/v4';
import { runCommand } from './runCommand';

const ROOT = resolve(__dirname, '../..');

/** Packs the package and installs the tarball where n8n keeps its community nodes. */
export async function installPackage(userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	await runCommand(['npm', 'run', '--silent', 'build'], { cwd: ROOT });
	await runCommand(['npm', 'pack', '--silent', '--pack-destination', nodes], { cwd: ROOT });
	const manifest = z
		.object({ name: z.string(), version: z.string() })
		.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
	const tarball = `${manifest.name}-${manifest.version}.tgz`;
	await writeFile(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	const options = ['--ignore-scripts', '--omit=dev', '--omit=peer', '--no-audit', '--no-fund'];
	await runCommand(['npm', 'install', `./${tarball}`, ...options], { cwd: nodes });
}
