import { createEngine, parseWorkflowFile, type NodeEvent } from '../../demo/engine';
import { startProgress } from '../../demo/screen';
import { KEY, openGateway } from '../support/openGateway';
import { resolve } from 'node:path';

test('a long run shows a bar: how many of its items are done', () => {
	const written: string[] = [];
	const screen = { write: (text: string) => void written.push(text), isTTY: true, columns: 80 };
	const { onNode, finish } = startProgress(screen, 'many.json');
	onNode({ node: 'Chat', phase: 'started' });
	expect(written.at(-1)).toMatch(/many\.json · Chat · \d/);
	onNode({ node: 'Chat', phase: 'running', items: 5, of: 20 });
	expect(written.at(-1)).toContain(`many.json · Chat ${'█'.repeat(5)}${'░'.repeat(15)} 5 of 20`);
	onNode({ node: 'Chat', phase: 'finished', items: 20 });
	expect(written.at(-1)).not.toContain('█');
	finish(true);
	expect(written.at(-1)).toMatch(/✔ many\.json/);
});

test('a node that takes longer than a second says how far it is', async () => {
	const { gateway } = await openGateway(() => ({ text: 'Hi', delayMs: 300 }));
	const engine = await createEngine({
		packageDir: resolve(__dirname, '../..'),
		fromSource: true,
		credentials: { tokenHubApi: { apiKey: KEY, baseUrl: gateway.url } },
	});
	const parameters = {
		model: { __rl: true, mode: 'id', value: 'claude-haiku-4-5' },
		...{ prompt: 'Hello', maxTokens: 9, options: { concurrency: 1 } },
	};
	const workflow = parseWorkflowFile({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				...{ name: 'Chat', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion', parameters },
				credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } },
			},
		],
		connections: { Start: { main: [[{ node: 'Chat', type: 'main', index: 0 }]] } },
	});
	const events: NodeEvent[] = [];
	const input = Array.from({ length: 5 }, () => ({ json: {} }));
	const { ok } = await engine.run(workflow, { input, onNode: (event) => events.push(event) });
	expect(ok).toBe(true);
	const running = events.filter(({ phase }) => phase === 'running');
	expect(running[0]).toMatchObject({ node: 'Chat', of: 5 });
	expect(running[0]?.items).toBeGreaterThan(0);
});
