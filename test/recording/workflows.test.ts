import { join, resolve } from 'node:path';
import { createEngine } from '../../demo/engine';
import { cameOut } from '../../demo/runDemo';
import { findWorkflows } from '../../demo/findWorkflows';
import { startGateway as startOwn } from '../../gateway';
import { startGateway } from '../../library/testing';
import { memoryTape } from './memoryTape';

const ROOT = resolve(__dirname, '../..');
const KEY = 'th-demo-key';
const found = findWorkflows([], join(ROOT, 'examples'));

/** What the machine's clock says is not of the answer. */
const timeless = (value: unknown): unknown =>
	JSON.parse(
		JSON.stringify(value, (key, inner: unknown) =>
			key === 'latencyMs' || key === 'durationMs' ? undefined : inner,
		),
	);

async function outputOf(baseUrl: string, apiKey: string, workflow: (typeof found.toRun)[number]) {
	const engine = await createEngine({
		...{ packageDir: ROOT, fromSource: true },
		credentials: { tokenHubApi: { apiKey, baseUrl } },
	});
	const { workflow: nodes } = workflow;
	const result = await engine.run(nodes, { workflows: found.callable });
	return { ok: result.ok, items: timeless(cameOut(nodes, result)) };
}

test.each(found.toRun.map((one) => [one.name, one] as const))(
	'%s gives the same from its recording, without another endpoint',
	async (_name, workflow) => {
		const tape = memoryTape();
		const upstream = await startOwn({ keys: { [KEY]: 'active' } });
		const recorder = await startGateway({ record: tape, upstream: upstream.url });
		const live = await outputOf(recorder.url, KEY, workflow);
		await Promise.all([recorder.close(), upstream.close()]);
		expect(live.ok).toBe(true);
		expect(upstream.requests.length).toBeGreaterThan(0);
		expect(tape.text()).not.toContain(KEY);

		const player = await startGateway({ replay: tape });
		const replayed = await outputOf(player.url, 'th-another-key', workflow);
		await player.close();
		expect(JSON.stringify(replayed)).toBe(JSON.stringify(live));
		expect(player.requests.map(({ status }) => status)).toEqual(
			upstream.requests.map(({ status }) => status),
		);
	},
	120_000,
);
