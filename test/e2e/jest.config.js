/** The full n8n server: installed once, started once, all tests against it. */
const { transform } = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.test.ts'],
	transform,
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/build',
		'<rootDir>/.cache',
		'<rootDir>/server/n8n',
	],
	testTimeout: 120_000,
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/support/countReporter.js'],
};
