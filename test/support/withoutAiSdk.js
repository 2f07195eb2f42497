/**
 * n8n's SDK for AI nodes takes seconds to load, anew in each test file: the nodes then send by n8n's
 * request helper, as in an older n8n. A test that needs the SDK says so by `jest.unmock`.
 */
for (const name of ['@n8n/ai-node-sdk', '@n8n/ai-utilities']) {
	jest.mock(
		name,
		() => {
			throw new Error(`Cannot find module '${name}'`);
		},
		{ virtual: true },
	);
}
