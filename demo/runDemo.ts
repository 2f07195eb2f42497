import type { INodeExecutionData } from 'n8n-workflow';
import { createEngine, type Engine, type RunResult, type WorkflowFile } from './engine';
import type { Found } from './findWorkflows';
import { type Endpoint, openEndpoint } from './openEndpoint';
import { closing, explainFailures, jsonReport, type Outcome, report, type Timings } from './report';
import { paintFor, type Screen, startProgress } from './screen';
import { paidIn } from './spending';

interface Job extends Found {
	/** Replaces the triggers' items. */
	input?: INodeExecutionData[];
	json: boolean;
}

export interface Surroundings {
	/** The package's own folder. */
	root: string;
	env: NodeJS.ProcessEnv;
	signal: AbortSignal;
	/** Results. */
	out: Screen;
	/** Progress goes here, which keeps `--json` output pure. */
	live: Screen;
	/** For tests: loads nodes from TypeScript instead of `dist`. */
	fromSource?: boolean;
}

/** Runs the requested workflows and prints a report; returns the exit code. */
export async function runDemo(job: Job, around: Surroundings): Promise<0 | 1> {
	const beginning = performance.now();
	const endpoint = await openEndpoint(around.env);
	try {
		const endpointMs = performance.now() - beginning;
		const credentials = { tokenHubApi: { apiKey: endpoint.apiKey, baseUrl: endpoint.url } };
		const { root: packageDir, fromSource } = around;
		const engine = await createEngine({ packageDir, credentials, fromSource });
		// Counted from the start of the process: n8n's code was loaded before this function ran.
		const engineMs = performance.now() - endpointMs;
		const outcomes = await runAll(engine, job, around);
		const workflowsMs = performance.now() - engineMs - endpointMs;
		const timings = { engineMs, endpointMs, workflowsMs };
		const write = job.json ? jsonReport : readableReport(around, job);
		around.out.write(`${write(outcomes, endpoint, timings)}\n`);
		return outcomes.every(({ result }) => result.ok) ? 0 : 1;
	} finally {
		await endpoint.close();
	}
}

function readableReport({ out, env }: Surroundings, { onlyInN8n }: Job) {
	const paint = paintFor(out, env);
	return (outcomes: Outcome[], { said }: Endpoint, timings: Timings): string =>
		[
			report(outcomes, out.columns, paint),
			...explainFailures(outcomes, paint),
			...closing(outcomes, said, timings),
			...onlyInN8n.map(({ file }) => `Only in n8n, for it uses nodes of n8n's own: ${file}`),
		].join('\n');
}

async function runAll(engine: Engine, job: Job, around: Surroundings): Promise<Outcome[]> {
	const { signal, live } = around;
	const { input, callable: workflows } = job;
	const outcomes: Outcome[] = [];
	for (const { file, name, workflow } of job.toRun) {
		if (signal.aborted) break;
		const { onNode, finish } = startProgress(live, name);
		const result = await engine.run(workflow, { input, signal, onNode, workflows });
		finish(result.ok);
		const items = cameOut(workflow, result);
		outcomes.push({ file, name, result, items, paid: paidIn(result) });
	}
	return outcomes;
}

/** What the workflow put out: the items of every output that is not connected. */
export function cameOut(file: WorkflowFile, result: RunResult): INodeExecutionData[] {
	return Object.entries(result.nodes).flatMap(([name, { outputs }]) => {
		const connections = file.connections[name] ?? {};
		const isSubNode = Object.keys(connections).some((type) => type !== 'main');
		if (isSubNode) return [];
		return outputs.filter((_, output) => !connections['main']?.[output]?.length).flat();
	});
}
