import type { Message } from '../chat/messages';
import { repairConversation } from '../chat/repair/repairConversation';
import type { LoopRequest } from './loopRequest';
import { toRepair } from './offeredTools';
import type { ResumeState } from './resumeState';
import type { Tool } from './tool';

/** What a run begins with, and what had to be repaired in it. */
export function openConversation(
	request: LoopRequest,
	tools: ReadonlyMap<string, Tool>,
): { messages: Message[]; warnings: string[] } {
	const { resume } = request;
	return resume
		? { messages: resumedMessages(request, resume), warnings: [] }
		: repairConversation(openingMessages(request), toRepair(tools));
}

/** A system message of the caller's own stands in place of the state's: an empty one takes it away. */
function resumedMessages({ system }: LoopRequest, { messages }: ResumeState): Message[] {
	if (system === undefined) return [...messages];
	return [...systemMessages(system), ...spoken(messages)];
}

function systemMessages(system: string | undefined): Message[] {
	return system ? [{ role: 'system', content: system }] : [];
}

function openingMessages({ system, prompt, messages }: Partial<LoopRequest>) {
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
