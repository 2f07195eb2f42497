import { z } from 'zod/v4';
import type { ToolLoopRequest } from '../../core/toolLoop/loopRequest';
import { TOOL_SEARCH } from '../../core/toolLoop/loopRequest';
import { approveOption } from './approval/approveOption';
import { locatorField, optionalText, textList } from '../shared/form/formFields';
import type { CheckpointTerms } from './checkpoint/openCheckpoint';
import type { TurnTerms } from './turnControl';

/** Keys of the options of `controlOptions`. */
export const controlShape = {
	approveWhen: approveOption.schema,
	checkpointKey: optionalText.optional(),
	checkpointWorkflow: locatorField.optional(),
	pinnedTools: textList,
	stopAfterTool: optionalText.optional(),
	strongerAfterTurns: z
		.number()
		.min(0)
		.transform((turns) => (turns > 0 ? turns : undefined))
		.optional(),
	strongerModel: optionalText.optional(),
	toolSearch: z.enum(TOOL_SEARCH).optional(),
};

export interface Control extends TurnTerms, CheckpointTerms {
	/** Conditions of Approve When. */
	approveWhen: z.output<typeof approveOption.schema>['values'];
	/** Depends on the node's version: nodes saved by 1.0.0 offer all tools. */
	searchOf(this: void, isFirst: boolean): Pick<ToolLoopRequest, 'toolSearch'>;
}

export function controlOf({
	approveWhen,
	pinnedTools,
	toolSearch,
	...terms
}: z.output<z.ZodObject<typeof controlShape>>): Control {
	const { stopAfterTool, strongerModel, strongerAfterTurns } = terms;
	const { checkpointKey, checkpointWorkflow } = terms;
	const pinned = pinnedTools.filter((name) => name.trim() !== '');
	return {
		...{ stopAfterTool, strongerModel, strongerAfterTurns, checkpointKey, checkpointWorkflow },
		approveWhen: approveWhen.values,
		searchOf: (isFirst) => ({
			toolSearch: { mode: toolSearch ?? (isFirst ? 'off' : 'auto'), pinned },
		}),
	};
}
