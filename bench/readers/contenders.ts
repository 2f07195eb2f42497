import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { createClient, extract, TokenHubError } from '../../core';
import { startGateway, type ChatBody, type Gateway, type Reply } from '../../gateway';
import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../../server/buildWorkflow';
import { npm, runCommand } from '../../server/runCommand';
import { ROOT } from '../../server/paths';
import { startServer } from '../../server/startServer';
import { repair } from '../task';
import { CASES } from './cases';
import { SCHEMAS } from './schemas';

const outcomeSchema = z.union([
	z.strictObject({ refused: z.string() }),
	z.strictObject({ value: z.unknown() }),
]);
const resultsSchema = z.record(z.string(), z.array(outcomeSchema));

/** What one reader made of one answer. */
export type Outcome = z.output<typeof outcomeSchema>;

/** Each reader has one try: asking again brings nothing new. */
const NOTHING_NEW: Reply = { text: 'I have nothing to add.' };

/** Pinned versions, installed where the other programs of the benchmarks are kept. */
const PEERS = [
	'@boundaryml/baml@0.226.2',
	'@instructor-ai/instructor@1.7.0',
	'ai@7.0.173',
	'ajv@8.17.1',
	'openai@4.104.0',
	'zod@3.25.76',
];

export async function openAnswers(): Promise<Gateway> {
	const asked = new Set<string>();
	const script = ({ messages }: ChatBody): Reply => {
		const [, who = '', index = ''] =
			/(\w+) reads case (\d+)\./.exec(JSON.stringify(messages)) ?? [];
		const isFirst = !asked.has(`${who} ${index}`);
		asked.add(`${who} ${index}`);
		return isFirst ? { text: CASES[Number(index)]?.answer ?? '' } : NOTHING_NEW;
	};
	return await startGateway({ script, repair });
}

export async function ours(gateway: Gateway): Promise<Outcome[]> {
	const client = createClient({ apiKey: 'th-demo-key', baseUrl: gateway.url });
	const read = async (index: number): Promise<Outcome> => {
		const schema = SCHEMAS[CASES[index]?.schema ?? 'person'];
		const text = `ours reads case ${index}.`;
		try {
			const request = { schema, text, mode: 'json', maxRepairs: 0 } as const;
			return { value: (await extract(client, request)).output };
		} catch (error) {
			return { refused: error instanceof TokenHubError ? error.message : String(error) };
		}
	};
	return await Promise.all(CASES.map((_case, index) => read(index)));
}

export async function peers(): Promise<Record<string, Outcome[]>> {
	const folder = join(ROOT, '.cache', 'readers');
	if (!existsSync(join(folder, 'node_modules', 'ajv'))) {
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'package.json'), '{ "private": true }');
		await npm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PEERS]);
	}
	const scratch = await mkdtemp(join(tmpdir(), 'readers-'));
	const file = join(scratch, 'cases.json');
	await writeFile(file, JSON.stringify({ schemas: SCHEMAS, cases: CASES }));
	const program = join(__dirname, 'peers.mjs');
	const env = { ...process.env, BAML_LOG: 'off', NODE_NO_WARNINGS: '1' };
	const words = [process.execPath, program, folder, file];
	const said = await runCommand(words, { cwd: folder, env, timeoutMs: 300_000 });
	await rm(scratch, { recursive: true });
	return resultsSchema.parse(JSON.parse(said.split('@@')[1] ?? '{}'));
}

/** n8n's node reads its schema from the first item, so each schema needs a workflow. */
export async function informationExtractor(gateway: Gateway): Promise<Outcome[]> {
	const workflows = new Map(Object.keys(SCHEMAS).map((name) => [name, extractorOf(name)]));
	const server = await startServer({
		...{ files: [], workflows: [...workflows.values()] },
		credentials: [
			{
				...{ id: 'benchOpenAi', name: 'bench', type: 'openAiApi' },
				data: { apiKey: 'th-demo-key', url: gateway.url },
			},
		],
	});
	try {
		const outcomes: Outcome[] = CASES.map(() => ({ refused: 'nothing came out' }));
		for (const [name, { id }] of workflows) {
			const { outputs } = await server.rest.run(id, 'Start');
			for (const [n, index] of casesOf(name).entries()) {
				outcomes[index] = outcomeOf(outputs.Extract?.[0]?.[n]?.json);
			}
		}
		return outcomes;
	} finally {
		await server.stop();
	}
}

function outcomeOf({ output, error }: Record<string, unknown> = {}): Outcome {
	if (output !== undefined) return { value: output };
	return { refused: typeof error === 'string' ? error : 'nothing came out' };
}

const casesOf = (schema: string) =>
	CASES.flatMap((entry, index) => (entry.schema === schema ? index : []));

function extractorOf(name: string): BuiltWorkflow {
	const schema = Object.entries(SCHEMAS).find(([key]) => key === name)?.[1];
	const parts: Part[] = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Extract', 'main']] },
		{
			...{ name: 'Extract', type: '@n8n/n8n-nodes-langchain.informationExtractor' },
			typeVersion: 1.2,
			parameters: {
				...{ text: '={{ $json.text }}', schemaType: 'manual', inputSchema: JSON.stringify(schema) },
				options: { batching: { batchSize: 1, delayBetweenBatches: 0 } },
			},
			onError: 'continueRegularOutput',
		},
		{
			...{ name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3 },
			parameters: { model: MODEL, responsesApiEnabled: false, options: {} },
			credentials: { openAiApi: { id: 'benchOpenAi', name: 'bench' } },
			to: [['Extract', 'ai_languageModel']],
		},
	];
	const texts = casesOf(name).map((index) => ({ json: { text: `theirs reads case ${index}.` } }));
	return buildWorkflow(`readers-${name}`, parts, { pinData: { Start: texts } });
}
