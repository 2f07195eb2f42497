import { join, resolve } from 'node:path';

export const PACKAGE_NAME = 'n8n-nodes-tokenhub';
export const ROOT = resolve(__dirname, '../..');
export const SERVER_PACKAGE = join(__dirname, 'server');
/** Survives between runs: n8n is 2.9 GB and takes minutes to install. */
export const CACHE = join(ROOT, '.cache', 'e2e');
/** What the last server wrote, kept for the person who looks into a failure. */
export const SERVER_LOG = join(CACHE, 'server.log');
