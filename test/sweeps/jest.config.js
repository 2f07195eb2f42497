/** The sweeps of which `npm test` runs a share, with all of their cases. */
process.env.SWEEPS = 'all';

/** @type {import('jest').Config} */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: [
		'**/chat/{growingRequests,repairConversation}.test.ts',
		'**/core/{interleaved,isSame,parseJson,redaction}.test.ts',
		'**/extract/{earlyEntries,evidenceSpellings,mutations,nestedParts,oneReader}.test.ts',
		'**/extract/{readers,rows,silence}.test.ts',
		'**/growth/growth.test.ts',
		'**/hostile/hostile.test.ts',
		'**/nodes/{anyForm,formWords,interleaved}.test.ts',
		'**/schema/{contradictions,reading,sending}.test.ts',
		'**/toolLoop/{anyModel,boundedResults,forgedState,longRuns}.test.ts',
		'**/toolLoop/crash/killed.test.ts',
		'**/toolLoop/kept/{findsFacts,places}.test.ts',
		'**/wire/plainChunk.test.ts',
	],
	testTimeout: 300_000,
};
