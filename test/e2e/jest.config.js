/** The full n8n server: installed once, started once, all tests against it. */
/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.test.ts'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }],
		'/node_modules/eventsource-parser/': '<rootDir>/test/support/esmTransform.js',
	},
	transformIgnorePatterns: ['/node_modules/(?!eventsource-parser/)'],
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
