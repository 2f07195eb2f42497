import { plainImagePart } from '../chat/images';
import type { Content } from '../chat/messages';
import { isSame } from '../isSame';
import { tryJson } from '../tryJson';
import { NOTHING_RETURNED, noText, noTextPart, toolThrew, unreadablePart } from './messagesToModel';
import type { Reading } from './results/abortable';
import { capText } from './results/capText';
import { readContentBlocks, type ContentBlocks, type Part } from './results/contentBlocks';
import { fileOfUri } from './results/encoded';
import { answerWords, errorWords, isError } from './results/errorWords';
import {
	httpAnswerOf,
	mayBePicture,
	pictureOf,
	statusLine,
	type HttpAnswer,
} from './results/httpAnswer';
import { addImage, type Image } from './results/images';
import { ENDLESS, isEndless } from './results/members';
import { NoText, Unreadable } from './results/parts';
import { readable } from './results/readable';
import { takeOn } from './results/takeOn';

/** A tool's result: what the model reads, and what `steps` shows of it. */
export type ToolContent = { content: Content } & ({ result: unknown } | { error: string });

/** What is said of a reading; the rest of it is the same for all. */
export type ReadTerms = Omit<Reading, 'readable'>;

/**
 * Whatever a tool returned, as text of at most `limit` characters and images. What has neither, and
 * what says of itself that it failed, is told as a failure. Never throws.
 */
export async function toolContent(value: unknown, terms: ReadTerms): Promise<ToolContent> {
	const reading = { ...terms, readable };
	const close = takeOn(value);
	try {
		return await contentOf(value, reading);
	} catch (error) {
		return failure(await errorWords(error, reading), reading);
	} finally {
		close();
	}
}

/** The same for what a tool has thrown. */
export async function thrownContent(thrown: unknown, terms: ReadTerms): Promise<ToolContent> {
	takeOn(thrown);
	return failure(await errorWords(thrown, { ...terms, readable }), terms);
}

function failure(reason: string, { limit }: ReadTerms): ToolContent & { error: string } {
	const error = toolThrew(capText(reason, limit));
	return { content: error, error };
}

async function contentOf(value: unknown, reading: Reading): Promise<ToolContent> {
	if (isEndless(value)) return failure(noText(ENDLESS), reading);
	if (isError(value)) return failure(await errorWords(value, reading), reading);
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
	if (images.length > 0) return withImages({ text: textOf(read), images }, reading);
	const text = capText(textOf(value === undefined ? '' : read), reading.limit);
	const result = typeof read === 'string' ? text : (tryJson(text) ?? text);
	return { content: text, result };
}

function textOf(read: unknown): string {
	if (read === null || read === '') return NOTHING_RETURNED;
	return typeof read === 'string' ? read : JSON.stringify(read);
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
		return failure(await answerWords(answer, { ...reading, errors: new Set() }), reading);
	}
	const images: Image[] = [];
	const read = await readable(answer.body, { ...reading, images });
	const isBlank = read === null || read === '';
	const said = isBlank ? '' : `\n${partText(read)}`;
	return withImages({ text: statusLine(answer) + said, images }, reading);
}

function partText(read: unknown): string {
	if (read instanceof NoText) return noTextPart(read.what);
	return read instanceof Unreadable ? unreadablePart(read.reason) : textOf(read);
}

async function fromBlocks(blocks: ContentBlocks, reading: Reading): Promise<ToolContent> {
	const { parts, images, isError: failed, structured } = blocks;
	const told = { ...reading, images };
	const textIn = async (part: Part) =>
		'text' in part ? part.text : partText(await readable(part.value, told));
	const texts: string[] = [];
	for (const part of parts) texts.push(await textIn(part));
	const data = structured && (await textIn(structured));
	// Servers write out an empty one beside all that they have to say.
	if (data === '{}' && texts.length + images.length > 0)
		return withImages({ text: texts.join('\n'), images, failed }, reading);
	if (data !== undefined && !texts.some((text) => saysTheSame(text, data))) texts.push(data);
	return withImages({ text: texts.join('\n'), images, failed }, reading);
}

/** Of longer ones neither is shown whole. */
const LONGEST_COMPARED = 200_000;

function saysTheSame(text: string, json: string): boolean {
	if (text === json) return true;
	const mayBe = /^\s{0,9}[[{"]/.test(text) && json.length <= LONGEST_COMPARED;
	const isAsLong = text.length >= json.length && text.length <= 3 * json.length + 1_000;
	return mayBe && isAsLong && isSame(tryJson(text), tryJson(json));
}

interface Shown {
	text: string;
	images: readonly Image[];
	failed?: boolean;
}

function withImages({ text: whole, images, failed }: Shown, reading: Reading): ToolContent {
	const joined = capText(whole, reading.limit);
	const text = failed ? toolThrew(joined || NOTHING_RETURNED) : joined;
	const shown = [text, ...images.map(({ title }) => `[${title}]`)].filter(Boolean).join('\n');
	const parts = images.map(({ url }) => plainImagePart(url));
	const said = text === '' ? [] : [{ type: 'text' as const, text }];
	const content = parts.length === 0 ? text || NOTHING_RETURNED : [...said, ...parts];
	return failed ? { content, error: shown } : { content, result: shown };
}
