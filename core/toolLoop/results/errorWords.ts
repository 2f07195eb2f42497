import { withoutSecrets, shownField } from '../../redaction/plainError';
import { TokenHubError } from '../../errors';
import { DEEPEST } from '../../nesting';
import { isRecord } from '../../lib/isRecord';
import { messageOf } from '../../messageOf';
import { type Reading, NoText, reasonOf, Unreadable } from './parts';
import { capText } from './capText';
import { httpAnswerOf, statusLine, type HttpAnswer } from './httpAnswer';
import { isError, isMethod, isObject, isPlain, memberOf, namesOf, isHiddenName } from './members';
import { inTurns } from '../../lib/steps';
import { jsonText } from './jsonText';

/** For one failure: errors can contain each other. */
const MOST_TOLD = 20;
const MOST_ERRORS = 5;
/** Each is compared with all others. */
const MOST_FIELDS = 200;
const MOST_ISSUES = 1_000;
/** Of what the model sees; anything longer is cut at the end anyway. */
const MOST_LIMITS = 3;

/**
 * What an error says to a reader who cannot inspect it: its message and code, the body of the answer
 * behind it, and its causes. Requests, headers and settings are left out.
 */
export async function errorWords(thrown: unknown, reading: Reading): Promise<string> {
	try {
		const words = await wordsOf(thrown, { ...reading, errors: reading.errors ?? new Set() });
		return withoutSecrets(capText(words, 2 * reading.limit));
	} catch {
		return reasonOf(thrown);
	}
}

async function wordsOf(thrown: unknown, reading: Reading): Promise<string> {
	if (typeof thrown === 'string' && thrown.trim() !== '') return thrown;
	const { errors = new Set() } = reading;
	if (!isObject(thrown) || errors.has(thrown) || errors.size >= MOST_TOLD) return messageOf(thrown);
	errors.add(thrown);
	const answer = httpAnswerOf(thrown);
	if (answer) return await answerWords(answer, reading);
	if (thrown instanceof TokenHubError) return `${thrown.message} ${thrown.details.hint}`;
	if (!isError(thrown) && (isPlain(thrown) || !isText(memberOf(thrown, 'message')))) {
		return await plainWords(thrown, reading);
	}
	const parts = [headOf(thrown), ...(await fieldsOf(thrown, reading))];
	const said = distinct(parts.filter((part) => part !== '')).join('; ');
	const inner = await innerWords(thrown, reading);
	return [said, ...inner.filter((words) => !repeats(said, words))].filter(isText).join('; ');
}

async function plainWords(thrown: object, reading: Reading): Promise<string> {
	const message = 'message' in thrown ? thrown.message : undefined;
	if (isText(message) && namesOf(thrown).length === 1) return message;
	const words = await textOf(thrown, reading);
	return words === '' || words === '{}' ? messageOf(undefined) : words;
}

export async function answerWords(answer: HttpAnswer, reading: Reading): Promise<string> {
	const body = await textOf(answer.body, reading);
	return body === '' ? statusLine(answer) : `${statusLine(answer)}: ${body}`;
}

/** Its message, with the code if it has one; its name if that says more, or there is no message. */
function headOf(error: object): string {
	const [message, name, code] = ['message', 'name', 'code'].map((key) => memberOf(error, key));
	const issues = memberOf(error, 'issues');
	if (isRecord(issues) || Array.isArray(issues)) {
		const lines = issuesOf(issues);
		if (lines.length > 0) return lines.join('\n');
	}
	const named = isText(name) ? name : 'Error';
	const own = isText(message) ? message : named;
	const said = /error$/i.test(named) || own.includes(named) ? own : `${named}: ${own}`;
	const isCode = isText(code) || typeof code === 'number';
	return isCode && !said.includes(String(code)) ? `${said} (${code})` : said;
}

/** zod and similar libraries: the message is all issues as JSON. */
function issuesOf(issues: unknown): string[] {
	const list: unknown[] = Array.isArray(issues) ? issues : [];
	const left = list.length - MOST_ISSUES;
	const more = left > 0 ? [`and ${left} more issues`] : [];
	const lines = list.slice(0, MOST_ISSUES).flatMap((issue) => {
		if (!isRecord(issue) || !isText(issue.message)) return [];
		const path = Array.isArray(issue.path)
			? issue.path.slice(0, DEEPEST).map(stepOf).join('.')
			: '';
		return path === '' ? issue.message : `${path}: ${issue.message}`;
	});
	return lines.length > 0 ? [...lines, ...more] : [];
}

