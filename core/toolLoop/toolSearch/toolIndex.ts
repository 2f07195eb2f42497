import { breaths } from '../../lib/async';
import { isRecord } from '../../lib/isRecord';
import type { Tool } from '../tool';
import { editDistance } from '../../lib/names';

/** The tools that fit a need, best first, by the names under which they are offered. */
export type ToolIndex = (need: string, most: number) => string[];

/** The words of one tool: the weight of each, and of all together. */
interface Entry {
	name: string;
	weights: Map<string, number>;
	length: number;
}

/** Okapi BM25 over names, descriptions and names of arguments. */
export async function toolIndex(tools: ReadonlyMap<string, Tool>): Promise<ToolIndex> {
	const breathe = breaths();
	const entries: Entry[] = [];
	const holders = new Map<string, number>();
	for (const [name, tool] of tools) {
		await breathe();
		const entry = entryOf(name, tool);
		entries.push(entry);
		for (const word of entry.weights.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
	}
	const usual = entries.reduce((sum, { length }) => sum + length, 0) / Math.max(1, entries.length);
	const rarity = (word: string) => {
		const count = holders.get(word) ?? 0;
		return Math.log(1 + (entries.length - count + 0.5) / (count + 0.5));
	};
	return (need, most) => {
		const wanted = wantedWords(need, holders);
		const names = new Set(
			need
				.slice(0, LONGEST_NEED)
				.toLowerCase()
				.split(/[^\p{L}\p{N}_-]+/u),
		);
		const found = entries
			.map((entry) => ({
				name: entry.name,
				score: scoreOf(entry, { wanted, rarity, usual }),
				isNamed: names.has(entry.name.toLowerCase()),
			}))
			.filter(({ score, isNamed }) => score > 0 || isNamed);
		// A name may be a word of the need: the others are compared with each other.
		const best = found.reduce((most, { score }) => Math.max(most, score), 0);
		return found
			.filter(({ score, isNamed }) => isNamed || score >= best * LEAST_SHARE)
			.sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.score - a.score)
			.slice(0, most)
			.map(({ name }) => name);
	};
}

const LONGEST_NEED = 1_000;
const LONGEST_DESCRIPTION = 4_000;
const MOST_ARGUMENTS = 100;
/** A tool that fits far worse than the best is not worth its tokens. */
const LEAST_SHARE = 0.2;

function entryOf(name: string, tool: Tool): Entry {
	const weights = new Map<string, number>();
	let length = 0;
	const take = (text: string, weight: number) => {
		for (const word of searchWords(text)) {
			weights.set(word, (weights.get(word) ?? 0) + weight);
			length += weight;
		}
	};
	// A name that Claude refuses is offered under another one, which may have lost its words.
	take(tool.name, 3);
	if (name !== tool.name) take(name, 1);
	take(tool.description.slice(0, LONGEST_DESCRIPTION), 1);
	take(argumentNames(tool.parameters).join(' '), 1);
	return { name, weights, length };
}

/** Including nested arguments: some servers take one object with everything. */
function argumentNames(schema: unknown, depth = 0): string[] {
	if (!isRecord(schema) || !isRecord(schema.properties) || depth > 2) return [];
	const entries = Object.entries(schema.properties).slice(0, MOST_ARGUMENTS);
	return entries
		.flatMap(([name, inner]) => [name, ...argumentNames(inner, depth + 1)])
		.slice(0, MOST_ARGUMENTS);
}

/** Each word that is searched for, with its weight: a synonym counts half. */
function wantedWords(need: string, known: ReadonlyMap<string, number>): Map<string, number> {
	const wanted = new Map<string, number>();
	const given = searchWords(need.slice(0, LONGEST_NEED));
	const words = misspelt(given, known);
	for (const word of words) {
		for (const other of sameMeaning(word)) if (!wanted.has(other)) wanted.set(other, 0.5);
	}
	for (const word of words) wanted.set(word, 1);
	return wanted;
}

/** More unknown words than this are a text, not typing mistakes. */
const MOST_SLIPS = 8;
/** Shorter words are too often one letter away from another word. */
const SHORTEST = 4;
/** From this many letters on, two typing mistakes still leave the same word. */
const LONG = 8;

