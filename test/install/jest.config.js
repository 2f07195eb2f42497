/** The package through n8n's own installer, in its editor: through the same runner as the end-to-end tests. */
const e2e = require('../e2e/jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	roots: ['<rootDir>/test/install'],
	testMatch: ['**/*.install.test.ts'],
	testTimeout: 15 * 60_000,
};
