import { isBlank } from '../../isBlank';
import { isRecord } from '../../isRecord';
import { textPart, wordOr } from './pieces';

/** All that a message says, wherever it says it: a refusal and a recording have words as well. */
export function contentOf(given: Record<string, unknown>): unknown {
	const { content, parts, text, refusal, audio } = given;
	const said =
		[content, parts, text].find((value) => hasWords(value)) ?? content ?? parts ?? content;
	const aloud = isRecord(audio) ? audio.transcript : undefined;
	const more = [refusal, aloud].map((words) => wordOr(words)).filter((words) => hasWords(words));
	if (!hasWords(said)) return more.length > 0 ? more.join('\n\n') : said;
	if (typeof said === 'string')
		return [said, ...more.filter((words) => words !== said)].join('\n\n');
	if (!Array.isArray(said) || more.length === 0) return said;
	const list: unknown[] = said;
	return [...list, ...more.map(textPart)];
}

function hasWords(said: unknown): boolean {
	if (Array.isArray(said)) return said.length > 0;
	return typeof said === 'string' ? !isBlank(said) : said !== null && said !== undefined;
}
