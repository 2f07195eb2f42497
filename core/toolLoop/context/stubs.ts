import type { Content, Message } from '../../chat/messages';
import { resultLeftOut } from '../messagesToModel';
import type { Context } from './contextState';
import { callOf } from './turns';

/** Of the arguments of a call. */
const LONGEST_ARGUMENTS = 200;
/** Characters: what is hardly longer than its stub stays. */
const WORTH_MORE = 200;

/** What is sent in place of an old result: what it was the result of, and how much it was. */
export function stubOf(context: Context, said: readonly Message[], at: number): Message {
	const message = said[at];
	if (message?.role !== 'tool') throw new Error('only results have stubs');
	const { steps, stubs } = context;
	const known = stubs.get(message) ?? madeStub(message, callOf(said, at)?.function, steps);
	stubs.set(message, known);
	return known;
}

function madeStub(
	message: Extract<Message, { role: 'tool' }>,
	{ name, arguments: args } = { name: 'tool', arguments: '' },
	steps: Context['steps'],
): Message {
	const kept = steps.find(({ callId }) => callId === message.tool_call_id)?.kept;
	const short = args.length > LONGEST_ARGUMENTS ? `${args.slice(0, LONGEST_ARGUMENTS)}…` : args;
	const call = `${name}(${short.toWellFormed()})`;
	const size = kept ? `${kept.characters} characters` : sizeOf(message.content);
	const content = resultLeftOut(call, size, kept?.name);
	const isWorth =
		imagesOf(message.content) > 0 || textOf(message.content).length > content.length + WORTH_MORE;
	return isWorth ? { ...message, content } : message;
}

/** "40000 characters, 2 images" */
function sizeOf(content: Content): string {
	const [characters, images] = [textOf(content).length, imagesOf(content)];
	const words = images === 1 ? '1 image' : `${images} images`;
	return images === 0 ? `${characters} characters` : `${characters} characters, ${words}`;
}

export function textOf(content: Content): string {
	if (typeof content === 'string') return content;
	return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

export function imagesOf(content: Content): number {
	if (typeof content === 'string') return 0;
	return content.filter(({ type }) => type === 'image_url').length;
}
