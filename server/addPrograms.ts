import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { npm } from './npm';
import { stage } from './stage';

/** What an installation without scripts lacks: its Node, and the database that n8n uses. */
export async function addPrograms(folder: string): Promise<void> {
	await stage('adding its Node', () => npm(folder, ['rebuild', 'node']));
	await stage('building its sqlite3', () => buildSqlite(folder));
}

/** Built against the headers that its Node brings: no download, and no mix-up with another Node. */
async function buildSqlite(folder: string): Promise<void> {
	const modules = join(folder, 'node_modules');
	const name = `node-${process.platform}-${process.arch}`;
	const headers = join(modules, 'node', 'node_modules', name);
	const nodedir = existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {};
	const path = [join(modules, '.bin'), process.env.PATH].join(delimiter);
	await npm(folder, ['rebuild', 'sqlite3'], { PATH: path, ...nodedir });
}
