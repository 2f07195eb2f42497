import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { addPrograms } from '../../server/installServer';
import { npm } from '../../server/runCommand';
import { ROOT } from '../../server/paths';
import { stage } from '../../server/stage';

export interface Version {
	n8n: string;
	/** Major version of the Node that runs it. */
	node: string;
	/** The day on which the registry got it. */
	published: string;
}

/** `2.0.3`, or `2.0.3@20` for a Node of one's own choice. */
export async function readVersion(word: string): Promise<Version> {
	const [n8n = '', node] = word.split('@');
	const view = async (field: string): Promise<unknown> =>
		JSON.parse(await npm(ROOT, ['view', `n8n@${n8n}`, field, '--json', '--silent']));
	const { node: engines } = z.object({ node: z.string() }).parse(await view('engines'));
	const times = z.record(z.string(), z.string()).parse(await view('time'));
	return { n8n, node: node ?? nodeFor(engines), published: times[n8n]?.slice(0, 10) ?? '' };
}

/** Node 22 where n8n takes it, as n8n's own images long had it; else 24. */
function nodeFor(engines: string): string {
	const least = Number(/(\d+)/.exec(engines)?.[1]);
	return least <= 22 ? '22' : '24';
}

const folderOf = ({ n8n, node }: Version) => join(ROOT, '.cache', `n8n-${n8n}-node-${node}`);

/** Older n8n take it from a server of its makers, which need not be reached from here. */
const FROM_REGISTRY = { xlsx: '0.18.5' };

/** Some minutes and 3 GB; its folder. */
export async function installVersion(version: Version): Promise<string> {
	const folder = folderOf(version);
	if (existsSync(folder)) return folder;
	const partial = `${folder}.partial`;
	await rm(partial, { recursive: true, force: true });
	await mkdir(partial, { recursive: true });
	const dependencies = { n8n: version.n8n, node: version.node };
	const manifest = { private: true, dependencies, overrides: FROM_REGISTRY };
	await writeFile(join(partial, 'package.json'), JSON.stringify(manifest));
	await stage(`installing n8n ${version.n8n} (some minutes, 3 GB)`, () =>
		npm(partial, ['install', '--ignore-scripts', '--no-audit', '--no-fund']),
	);
	await addPrograms(partial);
	await rename(partial, folder);
	return folder;
}

/** Kept on request: the next run of this version then starts at once. */
export async function removeVersion(version: Version): Promise<void> {
	if (process.env.N8N_VERSIONS_KEEP) return;
	await rm(folderOf(version), { recursive: true, force: true });
}
