import { getLineInfo } from 'acorn';
import { TokenHubError } from '../errors';

/** The text being read, and what it is called in errors. */
export interface Source {
	name: string;
	text: string;
}

const HINT =
	'Only schemas can be written here: z.object, z.string, z.array … with methods such as .optional() and .describe().';

/** What was found, and a word on what to do about it. */
type Problem = string | [what: string, instead: string];

/** @throws TokenHubError `badConfig`, always: what was found, where, and what to write instead. */
export function refuse(source: Source, at: { start: number }, problem: Problem): never {
	const [what, instead = ''] = typeof problem === 'string' ? [problem] : problem;
	const { line, column } = getLineInfo(source.text, at.start);
	const message = `${source.name}, line ${line}:${column + 1}: ${what} is not allowed here.${instead}`;
	throw new TokenHubError('badConfig', message, { hint: HINT });
}
