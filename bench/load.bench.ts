import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { installServer, programOf } from '../server/installServer';
import { ROOT } from '../server/paths';
import { runCommand } from '../server/runCommand';

const RUNS = 11;
const UNBUNDLED = join(ROOT, '.cache', 'unbundled');
const rowSchema = z.object({
	ms: z.number(),
	cpuMs: z.number(),
	heapMb: z.number(),
	rssMb: z.number(),
});
type Row = z.output<typeof rowSchema>;

const manifestSchema = z.object({
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});

/** The files that n8n loads at its start, by contender. */
async function contenders(server: string): Promise<Record<string, string[]>> {
	const { n8n } = manifestSchema.parse(
		JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
	);
	const ours = [...n8n.nodes, ...n8n.credentials];
	await runCommand(['npm', 'run', '--silent', 'build'], { cwd: ROOT });
	const sources = ['core/**/*.ts', 'nodes/**/*.ts', 'credentials/*.ts'];
	const compile = ['npx', 'esbuild', ...sources, '--format=cjs', '--platform=node', '--outbase=.'];
	await runCommand([...compile, `--outdir=${UNBUNDLED}`], { cwd: ROOT });
	const langchain = join(server, 'node_modules', '@n8n', 'n8n-nodes-langchain', 'dist');
	return {
		'all four nodes and the credential, bundled': ours.map((file) => join(ROOT, file)),
		'the same files from node_modules': ours.map((file) =>
			join(UNBUNDLED, file.replace(/^dist\//, '')),
		),
		"n8n's OpenAI node": [join(langchain, 'nodes', 'vendors', 'OpenAi', 'OpenAi.node.js')],
	};
}

const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

test("cold load, beside n8n's OpenAI node", async () => {
	const server = await installServer();
	const [node = ''] = programOf(server);
	const all = await contenders(server);
	const rows: Record<string, Row[]> = {};
	for (let n = 0; n < RUNS; n += 1) {
		for (const [name, files] of Object.entries(all)) {
			const script = join(__dirname, 'load', 'load.cjs');
			const said = await runCommand([node, '--expose-gc', script, ...files], { cwd: ROOT });
			(rows[name] ??= []).push(rowSchema.parse(JSON.parse(said)));
		}
	}
	const of = (name: string, key: keyof Row) => median((rows[name] ?? []).map((row) => row[key]));
	const [bundled = ''] = Object.keys(all);
	const lines = Object.keys(all).map((name) => {
		const times = (key: keyof Row) => `(${(of(name, key) / of(bundled, key)).toFixed(2)}×)`;
		const ms = (key: 'ms' | 'cpuMs') => `${of(name, key).toFixed(0)} ms ${times(key)}`;
		const mb = (key: 'heapMb' | 'rssMb') => `${of(name, key).toFixed(0)} MB`;
		return `| ${[name, ms('ms'), ms('cpuMs'), mb('heapMb'), mb('rssMb')].join(' | ')} |`;
	});
	const page = `# Loading the nodes

Made by \`npm run bench -- load\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, Node ${process.version}. This is what n8n does when it starts, in a new process each time, with \`n8n-workflow\` already loaded and the files in the disk cache. The rows take turns; median of ${RUNS}.

| | wall | CPU | heap kept | resident |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
	writeFileSync(join(__dirname, 'load.md'), page);
	process.stdout.write(`\n${page}\n`);
	expect(Object.values(rows).map((list) => list.length)).toEqual([RUNS, RUNS, RUNS]);
}, 900_000);
