import { imagesProblem } from '../../chat/images';
import { imageSharesIn, type Message, type ToolMessage } from '../../chat/messages';
import { perObject } from '../../lib/perObject';
import { imageLeftOut } from '../messagesToModel';
import type { LoopRun } from '../loopRun';

const LEFT_OUT =
	'Images of older tool results are left out of requests that would have more images than Claude accepts.';

/**
 * Messages whose images fit into one request: screenshots add up from turn to turn, and a request with
 * too many of them would end a loop that is paid for. Those of the newest results are kept.
 */
export function withoutOldPictures(run: LoopRun, messages: Message[]): Message[] {
	const shares = messages.map(sharesOf);
	if (imagesProblem(shares.flat()) === undefined) return messages;
	let kept = shares.filter((_share, at) => messages[at]?.role !== 'tool').flat();
	const sent = messages
		.toReversed()
		.map((message): Message => {
			const own = message.role === 'tool' ? sharesOf(message) : [];
			if (message.role !== 'tool' || own.length === 0) return message;
			const all = [...kept, ...own];
			if (imagesProblem(all) !== undefined) return withoutPictures(message);
			kept = all;
			return message;
		})
		.toReversed();
	if (!run.warnings.includes(LEFT_OUT)) run.warnings.push(LEFT_OUT);
	return sent;
}

const sharesOf = perObject<Message, ReturnType<typeof imageSharesIn>>(imageSharesIn);

/** The same object each time: what was sent before is not read again. */
const withoutPictures = perObject((message: ToolMessage): Message => {
	if (typeof message.content === 'string') return message;
	const content = message.content.map((part) =>
		part.type === 'text'
			? part
			: { type: 'text' as const, text: imageLeftOut('of an older result', NO_ROOM) },
	);
	return { ...message, content };
});

const NO_ROOM = 'a request has no room for it beside the newer ones';
