/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/package/',
		'<rootDir>/test/browser/',
		'<rootDir>/test/install/',
		'<rootDir>/test/versions/',
	],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/build', '<rootDir>/.cache'],
	testEnvironment: '<rootDir>/test/support/environment.js',
	setupFiles: ['<rootDir>/test/support/withoutAiSdk.js'],
	testTimeout: 30_000,
	maxWorkers: 2,
	reporters: ['default', '<rootDir>/test/support/countReporter.js'],
};
