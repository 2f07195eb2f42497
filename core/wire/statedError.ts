import { isRecord } from '../lib/isRecord';
import { wordOf } from '../messageOf';
import { tryJson } from '../json/tryJson';
import { isFailure } from './finishReason';

/** An error that a body states, in whatever format: OpenAI's, Anthropic's, FastAPI's … */
export interface StatedError {
	/** The gateway's own message; '' if there is none. */
	message: string;
	/** Its codes and types, joined. */
	codes: string;
	/** An HTTP status in the body. */
	status?: number;
	/** The parameter that it names. */
	param?: string;
	/** Whether it has OpenAI's format. */
	isOpenAi: boolean;
}

/** The error in a body whose status is an error; undefined if nothing in it can be read as one. */
export function statedError(body: unknown): StatedError | undefined {
	const found = nothingAt(0);
	collect(body, found);
	const { messages, asides, codes } = found;
	if (messages.length + asides.length + codes.length === 0) return undefined;
	const isOpenAi = isRecord(body) && isRecord(body.error) && typeof body.error.message === 'string';
	return {
		...{ message: said(messages, asides), codes: codes.join(' '), isOpenAi },
		...{ status: found.status, param: found.param },
	};
}

/**
 * The error in an answer with status 200. Next to choices, only what cannot be anything else counts; an
 * answer without choices is not a completion, and whatever it says is the reason.
 */
export function errorInAnswer(answer: unknown): StatedError | undefined {
	if (Array.isArray(answer)) return answer.length > 0 ? errorInAnswer(answer[0]) : undefined;
	if (!isRecord(answer)) return undefined;
	if (isStated(answer.error) || isStated(answer.errors) || isFailed(answer)) {
		return statedError(withoutChoices(answer)) ?? NO_WORDS;
	}
	const [choice] = listOf(answer.choices);
	if (!isRecord(choice)) return statedBare(withoutChoices(answer)) ?? unreadable(answer.error);
	const { finish_reason: finish } = choice;
	const said = [choice, choice.delta, choice.message].filter(isRecord);
	const error = said.map((one) => one.error).find(isStated);
	if (error !== undefined) return statedError({ error }) ?? NO_WORDS;
	return isFailure(finish) ? { ...NO_WORDS, codes: finish === 'error' ? '' : finish } : undefined;
}

function withoutChoices({ choices: _choices, ...rest }: Record<string, unknown>) {
	return rest;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

const NO_WORDS: StatedError = { message: '', codes: '', isOpenAi: false };

/** `null`, `false`, '' and `{}` mean that there is no error. */
export function isStated(error: unknown): boolean {
	if (Array.isArray(error)) return error.some(isStated);
	if (isRecord(error)) return Object.values(error).some(isStated);
	return Boolean(error);
}

function isFailed({ success, ok, status }: Record<string, unknown>): boolean {
	if (success === false || ok === false) return true;
	return typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status);
}

/** Events that report progress, such as `{"type":"ping"}`, are not errors. */
const PASSING = /^(?:ping|info|status|progress|debug|log|notification|heartbeat|start|end)\b/i;

const FINE = /^(?:ok|okay|success|succeeded|done)[.!]?$/i;

function statedBare(body: Record<string, unknown>): StatedError | undefined {
	const stated = statedError(body);
	const isSaid = stated && stated.message !== '' && !FINE.test(stated.message);
	return isSaid && !PASSING.test(stated.codes) ? stated : undefined;
}

/** An error in an unknown format is an error nevertheless. */
function unreadable(error: unknown): StatedError | undefined {
	return error === undefined || error === null
		? undefined
		: { ...NO_WORDS, message: wordOf(error) };
}

/** Whether a value says something in the form of another API. */
export function isForeign(value: unknown): boolean {
	if (!isRecord(value) || 'choices' in value) return false;
	const isEvent = typeof value.type === 'string' && value.type !== 'ping';
	return isEvent || ELSEWHERE.some((name) => isStated(value[name]));
}

const ELSEWHERE = ['message', 'response', 'candidates', 'output', 'content', 'completion'];

interface Found {
	messages: string[];
	/** What is used if there is no message, or explains one. */
	asides: string[];
	codes: string[];
	status?: number;
	param?: string;
	depth: number;
}

const nothingAt = (depth: number): Found => ({ messages: [], asides: [], codes: [], depth });

/** Names of members without case and punctuation: `error_msg` and `errorMsg` are the same. */
const plainName = (name: string) => name.replace(/[^a-z]/gi, '').toLowerCase();

const MESSAGES = new Set([
	...['message', 'msg', 'errormessage', 'errormsg', 'errmsg', 'statusmsg', 'statusmessage'],
	...['detail', 'errordescription', 'description', 'faultstring', 'reason'],
]);
const CODES = new Set([
	...['code', 'type', 'status', 'statuscode', 'httpstatus', 'httpcode', 'errorcode', 'errcode'],
	...['errortype', 'name'],
]);
/** These contain the error itself; what is below the others explains it. */
const WITHIN = new Set(['error', 'errors', 'err', 'fault', 'baseresp', 'detail']);
const BENEATH = new Set(['title', 'details', 'metadata', 'cause', 'innererror', 'raw']);
const DEEPEST = 6;
const MOST_MEMBERS = 50;

