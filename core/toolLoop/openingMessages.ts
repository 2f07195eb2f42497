import type { Message } from '../chat/messages';
import type { LoopRequest } from './loopRequest';
import type { ResumeState } from './resumeState';

/** A system message of the caller's own stands in place of the state's: an empty one takes it away. */
export function resumedMessages({ system }: LoopRequest, { messages }: ResumeState): Message[] {
	if (system === undefined) return [...messages];
	return [...systemMessages(system), ...spoken(messages)];
}

function systemMessages(system: string | undefined): Message[] {
	return system ? [{ role: 'system', content: system }] : [];
}

export function openingMessages({ system, prompt, messages }: Partial<LoopRequest>) {
	return [
		...systemMessages(system),
		...(prompt === undefined ? [] : [{ role: 'user' as const, content: prompt }]),
		...(messages ?? []),
	];
}

/** Without system messages. */
export function spoken(messages: readonly Message[]): Message[] {
	return messages.filter(({ role }) => role !== 'system');
}
