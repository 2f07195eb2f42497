import type { Message } from '../../core/chat/messages';
import type { GivenMessage } from '../../core/chat/repair/givenMessage';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { TokenHubError } from '../../core/errors';
import { fileWarnings, withFiles } from '../shared/item/fileParts';
import type { Files } from '../shared/item/files';

type Given = ReadonlyArray<Message | GivenMessage>;

/** The conversation as it is sent: repaired, with the files in its last user message. */
export function conversation(
	given: Given,
	files: Files,
	hasTools: boolean,
): { messages: Message[]; warnings: string[] } {
	// Files alone are a question too.
	const isWhole = given.some(({ role }) => role !== 'system');
	const { messages, warnings } = repairConversation(given, { hasTools, isWhole });
	const whole: Message[] = isWhole ? messages : [...messages, { role: 'user', content: '' }];
	return {
		messages: withFilesAtEnd(whole, files),
		warnings: [...warnings, ...fileWarnings(files)],
	};
}

function withFilesAtEnd(messages: Message[], files: Files): Message[] {
	if (withFiles('', files) === '') return messages;
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const message = messages[last];
	if (message?.role !== 'user') {
		throw new TokenHubError('badConfig', 'Images can only be sent with a user message.');
	}
	return messages.with(last, { role: 'user', content: withFiles(message.content, files) });
}
