/** The packed package as a person gets it: packed once, looked into, installed, scanned. */
/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/package'],
	testMatch: ['**/*.package.test.ts'],
	globalSetup: '<rootDir>/test/package/pack.ts',
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }],
		'/node_modules/eventsource-parser/': '<rootDir>/test/support/esmTransform.js',
	},
	transformIgnorePatterns: ['/node_modules/(?!eventsource-parser/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/build', '<rootDir>/.cache'],
	testTimeout: 180_000,
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/support/countReporter.js'],
};
