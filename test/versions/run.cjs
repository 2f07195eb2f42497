/** `npm run test:versions -- 2.20.12 2.0.3@20`: jest would take versions for names of tests. */
const { spawnSync } = require('node:child_process');

const isVersion = (word) => /^\d+\.\d+\.\d+(@\d+)?$/.test(word);
const words = process.argv.slice(2);
const versions = words.filter(isVersion);
if (versions.length === 0) {
	console.error('Say which versions of n8n: npm run test:versions -- 2.41.1 2.0.3 …');
	process.exit(2);
}
const { status } = spawnSync(
	process.execPath,
	[
		...[require.resolve('jest/bin/jest'), '--config', 'test/versions/jest.config.js'],
		...words.filter((word) => !isVersion(word)),
	],
	{ stdio: 'inherit', env: { ...process.env, N8N_VERSIONS: versions.join(' ') } },
);
process.exit(status ?? 1);
