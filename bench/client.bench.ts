import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { z } from 'zod/v4';

jest.setTimeout(10 * 60_000);

/** Each contender gets its own process, so that none inherits another's compiled code or heap. */
const WAYS = ['ours', 'sdk', 'fetch'] as const;
type Way = (typeof WAYS)[number];
const NAMES: Record<Way, string> = {
	ours: 'this client (`chat`, `streamChat`)',
	sdk: 'the openai SDK alone',
	fetch: 'bare fetch',
};
const RUNS = 3;

const rowSchema = z.object({
	perSecond: z.number(),
	cpuMs: z.number(),
	mbPerSecond: z.number(),
	heapMb: z.number(),
});
type Row = { way: Way } & z.output<typeof rowSchema>;

let server: ChildProcess;
let url = '';

beforeAll(async () => {
	server = spawn(process.execPath, [join(__dirname, 'client', 'endpoint.cjs')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	url = await new Promise((resolve) => {
		server.stdout?.once('data', (said: Buffer) => resolve(said.toString().trim()));
	});
});

afterAll(() => server?.kill());

async function run(way: Way): Promise<Row> {
	const child = spawn(
		process.execPath,
		['--expose-gc', join(__dirname, 'client', 'drive.cjs'), way, url],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	let said = '';
	child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
	await once(child, 'close');
	return { way, ...rowSchema.parse(JSON.parse(said)) };
}

const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

test('the client beside the openai SDK and fetch', async () => {
	const rows: Row[] = [];
	for (let n = 0; n < RUNS; n += 1) for (const way of WAYS) rows.push(await run(way));
	const of = (way: Way, key: Exclude<keyof Row, 'way'>) =>
		median(rows.filter((row) => row.way === way).map((row) => row[key]));
	const ratio = (way: Way, key: Exclude<keyof Row, 'way'>) =>
		`${(of(way, key) / of('fetch', key)).toFixed(2)}×`;
	const lines = WAYS.map((way) =>
		[
			NAMES[way],
			`${of(way, 'perSecond').toFixed(0)} (${ratio(way, 'perSecond')})`,
			`${of(way, 'cpuMs').toFixed(3)} ms (${ratio(way, 'cpuMs')})`,
			`${of(way, 'mbPerSecond').toFixed(1)} (${ratio(way, 'mbPerSecond')})`,
			`${of(way, 'heapMb').toFixed(0)} MB`,
		].join(' | '),
	);
	const page = `# The client, the openai SDK and fetch

Made by \`npm run bench -- client\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, Node ${process.version}. An endpoint in its own process answers immediately. First 5,000 requests are sent, 32 in parallel; then a streamed answer of 10 MB in pieces of 64 characters is read to its end and its text joined. Each contender runs in a new process, median of ${RUNS}; bare fetch only parses the JSON and the lines of the stream. The heap column shows by how much the heap had grown at its peak; the text itself takes 10 MB of it.

| | requests per second | CPU per request | streamed, MB of text per second | heap while streaming |
| --- | --- | --- | --- | --- |
${lines.map((line) => `| ${line} |`).join('\n')}
`;
	writeFileSync(join(__dirname, 'client.md'), page);
	process.stdout.write(`\n${page}\n`);
	expect(rows).toHaveLength(RUNS * WAYS.length);
});
