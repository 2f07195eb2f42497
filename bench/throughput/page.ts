import type { Measured } from './measure';

interface Table {
	title: string;
	rows: Array<Measured & { name: string }>;
}

/** The page of the results: a table for each race, against its first row. */
export function benchmarkPage(tables: readonly Table[], machine: string): string {
	const date = new Date().toISOString().slice(0, 10);
	return `# Benchmarks

Made by \`npm run bench -- throughput\` on ${date}: the full n8n 2.41.1, ${machine}, gateway and benchmark on the same machine. All nodes have the version that n8n adds today, except OpenAI, whose newest version does not use \`/chat/completions\`. Each row is the median of three runs, in which the rows of a table take turns, each after a warm-up run of 300 items. Times are n8n's own; CPU is that of n8n's process. All rows use the same embedded gateway; n8n's AI nodes use its OpenAI Chat Model, and what that sends beyond TokenHub's contract is removed on the way. The _bare_ rows show a node that only sends the requests: the lower bound.

![Seconds for 1,000 items](benchmarks/wall.svg)

![CPU time per item](benchmarks/cpu.svg)

${tables.map(tableOf).join('\n\n')}

More: [the tool loop and AI Agent](../bench/tool-loop.md), [extraction and Information Extractor](../bench/extraction.md), [the client, the openai SDK and fetch](../bench/client.md).
`;
}

function tableOf({ title, rows }: Table): string {
	const head = [
		'',
		'right',
		'wall',
		'CPU per item',
		'memory',
		'connections',
		'at once',
		'requests',
	];
	const [first] = rows;
	const lines = rows.map((row) => {
		const ratio = (of: (row: Measured) => number) =>
			first ? ` (${(of(row) / of(first)).toFixed(2)}×)` : '';
		return [
			row.name,
			`${row.right} of ${row.items}`,
			`${(row.wallMs / 1000).toFixed(2)} s${ratio(({ wallMs, items }) => wallMs / items)}`,
			`${row.cpuMs.toFixed(2)} ms${ratio(({ cpuMs }) => cpuMs)}`,
			`+${row.memoryMb.toFixed(0)} MB`,
			row.connections,
			row.atOnce,
			row.requests,
		].join(' | ');
	});
	const rule = head.map(() => '---').join(' | ');
	return `## ${title}\n\n| ${head.join(' | ')} |\n| ${rule} |\n${lines.map((line) => `| ${line} |`).join('\n')}`;
}
