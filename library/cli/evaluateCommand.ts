import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { evaluate, type EvaluateRequest, type EvaluationReport, type Progress } from '../../core';
import { createClient } from '../recorded';
import { reportHtml } from '../report/html';
import { reportMarkdown, terminalText } from '../report/texts';
import { fixedLoop, readCases, readJson, readText } from './readCases';
import { listOf, modelId, readOptions, type CliOptions } from './options';

/** Where the command writes to, and where its key comes from. */
interface Terminal {
	env: Readonly<Record<string, string | undefined>>;
	out(this: void, text: string): void;
	/** A line that replaces the one before it. */
	progress(this: void, line: string): void;
	/** Ends the evaluation: what was asked until then is in the reports. */
	signal?: AbortSignal;
}

/**
 * @returns The exit code: 1 if a model became worse, or is not good enough; 2 if not all cases were
 * asked, or nothing could be compared.
 * @throws Error
 */
export async function evaluateCommand(
	args: readonly string[],
	{ env, out, progress, signal }: Terminal,
): Promise<number> {
	const options = readOptions(args);
	const request = await readRequest(options, env);
	const name = options.values.out ?? 'evaluation';
	await assertWritable(dirname(name));
	const report = await evaluate(
		{ ...request, onProgress: (one) => progress(barOf(one)) },
		{ signal },
	);
	progress('');
	await writeFile(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
	await writeFile(`${name}.md`, reportMarkdown(report));
	await writeFile(`${name}.html`, reportHtml(report));
	out(`${terminalText(report)}\n\nWritten: ${name}.json, ${name}.md, ${name}.html\n`);
	return exitCode(report, numberOf(options, 'min-f1'));
}

/** Before anything is paid for. */
async function assertWritable(folder: string): Promise<void> {
	try {
		await access(folder, constants.W_OK);
	} catch (error) {
		throw new Error(`No report can be written to ${folder}: ${String(error)}`, { cause: error });
	}
}

function exitCode(report: EvaluationReport, least = 0): number {
	const { comparisons, models, endedBy } = report;
	if (endedBy || comparisons?.length === 0) return 2;
	const isWorse = comparisons?.some(({ verdict }) => verdict === 'worse');
	return isWorse === true || (models[0]?.f1 ?? 0) < least ? 1 : 0;
}

async function readRequest(
	options: CliOptions,
	env: Terminal['env'],
): Promise<Omit<EvaluateRequest, 'onProgress'>> {
	const { values } = options;
	const { record, replay, instructions, schema, tools, judge, rubric } = values;
	if (env.TOKENHUB_API_KEY === undefined && (record !== undefined || replay === undefined)) {
		throw new Error('Set TOKENHUB_API_KEY to the key that pays, or give --replay alone.');
	}
	const client = createClient({
		...{ apiKey: env.TOKENHUB_API_KEY, baseUrl: env.TOKENHUB_BASE_URL, record, replay },
		maxConcurrency: numberOf(options, 'concurrency'),
	});
	const fields = values['judge-fields'];
	return {
		...{ client, cases: await readCases(options.cases), models: options.models },
		...(schema ? { extract: { schema: await schemaIn(schema), instructions } } : {}),
		...(tools ? { run: await fixedLoop(tools) } : {}),
		...(judge
			? {
					judge: {
						model: modelId(judge),
						rubric: rubric ?? '',
						...(fields ? { fields: listOf(fields) } : {}),
					},
				}
			: {}),
		baseline: values.baseline ? await reportIn(values.baseline) : undefined,
		...{ target: numberOf(options, 'target'), seed: numberOf(options, 'seed') },
		maxCostUsd: numberOf(options, 'max-cost'),
	};
}

type NumberOption = 'target' | 'min-f1' | 'max-cost' | 'seed' | 'concurrency';

function numberOf({ values }: CliOptions, name: NumberOption) {
	const text = values[name];
	if (text === undefined) return undefined;
	const number = Number(text);
	if (text.trim() === '' || Number.isNaN(number))
		throw new Error(`--${name} is not a number: ${text}`);
	return number;
}

async function schemaIn(path: string): Promise<Record<string, unknown>> {
	const value = readJson(await readText(path), path);
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
	throw new Error(`${path} is not a JSON Schema: it does not contain an object.`);
}

async function reportIn(path: string): Promise<EvaluationReport> {
	const value = readJson(await readText(path), path);
	if (isReport(value)) return value;
	throw new Error(`${path} is not a report of evaluate.`);
}

function isReport(value: unknown): value is EvaluationReport {
	if (typeof value !== 'object' || value === null) return false;
	return 'version' in value && value.version === 1 && 'results' in value && 'models' in value;
}

const WIDTH = 30;

function barOf({ done, total, costUsd }: Progress): string {
	const filled = Math.round((WIDTH * done) / total);
	const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
	return `${bar} ${done}/${total}${costUsd === null ? '' : `  $${costUsd.toFixed(4)}`}`;
}
