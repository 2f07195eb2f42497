import { isRecord } from '../../core/lib/isRecord';
import { argumentsText, CHARACTERS_PER_TOKEN } from '../answer/answer';
import type { ChatBody } from '../contract/chatBody';
import { parseJson } from '../parseJson';
import type { AnswerReply, ScriptedCall } from '../reply';
import { chooseCalls } from './chooseCalls';
import { jsonAnswer } from './jsonAnswer';
import { firstSentence } from './phrases';
import { readTurn, resultText, type Turn } from './turn';
import { moodOf } from './words';

/** Answers by rules: it reads its input, answers the same input the same way, and says what it is. */
export function demoModel(body: ChatBody, seed: number): AnswerReply {
	const turn = readTurn(body);
	const toolCalls = chooseCalls(body, turn);
	if (toolCalls.length > 0) return limitReply({ toolCalls }, body);
	const results = turn.results.length > 0 ? resultsAnswer(turn) : undefined;
	const text = jsonAnswer(body, turn) ?? results ?? plainAnswer(turn, seed);
	return limitReply({ text }, body);
}

const DEFAULT_MAX_TOKENS = 1024;

/** Cuts at the first stop sequence and at max_tokens, as the contract says. */
function limitReply(reply: AnswerReply, body: ChatBody): AnswerReply {
	const text = reply.text === undefined ? undefined : untilStop(reply.text, body.stop ?? []);
	const room = (body.max_tokens ?? DEFAULT_MAX_TOKENS) * CHARACTERS_PER_TOKEN;
	if (text !== undefined) {
		const points = [...text];
		if (points.length <= room) return { ...reply, text };
		return { ...reply, text: points.slice(0, room).join(''), finishReason: 'length' };
	}
	const { calls, isCut } = cutCalls(reply.toolCalls ?? [], room);
	return isCut ? { ...reply, toolCalls: calls, finishReason: 'length' } : reply;
}

function untilStop(text: string, stop: string[]): string {
	const places = stop.map((sequence) => text.indexOf(sequence)).filter((place) => place >= 0);
	return places.length > 0 ? text.slice(0, Math.min(...places)) : text;
}

/** A cut-off call keeps the beginning of its arguments, as with real models. */
function cutCalls(toolCalls: ScriptedCall[], room: number) {
	const calls: ScriptedCall[] = [];
	let left = room;
	for (const call of toolCalls) {
		const points = [...argumentsText(call)];
		calls.push({ ...call, arguments: points.slice(0, left).join('') });
		left -= points.length;
		if (left < 0) return { calls, isCut: true };
	}
	return { calls, isCut: false };
}

const SIGNATURE = '(Answered by the embedded TokenHub endpoint, not by a real model.)';
const OPENINGS = ['You wrote', 'You said', 'Your message begins with'];
const GIST_LENGTH = 120;

/** A short text that shows what was understood, and by whom. */
function plainAnswer(turn: Turn, seed: number): string {
	const images =
		turn.unreadImages > 0 ? `It comes with ${turn.unreadImages} image(s), which I cannot see.` : '';
	return [reaction(turn.userText, seed), images, SIGNATURE].filter(Boolean).join(' ');
}

/** What each tool returned: no result is left out. */
function resultsAnswer({ results }: Turn): string {
	return [...results.map(({ tool, text }) => `${tool} says: ${toldBy(text)}`), SIGNATURE].join(
		'\n',
	);
}

/** From a result of our own nodes, what they found, without tokens, cost and time. */
function toldBy(text: string): string {
	const value = parseJson(text);
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const [first] = list;
	const found: unknown = isRecord(first) && list.length === 1 && (first.output ?? first.text);
	if (typeof found === 'string') return found.replaceAll(SIGNATURE, '').trim();
	return isRecord(found) ? resultText(JSON.stringify(found)).replaceAll('\n', ', ') : text;
}

function reaction(userText: string, seed: number): string {
	const [, task = '', given = ''] = /^([^\n:]*)[:\n]\s*([^]+)$/.exec(userText.trim()) ?? [
		null,
		userText,
		'',
	];
	const material = given || userText;
	if (/summari[sz]e|summary/i.test(task)) return `Summary: ${gist(firstSentence(material))}`;
	if (/classif|sentiment/i.test(task)) {
		return `Classified as: ${moodOf(material, ['positive', 'negative', 'neutral'])}.`;
	}
	const count = (userText.match(/\S+/g) ?? []).length;
	const opening = OPENINGS[(hash(userText) + Math.abs(Math.trunc(seed))) % OPENINGS.length];
	const echo = `${opening} “${gist(firstSentence(userText))}” (${count} ${count === 1 ? 'word' : 'words'}).`;
	return /translat/i.test(task) ? `${echo} I know no other language than yours.` : echo;
}

function gist(text: string): string {
	const points = [...text.replace(/\s+/g, ' ')];
	return points.length > GIST_LENGTH
		? `${points.slice(0, GIST_LENGTH).join('')}…`
		: points.join('');
}

function hash(text: string): number {
	return [...text].reduce((sum, point) => (sum * 31 + (point.codePointAt(0) ?? 0)) >>> 0, 0);
}
