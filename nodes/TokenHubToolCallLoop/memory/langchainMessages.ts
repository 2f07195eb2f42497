import { z } from 'zod/v4';
import { isRecord } from '../../../core/isRecord';
import type { Content, Message } from '../../../core/chat/messages';

type Call = (this: unknown) => unknown;
const isMethod = (value: unknown): value is Call => typeof value === 'function';

const text = z
	.string()
	.nullish()
	.transform((value) => value ?? '');
const callsSchema = z.array(z.object({ id: text, name: text, args: z.unknown() })).default([]);
type Calls = z.output<typeof callsSchema>;

/** One message of n8n's memory, in our form but not yet repaired; undefined for a kind that is not known. */
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

type MessageClass = new (fields: object) => object;
const isClass = (value: unknown): value is MessageClass => typeof value === 'function';
const classesSchema = z.object({
	HumanMessage: z.custom<MessageClass>(isClass),
	AIMessage: z.custom<MessageClass>(isClass),
	ToolMessage: z.custom<MessageClass>(isClass),
});
export type MessageClasses = z.output<typeof classesSchema>;

/** LangChain as n8n brings it, and as its memory nodes load it: they want messages of its classes. */
export function messageClasses(): MessageClasses {
	// Nothing else in n8n hands these classes out; node_modules of n8n is on its NODE_PATH.
	// eslint-disable-next-line @typescript-eslint/no-require-imports, @n8n/community-nodes/no-restricted-imports
	const loaded: unknown = require('@langchain/core/messages');
	return classesSchema.parse({ ...Object(loaded) });
}

/** One of our messages as memory keeps it; images are named only, for they would fill a database. */
export function toLangchain(classes: MessageClasses, message: Message): object | undefined {
	const { HumanMessage, AIMessage, ToolMessage } = classes;
	const content = plainText(message.content);
	switch (message.role) {
		case 'user':
			return new HumanMessage({ content });
		case 'tool':
			return new ToolMessage({ content, tool_call_id: message.tool_call_id });
		case 'assistant':
			return new AIMessage({
				content,
				tool_calls: (message.tool_calls ?? []).map(
					({ id, function: { name, arguments: text } }) => {
						const args: unknown = JSON.parse(text);
						return { id, name, args, type: 'tool_call' };
					},
				),
			});
		case 'system':
			return undefined;
	}
}

function plainText(content: Content | null | undefined): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map((part) => (part.type === 'text' ? part.text : '[image]')).join('\n');
}
