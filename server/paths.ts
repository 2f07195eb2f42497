import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');
export const EXAMPLES = join(ROOT, 'examples');
export const SERVER_PACKAGE = join(__dirname, 'n8n');
/** Kept between runs: n8n takes minutes to install. */
export const CACHE = join(ROOT, '.cache', 'e2e');
/** The last output of one of n8n's processes, for whoever looks into a failure. */
export const logOf = (name: string) => join(CACHE, `${name}.log`);
export const SERVER_LOG = logOf('server');

/** The full paths of all example workflows. */
export function exampleFiles(): string[] {
	const names = readdirSync(EXAMPLES).filter((name) => name.endsWith('.workflow.json'));
	return names.map((name) => join(EXAMPLES, name));
}