function stepOf(step: unknown): string {
	return isRecord(step) ? String(step.key) : String(step);
}

const TOLD = ['message', 'name', 'code', 'cause', 'errors', 'issues', 'errno', 'response'];
/** Where clients and databases put their messages; here, values that are not plain are read too. */
const BODIES = [
	...['body', 'data', 'detail', 'details', 'description', 'messages', 'error', 'responseBody'],
	...['stderr', 'stdout', 'extensions', 'meta', 'output', 'hint', 'info', 'reason'],
];

async function fieldsOf(error: object, reading: Reading): Promise<string[]> {
	const own = namesOf(error);
	const names = new Set([...own.slice(0, MOST_FIELDS), ...BODIES]);
	const parts: string[] = [];
	let left = MOST_LIMITS * reading.limit;
	for (const name of names) {
		if (left < 0) {
			parts.push('and more fields');
			break;
		}
		if (TOLD.includes(name) || isHiddenName(name)) continue;
		const value = shownField(name, memberOf(error, name));
		const isBody = BODIES.includes(name) && typeof value !== 'function';
		if (value === undefined || value === null || (isObject(value) && !isBody)) continue;
		if (typeof value === 'function' || value === '') continue;
		const text = capText(await textOf(value, reading), reading.limit);
		left -= text.length;
		const isSaid = text === '' || isMessageAlone(value, error);
		if (!isSaid) parts.push(isBody ? text : `${name}: ${text}`);
	}
	const response = memberOf(error, 'response');
	if (isObject(response)) parts.push(await responseWords(response, reading));
	if (own.length > MOST_FIELDS) parts.push(`and ${own.length - MOST_FIELDS} more fields`);
	return parts;
}

function isMessageAlone(value: unknown, error: object): boolean {
	const message = memberOf(error, 'message');
	return isText(message) && (typeof value === 'string' || typeof value === 'number')
		? message.includes(String(value))
		: false;
}

/** For any client: its status, and its body under whichever name. */
async function responseWords(response: object, reading: Reading): Promise<string> {
	const answer = httpAnswerOf(response);
	const given = ['_data', 'data', 'body', 'errors', 'error', 'text'].map((key) =>
		memberOf(response, key),
	);
	const read = given.find(
		(part) => isText(part) || (isObject(part) && !isMethod(part, 'getReader')),
	);
	const body = read === undefined ? answer?.body : read;
	const status = memberOf(response, 'status') ?? memberOf(response, 'statusCode');
	const statusText = memberOf(response, 'statusText') ?? memberOf(response, 'statusMessage');
	const facts = {
		status: Number(status),
		statusText: isText(statusText) ? statusText : '',
		notes: answer?.notes ?? {},
		body,
	};
	if (status !== undefined) return await answerWords(facts, reading);
	return await textOf(body, reading);
}

/** Errors that it groups, or that caused it. */
async function innerWords(error: object, reading: Reading): Promise<string[]> {
	const errors = memberOf(error, 'errors');
	const list: unknown[] = Array.isArray(errors) ? errors : [];
	const shown = list.slice(0, MOST_ERRORS);
	const words = await Promise.all(shown.map((inner) => wordsOf(inner, reading)));
	const more = list.length > shown.length ? [`and ${list.length - shown.length} more errors`] : [];
	const cause = memberOf(error, 'cause');
	if (cause === undefined || cause === null || cause === error) return [...words, ...more];
	return [...words, ...more, `caused by: ${await wordsOf(cause, reading)}`];
}

/** A value as a part of a sentence. */
async function textOf(value: unknown, reading: Reading): Promise<string> {
	const read = await reading.readable(value, reading);
	if (read instanceof NoText) return `[${read.what}]`;
	if (read instanceof Unreadable || read === null || read === undefined) return '';
	return typeof read === 'string' ? read : await inTurns(jsonText(read));
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function distinct(parts: readonly string[]): string[] {
	return parts.filter(
		(part, index) => !parts.slice(0, index).some((other) => repeats(other, part)),
	);
}

/** Clients say the same in several places; a short word may occur by chance. */
function repeats(said: string, words: string): boolean {
	return said === words || (words.length >= 12 && said.includes(words));
}
