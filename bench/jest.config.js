/** Benchmarks run where the end-to-end tests do: in the full n8n server, with the same runner. */
const e2e = require('../test/e2e/jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	rootDir: '..',
	roots: ['<rootDir>/bench'],
	testMatch: ['**/*.bench.ts'],
};
