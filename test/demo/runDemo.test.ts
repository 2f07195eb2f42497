import { findWorkflows } from '../../demo/findWorkflows';
import type { Screen } from '../../demo/screen';
import { runDemo, type Surroundings } from '../../demo/runDemo';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probePackage } from './probePackage';

const probe = probePackage();
const path = join(probe.dir, 'echo.workflow.json');
writeFileSync(
	path,
	JSON.stringify({
		name: 'Echo',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				name: 'Echo',
				type: 'n8n-nodes-probe.probeEcho',
				parameters: { value: '={{ $json.x }}' },
			},
		],
		connections: { Start: { main: [[{ node: 'Echo', type: 'main', index: 0 }]] } },
	}),
);
afterAll(() => probe.remove());

function screen(): Screen & { text: string } {
	const fake = {
		...{ text: '', isTTY: false, columns: 100 },
		write(text: string) {
			fake.text += text;
		},
	};
	return fake;
}

async function run(x: string, env: NodeJS.ProcessEnv = {}, json = false) {
	const [out, live] = [screen(), screen()];
	const { signal } = new AbortController();
	const around: Surroundings = { root: probe.dir, env, signal, out, live };
	const job = { ...findWorkflows([path], probe.dir), input: [{ json: { x } }], json };
	const code = await runDemo(job, around);
	return { code, out: out.text, live: live.text };
}

describe('the demo', () => {
	it('shows progress, the table and who answered', async () => {
		const { code, out, live } = await run('hello');
		expect(code).toBe(0);
		expect(live).toContain('Echo: 1 item');
		expect(out).toContain('value: hello');
		expect(out).toContain('1 workflow, all ok');
		expect(out).toContain('embedded endpoint, not from a real model');
		expect(out).toMatch(/Time: n8n engine .*endpoint .*workflows /);
	});

	it('fails with 1 and says where and why', async () => {
		const { code, out } = await run('bad');
		expect(code).toBe(1);
		expect(out).toMatch(/failed at node "Echo", item 0:\n {2}Bad value\n {2}Give a good one/);
		expect(out).toContain('1 workflow, 1 failed');
	});

	it('uses TokenHub when there is a key', async () => {
		const key = { TOKENHUB_API_KEY: 'th-mine' };
		expect((await run('a', key)).out).toContain('TokenHub at https://tokenhub.store/api/v1.');
		const elsewhere = { ...key, TOKENHUB_BASE_URL: 'http://10.0.0.1/api/v1' };
		const { out } = await run('a', elsewhere);
		expect(out).toContain('TokenHub at http://10.0.0.1/api/v1.');
		expect(out).not.toContain('th-mine');
	});

	it('puts nothing but JSON on the output for --json', async () => {
		const { out } = await run('hello', {}, true);
		expect(JSON.parse(out)).toMatchObject({
			endpoint: { embedded: true },
			workflows: [{ name: 'Echo', ok: true, items: [{ value: 'hello' }], requests: 0 }],
		});
	});
});