function collect(value: unknown, found: Found): void {
	if (found.depth > DEEPEST) return;
	if (typeof value === 'string') return collectText(value, found);
	found.depth += 1;
	if (Array.isArray(value)) for (const entry of value.slice(0, 5)) collect(entry, found);
	else if (isRecord(value)) collectMembers(value, found);
	found.depth -= 1;
}

function collectMembers(record: Record<string, unknown>, found: Found): void {
	const members = Object.entries(record).slice(0, MOST_MEMBERS);
	const named = members.map(([name, value]) => ({ name: plainName(name), value }));
	for (const { name, value } of named) {
		if (WITHIN.has(name) && typeof value === 'object') collect(value, found);
	}
	for (const { name, value } of named) collectMember(name, value, found);
}

function collectMember(name: string, value: unknown, found: Found): void {
	const isText = typeof value === 'string';
	if (MESSAGES.has(name) && isText) return collectText(value, found);
	if (MESSAGES.has(name) && isTexts(value)) return collectText(value.join('; '), found);
	// A message of a conversation is the answer of another API, not an error.
	const isWithin = name === 'message' && isRecord(value) && !('role' in value);
	if (isWithin) return collectWithin(value, found);
	if (CODES.has(name)) for (const code of [value].flat()) collectCode(code, found);
	if (name === 'param' && isText) found.param ??= value;
	if (name === 'loc' && Array.isArray(value)) found.param ??= value.map(String).join('.');
	// `{"error":"Unauthorized","message":"Token expired"}`: the error may be only a title.
	if (BENEATH.has(name) || (WITHIN.has(name) && isText)) collectAside(value, found);
}

function collectWithin(value: Record<string, unknown>, found: Found): void {
	const before = found.messages.length;
	collect(value, found);
	if (found.messages.length === before) found.messages.push(wordOf(value));
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

/** Gateways pass on the JSON of the gateway behind them as a text. */
function collectText(text: string, found: Found): void {
	if (text.trim() === '') return;
	const inner = /^\s*[[{]/.test(text) ? tryJson(text) : undefined;
	if (inner !== undefined) return collect(inner, found);
	found.messages.push(text);
	// A single word is a code too: `{"error":"rate_limit_exceeded"}`.
	if (/^[\w.-]{1,60}$/.test(text)) found.codes.push(text);
}

function collectAside(value: unknown, found: Found): void {
	const beneath = nothingAt(found.depth);
	collect(value, beneath);
	found.asides.push(...beneath.messages, ...beneath.asides);
	found.codes.push(...beneath.codes);
	found.status ??= beneath.status;
	found.param ??= beneath.param;
}

function collectCode(code: unknown, found: Found): void {
	if (typeof code !== 'string' && typeof code !== 'number') return;
	const text = String(code);
	if (/^[45]\d\d$/.test(text)) found.status ??= Number(text);
	else if (text.length <= 100) found.codes.push(text);
}

/** Messages that only say that somebody, perhaps behind the gateway, has failed. */
const EMPTY =
	/^(?:provider returned error|upstream error|error|failed|failure|unknown error|bad request|unauthorized|forbidden|internal server error)[.!]?$/i;

function said(messages: readonly string[], asides: readonly string[]): string {
	const all = [...messages, ...asides];
	const telling = all.find((text) => !EMPTY.test(text.trim()));
	return telling ?? all[0] ?? '';
}

/** Nobody reads more than a few lines of a gateway's message. */
const MOST = 300;
/**
 * How much is searched: pages of firewalls are long, and say what they have to say at the beginning.
 */
const MOST_READ = 20_000;

const PAGE = /<(?:!doctype|html|head|body|title|h1)\b/i;

/** Whether a text is a web page, which no API answers with. */
export function isPage(text: string): boolean {
	return PAGE.test(text.slice(0, MOST_READ));
}

/** A gateway's message as one line of at most 300 characters, without markup. */
export function oneLineOf(text: string): string {
	const read = text.slice(0, MOST_READ);
	const words = (isPage(read) ? wordsOfPage(read) : read).replace(/\s+/g, ' ').trim();
	return words.length > MOST ? `${cut(words, MOST - 1)}…` : words;
}

/** Not in the middle of a surrogate pair. */
function cut(text: string, length: number): string {
	const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
	return text.slice(0, isHalf ? length - 1 : length);
}

function wordsOfPage(page: string): string {
	const headings = [...page.matchAll(/<(title|h1)\b[^>]{0,500}>([^<]{1,500})/gi)].map(
		([, , words = '']) => words.trim(),
	);
	const title = [...new Set(headings.map(plain))].filter((words) => words !== '').join(': ');
	return title || plain(page.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' '));
}

const ENTITIES: Record<string, string> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'", '#39': "'" },
};

function plain(markup: string): string {
	const text = markup.replace(/<[^>]{0,2000}>/g, ' ').replace(/[<>]/g, ' ');
	return text
		.replace(/&([a-z]{2,4}|#39);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
		.replace(/[<>]/g, ' ')
		.trim();
}

/** The same without a status in front of it. */
export function withoutStatus(words: string, status: number): string {
	const before = new RegExp(
		`^(?:(?:http|error|status|code)(?:/[\\d.]+| code| status)?[ :=]*)*\\(?${status}\\b\\)?[\\s:.,;-]*`,
		'i',
	);
	return words.replace(before, '') || words;
}
