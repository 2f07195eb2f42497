import type { LoopEvent } from '../../core/toolLoop/loopRun';
import type { ToolLoopResult } from '../../core/toolLoop/loopResult';
import type { EngineTool } from './tools/engineTool';

export interface Reading {
	/** Whether a line says which tools are working. */
	showToolUse: boolean;
	/** Whether the loop has written text before, in an earlier call of the node. */
	hasSpoken: boolean;
	/** Tools that n8n's engine runs after the loop has stopped for them. */
	engineTools: ReadonlyMap<string, Pick<EngineTool, 'gatedNode'>>;
}

interface Teller {
	onEvent(this: void, event: LoopEvent): void;
	/** Says what the loop has stopped for. */
	onStop(this: void, result: Pick<ToolLoopResult, 'pendingToolCalls'>): void;
}

/**
 * What a chat's reader sees of a loop: the texts of its turns, separated, and which tools work in
 * between.
 */
export function tellReader(
	say: (text: string) => void,
	{ showToolUse, hasSpoken, engineTools }: Reading,
): Teller {
	let isApart = !hasSpoken;
	let named = new Set<string>();
	const sayApart = (text: string) => {
		say(isApart ? text : `\n\n${text}`);
		isApart = true;
	};
	const sayOnce = (tool: string, words: string) => {
		if (!showToolUse || named.has(tool)) return;
		isApart = !hasSpoken;
		sayApart(words);
		hasSpoken = true;
		named.add(tool);
	};
	const onEvent = (event: LoopEvent) => {
		if (event.type === 'text') {
			if (event.delta === '') return;
			sayApart(event.delta);
			hasSpoken = true;
		} else if (event.type === 'request') {
			isApart = !hasSpoken;
			named = new Set();
		} else if (event.type === 'toolStart') {
			sayOnce(event.tool, using(event.tool));
		}
	};
	return {
		onEvent,
		onStop({ pendingToolCalls = [] }) {
			for (const { name } of pendingToolCalls) {
				const tool = engineTools.get(name);
				if (tool) sayOnce(name, tool.gatedNode === undefined ? using(name) : waitingFor(name));
			}
		},
	};
}

const using = (tool: string) => `*Using ${tool}…*`;
const waitingFor = (tool: string) => `*Waiting for approval of ${tool}…*`;
