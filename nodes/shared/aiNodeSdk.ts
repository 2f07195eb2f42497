/**
 * n8n's own SDK for AI nodes, loaded on use: the other nodes run without it.
 * @throws Node's error where n8n has none: before n8n 2.16.
 */
export function aiNodeSdk(): object {
	// Not by `import`: n8n's packages are found by NODE_PATH, which only `require` knows.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const sdk: unknown = require('@n8n/ai-node-sdk');
	return { ...(typeof sdk === 'object' ? sdk : {}) };
}
