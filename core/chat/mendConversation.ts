import { TokenHubError } from '../errors';
import { healConversation, type Healed } from './healConversation';
import type { Message } from './messages';

/**
 * A conversation as TokenHub wants it: one system message of all system texts, in front, and what a
 * strict endpoint would refuse healed, each with a warning.
 * @throws TokenHubError `badConfig` when nothing is left that a user says.
 */
export function mendConversation(messages: readonly Message[]): Healed {
	const healed = healConversation(messages);
	const system = healed.messages.filter(({ role }) => role === 'system').map(textOf);
	const spoken = healed.messages.filter(({ role }) => role !== 'system');
	if (spoken.length === 0) {
		throw new TokenHubError('badConfig', 'There is nothing to answer: no message of a user.', {
			hint: 'Give at least one message with the role user that is not empty.',
		});
	}
	const content = system.filter((text) => text.trim() !== '').join('\n\n');
	const head: Message[] = content === '' ? [] : [{ role: 'system', content }];
	return { messages: [...head, ...spoken], warnings: healed.warnings };
}

function textOf({ content }: Message): string {
	if (!Array.isArray(content)) return content ?? '';
	return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n');
}
