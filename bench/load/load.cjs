/**
 * Loads files as n8n does at its start, with n8n-workflow already loaded, and prints time and memory.
 * Usage: node --expose-gc load.cjs <file> …
 */
const { dirname } = require('node:path');

const files = process.argv.slice(2);
require(require.resolve('n8n-workflow', { paths: [dirname(files[0])] }));
const memory = () => {
	gc();
	const { heapUsed, rss } = process.memoryUsage();
	return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6 };
};

const before = memory();
const startedAt = performance.now();
const cpu = process.cpuUsage();
for (const file of files) require(file);
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpu);
const after = memory();

console.log(
	JSON.stringify({
		ms,
		cpuMs: (user + system) / 1_000,
		heapMb: after.heapMb - before.heapMb,
		rssMb: after.rssMb - before.rssMb,
	}),
);
