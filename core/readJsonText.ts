import { TokenHubError } from './errors';
import { messageOf } from './messageOf';
import { parseShallow, TOO_DEEP } from './nesting';

/** @throws TokenHubError `badConfig` with the parser's own words on what is wrong, and where. */
export function readJsonText(text: string, name: string): unknown {
	const { value, isDeep } = parsed(text, name);
	if (isDeep) throw new TokenHubError('badConfig', `${name} is ${TOO_DEEP}.`);
	return value;
}

function parsed(text: string, name: string) {
	try {
		return parseShallow(text);
	} catch (cause) {
		const reason = messageOf(cause);
		throw new TokenHubError('badConfig', `${name} is not valid JSON: ${reason}`, {
			cause,
			hint: 'Names and texts need double quotes, and no comma may follow the last entry.',
		});
	}
}
