/** The sweeps of which `npm test` runs a share, with all of their cases. */
process.env.SWEEPS = 'all';

/** @type {import('jest').Config} */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: [
		'**/extract/{rows,nestedParts,earlyEntries}.test.ts',
		'**/{core,nodes}/interleaved.test.ts',
		'**/nodes/anyForm.test.ts',
		'**/toolLoop/kept/findsFacts.test.ts',
		'**/toolLoop/longRuns.test.ts',
		'**/toolLoop/crash/killed.test.ts',
	],
	testTimeout: 300_000,
};
