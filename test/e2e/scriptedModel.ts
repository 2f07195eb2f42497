import type { ChatBody, Reply } from '../../gateway';

/** One call, by a part of the tool's name or description. */
export type WantedCall = [tool: string, args: object];

/** A prompt that makes the scripted model call these tools, turn by turn. */
export function callingPrompt(...turns: WantedCall[][]): string {
	return `CALL ${JSON.stringify(turns)}`;
}

/** Calls what the prompt asks for, then says what the tools said. */
export function scriptedModel({ messages, tools = [] }: ChatBody): Reply {
	const texts = messages.map(({ content }) =>
		typeof content === 'string' ? content : JSON.stringify(content),
	);
	const asked = messages.findLastIndex(({ role }) => role === 'user');
	const turns: WantedCall[][] = JSON.parse(/CALL (\[.*\])/s.exec(texts[asked] ?? '')?.[1] ?? '[]');
	const done = messages.slice(asked).filter(({ role }) => role === 'assistant').length;
	const wanted = turns[done];
	if (wanted) {
		return {
			toolCalls: wanted.map(([part, args]) => ({
				name:
					tools.find(({ function: { name, description = '' } }) =>
						`${name} ${description}`.includes(part),
					)?.function.name ?? part,
				arguments: args,
			})),
		};
	}
	const results = texts.filter((_, index) => index > asked && messages[index]?.role === 'tool');
	if (results.length > 0) return { text: `They say: ${results.join(' | ')}` };
	if (texts[asked] === 'STALL')
		return { fault: 'stallStream', text: 'This is only the beginning of it.' };
	const questions = messages.filter(({ role }) => role === 'user').length;
	return { text: `Question ${questions}, answered.`, chunkDelayMs: 5 };
}
