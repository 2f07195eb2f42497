import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod/v4';
import { buildWorkflow } from '../../server/buildWorkflow';
import { EXAMPLES } from '../../server/paths';

export const ENDING = '.workflow.json';
const COOKBOOK = join(EXAMPLES, 'cookbook');
export const recipes = readdirSync(COOKBOOK).map((name) => basename(name, ENDING));
export const fileOf = (recipe: string) => join(COOKBOOK, `${recipe}${ENDING}`);

const all = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map(({ parentPath, name }) => join(parentPath, name));
const isIn = (folder: string) => (file: string) => dirname(file) === join(EXAMPLES, folder);
/** Ready-made stores, which recipes call. */
export const stores = all.filter(isIn('stores'));
/** The other workflows; scripts are run by test/recording/examples.test.ts. */
export const examples = all.filter(
	(file) => ![stores, recipes.map(fileOf)].flat().includes(file) && !isIn('library')(file),
);

export const workflowSchema = z.looseObject({
	id: z.string(),
	nodes: z.array(z.looseObject({ name: z.string(), type: z.string() })),
});

/** Jobs of the recipe queue-mode that a worker has lost. */
export const jobs = buildWorkflow('e2eJobs', [
	{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Lose', 'main']] },
	{
		...{ name: 'Lose', type: 'n8n-nodes-base.postgres', typeVersion: 2.6 },
		parameters: {
			...{ operation: 'executeQuery', options: {} },
			query: `INSERT INTO tokenhub_jobs (id, message, tries, begun_at) VALUES
  ('J-3', 'What is the status of order A-1077?', 1, now() - interval '1 hour'),
  ('J-4', 'What is the status of order A-1077?', 3, now() - interval '1 hour');`,
		},
		credentials: { postgres: { id: 'postgres-demo', name: 'Postgres' } },
	},
]);

/** An example whose prompt somebody has changed since it was recorded. */
export const changed = {
	...workflowSchema.parse(
		JSON.parse(
			readFileSync(join(EXAMPLES, `1-first-message${ENDING}`), 'utf8').replace(
				'one sentence',
				'two sentences',
			),
		),
	),
	id: 'e2eChangedPrompt',
};
export const isTrigger = ({ type }: { type: string }) => /(Trigger|\.webhook)$/.test(type);

export function startOf(recipe: string) {
	const { id, nodes } = workflowSchema.parse(JSON.parse(readFileSync(fileOf(recipe), 'utf8')));
	return { id, trigger: nodes.find(isTrigger)?.name ?? '' };
}

const pinnedSchema = z.object({
	pinData: z.object({
		Chat: z.tuple([z.object({ binary: z.object({ data0: z.object({ data: z.string() }) }) })]),
	}),
});

/** The picture that is pinned to the chat. */
export function labelOf(recipe: string): Buffer<ArrayBuffer> {
	const { pinData } = pinnedSchema.parse(JSON.parse(readFileSync(fileOf(recipe), 'utf8')));
	return Buffer.from(pinData.Chat[0].binary.data0.data, 'base64');
}
