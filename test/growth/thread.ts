import { parentPort } from 'node:worker_threads';
import { isWholeSweep } from '../support/sweep';
import { rows } from './rows';

/** The largest input of a row: up to a megabyte, or as many parts of one. */
const WHOLE = isWholeSweep || process.env.GROWTH ? 1_000_000 : 400_000;

async function milliseconds(index: number, n: number): Promise<number> {
	const work = rows[index]?.prepare(n);
	const startedAt = performance.now();
	await work?.();
	return Math.round(performance.now() - startedAt);
}

/** The half is for whoever reads the growth: nothing depends on it. */
async function took(index: number): Promise<string> {
	const half = process.env.GROWTH ? `${await milliseconds(index, WHOLE / 2)} and ` : '';
	return `done in ${half}${await milliseconds(index, WHOLE)} ms`;
}

parentPort?.on('message', (index: number) => {
	took(index).then(
		(words) => parentPort?.postMessage(words),
		(thrown: unknown) => parentPort?.postMessage(`failed: ${String(thrown)}`),
	);
});
