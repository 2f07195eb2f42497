import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../../core/lib/isRecord';
import { tryJson } from '../../../core/json/tryJson';
import { toDataObject } from './output';

/** What such a workflow has to do, for the hints of errors. */
export const STATE_HINT =
	'It must return the last "state" that it received for this "key", unchanged, or nothing. The workflows in examples/stores do.';

/** Asks a workflow of the user's own for the state of a key, or has it stored. */
export async function callStateWorkflow(
	context: IExecuteFunctions,
	id: string,
	input: { key: string; state?: object },
): Promise<unknown> {
	const { data } = await context.executeWorkflow(
		{ id },
		[{ json: toDataObject(input) }],
		undefined,
		{
			parentExecution: {
				executionId: context.getExecutionId(),
				workflowId: context.getWorkflow().id ?? '',
			},
			executionMode: context.getMode(),
		},
	);
	return stateIn(data[0]?.[0]?.json);
}

/** As an object or as JSON text, alone or under `state`; undefined if there is none. */
function stateIn(returned: unknown): unknown {
	const inner = isRecord(returned) && 'state' in returned ? returned.state : returned;
	const state = typeof inner === 'string' ? (tryJson(inner) ?? inner) : inner;
	return state === null || state === '' ? undefined : state;
}
