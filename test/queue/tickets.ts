import { buildWorkflow, loop, MODEL, type Part } from '../../server/buildWorkflow';

/** As many as the issue asks for. */
export const COUNT = 200;

export const ticketIds = Array.from(
	{ length: COUNT },
	(_, index) => `T-${String(index + 1).padStart(3, '0')}`,
);

const statusOf = (id: string) => `open-${Number(id.slice(2)) * 7}`;
const ownerOf = (id: string) => `owner-of-${id}`;

/** What comes out at the end of the chain, and of no other ticket's chain. */
export const recordOf = (id: string) => ({ id, status: statusOf(id), owner: ownerOf(id) });

/** What the API behind the HTTP tool says. */
export const ticketAt = (path: string) => ({ status: statusOf(path.split('/').at(-1) ?? '') });

/** Leads from every request at the gateway back to the ticket and its execution. */
const LABEL = "[{{ $('Webhook').item.json.body.id }} in execution {{ $execution.id }}]";

export function readLabel(body: unknown): { id: string; execution: string } | undefined {
	const label = /\[(T-\d{3}) in execution (\d+)\]/.exec(JSON.stringify(body));
	const [, id, execution] = label ?? [];
	return id && execution ? { id, execution } : undefined;
}

export const OWNER_WORKFLOW = 'queueTicketOwner';
const credentials = { tokenHubApi: { id: 'scripted', name: 'TokenHub' } };
const byId = { schemaSource: 'zod', zodSchema: 'z.object({ id: z.string() })' };

/** The sub-workflow behind the loop's second tool: it runs inside the worker that called it. */
export const ownerWorkflow = buildWorkflow(OWNER_WORKFLOW, [
	{
		...{ name: 'Called', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
		parameters: { inputSource: 'passthrough' },
		to: [['Owner', 'main']],
	},
	{
		...{ name: 'Owner', type: 'n8n-nodes-base.set', typeVersion: 3.4 },
		parameters: {
			...{ mode: 'raw', jsonOutput: '={{ { owner: "owner-of-" + $json.id } }}', options: {} },
		},
	},
]);

export const REPORT_WORKFLOW = 'queueReport';

/** What n8n runs for each execution that failed. */
export const reportWorkflow = buildWorkflow(REPORT_WORKFLOW, [
	{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger' },
]);

/** Our three nodes in a row, started by a webhook that answers at once. */
export function ticketWorkflow(workflowId: string, apiUrl: string) {
	const webhook: Part = {
		...{ name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: workflowId },
		parameters: { httpMethod: 'POST', path: workflowId, responseMode: 'onReceived', options: {} },
		to: [['Chat', 'main']],
	};
	const chat: Part = {
		...{ name: 'Chat', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion', credentials },
		parameters: {
			model: MODEL,
			prompt: `=${LABEL} Greet the customer.`,
			maxTokens: 64,
			options: {},
		},
		to: [['Loop', 'main']],
	};
	const values = [
		{
			...{ name: 'read_ticket', description: 'Tells the status of a ticket', ...byId },
			...{ type: 'httpRequest', method: 'GET', url: `${apiUrl}/tickets/{id}` },
		},
		{
			...{ name: 'find_owner', description: 'Tells whose ticket it is', ...byId },
			...{ type: 'workflow', workflowId: { __rl: true, mode: 'id', value: OWNER_WORKFLOW } },
		},
	];
	const parts = [
		webhook,
		chat,
		{
			...loop(`=${LABEL} After "{{ $json.text }}", look the ticket up.`, { tools: { values } }),
			to: [['Extract', 'main']],
		} satisfies Part,
		{
			...{ name: 'Extract', type: 'n8n-nodes-tokenhub.tokenHubJsonExtract', credentials },
			parameters: {
				...{ model: MODEL, text: `=${LABEL} {{ $json.output }}`, schemaSource: 'zod' },
				zodSchema: 'z.object({ id: z.string(), status: z.string(), owner: z.string() })',
				...{ maxTokens: 128, options: {} },
			},
		},
	];
	return buildWorkflow(workflowId, parts, {
		settings: { executionOrder: 'v1', errorWorkflow: REPORT_WORKFLOW },
	});
}
