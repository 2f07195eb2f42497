import { z } from 'zod/v4';
import type { ToolLoopRequest } from '../../core/toolLoop/loopRequest';
import { TOOL_SEARCH } from '../../core/toolLoop/toolSearch/toolSearchTerms';
import { textList } from '../shared/formFields';

/** Keys of the options of `controlOptions`. */
export const controlShape = {
	pinnedTools: textList,
	toolSearch: z.enum(TOOL_SEARCH).optional(),
};

/** What they mean in a request; nodes that 1.0.0 has saved offer all tools. */
export function controlOf(
	{ pinnedTools, toolSearch }: z.output<z.ZodObject<typeof controlShape>>,
	isFirst: boolean,
): Pick<ToolLoopRequest, 'toolSearch'> {
	const mode = toolSearch ?? (isFirst ? 'off' : 'auto');
	return { toolSearch: { mode, pinned: pinnedTools.filter((name) => name.trim() !== '') } };
}
