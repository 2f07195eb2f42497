import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { startGateway, type ChatBody, type Gateway, type Reply } from '../gateway';
import type { BuiltWorkflow } from '../server/buildWorkflow';
import { startServer, type Server } from '../server/startServer';
import { ada, ANSWERS, answers, cascade, invoice, invoiceSchema, schema } from './extractTask';
import { answerWorkflows, cascadeWorkflows, ITEMS } from './extractWorkflows';
import { repair } from './task';

jest.setTimeout(20 * 60_000);

let gateway: Gateway;
let server: Server;
let script: (body: ChatBody) => Reply;
const workflows = { answers: answerWorkflows(), cascade: cascadeWorkflows() };

beforeAll(async () => {
	gateway = await startGateway({ script: (body): Reply => script(body), repair });
	const data = { apiKey: 'th-demo-key', baseUrl: gateway.url };
	server = await startServer({
		files: [],
		workflows: Object.values(workflows).flat(),
		credentials: [
			{ id: 'bench', name: 'bench', type: 'tokenHubApi', data },
			{
				...{ id: 'benchOpenAi', name: 'bench', type: 'openAiApi' },
				data: { apiKey: data.apiKey, url: data.baseUrl },
			},
		],
	});
});

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
});

async function run(workflow: BuiltWorkflow, made: typeof script) {
	script = made;
	const { outputs } = await server.rest.run(workflow.id, 'Start');
	return outputs.Extract?.[0] ?? [];
}

/** An item's result: the value, or its error message. */
function outcome(json: Record<string, unknown> | undefined): string {
	const { output, error } = json ?? {};
	if (JSON.stringify(output) === JSON.stringify(ada)) return 'right';
	if (output !== undefined) return `wrong: \`${JSON.stringify(output)}\``;
	const words = typeof error === 'string' ? error : 'nothing came out';
	return `error: ${words.split('\n')[0]?.slice(0, 90)}`;
}

async function answerRows(corrects: boolean): Promise<string[]> {
	const columns: Array<Array<[outcome: string, requests: number]>> = [];
	for (const workflow of workflows.answers) {
		const asked = answers(corrects);
		const items = await run(workflow, asked.script);
		columns.push(
			Object.keys(ANSWERS).map((name, index) => [
				outcome(items[index]?.json),
				asked.requests(name),
			]),
		);
	}
	return Object.keys(ANSWERS).map(
		(name, index) =>
			`| ${[name, ...columns.flatMap((column) => column[index] ?? [])].join(' | ')} |`,
	);
}

const costOf = (items: Array<{ json: Record<string, unknown> }>) =>
	items.reduce((sum, { json }) => sum + Number(json.costUsd), 0);

async function cascadeRow(fitsOfTen: number): Promise<string> {
	const [first, alone] = workflows.cascade;
	const cheap = await run(first, cascade(fitsOfTen));
	const dear = await run(alone, cascade(fitsOfTen));
	const right = cheap.filter(({ json }) => outcome(json) === 'right').length;
	const [spent, full] = [costOf(cheap), costOf(dear)];
	const cells = [`${fitsOfTen * 10} %`, `${right} of ${ITEMS}`, spent.toFixed(3), full.toFixed(3)];
	return `| ${[...cells, `${((100 * spent) / full).toFixed(0)} %`].join(' | ')} |`;
}

/** A thousand checks of one value, then a thousand more; in a separate process, on the built code. */
function checkMs(value: unknown, valueSchema: unknown): string {
	const code = `
		const { valueCheck } = require('./build/core/schema/valueCheck.js');
		const check = valueCheck(${JSON.stringify(valueSchema)}, 'It');
		const round = () => {
			const startedAt = performance.now();
			for (let n = 0; n < 1000; n += 1) check(${JSON.stringify(value)});
			return performance.now() - startedAt;
		};
		console.log([round(), round()].map((ms) => ms.toFixed(1)).join(' | '));`;
	return execFileSync(process.execPath, ['-e', code], { cwd: join(__dirname, '..') })
		.toString()
		.trim();
}

const HEAD = `| answer | TokenHub Structured JSON Extract | requests | Information Extractor | requests |
| --- | --- | --- | --- | --- |`;

const page = (rows: {
	answers: string[];
	stubborn: string[];
	cascade: string[];
	checks: string[];
}) => `# Structured JSON Extract

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: n8n 2.41.1, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}.

## The same answers, compared with Information Extractor

Each row is one item in one execution of each node, with the same JSON Schema, in the same n8n. The scripted model gives the answer that the row names. Both nodes continue on error. Information Extractor uses n8n's OpenAI Chat Model.

A node that asks again gets the right answer:

${HEAD}
${rows.answers.join('\n')}

A node that asks again gets the same answer again:

${HEAD}
${rows.stubborn.join('\n')}

## Haiku first, Sonnet if Haiku's answer is invalid

${ITEMS} items, 1,000 tokens in and 300 out for each answer; Haiku's first answer is valid in the share of cases that a row names, and its repairs never are. Spending is in USD. At 70 %, no cascade could cost less than 63 % of Sonnet alone.

| Haiku valid | valid | cascade | Sonnet alone | share |
| --- | --- | --- | --- | --- |
${rows.cascade.join('\n')}

## Validation

1,000 checks against a JSON Schema, in milliseconds: in a new process, and once more.

| value | first | again |
| --- | --- | --- |
${rows.checks.join('\n')}
`;

test('Structured JSON Extract', async () => {
	const rows = {
		answers: await answerRows(true),
		stubborn: await answerRows(false),
		cascade: [await cascadeRow(7), await cascadeRow(0)],
		checks: [
			`| record of three fields | ${checkMs(ada, schema)} |`,
			`| invoice of three lines | ${checkMs(invoice, invoiceSchema)} |`,
		],
	};
	writeFileSync(join(__dirname, 'extraction.md'), page(rows));
	process.stdout.write(`\n${page(rows)}\n`);
	expect(rows.answers).toHaveLength(Object.keys(ANSWERS).length);
});
