/** The packed package as a person gets it: packed once, looked into, installed, scanned. */
const { transform } = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/package'],
	testMatch: ['**/*.package.test.ts'],
	globalSetup: '<rootDir>/test/package/pack.ts',
	transform,
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/build', '<rootDir>/.cache'],
	testTimeout: 180_000,
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/support/countReporter.js'],
};
