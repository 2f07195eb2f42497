import type { Field } from './field';
import { isStopWord, spaced } from './words';

const CAPITALISED = String.raw`\p{Lu}[\p{L}\p{N}&'’-]*(?:\.(?=\s\p{Lu}))?(?: (?:(?:of|and|&|de|van|von) )?\p{Lu}[\p{L}\p{N}&'’-]*)*`;

/** Which preposition introduces such a field: in "from Nordlicht GmbH", the vendor. */
const LEADS = [
	{ words: /vendor|seller|supplier|sender|issuer|sent|from|origin/i, leads: 'from|by' },
	{ words: /customer|buyer|recipient|client|destination/i, leads: 'to|for' },
	{ words: /city|town|location|place|country|region|where/i, leads: 'in|at|near|for|to|from' },
	{ words: /author|creator/i, leads: 'by' },
];
const WHOLE = /^(query|question|q|text|input|prompt|message|search|topic|content|sentence)$/i;
const ARITHMETIC = /(?<![\w-])\(*\d[\d.]*(?:\)*\s*(?:[+*/^×]|\s-\s)\s*\(*\d[\d.]*)+\)*(?![\w-])/;

/** The piece of prose that belongs to a field of no particular kind. */
export function findPhrase(field: Field, text: string): string | undefined {
	const words = spaced(field.name);
	const arithmetic = /expression|formula|^input$/i.test(words) ? findArithmetic(text) : undefined;
	const whole = arithmetic ?? wholeText(field, text);
	return whole ?? named(words, text) ?? led(field, text) ?? personIn(words, text);
}

export function findArithmetic(text: string): string | undefined {
	return ARITHMETIC.exec(text)?.[0];
}

/** `customer Ann Lee`, `city is "Bonn"`, `status was shipped`. */
function named(words: string, text: string): string | undefined {
	const name = words.replace(/ name$/i, '');
	const after = String.raw`(?:\s+(?:is|was|named|called))?\s+(?:["“'](?<quoted>[^"”'\n]+)["”']|(?<proper>${CAPITALISED}))`;
	const said = String.raw`\s+(?:is|was)\s+(?<said>[\p{L}\p{N}-]+)`;
	const before = String.raw`(?<![\p{L}\p{N}])(?:${[...name].map(eitherCase).join('')})`;
	const found = new RegExp(`${before}(?:${after}|${said})`, 'u').exec(text);
	const { quoted, proper, said: word } = found?.groups ?? {};
	return quoted ?? proper ?? (word && isStopWord(word) ? undefined : word);
}

/** The label matches in any case, while capitals in its value still count. */
function eitherCase(letter: string): string {
	return /\p{L}/u.test(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : '\\s+';
}

function led({ name, description }: Field, text: string): string | undefined {
	const lead =
		LEADS.find(({ words }) => words.test(spaced(name))) ??
		LEADS.find(({ words }) => words.test(description));
	if (!lead) return undefined;
	return new RegExp(`(?<=\\b(?:${lead.leads})\\s+)${CAPITALISED}`, 'u').exec(text)?.[0];
}

function wholeText({ name }: Field, text: string): string | undefined {
	if (WHOLE.test(spaced(name))) return text.trim() || undefined;
	return /summary|gist/i.test(name) ? firstSentence(text) : undefined;
}

/** A name field takes the first capitalised words that do not begin a sentence. */
function personIn(words: string, text: string): string | undefined {
	if (!/name|person|author|customer|contact/i.test(words)) return undefined;
	const found = [...text.matchAll(new RegExp(CAPITALISED, 'gu'))].map(([phrase]) =>
		phrase.split(' ').filter((word, index) => index > 0 || !isStopWord(word)),
	);
	const phrases = found.filter((phrase) => phrase.length > 0);
	return (phrases.find((phrase) => phrase.length > 1) ?? phrases[0])?.join(' ');
}

export function firstSentence(text: string): string {
	return /^[^]*?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim();
}
