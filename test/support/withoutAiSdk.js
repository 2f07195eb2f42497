/**
 * n8n's SDK for AI nodes takes seconds to load, anew in each test file: the nodes then send by n8n's
 * request helper, as in an older n8n. A test that needs the SDK says so by a mock of its own.
 */
jest.mock(
	'@n8n/ai-node-sdk',
	() => {
		throw new Error("Cannot find module '@n8n/ai-node-sdk'");
	},
	{ virtual: true },
);
