import type { IExecuteFunctions } from 'n8n-workflow';
import { connectedTools, type ConnectedTools } from './tools/connectedTools';
import { openSessions, type WithMemory } from './memory/sessions';

/** What all loops of a run share. */
export interface RunParts {
	connected(): Promise<ConnectedTools>;
	withMemory: WithMemory;
}

/** Fetched when the first loop needs them, so that it can own the failure. */
export function openParts(context: IExecuteFunctions): RunParts {
	let connected: Promise<ConnectedTools> | undefined;
	return {
		connected: () => (connected ??= connectedTools(context)),
		withMemory: openSessions(context),
	};
}
