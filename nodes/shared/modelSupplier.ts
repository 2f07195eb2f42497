import { z } from 'zod/v4';
import { TokenHubError } from '../../core/errors';
import { safely } from '../../core/toolLoop/safely';

/** Makes n8n's own chat model. */
type ModelSupplier = (context: object, model: object) => { response: object };
const isSupplier = (value: unknown): value is ModelSupplier => typeof value === 'function';
const sdkSchema = z.object({ supplyModel: z.custom<ModelSupplier>(isSupplier) });

/** n8n brings its SDK for nodes from 2.16 on; before, from 2.10 on, what the SDK is made of. */
const SDKS = ['@n8n/ai-node-sdk', '@n8n/ai-utilities'];

/**
 * Looked for only where a model is asked for: the other nodes run without it.
 * @throws TokenHubError `badConfig` that names the n8n that is needed.
 */
export async function modelSupplier(): Promise<ModelSupplier> {
	const reasons: string[] = [];
	for (const name of SDKS) {
		const loaded = await safely(() => sdkSchema.parse({ ...Object(load(name)) }));
		if (loaded.ok) return loaded.value.supplyModel;
		reasons.push(firstLine(loaded.reason));
	}
	throw new TokenHubError(
		'badConfig',
		`TokenHub Chat Model needs n8n 2.10 or newer (${reasons.join('; ')}). The other TokenHub nodes work without it.`,
		{ hint: 'Update n8n, or use TokenHub Tool Call Loop in place of AI Agent.' },
	);
}

function load(name: string): unknown {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return require(name);
}

/** Node lists the files that required a missing module below its message. */
function firstLine(text: string): string {
	return text.split('\n')[0] ?? '';
}