/** The same words, with words that no tool has replaced by those that differ by a typing mistake. */
function misspelt(words: readonly string[], known: ReadonlyMap<string, number>): string[] {
	let slips = 0;
	return words.flatMap((word) => {
		const isKnown = known.has(word) || sameMeaning(word).size > 0;
		if (isKnown || word.length < SHORTEST || (slips += 1) > MOST_SLIPS) return [word];
		const most = word.length >= LONG ? 2 : 1;
		const near = [...known.keys()].filter(
			(other) =>
				Math.abs(other.length - word.length) <= most &&
				other.length >= SHORTEST &&
				editDistance(word, other) <= most,
		);
		return near.length > 0 ? near : [word];
	});
}

interface Scoring {
	wanted: ReadonlyMap<string, number>;
	rarity: (word: string) => number;
	/** The usual length of an entry. */
	usual: number;
}

const [K1, B] = [1.2, 0.6];

function scoreOf({ weights, length }: Entry, { wanted, rarity, usual }: Scoring): number {
	const slack = K1 * (1 - B + (B * length) / Math.max(1, usual));
	let score = 0;
	for (const [word, counts] of wanted) {
		const weight = weights.get(word) ?? 0;
		if (weight > 0) score += (counts * rarity(word) * weight * (K1 + 1)) / (weight + slack);
	}
	return score;
}

/**
 * The words of a name or a text in the form in which the search compares them: `createIssue`,
 * `create_issue` and "Creating issues" are the same. Scripts without spaces are split into pairs of
 * letters.
 */
function searchWords(text: string): string[] {
	const plain = text
		.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.normalize('NFKD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase();
	return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
		.flatMap((word) => (UNSPACED.test(word) ? pairsOf(word) : [word]))
		.filter((word) => !EMPTY.has(word))
		.map(stem);
}

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words that occur in any description. */
const EMPTY = new Set(
	'a an and any are as at be by for from has have i if in into is it its me my of on or our so some that the their them then there these this those to up us was what when where which who will with you your'.split(
		' ',
	),
);

function pairsOf(word: string): string[] {
	const letters = [...word];
	if (letters.length === 1) return letters;
	return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

/** English endings: a rough cut is enough, because both sides get the same. */
function stem(word: string): string {
	const single = withoutPlural(word);
	const cut = withoutEnding(single);
	return cut.length > 4 && cut.endsWith('e') ? cut.slice(0, -1) : cut;
}

function withoutPlural(word: string): string {
	if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
	if (word.length > 4 && /(?:sh|ch|ss|x|z)es$/.test(word)) return word.slice(0, -2);
	return word.length > 3 && /[^suia]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
	const [ending] = /(?:ing|ed|ion)$/.exec(word) ?? [];
	if (ending === undefined || word.length - ending.length < 3) return word;
	const rest = word.slice(0, -ending.length);
	return /([b-df-hj-kmnp-rtv-xz])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}

/** Words that tools, and those who search for them, use for the same thing. */
const GROUPS = [
	'create add new make insert',
	'delete remove erase drop destroy trash',
	'get fetch retrieve read show view load look',
	'list all browse enumerate',
	'update edit modify change set rename adjust patch',
	'search find query lookup locate',
	'send post write publish share notify tell',
	'run execute start trigger launch invoke',
	'stop cancel abort end terminate kill',
	'upload attach',
	'download export save',
	'copy duplicate clone',
	'approve accept confirm',
	'book schedule reserve plan',
	'email mail inbox gmail',
	'message dm chat',
	'document doc page',
	'folder directory',
	'repository repo',
	'pr pull',
	'database db sql table',
	'user member person people employee colleague',
	'customer client buyer',
	'meeting event appointment calendar',
	'picture image photo',
	'ticket issue bug task todo',
	'bill invoice',
	'pay payment charge',
	'refund reimburse',
	'link url website web',
	'comment reply respond answer note',
	'comments discussion thread conversation',
	'label tag',
	'price cost rate quote',
	'weather forecast temperature',
	'directions route navigate',
	'exchange convert currency',
	'translate language',
	'permission access role right',
	'history log audit',
	'spreadsheet sheet excel',
	'assign assignee owner',
	'error exception crash failure',
	'order purchase',
];

const sameAs = new Map<string, Set<string>>();
for (const words of GROUPS.map(searchWords)) {
	for (const word of words) {
		const known = sameAs.get(word) ?? new Set<string>();
		for (const other of words) if (other !== word) known.add(other);
		sameAs.set(word, known);
	}
}

/** Other words for the same thing, in the form that the search compares. */
function sameMeaning(word: string): ReadonlySet<string> {
	return sameAs.get(word) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
