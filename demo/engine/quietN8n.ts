import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let done = false;

/**
 * Must run before the engine's first object exists: n8n reads its environment then, and would
 * otherwise log to the console and write a config file into the person's own ~/.n8n.
 */
export function quietN8n(): void {
	if (done) return;
	done = true;
	const folder = mkdtempSync(join(tmpdir(), 'tokenhub-n8n-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	Object.assign(process.env, {
		N8N_USER_FOLDER: folder,
		N8N_LOG_LEVEL: 'silent',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_SENTRY_DSN: '',
	});
}
