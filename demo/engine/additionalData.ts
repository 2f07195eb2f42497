import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { RunContext } from './runContext';
import { branchesOf } from './runResult';
import type { WorkflowFile } from './workflowFile';

let executions = 0;

/** Nothing answers there, but n8n refuses empty URLs. */
const NOWHERE = 'http://localhost:5678/';

/** What n8n's server would supply with an execution. */
export function additionalData(
	file: WorkflowFile,
	mode: WorkflowExecuteMode,
	context: RunContext,
): IWorkflowExecuteAdditionalData {
	const executionId = String((executions += 1));
	return {
		...urls,
		executionId,
		streamingEnabled: mode !== 'integrated' && context.onChunk !== undefined,
		workflowId: file.id,
		workflowSettings: file.settings,
		currentNodeExecutionIndex: 0,
		variables: {},
		hooks: hooks(file, { mode, executionId }, context),
		credentialsHelper: context.credentials,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: (info, _data, options) => context.callWorkflow(info, options),
		getRunExecutionData: () => Promise.resolve(undefined),
		getRuntimeCredential: () => Promise.resolve(undefined),
		sendDataToUI: (_type, data) => tellProgress(data, context),
		logAiEvent: (name, { msg }) => context.onAiEvent?.(name, msg ?? ''),
		startRunnerTask: () => Promise.reject(new Error('This runner has no task runners')),
	};
}

const messageSchema = z.object({ source: z.string(), messages: z.array(z.string()) });

/** Nodes report their progress as messages to the editor's console. */
function tellProgress(sent: unknown, { onNode }: RunContext): void {
	const message = messageSchema.safeParse(sent).data;
	const [, node] = /^\[Node: "(.*)"\]$/.exec(message?.source ?? '') ?? [];
	const [, items, of] = /(\d+) of (\d+) items/.exec(message?.messages.join(' ') ?? '') ?? [];
	if (node === undefined || of === undefined) return;
	onNode?.({ node, phase: 'running', items: Number(items), of: Number(of) });
}

const urls = {
	restApiUrl: NOWHERE,
	instanceBaseUrl: NOWHERE,
	formBaseUrl: NOWHERE,
	formWaitingBaseUrl: NOWHERE,
	formTestBaseUrl: NOWHERE,
	webhookBaseUrl: NOWHERE,
	webhookWaitingBaseUrl: NOWHERE,
	webhookTestBaseUrl: NOWHERE,
	mcpBaseUrl: NOWHERE,
	mcpTestBaseUrl: NOWHERE,
};

interface Execution {
	mode: WorkflowExecuteMode;
	executionId: string;
}

function hooks(
	file: WorkflowFile,
	{ mode, executionId }: Execution,
	{ onNode, onChunk }: RunContext,
): ExecutionLifecycleHooks {
	const result = new ExecutionLifecycleHooks(mode, executionId, {
		id: file.id ?? 'workflow',
		name: file.name ?? 'workflow',
		nodes: file.nodes,
		connections: file.connections,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
	});
	if (mode === 'integrated') return result;
	if (onChunk) result.addHandler('sendChunk', onChunk);
	result.addHandler('nodeExecuteBefore', (node) => onNode?.({ node, phase: 'started' }));
	result.addHandler('nodeExecuteAfter', (node, task) =>
		onNode?.({ node, phase: 'finished', items: branchesOf(task).flat().length }),
	);
	return result;
}
