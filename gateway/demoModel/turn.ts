import type { ChatBody } from '../contract/chatBody';
import type { Message } from '../contract/messages';
import { pictureWords } from './pictureWords';

/** What the demo model reads of a conversation: the latest user message and what followed it. */
export interface Turn {
	instructions: string;
	userText: string;
	/** All that the user said, for a question which refers back. */
	allUserText: string;
	/** Pictures that say nothing of themselves. */
	unreadImages: number;
	called: Set<string>;
	results: { tool: string; text: string }[];
}

/** The stand-in for Haiku passes over quoted lines, so that a cascade has something to do. */
const QUOTED = /^>.*$/gm;

export function readTurn({ model, messages }: ChatBody): Turn {
	const seen = (text: string) => (model.includes('haiku') ? text.replace(QUOTED, '') : text);
	const last = messages.findLastIndex((message) => message.role === 'user');
	const since = messages.slice(last + 1);
	const user = messages[last];
	const calls = since.flatMap((message) =>
		message.role === 'assistant' ? (message.tool_calls ?? []) : [],
	);
	const nameOf = (id: string) => calls.find((call) => call.id === id)?.function.name ?? 'the tool';
	return {
		instructions: textsOf(messages, 'system'),
		userText: user ? seen(textOf(user)) : '',
		allUserText: seen(textsOf(messages, 'user')),
		unreadImages: user ? imagesOf(user).filter((words) => words === undefined).length : 0,
		called: new Set(calls.map((call) => call.function.name)),
		results: since
			.filter((message) => message.role === 'tool')
			.map((message) => ({ tool: nameOf(message.tool_call_id), text: textOf(message) })),
	};
}

function textsOf(messages: Message[], role: Message['role']): string {
	const texts = messages.filter((message) => message.role === role).map(textOf);
	return texts.join('\n\n');
}

function textOf(message: Message): string {
	const { content } = message;
	if (!Array.isArray(content)) return content ?? '';
	const texts = content.map((part) => (part.type === 'text' ? part.text : ''));
	return [...texts, ...imagesOf(message)].filter(Boolean).join('\n');
}

/** By picture: the words that it carries. */
function imagesOf({ content }: Message): Array<string | undefined> {
	if (!Array.isArray(content)) return [];
	return content.flatMap((part) =>
		part.type === 'image_url' ? [pictureWords(part.image_url.url)] : [],
	);
}
