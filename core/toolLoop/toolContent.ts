import { plainImagePart } from '../chat/images';
import type { Content } from '../chat/messages';
import { isSame } from '../lib/isSame';
import { inTurns } from '../lib/steps';
import { tryJson } from '../json/tryJson';
import { NOTHING_RETURNED, noText, noTextPart, toolThrew, unreadablePart } from './messagesToModel';
import { type Reading, NoText, Unreadable, type Image } from './results/parts';
import { capText } from './results/capText';
import { readContentBlocks, type ContentBlocks, type Part } from './results/contentBlocks';
import { fileOfUri, addImage } from './results/files';
import { answerWords, errorWords } from './results/errorWords';
import {
	httpAnswerOf,
	mayBePicture,
	pictureOf,
	statusLine,
	type HttpAnswer,
} from './results/httpAnswer';
import { jsonText } from './results/jsonText';
import { ENDLESS, isEndless, isError } from './results/members';
import { readable } from './results/readable';
import { listenToAll } from './results/listenToAll';

/** A tool's result: what the model reads, and what `steps` shows. */
export type ToolContent = {
	content: Content;
	/** The whole text if it is longer than what the model sees, and may be kept. */
	whole?: string;
} & ({ result: unknown } | { error: string });

/** How much of a result is shown, and how long it may be read. */
export interface ReadTerms extends Pick<Reading, 'signal'> {
	/** How many characters the model sees. */
	limit: number;
	/** How many characters of a longer text may be kept; none by default. */
	mostKept?: number;
}

/**
 * Whatever a tool returned, as text of at most `limit` characters and images. A result with neither,
 * and one that says that it failed, is reported as a failure. Never throws.
 */
export async function toolContent(value: unknown, terms: ReadTerms): Promise<ToolContent> {
	const reading = openReading(terms);
	const close = listenToAll(value, reading);
	try {
		return await contentOf(value, reading);
	} catch (error) {
		return await failureOf(error, reading);
	} finally {
		close();
	}
}

/** The same for what a tool has thrown. */
export async function thrownContent(thrown: unknown, terms: ReadTerms): Promise<ToolContent> {
	const reading = openReading(terms);
	const close = listenToAll(thrown, reading);
	try {
		return await failureOf(thrown, reading);
	} finally {
		close();
	}
}

/**
 * In addition to the text that is read: pictures, and answers that arrive while another one is read.
 */
const ROOM = 32 * 1024 * 1024;

function openReading({ limit: shown, mostKept = 0, signal }: ReadTerms): Reading {
	const limit = Math.max(shown, mostKept);
	return { limit, shown, signal, readable, room: { left: ROOM + 4 * limit } };
}

/** For a failure, no more is read than is shown. */
async function failureOf(error: unknown, { shown, ...reading }: Reading): Promise<ToolContent> {
	const told = { ...reading, limit: shown, shown };
	return failure(await errorWords(error, told), told);
}

function failure(reason: string, { shown }: Reading): ToolContent & { error: string } {
	const error = toolThrew(capText(reason, shown));
	return { content: error, error };
}

async function contentOf(value: unknown, reading: Reading): Promise<ToolContent> {
	const { shown } = reading;
	if (isEndless(value)) return failure(noText(ENDLESS), reading);
	if (isError(value)) return await failureOf(value, reading);
	const blocks = readContentBlocks(value, reading);
	if (blocks) return await fromBlocks(blocks, reading);
	const answer = httpAnswerOf(value);
	const picture = mayBePicture(value) ? await pictureOf(value, reading) : undefined;
	if (picture !== undefined) return fromPicture(picture, answer, reading);
	if (answer) return await fromAnswer(answer, reading);
	const images: Image[] = [];
	const isText = typeof value === 'string' && !fileOfUri(value);
	const read = isText ? value : await readable(value, { ...reading, images });
	if (read instanceof NoText) return failure(noText(read.what), reading);
	if (read instanceof Unreadable) return failure(read.reason, reading);
	if (images.length > 0) return withImages({ text: await textOf(read), images }, reading);
	const whole = await textOf(value === undefined ? '' : read);
	const text = capText(whole, shown);
	const result = typeof read === 'string' ? text : (tryJson(text) ?? text);
	return { content: text, result, ...longText(whole, reading) };
}

