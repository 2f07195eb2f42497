import type { LoopEvent } from '../../core/toolLoop/loopRun';

export interface Reading {
	/** Whether a line says which tools work. */
	showToolUse: boolean;
	/** Whether the loop has spoken before, in an earlier call of the node. */
	hasSpoken: boolean;
}

/** What a reader of the chat gets of a loop: the texts of its turns apart, and who is at work between. */
export function tellReader(
	say: (text: string) => void,
	{ showToolUse, hasSpoken }: Reading,
): (event: LoopEvent) => void {
	let isApart = !hasSpoken;
	let named = new Set<string>();
	const sayApart = (text: string) => {
		say(isApart ? text : `\n\n${text}`);
		isApart = true;
	};
	return (event) => {
		if (event.type === 'text') {
			if (event.delta === '') return;
			sayApart(event.delta);
			hasSpoken = true;
		} else if (event.type === 'request') {
			isApart = !hasSpoken;
			named = new Set();
		} else if (event.type === 'toolStart' && showToolUse && !named.has(event.tool)) {
			isApart = !hasSpoken;
			sayApart(`*Using ${event.tool}…*`);
			hasSpoken = true;
			named.add(event.tool);
		}
	};
}
