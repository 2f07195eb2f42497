import { TokenHubError } from '../errors';
import { messageOf } from '../messageOf';
import { parseShallow, TOO_DEEP } from '../nesting';

/** The value of a JSON text, or undefined if it is not JSON or nested too deep. */
export function tryJson(text: string): unknown {
	try {
		const { value, isDeep } = parseShallow(text);
		return isDeep ? undefined : value;
	} catch {
		return undefined;
	}
}

/** @throws TokenHubError `badConfig` with the parser's own message about what is wrong, and where. */
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
			hint: ADVICE.find(([, pattern]) => pattern.test(text))?.[0] ?? QUOTES,
		});
	}
}

const QUOTES = 'Names and texts need double quotes, and no comma may follow the last entry.';
/** What people paste where JSON belongs. */
const ADVICE: Array<[advice: string, pattern: RegExp]> = [
	['It is zod code: choose Zod, or write JSON.', /\bz\.\w+\(/],
	['Remove the lines with ```: only the JSON between them belongs here.', /^\s*```/],
	[
		'Start with { or [: JSON has no variables, and no ; at its end.',
		/^\s*(?:const|let|var|export)\b/,
	],
	['Remove the comments: JSON has none.', /(?:^|[\s{[,])(?:\/\/|\/\*)/],
	['Write straight quotes (") in place of “ and ”.', /[“”„]/],
];

/**
 * Tells, while a JSON text arrives in pieces, whether the object or list that it began with is
 * complete.
 */
export interface JsonEnd {
	add(this: void, text: string): void;
	isWhole(this: void): boolean;
}

/** Each character is read once, however often it is asked. */
export function openJsonEnd(): JsonEnd {
	let [depth, isInString, isEscaped, hasBegun] = [0, false, false, false];
	return {
		add(text) {
			for (let at = 0; at < text.length; at += 1) {
				const letter = text.charAt(at);
				if (isEscaped) isEscaped = false;
				else if (isInString && letter === '\\') isEscaped = true;
				else if (letter === '"') isInString = !isInString;
				else if (isInString) continue;
				else if (letter === '{' || letter === '[') [depth, hasBegun] = [depth + 1, true];
				else if (letter === '}' || letter === ']') depth -= 1;
			}
		},
		isWhole: () => hasBegun && depth === 0 && !isInString,
	};
}
