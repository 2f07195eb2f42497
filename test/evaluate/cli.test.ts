import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateCommand } from '../../library/cli/evaluateCommand';
import { readOptions } from '../../library/cli/options';
import { startGateway } from '../../gateway';
import { INVOICE_SCHEMA, invoiceModel, invoices } from './invoices';

const list = invoices(12);
const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
writeFileSync(at('cases.jsonl'), list.map((one) => JSON.stringify(one)).join('\n'));
writeFileSync(at('schema.json'), JSON.stringify(INVOICE_SCHEMA));

async function run(
	args: string[],
	env: Record<string, string> = {},
	more: { signal?: AbortSignal; onProgress?: () => void } = {},
) {
	const said: string[] = [];
	const lines: string[] = [];
	const terminal = {
		env,
		out: (text: string) => void said.push(text),
		progress: (line: string) => {
			lines.push(line);
			more.onProgress?.();
		},
		signal: more.signal,
	};
	const out = ['--schema', at('schema.json'), '--out', at('report')];
	const code = await evaluateCommand(['evaluate', at('cases.jsonl'), ...out, ...args], terminal);
	return { code, said: said.join(''), lines };
}

test('one command gives the table and the reports; a replay the same, and a worse one fails', async () => {
	const gateway = await startGateway({
		script: invoiceModel(list, {
			'anthropic/claude-haiku-4-5': (expected, n) => (n < 6 ? { ...expected, total: 1 } : expected),
		}),
	});
	const env = { TOKENHUB_API_KEY: 'th-demo-key', TOKENHUB_BASE_URL: gateway.url };
	const models = ['--models', 'haiku,sonnet'];
	const live = await run([...models, '--record', at('tape.jsonl')], env);
	await gateway.close();
	expect(live.code).toBe(0);
	expect(live.said).toMatch(/claude-haiku-4-5 +9\d\.\d %/);
	expect(live.lines.at(-2)).toMatch(/█{30} 24\/24/);
	const report = readFileSync(at('report.json'), 'utf8');
	expect(readFileSync(at('report.html'), 'utf8')).toMatch(/^<!doctype html>/);
	expect(readFileSync(at('report.md'), 'utf8')).toContain('| claude-haiku-4-5 |');
	expect(report).not.toContain('th-demo-key');

	const again = await run([...models, '--replay', at('tape.jsonl')]);
	expect(again.said).toBe(live.said);
	expect(readFileSync(at('report.json'), 'utf8')).toBe(report);

	// What was Sonnet's is now Haiku's.
	writeFileSync(
		at('better.json'),
		report
			.replaceAll('sonnet-4-6', 'x')
			.replaceAll('haiku-4-5', 'y')
			.replaceAll('claude-x', 'claude-haiku-4-5'),
	);
	const baseline = [
		'--models',
		'haiku',
		'--replay',
		at('tape.jsonl'),
		'--baseline',
		at('better.json'),
	];
	expect((await run(baseline)).code).toBe(1);
	const high = ['--models', 'haiku', '--replay', at('tape.jsonl'), '--min-f1', '0.999'];
	expect((await run(high)).code).toBe(1);
}, 180_000);

test('Ctrl-C keeps what was paid for: the reports are written, and the exit code is 2', async () => {
	const gateway = await startGateway({ script: invoiceModel(list, {}) });
	const env = { TOKENHUB_API_KEY: 'th-demo-key', TOKENHUB_BASE_URL: gateway.url };
	const stop = new AbortController();
	let shown = 0;
	const onProgress = () => void ((shown += 1) === 4 && stop.abort());
	const args = ['--models', 'haiku', '--concurrency', '1'];
	const { code, said } = await run(args, env, { signal: stop.signal, onProgress });
	await gateway.close();
	expect(code).toBe(2);
	expect(said).toMatch(/ended early/);
	expect(JSON.parse(readFileSync(at('report.json'), 'utf8')).models[0].scored).toBe(4);
	expect(gateway.requests).toHaveLength(4);
	const nothing = [...args, '--baseline', at('report.json')];
	writeFileSync(
		at('report.json'),
		readFileSync(at('report.json'), 'utf8').replaceAll('haiku', 'x'),
	);
	expect((await run([...nothing, '--replay', at('tape.jsonl')])).code).toBe(2);
	const few = await run([...args, '--replay', at('tape.jsonl'), '--max-cost', '0.002']);
	expect(few).toMatchObject({ code: 2, said: expect.stringMatching(/Max Cost of 0.002 USD/) });
	const elsewhere = [...args, '--out', at('no/such/report')];
	await expect(run(elsewhere, env)).rejects.toThrow('No report can be written');
	expect(gateway.requests).toHaveLength(4);
}, 60_000);

test.each([
	[['--target', 'high'], 'not a number'],
	[['--baseline', at('cases.jsonl')], 'Not valid JSON'],
	[['--models', ''], 'models'],
	[['--wrong', 'x'], "'--wrong'"],
])('%j is refused in words, before anything is written', async (args, words) => {
	rmSync(at('report.json'), { force: true });
	await expect(run(args, { TOKENHUB_API_KEY: 'th-demo-key' })).rejects.toThrow(words);
	await expect(run(args)).rejects.toThrow(/TOKENHUB_API_KEY|--wrong/);
	expect(existsSync(at('report.json'))).toBe(false);
});

test.each(['cases', 'schema', 'baseline'])(
	'a file of %s that is not there is named',
	async (what) => {
		const gone = at('gone.json');
		const args = what === 'cases' ? [] : [`--${what}`, gone];
		const terminal = {
			env: { TOKENHUB_API_KEY: 'th-demo-key' },
			out: () => undefined,
			progress: () => undefined,
		};
		const first = what === 'cases' ? gone : at('cases.jsonl');
		const command = evaluateCommand(['evaluate', first, ...args], terminal);
		await expect(command).rejects.toThrow(/gone\.json cannot be read: .*no such file/);
	},
);

test('a line that is no case is named', async () => {
	writeFileSync(at('broken.jsonl'), '{"text":"a","expected":1}\nhello\n');
	const terminal = { env: {}, out: () => undefined, progress: () => undefined };
	const command = evaluateCommand(['evaluate', at('broken.jsonl')], {
		...terminal,
		env: { TOKENHUB_API_KEY: 'th-demo-key' },
	});
	await expect(command).rejects.toThrow(/line 2 of/);
});

test('models by their short names', () => {
	expect(readOptions(['evaluate', 'c', '--models', 'haiku, opus,x/y']).models).toEqual([
		...['anthropic/claude-haiku-4-5', 'anthropic/claude-opus-4-7', 'x/y'],
	]);
});
