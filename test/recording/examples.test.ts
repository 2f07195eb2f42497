import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { startGateway } from '../../gateway';

const ROOT = resolve(__dirname, '../..');
const execute = promisify(execFile);
const names = readdirSync(join(ROOT, 'examples/library')).map((name) => name.replace('.mts', ''));

let folder: string;
beforeAll(async () => {
	// Beneath the repository, where its packages are found.
	mkdirSync(join(ROOT, '.cache'), { recursive: true });
	folder = mkdtempSync(join(ROOT, '.cache', 'replay-'));
	await build({
		...{ absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'esm' },
		entryPoints: names.map((name) => `examples/library/${name}.mts`),
		...{ packages: 'external', outdir: folder, outExtension: { '.js': '.mjs' } },
		alias: { 'n8n-nodes-tokenhub': './test/recording/recordedLibrary.ts' },
		logLevel: 'warning',
	});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(names)('%s replays offline, byte by byte', async (name) => {
	const file = join(folder, `${name}.mjs`);
	const tape = join(folder, `${name}.jsonl`);
	const gateway = await startGateway();
	const env = { ...process.env, TOKENHUB_API_KEY: 'th-demo-key', TOKENHUB_BASE_URL: gateway.url };
	const live = await execute(process.execPath, [file], { env: { ...env, RECORD: tape } });
	await gateway.close();
	expect(gateway.connections()).toBeGreaterThan(0);
	expect(readFileSync(tape, 'utf8')).not.toContain('th-demo-key');

	const offline = ['--require', join(__dirname, 'noSockets.cjs'), file];
	const { TOKENHUB_API_KEY: _key, ...without } = env;
	const replayed = await execute(process.execPath, offline, { env: { ...without, REPLAY: tape } });
	expect(replayed).toEqual(live);
	expect(live.stdout.length).toBeGreaterThan(30);
});
