import {
	buildWorkflow,
	loop,
	tool,
	type BuiltWorkflow,
	type Part,
} from '../../server/buildWorkflow';
import { callingPrompt, type WantedCall } from './scriptedModel';

interface Places {
	mcpUrl: string;
	shopUrl: string;
}

const HAIKU = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
const tokenHub = { tokenHubApi: { id: 'scripted', name: 'TokenHub' } };
const fromAi = (key: string) => `{{ $fromAI('${key}', 'the ${key}', 'string') }}`;

/** What an item asks for: calls of one turn, by a part of the tool's name. */
export interface Asked {
	calls: Record<string, object[]>;
	/** An amount up to which nobody is asked. */
	above?: number;
	waitSeconds?: number;
	/** A node between the person and the loop drops n8n's paired items. */
	isLost?: boolean;
}

export const asked = ({ calls, above = -1, waitSeconds = 86_400, isLost }: Asked): object => {
	const turn = Object.entries(calls).flatMap(([name, all]) =>
		all.map((args): WantedCall => [name, args]),
	);
	return { prompt: turn.length > 0 ? callingPrompt(turn) : 'Hello', above, waitSeconds, isLost };
};

const called: Part = {
	...{ name: 'Called', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
	parameters: { inputSource: 'passthrough' },
};

/** A workflow that orders. */
export const ordering = (shopUrl: string): BuiltWorkflow =>
	buildWorkflow('e2eOrdering', [
		{ ...called, to: [['Order', 'main']] },
		{
			...{ name: 'Order', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 },
			parameters: { url: `=${shopUrl}/order/{{ $json.sku }}`, options: {} },
		},
	]);

/** A workflow that asks a model. */
export const asking = buildWorkflow('e2eAsking', [
	{ ...called, to: [['Ask', 'main']] },
	{
		...{ name: 'Ask', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion', typeVersion: 2 },
		parameters: { model: HAIKU, prompt: '=inner {{ $json.q }}', maxTokens: 200, options: {} },
		credentials: tokenHub,
	},
]);

/** n8n's Call n8n Workflow Tool. */
export const workflowTool = (name: string, workflow: string, argument: string): Part =>
	tool(name, '@n8n/n8n-nodes-langchain.toolWorkflow', {
		typeVersion: 2.2,
		parameters: {
			description: `${name}: by its ${argument}`,
			workflowId: { __rl: true, mode: 'id', value: workflow },
			workflowInputs: {
				mappingMode: 'defineBelow',
				value: { [argument]: `=${fromAi(argument)}` },
				matchingColumns: [],
				schema: [
					{
						...{ id: argument, displayName: argument, type: 'string', required: false },
						...{ defaultMatch: false, display: true, canBeUsedToMatch: true, removed: false },
					},
				],
			},
		},
	});

/** n8n's AI Agent Tool on TokenHub Chat Model. */
export const agentTool = (name = 'Expert'): Part[] => [
	tool(name, '@n8n/n8n-nodes-langchain.agentTool', {
		typeVersion: 3,
		parameters: {
			toolDescription: `${name} for hard questions`,
			text: `=${fromAi('question')}`,
			options: {},
		},
	}),
	{
		...{ name: `${name}'s model`, type: 'n8n-nodes-tokenhub.lmChatTokenHub' },
		parameters: { model: HAIKU, options: {} },
		credentials: tokenHub,
		to: [[name, 'ai_languageModel']],
	},
];

const end = (node: string) => ({ node, type: 'main', index: 0 });

/** A request whose calls a person approves by mail. */
export function approving({ mcpUrl, shopUrl }: Places): BuiltWorkflow {
	const id = 'e2eApproving';
	const pay = {
		...{ name: 'pay', type: 'httpRequest', url: `${shopUrl}/pay/{amount}` },
		...{ schemaSource: 'zod', zodSchema: 'z.object({ amount: z.number() })' },
	};
	const split = "$('Split').item.json";
	const values = [
		{ tool: 'pay', argument: 'amount', comparison: 'greater', value: '={{ $json.above ?? -1 }}' },
		...['refund', 'Shop_stock.level', 'order', 'Expert'].map((name) => ({
			...{ tool: name, comparison: 'always' },
		})),
	];
	const parts: Part[] = [
		{
			...{ name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: id },
			parameters: { httpMethod: 'POST', path: id, responseMode: 'onReceived', options: {} },
		},
		{
			...{ name: 'Split', type: 'n8n-nodes-base.splitOut', typeVersion: 1 },
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		{
			...loop('={{ $json.prompt }}', {
				tools: { values: [pay] },
				options: { approveWhen: { values }, maxRetries: 0 },
			}),
			typeVersion: 1,
		},
		{
			...{ name: 'Manager', type: 'n8n-nodes-base.emailSend', typeVersion: 2.1 },
			webhookId: `${id}-mail`,
			parameters: {
				...{ operation: 'sendAndWait', fromEmail: 'n8n@example.com' },
				...{ toEmail: 'boss@example.com', subject: 'May it?' },
				message: '=Run {{ $json.name }} with {{ JSON.stringify($json.args) }}',
				approvalOptions: { values: { approvalType: 'double' } },
				options: {
					limitWaitTime: {
						values: {
							...{ limitType: 'afterTimeInterval', resumeUnit: 'seconds' },
							resumeAmount: `={{ ${split}.waitSeconds }}`,
						},
					},
				},
			},
			credentials: { smtp: { id: 'smtp', name: 'SMTP' } },
		},
		tool('refund', 'n8n-nodes-base.httpRequestTool', {
			typeVersion: 4.2,
			parameters: {
				toolDescription: 'refund of an order',
				url: `=${shopUrl}/refund?order=${fromAi('order')}`,
				options: {},
			},
		}),
		tool('Shop', '@n8n/n8n-nodes-langchain.mcpClientTool', {
			typeVersion: 1.2,
			parameters: {
				...{ endpointUrl: mcpUrl, serverTransport: 'httpStreamable', authentication: 'none' },
				...{ include: 'selected', includeTools: ['stock.level'], options: {} },
			},
		}),
		workflowTool('order', 'e2eOrdering', 'sku'),
		...agentTool(),
		{
			...{ name: 'Between', type: 'n8n-nodes-base.code', typeVersion: 2 },
			parameters: {
				jsCode: `const { isLost } = $('Split').first().json;
return isLost ? $input.all().map(({ json }) => ({ json, pairedItem: [] })) : $input.all();`,
			},
		},
		{ name: 'End', type: 'n8n-nodes-base.noOp' },
	];
	return buildWorkflow(id, parts, {
		connections: {
			...buildWorkflow(id, parts).connections,
			Hook: { main: [[end('Split')]] },
			Split: { main: [[end('Loop')]] },
			Loop: { main: [[end('End')], [end('Manager')]] },
			Manager: { main: [[end('Between')]] },
			Between: { main: [[end('Loop')]] },
		},
	});
}
