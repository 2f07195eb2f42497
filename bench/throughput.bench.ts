import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { startGateway, type Gateway } from '../gateway';
import { startServer, type Server } from '../server/startServer';
import { repair } from './task';
import { answers, isRight, type Conditions } from './throughput/answers';
import { barChart } from './throughput/barChart';
import * as nodes from './throughput/contenders';
import { measure, medianOf, type Measured, type Traffic } from './throughput/measure';
import { benchmarkPage } from './throughput/page';
import { races, type Race } from './throughput/races';

jest.setTimeout(60 * 60_000);

const DOCS = join(__dirname, '..', 'docs');
const conditions: Conditions = { latencyMs: 0, faults: false };
/** Items of a run before each measured one: code is compiled when it is hot. */
const WARM_UP = 300;
/** Of each race: who comes first in one comes last in the next. */
const ROUNDS = 3;
const traffic: Traffic = { now: 0, most: 0 };

let gateway: Gateway;
let server: Server;
let all: Race[];

beforeAll(async () => {
	gateway = await startGateway({ script: answers(conditions, traffic), repair });
	all = races(gateway.url);
	const wanted = all.flatMap(({ contenders }) => contenders);
	const sized = [...wanted, ...wanted.map((entry) => ({ ...entry, items: WARM_UP }))];
	const workflows = new Map(
		sized.map((entry) => {
			const workflow = nodes.workflowOf(entry, entry.items);
			return [workflow.id, workflow];
		}),
	);
	const credential = (id: string, type: string, data: object) => ({
		id,
		name: 'bench',
		type,
		data,
	});
	const apiKey = 'th-demo-key';
	server = await startServer(
		{
			files: [],
			workflows: [...workflows.values()],
			credentials: [
				credential('bench', 'tokenHubApi', { apiKey, baseUrl: gateway.url }),
				credential('benchOpenAi', 'openAiApi', { apiKey, url: gateway.url }),
			],
		},
		{ N8N_CUSTOM_EXTENSIONS: join(__dirname, 'probe') },
	);
});

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
});

test('throughput in n8n', async () => {
	for (const contender of all[0]?.contenders ?? []) {
		const { id } = nodes.workflowOf(contender, WARM_UP);
		await measure({ server, gateway, traffic }, { id, items: WARM_UP }, isRight);
	}
	const tables: Array<{ title: string; rows: Array<Measured & { name: string }> }> = [];
	for (const race of all) {
		const runs = await runsOf(race);
		const rows = race.contenders.map(({ name }, at) => ({ name, ...medianOf(runs[at] ?? []) }));
		for (const row of rows) process.stdout.write(`${race.title}: ${JSON.stringify(row)}\n`);
		tables.push({ title: race.title, rows });
	}
	const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}`;
	mkdirSync(join(DOCS, 'benchmarks'), { recursive: true });
	for (const { name, svg } of charts(tables)) writeFileSync(join(DOCS, 'benchmarks', name), svg);
	writeFileSync(join(DOCS, 'benchmarks.md'), benchmarkPage(tables, machine));
	expect(tables).toHaveLength(all.length);
});

/** All runs of each contender, who take turns: what else the machine does is nobody's own. */
async function runsOf({ contenders, latencyMs, faults }: Race): Promise<Measured[][]> {
	const runs = contenders.map((): Measured[] => []);
	const run = async (contender: Race['contenders'][number], items: number) => {
		const { id } = nodes.workflowOf(contender, items);
		return await measure({ server, gateway, traffic }, { id, items }, isRight);
	};
	for (let round = 0; round < ROUNDS; round += 1) {
		const inOrder = [...contenders.entries()];
		for (const [at, contender] of round % 2 === 0 ? inOrder : inOrder.toReversed()) {
			Object.assign(conditions, { latencyMs: 0, faults: false });
			await run(contender, WARM_UP);
			Object.assign(conditions, { latencyMs, faults });
			runs[at]?.push(await run(contender, contender.items));
		}
	}
	return runs;
}

/** Seconds and milliseconds: what takes longer is shown cut. */
const MOST = 12;

function charts([first]: Array<{ rows: Array<Measured & { name: string }> }>) {
	const bars = (value: (row: Measured) => number, unit: string) =>
		(first?.rows ?? []).map((row) => ({
			name: row.name,
			value: value(row),
			label: `${value(row).toFixed(1)} ${unit}`,
			isOurs: row.name.startsWith('TokenHub'),
		}));
	const perThousand = ({ wallMs, items }: Measured) => wallMs / items;
	return [
		{
			name: 'wall.svg',
			svg: barChart('1,000 items, answers after 200 ms: seconds', bars(perThousand, 's'), MOST),
		},
		{
			name: 'cpu.svg',
			svg: barChart(
				'CPU time of n8n for an item: milliseconds',
				bars(({ cpuMs }) => cpuMs, 'ms'),
				MOST,
			),
		},
	];
}
