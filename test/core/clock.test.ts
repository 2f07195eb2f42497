import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { breathe } from '../../core/lib/async';
import { startWatch } from '../../core/transport/deadlines';
import { alarm } from '../../core/transport/pause';
import { systemSleep } from '../../core/transport/ports';
import { countTurns } from '../support/countTurns';

/** What core waits by, and how it lets others go first. */

const ROOT = join(__dirname, '../..');

test('a process that has nothing else to do lives on while it waits', async () => {
	const file = './core/transport/ports';
	const program = `require('${file}').systemSleep(50).then(() => console.log('woke'))`;
	const args = ['--require', './dev/loadTypeScript.cjs', '-e', program];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
	expect(stdout).toBe('woke\n');
});

test('a signal ends a wait, also one that had aborted before', async () => {
	const stop = new AbortController();
	const waiting = systemSleep(600_000, stop.signal);
	stop.abort();
	await waiting;
	await systemSleep(600_000, stop.signal);
});

test('breaths are turns of the event loop, however many follow each other', async () => {
	const turns = countTurns();
	for (let breaths = 0; breaths < 500; breaths += 1) await breathe();
	expect(turns()).toBeGreaterThan(250);
});

const failing = async () => {
	await Promise.resolve();
	throw new Error('the clock stands');
};

test('a clock that fails is no limit that never comes', async () => {
	await new Promise<void>((rung) => alarm(failing, 1_000, rung));
	const { signal } = startWatch({ timeoutMs: 1_000, idleTimeoutMs: 1_000 }, failing);
	await new Promise((ended) => signal.addEventListener('abort', ended));
	expect(String(signal.reason)).toMatch(/the clock stands/);
});

test('silence counts from the last piece, by the clock that is given', async () => {
	const asked: number[] = [];
	const wakes: Array<() => void> = [];
	const sleep = async (ms: number) => {
		asked.push(ms);
		await new Promise<void>((wake) => wakes.push(wake));
	};
	const watch = startWatch({ timeoutMs: 60_000, idleTimeoutMs: 5_000 }, sleep);
	watch.heard();
	watch.heard();
	expect(asked).toEqual([60_000, 5_000]);
	watch.heard();
	wakes[1]?.();
	await breathe();
	// Nothing was heard since this sleep began.
	expect(watch.signal.aborted).toBe(false);
	wakes[2]?.();
	await breathe();
	expect(String(watch.signal.reason)).toMatch(/stalled.*within 5 s/);
});