function longText(whole: string, { limit, shown }: Reading): Pick<ToolContent, 'whole'> {
	return whole.length > shown && limit > shown ? { whole } : {};
}

async function textOf(read: unknown): Promise<string> {
	if (read === null || read === '') return NOTHING_RETURNED;
	return typeof read === 'string' ? read : await inTurns(jsonText(read));
}

function fromPicture(url: string, answer: HttpAnswer | undefined, reading: Reading): ToolContent {
	const images: Image[] = [];
	const added = addImage(images, url);
	const texts = [answer ? statusLine(answer) : '', 'leftOut' in added ? added.leftOut : ''];
	return withImages({ text: texts.filter(Boolean).join('\n'), images }, reading);
}

async function fromAnswer(answer: HttpAnswer, reading: Reading): Promise<ToolContent> {
	const { status } = answer;
	if (status >= 400 || status === 0) {
		const terms = { ...reading, limit: reading.shown, errors: new Set<object>() };
		return failure(await answerWords(answer, terms), reading);
	}
	const images: Image[] = [];
	const read = await readable(answer.body, { ...reading, images });
	const isBlank = read === null || read === '';
	const said = isBlank ? '' : `\n${await partText(read)}`;
	return withImages({ text: statusLine(answer) + said, images }, reading);
}

async function partText(read: unknown): Promise<string> {
	if (read instanceof NoText) return noTextPart(read.what);
	return read instanceof Unreadable ? unreadablePart(read.reason) : await textOf(read);
}

async function fromBlocks(blocks: ContentBlocks, reading: Reading): Promise<ToolContent> {
	const { parts, images, isError: failed, structured } = blocks;
	const told = { ...reading, images };
	const textIn = async (part: Part) =>
		'text' in part ? part.text : await partText(await readable(part.value, told));
	const texts: string[] = [];
	for (const part of parts) texts.push(await textIn(part));
	const data = structured && (await textIn(structured));
	// Servers send an empty one in addition to what they have to say.
	if (data === '{}' && texts.length + images.length > 0)
		return withImages({ text: texts.join('\n'), images, failed }, reading);
	const longest = Math.max(LONGEST_COMPARED, Math.min(reading.limit, LONGEST_COMPARED_KEPT));
	if (data !== undefined && !texts.some((text) => saysTheSame(text, data, longest)))
		texts.push(data);
	return withImages({ text: texts.join('\n'), images, failed }, reading);
}

/** Longer texts are never shown whole; if they are kept, comparing more is worthwhile. */
const LONGEST_COMPARED = 200_000;
const LONGEST_COMPARED_KEPT = 1_000_000;

function saysTheSame(text: string, json: string, longest: number): boolean {
	if (text === json) return true;
	const mayBe = /^\s{0,9}[[{"]/.test(text) && json.length <= longest;
	const isAsLong = text.length >= json.length && text.length <= 3 * json.length + 1_000;
	return mayBe && isAsLong && isSame(tryJson(text), tryJson(json));
}

interface Shown {
	text: string;
	images: readonly Image[];
	failed?: boolean;
}

function withImages({ text: whole, images, failed }: Shown, reading: Reading): ToolContent {
	const joined = capText(whole, reading.shown);
	const text = failed ? toolThrew(joined || NOTHING_RETURNED) : joined;
	const shown = [text, ...images.map(({ title }) => `[${title}]`)].filter(Boolean).join('\n');
	const parts = images.map(({ url }) => plainImagePart(url));
	const said = text === '' ? [] : [{ type: 'text' as const, text }];
	const content = parts.length === 0 ? text || NOTHING_RETURNED : [...said, ...parts];
	return failed
		? { content, error: shown }
		: { content, result: shown, ...longText(whole, reading) };
}
