import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { ROOT } from './paths';
import { runCommand } from './runCommand';

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });

/**
 * Installs the package, as it would be published, where n8n keeps its community nodes. Follows the
 * steps and flags of n8n's own installer, which takes the tarball from a registry instead.
 */
export async function installPackage(userFolder: string): Promise<void> {
	const folder = await unpackPackage(userFolder);
	await keepRuntimeDependencies(folder);
	await runCommand(['npm', 'install', ...FLAGS_OF_N8N], { cwd: folder });
}

/** Builds and packs the current sources and unpacks the tarball there; returns the folder. */
export async function unpackPackage(userFolder: string): Promise<string> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const { name, version } = await readManifest(ROOT);
	const folder = join(nodes, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await runCommand(['npm', 'run', '--silent', 'build'], { cwd: ROOT });
	// Without the scripts that make the library's types, which n8n does not need.
	const pack = ['npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', nodes];
	await runCommand(pack, { cwd: ROOT });
	const tarball = join(nodes, `${name}-${version}.tgz`);
	await runCommand(['tar', '-xzf', tarball, '-C', folder, '--strip-components=1'], { cwd: nodes });
	await rm(tarball);
	return folder;
}

const FLAGS_OF_N8N = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

async function readManifest(folder: string) {
	return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
}

async function keepRuntimeDependencies(folder: string): Promise<void> {
	const manifest = await readManifest(folder);
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = manifest;
	await writeFile(join(folder, 'package.json'), JSON.stringify(kept, null, 2));
}
