import { moodOf } from './mood';
import { firstSentence } from './phrases';
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
	return [...results.map(({ tool, text }) => `${tool} says: ${text}`), SIGNATURE].join('\n');
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
