import { TokenHubError } from './errors';
import { messageOf } from './messageOf';

/** @throws TokenHubError `badConfig` with the parser's own words on what is wrong, and where. */
export function readJsonText(text: string, name: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const reason = messageOf(cause);
		throw new TokenHubError('badConfig', `${name} is not valid JSON: ${reason}`, {
			cause,
			hint: 'Names and texts need double quotes, and no comma may follow the last entry.',
		});
	}
}
