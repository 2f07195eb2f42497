import type { Failure } from '../../errors';
import { jsonPointer } from '../../jsonPointer';
import { spoken } from '../openingMessages';
import type { ResumeState } from '../resumeState';

/** What is sent in another form ends before the turn that waits, and a summary where a turn begins. */
export function contextFaults({ context, messages }: ResumeState): Failure[] {
	if (!context) return [];
	const said = spoken(messages);
	const fault = (path: readonly string[], message: string) => ({
		path: jsonPointer(['resume', 'context', ...path]),
		message,
	});
	const { stubsUntil, summary } = context;
	const isTurn = !summary || said[summary.until]?.role === 'assistant';
	return [
		...(stubsUntil < said.length
			? []
			: [fault(['stubsUntil'], 'it is beyond the turn that waits')]),
		...(isTurn ? [] : [fault(['summary', 'until'], 'no turn begins there')]),
	];
}
