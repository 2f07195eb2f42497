import type { Content, Message } from '../../core/chat/messages';
import { TokenHubError } from '../../core/errors';
import { imagePart } from '../../core/chat/imagePart';

/** The conversation with images before the text of its last user message, where Claude reads them best. */
export function withImages(messages: readonly Message[], urls: readonly string[]): Message[] {
	if (urls.length === 0) return [...messages];
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const message = messages[last];
	if (message?.role !== 'user') {
		throw new TokenHubError('badConfig', 'Images need a user message to be sent with.');
	}
	const content = [...urls.map(imagePart), ...parts(message.content)];
	return messages.with(last, { role: 'user', content });
}

function parts(content: Content) {
	return typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
}
