import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { PACKAGE_NAME, ROOT } from './paths';
import { runCommand } from './runCommand';

const packedSchema = z.tuple([z.object({ filename: z.string() })]);
const manifestSchema = z.looseObject({ name: z.literal(PACKAGE_NAME) });

/**
 * Puts the package, as it would be published, where n8n puts a community package: in the steps and
 * with the flags of n8n's own installer, from a tarball instead of the registry.
 */
export async function installPackage(userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodesFolder, 'node_modules', PACKAGE_NAME);
	await mkdir(folder, { recursive: true });
	const tarball = await pack(nodesFolder);
	await runCommand(['tar', '-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: nodesFolder,
	});
	await rm(join(nodesFolder, tarball));
	await dropUnshippedDependencies(join(folder, 'package.json'));
	await runCommand(['npm', 'install', ...N8N_FLAGS], { cwd: folder });
}

const N8N_FLAGS = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

async function pack(destination: string): Promise<string> {
	await runCommand(['npm', 'run', 'build'], { cwd: ROOT });
	const command = ['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const [{ filename }] = packedSchema.parse(JSON.parse(await runCommand(command, { cwd: ROOT })));
	return filename;
}

async function dropUnshippedDependencies(path: string): Promise<void> {
	const { devDependencies, peerDependencies, optionalDependencies, ...shipped } =
		manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
	await writeFile(path, JSON.stringify(shipped, null, 2));
}
