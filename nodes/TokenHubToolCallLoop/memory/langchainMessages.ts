import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import type { Message } from '../../../core/chat/messages';

type Call = (this: unknown) => unknown;
const isMethod = (value: unknown): value is Call => typeof value === 'function';

const text = z
	.string()
	.nullish()
	.transform((value) => value ?? '');
const callsSchema = z.array(z.object({ id: text, name: text, args: z.unknown() })).default([]);
type Calls = z.output<typeof callsSchema>;

/** One message of n8n's memory, in our format but not yet repaired; undefined for an unknown kind. */
export function fromLangchain(message: unknown): Message | undefined {
	if (!isRecord(message)) return undefined;
	const content = textOf(message.content);
	switch (kindOf(message)) {
		case 'human':
			return { role: 'user', content };
		case 'system':
			return { role: 'system', content };
		case 'tool':
			return { role: 'tool', tool_call_id: idOf(message), content };
		case 'ai':
			return assistant(content, callsSchema.safeParse(message.tool_calls).data ?? []);
		default:
			return undefined;
	}
}

/** LangChain's own method: minified class names say nothing. */
function kindOf(message: Record<string, unknown>): unknown {
	for (const method of [message.getType, message._getType]) {
		if (isMethod(method)) return method.call(message);
	}
	return message.type;
}

function idOf({ tool_call_id: id }: Record<string, unknown>): string {
	return typeof id === 'string' ? id : '';
}

function assistant(content: string, toolCalls: Calls): Message {
	if (toolCalls.length === 0) return { role: 'assistant', content };
	const tool_calls = toolCalls.map(({ id, name, args }) => ({
		...{ id, type: 'function' as const },
		function: { name, arguments: JSON.stringify(args ?? {}) },
	}));
	return { role: 'assistant', content, tool_calls };
}

const blocks = z.array(z.union([z.string(), z.looseObject({ text })]));

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	const read = blocks.safeParse(content);
	const texts = (read.data ?? []).map((block) => (typeof block === 'string' ? block : block.text));
	return texts.filter(Boolean).join('\n');
}
