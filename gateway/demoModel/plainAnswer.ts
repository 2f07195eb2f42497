import { isRecord } from '../../core/isRecord';
import { parseJson } from '../parseJson';
import { moodOf } from './mood';
import { firstSentence } from './phrases';
import { resultText } from './resultText';
import type { Turn } from './turn';

const SIGNATURE = '(Answered by the embedded TokenHub endpoint, not by a real model.)';
const OPENINGS = ['You wrote', 'You said', 'Your message begins with'];
const GIST_LENGTH = 120;

/** A short text that shows what was understood, and by whom. */
export function plainAnswer(turn: Turn, seed: number): string {
	const images =
		turn.unreadImages > 0 ? `It comes with ${turn.unreadImages} image(s), which I cannot see.` : '';
	return [reaction(turn.userText, seed), images, SIGNATURE].filter(Boolean).join(' ');
}

/** What each tool said: no tool's result goes missing. */
export function resultsAnswer({ results }: Turn): string {
	return [...results.map(({ tool, text }) => `${tool} says: ${toldBy(text)}`), SIGNATURE].join(
		'\n',
	);
}

/** Of a result of our own nodes what they found, without tokens, cost and time. */
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
