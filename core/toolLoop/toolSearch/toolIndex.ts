import { breaths } from '../../async';
import { isRecord } from '../../isRecord';
import type { Tool } from '../tool';
import { editDistance } from '../../names';
import { sameMeaning } from './sameMeaning';
import { searchWords } from './searchWords';

/** Which tools fit a need, best first, by the names under which they are offered. */
export type ToolIndex = (need: string, most: number) => string[];

/** What one tool says of itself: how much each word weighs in it, and all of them together. */
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
		const ranked = entries
			.map((entry) => {
				const isNamed = names.has(entry.name.toLowerCase());
				return {
					name: entry.name,
					score: scoreOf(entry, { wanted, rarity, usual }) + (isNamed ? 1_000 : 0),
				};
			})
			.filter(({ score }) => score > 0)
			.sort((a, b) => b.score - a.score);
		const least = (ranked[0]?.score ?? 0) * LEAST_SHARE;
		return ranked
			.filter(({ score }) => score >= least)
			.slice(0, most)
			.map(({ name }) => name);
	};
}

const LONGEST_NEED = 1_000;
const LONGEST_DESCRIPTION = 4_000;
const MOST_ARGUMENTS = 100;
/** What fits far worse than the best is not worth its tokens. */
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
	// A name that Claude refuses is offered as another, which may have lost its words.
	take(tool.name, 3);
	if (name !== tool.name) take(name, 1);
	take(tool.description.slice(0, LONGEST_DESCRIPTION), 1);
	take(argumentNames(tool.parameters).join(' '), 1);
	return { name, weights, length };
}

/** Those inside of arguments as well: some servers take one object of everything. */
function argumentNames(schema: unknown, depth = 0): string[] {
	if (!isRecord(schema) || !isRecord(schema.properties) || depth > 2) return [];
	const entries = Object.entries(schema.properties).slice(0, MOST_ARGUMENTS);
	return entries
		.flatMap(([name, inner]) => [name, ...argumentNames(inner, depth + 1)])
		.slice(0, MOST_ARGUMENTS);
}

/** Each word that is looked for, and how much it counts: another one for the same counts half. */
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

/** More words that nobody knows are a text, not a slip. */
const MOST_SLIPS = 8;
/** Shorter words are too often one letter away from another. */
const SHORTEST = 4;
/** From so many letters on, two slips are still the same word. */
const LONG = 8;

/** The same words, where one that no tool has gives way to those that differ from it by a slip of the hand. */
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
