import { z } from 'zod/v4';
import type { Content, Message } from '../../../core/chat/messages';
import { isRecord } from '../../../core/lib/isRecord';
import { aiNodeSdk } from '../../shared/account/aiNodeSdk';

/** A part of a message in the format of n8n's SDK. */
type SdkPart =
	| { type: 'text'; text: string }
	| { type: 'tool-call'; toolCallId: string; toolName: string; input: string }
	| { type: 'tool-result'; toolCallId: string; result: string };
interface SdkMessage {
	role: Message['role'];
	content: SdkPart[];
}

type Supply = (
	context: object,
	memory: { chatHistory: { getMessages(): Promise<SdkMessage[]> } },
) => unknown;
const isSupply = (value: unknown): value is Supply => typeof value === 'function';
const sdkSchema = z.object({ supplyMemory: z.custom<Supply>(isSupply) });

type GetMessages = (this: unknown) => Promise<unknown>;
const isGetMessages = (value: unknown): value is GetMessages => typeof value === 'function';
const history = z.object({ getMessages: z.custom<GetMessages>(isGetMessages) });

/**
 * Messages as n8n's memory nodes expect them: in n8n's own LangChain classes, which a memory of n8n's
 * SDK makes from the SDK's messages.
 * @throws Error if this n8n has no such SDK.
 */
export async function asMemoryMessages(messages: readonly Message[]): Promise<unknown[]> {
	const { supplyMemory } = sdkSchema.parse(aiNodeSdk());
	const kept = messages.flatMap((message) => toSdk(message) ?? []);
	const memory = { chatHistory: { getMessages: () => Promise.resolve(kept) } };
	const { response } = z.object({ response: z.unknown() }).parse(supplyMemory({}, memory));
	const chatHistory = isRecord(response) ? response.chatHistory : undefined;
	// Called on the object itself, because a schema would copy it.
	const made = await history.parse(chatHistory).getMessages.call(chatHistory);
	return z.array(z.unknown()).parse(made);
}

/** Images are only named, because they would fill a database. */
function toSdk(message: Message): SdkMessage | undefined {
	const text = plainText(message.content);
	switch (message.role) {
		case 'user':
			return { role: 'user', content: textParts(text) };
		case 'tool': {
			const part = { toolCallId: message.tool_call_id, result: text };
			return { role: 'tool', content: [{ type: 'tool-result', ...part }] };
		}
		case 'assistant': {
			const calls = (message.tool_calls ?? []).map((call) => ({
				type: 'tool-call' as const,
				...{ toolCallId: call.id, toolName: call.function.name },
				input: call.function.arguments,
			}));
			return { role: 'assistant', content: [...textParts(text), ...calls] };
		}
		case 'system':
			return undefined;
	}
}

const textParts = (text: string): SdkPart[] => (text === '' ? [] : [{ type: 'text', text }]);

function plainText(content: Content | null | undefined): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map((part) => (part.type === 'text' ? part.text : '[image]')).join('\n');
}
