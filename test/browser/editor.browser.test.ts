import { z } from 'zod/v4';
import { addNode, openCreator, searchNode } from './editor/addNode';
import {
	addTool,
	closeNode,
	node,
	openNode,
	openWorkflow,
	startWorkflow,
	stopWorkflow,
	wire,
} from './editor/canvas';
import { readLogs, say } from './editor/chat';
import {
	fillCredential,
	openCredentialForm,
	saveBadCredential,
	saveGoodCredential,
} from './editor/credentialForm';
import { openEditor, type Editor } from './openEditor';
import { readError, readOutput } from './editor/panel';
import { until } from './until';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const listSchema = z.object({ results: z.array(z.object({ status: z.string() })) });

let editor: Editor;

beforeAll(async () => {
	editor = await openEditor();
}, 45 * 60_000);

afterAll(async () => {
	await editor?.close();
});

/** A test that leaves a picture of the editor when it fails. */
function inEditor(name: string, work: (editor: Editor) => Promise<void>): void {
	test(name, async () => {
		try {
			await work(editor);
		} catch (error) {
			await editor.keepPicture(name);
			throw error;
		}
	});
}

describe('the node creator', () => {
	inEditor('finds the nodes by what people look for', async ({ page, origin }) => {
		await openWorkflow(page, origin);
		await openCreator(page);
		const names = async (words: string, name: string) =>
			(await searchNode(page, words, name)).map((found) => found.name);

		const claude = await searchNode(page, 'claude', 'TokenHub Chat Completion');
		expect(claude).toEqual(expect.arrayContaining(NODES));
		expect((await names('tokenhub', 'TokenHub Chat Model')).sort()).toEqual(
			NODES.map(({ name }) => name).sort(),
		);
		expect(await names('extract json', 'TokenHub Structured JSON Extract')).toEqual([
			'TokenHub Structured JSON Extract',
		]);
		expect(await names('agent', 'TokenHub Tool Call Loop')).toContain('AI Agent');
	});

	inEditor(
		'adds each node, and the first with its credential',
		async ({ page, origin, answering }) => {
			await openWorkflow(page, origin);
			await addNode(page, 'TokenHub Chat Completion');
			await openCredentialForm(page);
			await fillCredential(page, { apiKey: 'th-wrong-key', baseUrl: answering.url });
			expect(await saveBadCredential(page)).toContain(
				'TokenHub refused this API key. Copy it again from the TokenHub dashboard.',
			);
			await fillCredential(page, { apiKey: 'th-demo-key', baseUrl: answering.url });
			await saveGoodCredential(page);
			await closeNode(page);
			for (const { name } of NODES.slice(1)) {
				await addNode(page, name);
				await closeNode(page);
			}
			for (const { name } of NODES) await node(page, name).waitFor();
		},
	);
});

const NODES = [
	{
		name: 'TokenHub Chat Completion',
		subtitle: 'Ask a Claude model and get its answer with usage and cost',
	},
	{
		name: 'TokenHub Tool Call Loop',
		subtitle: 'An agent: a Claude model that calls your tools until it can answer',
	},
	{
		name: 'TokenHub Structured JSON Extract',
		subtitle: 'Turn text into JSON that is valid against your schema',
	},
	{
		name: 'TokenHub Chat Model',
		subtitle: 'Claude by TokenHub for AI agents, chains and extractors',
	},
];

inEditor('a tool is connected by a click on the plus of Tools', async ({ page, origin }) => {
	await openWorkflow(page, origin);
	await addNode(page, 'TokenHub Tool Call Loop');
	await closeNode(page);
	await addTool(page, 'TokenHub Tool Call Loop', 'Calculator');
	await closeNode(page);
	await wire(page, ['Calculator', 'TokenHub Tool Call Loop']).waitFor({ state: 'attached' });
});

inEditor('an expression in a Fixed field is marked before anything is paid for', async (editor) => {
	const { page, origin } = editor;
	await openWorkflow(page, origin, 'browserBraces');
	await openNode(page, 'Chat');
	const panel = page.getByTestId('output-panel');
	await panel.getByText('will be sent as plain text').waitFor();
	await closeNode(page);
});

