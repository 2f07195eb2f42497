/** The package in n8n of other versions than the pinned one, each installed first. */
/** @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config.js'),
	roots: ['<rootDir>/test/versions'],
	testMatch: ['**/*.versions.test.ts'],
};
