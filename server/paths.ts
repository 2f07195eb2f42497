import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');
export const EXAMPLES = join(ROOT, 'examples');
export const SERVER_PACKAGE = join(__dirname, 'n8n');
/** Survives from run to run: n8n takes minutes to install. */
export const CACHE = join(ROOT, '.cache', 'e2e');
/** What a process of n8n's last said, for the person who looks into a failure. */
export const logOf = (name: string) => join(CACHE, `${name}.log`);
export const SERVER_LOG = logOf('server');

/** Every example workflow, with its whole path. */
export function exampleFiles(): string[] {
	const names = readdirSync(EXAMPLES).filter((name) => name.endsWith('.workflow.json'));
	return names.map((name) => join(EXAMPLES, name));
}
