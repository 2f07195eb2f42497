/** n8n's editor in Chromium, on the full server: through the same runner as the end-to-end tests. */
const e2e = require('../e2e/jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	roots: ['<rootDir>/test/browser'],
	testMatch: ['**/*.browser.test.ts'],
	testTimeout: 10 * 60_000,
};
