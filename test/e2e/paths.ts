import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');
export const EXAMPLES = join(ROOT, 'examples');
export const SERVER_PACKAGE = join(__dirname, 'server');
/** Survives from run to run: n8n takes minutes to install. */
export const CACHE = join(ROOT, '.cache', 'e2e');
/** What the last server said, for the person who looks into a failure. */
export const SERVER_LOG = join(CACHE, 'server.log');
