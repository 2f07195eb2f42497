import type { IExecuteFunctions } from 'n8n-workflow';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/isRecord';
import type { Tool } from '../../../core/toolLoop/tool';
import { toDataObject } from '../../shared/run/output';
import { countInto } from '../../shared/run/toolSpending';
import { itemsResult } from './itemsResult';
import type { InlineTool } from './inlineToolSchema';

/** A tool that runs another workflow: the arguments go in as one item, its last items come out. */
export function workflowTool(
	context: IExecuteFunctions,
	{ name, workflowId }: Pick<InlineTool, 'name' | 'workflowId'>,
): Tool['execute'] {
	if (workflowId === '') {
		throw new TokenHubError('badConfig', `Tool "${name}": choose the workflow that it runs.`);
	}
	return async (args, { client }) => {
		const json = toDataObject(isRecord(args) ? args : {});
		const parentExecution = {
			executionId: context.getExecutionId(),
			workflowId: context.getWorkflow().id ?? '',
		};
		if (client.ledger) countInto(parentExecution, client);
		const { data } = await context.executeWorkflow({ id: workflowId }, [{ json }], undefined, {
			parentExecution,
			// Without it n8n takes every call for a production one, and refuses unpublished workflows.
			executionMode: context.getMode(),
		});
		return await itemsResult(context, data[0] ?? []);
	};
}