inEditor('what is empty is marked on the canvas', async ({ page, origin }) => {
	await openWorkflow(page, origin);
	await addNode(page, 'TokenHub Structured JSON Extract');
	await closeNode(page);
	await node(page, 'TokenHub Structured JSON Extract').getByTestId('node-issues').waitFor();
});

inEditor('a workflow runs, and each view shows its output', async ({ page, origin }) => {
	await openWorkflow(page, origin, 'tokenhubInvoice01');
	await startWorkflow(page);
	await openNode(page, 'Read the invoice');
	expect(await readOutput(page, 'json')).toContain('"invoiceNumber": "INV-2026-0117"');
	const table = await readOutput(page, 'table');
	expect(table).toContain('INV-2026-0117');
	expect(table).toContain('costUsd');
	const schema = await readOutput(page, 'schema');
	expect(schema).toContain('invoiceNumber');
	expect(schema).toContain('INV-2026-0117');
	await closeNode(page);
});

inEditor('an agent shows its answer, and no hint that is not for it', async ({ page, origin }) => {
	await openWorkflow(page, origin, 'tokenhubToolLoop1');
	await startWorkflow(page);
	await openNode(page, 'Answer the customer');
	expect(await readOutput(page, 'schema')).toContain('stopReason answered');
	const panel = await page.getByTestId('output-panel').innerText();
	expect(panel).toContain('Answer Branch (2 items)');
	expect(panel).not.toContain('filled by AI');
	await closeNode(page);
});

inEditor('a chat is answered by a loop into which nothing was typed', async (editor) => {
	const { page, origin, answering } = editor;
	await openWorkflow(page, origin, 'browserChat');
	const before = answering.requests.length;
	expect(await say(page, 'What is 6 times 7?')).toContain('What is 6 times 7?');
	expect(answering.requests.slice(before)).toMatchObject([
		{ body: { messages: [{ role: 'user', content: 'What is 6 times 7?' }] } },
	]);
});

inEditor('a picture of a chat is in the request, and the Logs show its tokens', async (editor) => {
	const { page, origin, answering } = editor;
	await openWorkflow(page, origin, 'browserChat');
	const before = answering.requests.length;
	const picture = { name: 'cat.png', mimeType: 'image/png', buffer: PNG };
	await say(page, 'What is this?', picture);
	const [url] = [`data:image/png;base64,${PNG.toString('base64')}`];
	expect(answering.requests.slice(before)).toMatchObject([
		{
			body: {
				messages: [{ content: [{ image_url: { url } }, { type: 'text', text: 'What is this?' }] }],
			},
		},
	]);
	await editor.keepPicture('chat-with-picture');
	expect(await readLogs(page)).toMatch(/Answer Success in [\d.]+m?s [1-9]\d* Tokens/);
});

inEditor('an error of the endpoint is in the chat in its own words', async (editor) => {
	const { page, origin } = editor;
	await openWorkflow(page, origin, 'browserRefused');
	const answer = await say(page, 'Hello');
	await editor.keepPicture('chat-with-error');
	expect(answer).toContain('this account may not use tools after midnight');
	expect(answer).toContain('Correct the request');
});

inEditor('an error says what happened and what to do', async ({ page, origin }) => {
	await openWorkflow(page, origin, 'browserNoCredit');
	await startWorkflow(page);
	await openNode(page, 'Chat');
	const { message, description } = await readError(page);
	expect(message).toMatch(/credit/);
	expect(description).toBe('Top up the TokenHub account: its prepaid credit is used up.');
	await closeNode(page);
});

inEditor(
	'Stop ends the request that is out, and none follows',
	async ({ page, origin, holding, rest }) => {
		await openWorkflow(page, origin, 'browserHolding');
		await startWorkflow(page);
		await until(() => holding.requests.length === 1);
		await stopWorkflow(page);
		await until(() => holding.requests[0]?.abortedAt !== undefined);
		const { results } = listSchema.parse(
			await rest.get('/rest/executions?filter={"workflowId":"browserHolding"}'),
		);
		expect(results.map(({ status }) => status)).toEqual(['canceled']);
		expect(holding.requests).toHaveLength(1);
	},
);
