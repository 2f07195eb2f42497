/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
	testTimeout: 120_000,
	// One n8n serves all test files.
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/support/countReporter.js'],
};
