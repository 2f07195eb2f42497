import type { IExecuteFunctions } from 'n8n-workflow';
import { openViews } from './subNodes/itemView';
import { warn } from '../shared/run/warnings';
import { openSessions, type WithMemory } from './memory/sessions';
import { openTools, type ConnectedTools } from './tools/connectedTools';
import type { EngineTool } from './tools/engineTool';

/** What all loops of a run share. */
export interface RunParts {
	withTools<Result>(
		itemIndex: number,
		work: (tools: ConnectedTools) => Promise<Result>,
	): Promise<Result>;
	/** The engine tools of an item that has run. */
	engineToolsOf(itemIndex: number): ReadonlyMap<string, EngineTool>;
	withMemory: WithMemory;
	/** Closes everything, and leaves n8n's log of the execution complete. */
	close(): Promise<void>;
}

/** Fetched when the first loop needs them, so that a failure belongs to it. */
export function openParts(context: IExecuteFunctions): RunParts {
	const views = openViews(context);
	const toolsOf = openTools(context, views);
	const engineTools = new Map<number, ReadonlyMap<string, EngineTool>>();
	return {
		async withTools(itemIndex, work) {
			const tools = await toolsOf(itemIndex);
			for (const note of tools.notes) warn(context, note);
			if (tools.engineTools.size > 0) engineTools.set(itemIndex, tools.engineTools);
			try {
				return await work(tools);
			} finally {
				await tools.close();
			}
		},
		engineToolsOf: (itemIndex) => engineTools.get(itemIndex) ?? new Map(),
		withMemory: openSessions(context, views),
		close: () => views.close(),
	};
}
