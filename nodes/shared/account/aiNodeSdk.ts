import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { valueOrReason } from '../../../core/messageOf';

/**
 * n8n's own SDK for AI nodes, loaded on use: the other nodes run without it.
 * @throws Node's error if this n8n does not have it: before n8n 2.16.
 */
export function aiNodeSdk(): object {
	// Not by `import`: n8n's packages are found by NODE_PATH, which only `require` knows.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const sdk: unknown = require('@n8n/ai-node-sdk');
	return { ...(typeof sdk === 'object' ? sdk : {}) };
}

/** Creates n8n's own chat model. */
type ModelSupplier = (context: object, model: object) => { response: object };
const isSupplier = (value: unknown): value is ModelSupplier => typeof value === 'function';
const sdkSchema = z.object({ supplyModel: z.custom<ModelSupplier>(isSupplier) });

/** @throws TokenHubError `badConfig` that names the required version of n8n. */
export async function modelSupplier(): Promise<ModelSupplier> {
	const loaded = await valueOrReason(() => sdkSchema.parse(aiNodeSdk()));
	if (loaded.ok) return loaded.value.supplyModel;
	throw new TokenHubError(
		'badConfig',
		`TokenHub Chat Model needs n8n 2.16 or newer (${firstLine(loaded.reason)}). The other TokenHub nodes work without it.`,
		{ hint: 'Update n8n, or use TokenHub Tool Call Loop instead of AI Agent.' },
	);
}

/** Node lists the files that required a missing module below its message. */
function firstLine(text: string): string {
	return text.split('\n')[0] ?? '';
}
