import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { unpackPackage } from '../../server/installPackage';
import { runCommand } from '../../server/runCommand';
import type { Published } from './registry';

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });

/** This package as npm would publish it, as it is and under the version that follows. */
export async function twoVersions(folder: string): Promise<[now: Published, next: Published]> {
	const unpacked = await unpackPackage(folder);
	const manifest = manifestSchema.parse(
		JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')),
	);
	const [major, minor, patch] = manifest.version.split('.');
	const pack = async (version: string): Promise<Published> => {
		const to = join(folder, version);
		await mkdir(to, { recursive: true });
		await writeFile(join(unpacked, 'package.json'), JSON.stringify({ ...manifest, version }));
		const words = ['npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', to];
		await runCommand(words, { cwd: unpacked });
		return { name: manifest.name, version, tarball: join(to, `${manifest.name}-${version}.tgz`) };
	};
	const now = await pack(manifest.version);
	return [now, await pack(`${major}.${minor}.${Number(patch) + 1}`)];
}
