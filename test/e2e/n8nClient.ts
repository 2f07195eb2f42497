import { z } from 'zod/v4';
import { untilFinished, type Execution } from './execution';
import { callRest, type Rest } from './rest';

const dataOf = <T extends z.ZodType>(data: T) => z.object({ data });
const withId = dataOf(z.looseObject({ id: z.string() }));

const themed = z.union([z.string(), z.object({ light: z.string(), dark: z.string() })]);
const typeSchema = z.looseObject({
	name: z.string(),
	displayName: z.string(),
	iconUrl: themed.optional(),
	codex: z
		.looseObject({
			categories: z.array(z.string()).optional(),
			subcategories: z.record(z.string(), z.array(z.string())).optional(),
		})
		.optional(),
});
export type ListedType = z.output<typeof typeSchema>;

const testResult = dataOf(z.object({ status: z.enum(['OK', 'Error']), message: z.string() }));

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

export interface WorkflowFile {
	id?: string;
	name: string;
	nodes: Array<{ name: string; type: string }>;
}

/** What the editor asks of the server, and the tests too. */
export function openN8n(rest: Rest) {
	const list = async (file: string) =>
		z.array(typeSchema).parse(await callRest(rest, `/types/${file}.json`));
	return {
		listNodeTypes: () => list('nodes'),
		listCredentialTypes: () => list('credentials'),
		fetchAsset: (path: string) =>
			fetch(new URL(path, `${rest.origin}/`), { headers: { cookie: rest.cookie ?? '' } }),
		createCredential: (credential: Omit<Credential, 'id'>) => createCredential(rest, credential),
		testCredential: async (credentials: Credential) =>
			testResult.parse(await callRest(rest, '/rest/credentials/test', { credentials })).data,
		importWorkflow: async (workflow: object) =>
			withId.parse(await callRest(rest, '/rest/workflows', workflow)).data.id,
		/** By hand, as the button does: pinned data stands in for the trigger's. */
		runWorkflow: (id: string, trigger: string) => runWorkflow(rest, id, trigger),
	};
}

async function createCredential(rest: Rest, credential: Omit<Credential, 'id'>) {
	const created = withId.parse(await callRest(rest, '/rest/credentials', credential));
	return { ...credential, id: created.data.id };
}

async function runWorkflow(rest: Rest, id: string, trigger: string): Promise<Execution> {
	const started = await callRest(rest, `/rest/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	const { executionId } = dataOf(z.object({ executionId: z.string() })).parse(started).data;
	return await untilFinished(rest, executionId);
}
