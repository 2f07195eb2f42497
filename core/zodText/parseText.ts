import { parse, type Program } from 'acorn';
import { TokenHubError } from '../errors';
import type { Source } from './refuse';
import { messageOf } from '../messageOf';
import { withoutTypes } from './withoutTypes';

const LONGEST_TEXT = 100_000;

/** The statements of a JavaScript module. @throws TokenHubError `badConfig` with line and column. */
export function parseText({ name, text }: Source): Program['body'] {
	if (text.length > LONGEST_TEXT) {
		throw new TokenHubError('badConfig', `${name} is longer than ${LONGEST_TEXT} characters.`);
	}
	try {
		return parse(withoutTypes(text), { ecmaVersion: 2023, sourceType: 'module' }).body;
	} catch (cause) {
		const reason = messageOf(cause);
		throw new TokenHubError('badConfig', `${name} is not valid JavaScript: ${reason}`, {
			cause,
			hint: 'Close every bracket and quote. The numbers are the line and the column of the slip.',
		});
	}
}
