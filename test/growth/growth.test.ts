import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { rows } from './rows';

/*
 * Nothing takes longer than in proportion to what it is given, up to a megabyte. Each row of
 * `rows.ts` runs in a thread, at a size at which quadratic code takes minutes and linear code a
 * fraction of a second. No time is asserted, but that a row ends before anybody would doubt it.
 *
 * To add a row: `row(name, make, run)` in `rows.ts`, where `make(n)` gives an input of about n
 * characters (made outside of what is watched), and `run` does the work, or a promise of it. It has to
 * hang on the code before the repair: `GROWTH=1 npx jest test/growth` tells the milliseconds at half
 * the size and at the whole.
 */

/** A busy machine is slower by a lot, but not by this. */
const WATCHDOG_MS = 25_000;

let folder: string;
let worker: Worker | undefined;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'growth-'));
	buildSync({
		entryPoints: [join(__dirname, 'thread.ts')],
		outfile: join(folder, 'thread.js'),
		...{ bundle: true, platform: 'node', logLevel: 'error' },
	});
});
afterAll(async () => {
	await worker?.terminate();
	rmSync(folder, { recursive: true });
});

/** One thread for all rows, until one hangs in it. */
async function inThread(index: number): Promise<string> {
	const thread = (worker ??= new Worker(join(folder, 'thread.js')));
	const answer = await new Promise<string>((resolve) => {
		const timer = setTimeout(() => resolve('hangs'), WATCHDOG_MS);
		const end = (said: unknown) => {
			clearTimeout(timer);
			resolve(String(said));
		};
		thread.removeAllListeners().once('message', end).once('error', end);
		thread.postMessage(index);
	});
	if (!answer.startsWith('done')) {
		await thread.terminate();
		worker = undefined;
	}
	return answer;
}

test('no two rows have one name', () => {
	expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test.each(rows.map(({ name }, index) => [name, index] as const))('%s', async (name, index) => {
	const answer = await inThread(index);
	if (process.env.GROWTH) process.stderr.write(`${name.padEnd(50)} ${answer}\n`);
	expect(answer).toMatch(/^done/);
});
