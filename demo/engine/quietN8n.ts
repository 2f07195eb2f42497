import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Must run before the engine's first object is created: n8n reads its environment then. Otherwise it
 * would log to the console and write a config file to the user's own ~/.n8n.
 */
export function quietN8n(): void {
	Object.assign(process.env, {
		N8N_USER_FOLDER: settingsFolder(),
		// A key set for the user's own n8n would not match the settings here.
		N8N_ENCRYPTION_KEY: '',
		N8N_LOG_LEVEL: 'silent',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_SENTRY_DSN: '',
	});
}

/**
 * One small settings folder for all runs, so that nothing piles up; its key never encrypts anything.
 */
function settingsFolder(): string {
	const folder = join(tmpdir(), `n8n-nodes-tokenhub-${process.getuid?.() ?? 0}`);
	const config = join(folder, '.n8n', 'config');
	if (!existsSync(config)) {
		mkdirSync(join(folder, '.n8n'), { recursive: true, mode: 0o700 });
		// Written under another name and then renamed: n8n itself writes it piece by piece, which would
		// break runs in parallel.
		const draft = `${config}.${process.pid}`;
		writeFileSync(draft, JSON.stringify({ encryptionKey: 'nothing is encrypted' }), {
			mode: 0o600,
		});
		renameSync(draft, config);
	}
	return folder;
}
