import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { forErrorOutput } from './forErrorOutput';
import { openReuse, type Reuse, type RunEnd } from './reuse/openReuse';
import { warnAboutRun } from './warnAboutRun';

/** Work that says how it ended; one that throws has not. */
type Work<Results> = (reuse: Reuse) => Promise<{ results: Results; end: RunEnd }>;

/** Leaves what a Retry may reuse behind, or clears it away, as the work ended. */
export async function withReuse<Results>(
	context: IExecuteFunctions,
	work: Work<Results>,
): Promise<Results> {
	const reuse = openReuse(context);
	let end: RunEnd = 'open';
	try {
		const ended = await work(reuse);
		end = ended.end;
		return ended.results;
	} finally {
		reuse.close(end);
	}
}

/** The output of a run that is over, after a word on what a person should know of its results. */
export function endRun(
	context: IExecuteFunctions,
	results: readonly object[],
	items: INodeExecutionData[],
): INodeExecutionData[] {
	warnAboutRun(context, results);
	return forErrorOutput(context, items);
}
