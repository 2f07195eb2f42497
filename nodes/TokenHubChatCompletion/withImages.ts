import type { ChatRequest } from '../../core/chat/chatRequest';
import type { Content } from '../../core/chat/messages';
import { TokenHubError } from '../../core/errors';

type Messages = ChatRequest['messages'];

/** The conversation with images before the text of its last user message, where Claude reads them best. */
export function withImages(messages: Messages, urls: readonly string[]): Messages {
	if (urls.length === 0) return messages;
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const message = messages[last];
	if (message?.role !== 'user') {
		throw new TokenHubError('badConfig', 'Images need a user message to go with.');
	}
	const images = urls.map((url) => ({ type: 'image_url' as const, image_url: { url } }));
	const content = [...images, ...parts(message.content)];
	return messages.with(last, { role: 'user', content });
}

function parts(content: Content) {
	return typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
}
