import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand } from '../../server/runCommand';
import { ROOT, TARBALL } from './packed';

/** As `npm publish` would: built, with its types, by npm itself. */
export default async function pack(): Promise<void> {
	const folder = dirname(TARBALL);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runCommand(['npm', 'pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
	const [packed = ''] = await readdir(folder);
	await rename(join(folder, packed), TARBALL);
	await runCommand(['tar', '-xzf', TARBALL], { cwd: folder });
}
