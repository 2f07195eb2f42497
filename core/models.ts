import { syncDoor } from './door';
import { roundUsd, type PriceOf, type Usage } from './usage';

/** One model of TokenHub's price list. Prices are US dollars per million tokens. */
export interface Model {
	/** As it is sent, such as `anthropic/claude-sonnet-4-6`. */
	id: string;
	/** The id without its vendor: the gateway accepts both. */
	shortName: string;
	/** The name that people read. */
	label: string;
	/** US dollars per million prompt tokens. */
	inputUsd: number;
	/** US dollars per million completion tokens. */
	outputUsd: number;
	/** What the provider recommends it for. */
	bestFor: string;
}

const VENDOR = 'anthropic/';

function model(shortName: string, label: string, [inputUsd, outputUsd, bestFor]: Terms): Model {
	return { id: VENDOR + shortName, shortName, label, inputUsd, outputUsd, bestFor };
}
type Terms = [inputUsd: number, outputUsd: number, bestFor: string];

/** The catalog, in the order of TokenHub's price list. */
export const models: readonly Model[] = [
	model('claude-opus-4-7', 'Claude Opus 4.7', [5, 25, 'highest quality reasoning and coding']),
	model('claude-opus-4-6', 'Claude Opus 4.6', [5, 25, 'highest quality reasoning and coding']),
	model('claude-sonnet-4-6', 'Claude Sonnet 4.6', [
		3,
		15,
		'recommended balance of quality and cost',
	]),
	model('claude-haiku-4-5', 'Claude Haiku 4.5', [1, 5, 'fastest and cheapest of generation 4']),
	model('claude-sonnet-4-5', 'Claude Sonnet 4.5', [3, 15, 'previous generation workhorse']),
	model('claude-opus-4-5', 'Claude Opus 4.5', [5, 25, 'highest quality reasoning and coding']),
	model('claude-4-sonnet', 'Claude Sonnet 4', [3, 15, 'previous generation workhorse']),
	model('claude-4-opus', 'Claude Opus 4', [15, 75, 'highest quality reasoning and coding']),
	model('claude-3-5-sonnet-latest', 'Claude 3.5 Sonnet', [3, 15, 'stable and widely compatible']),
	model('claude-3-5-haiku-latest', 'Claude 3.5 Haiku', [0.8, 4, 'stable and widely compatible']),
];

/** The model used if none is named. */
export const DEFAULT_MODEL = 'anthropic/claude-sonnet-4-6';

/** The catalog's entry for a canonical id or a short name. */
export function findModel(name: string): Model | undefined {
	return models.find((known) => known.id === name || known.shortName === name);
}

/** Tokens that a prompt and its answer may have together, if known. */
export function windowOf(name: string): number | undefined {
	return findModel(name) && 200_000;
}

/** What a million tokens cost, in US dollars. */
export type Price = Pick<Model, 'inputUsd' | 'outputUsd'>;

/** Every model of the price list accepts this many tokens for an answer. */
const LONGEST_ANSWER = 8192;

/** Twice the room for an answer that was cut off, as far as every model allows it. */
export function widerMaxTokens(maxTokens: number): number {
	return Math.max(maxTokens, Math.min(LONGEST_ANSWER, maxTokens * 2));
}

/**
 * US dollars for the tokens, or null if the model's price is not known. `name` is an id or a short
 * name.
 */
export function priceOf(name: string, usage: Usage): number | null {
	const known = findModel(name);
	return known ? syncDoor(() => usdFor(known, usage)) : null;
}

/** US dollars for the tokens, or null if the result is not a number. */
export function usdFor({ inputUsd, outputUsd }: Price, usage: Usage): number | null {
	const { promptTokens, completionTokens } = usage;
	const usd = (promptTokens * inputUsd + completionTokens * outputUsd) / 1e6;
	return usd >= 0 && usd < Infinity ? roundUsd(usd) : null;
}

/** The caller's own prices, by model. */
export type Prices = Readonly<Record<string, Price>>;

/** The caller's own prices come first; a short name and its id are one model. */
export function pricesOf(own: Prices = {}): PriceOf {
	const byName = new Map(
		Object.entries(own).flatMap(([name, price]) =>
			[name, ...namesOf(name)].map((known): [string, Price] => [known, price]),
		),
	);
	for (const [name, price] of Object.entries(own)) byName.set(name, price);
	return (model, usage) => {
		const price = byName.get(model) ?? findModel(model);
		return price ? usdFor(price, usage) : null;
	};
}

function namesOf(name: string): string[] {
	const known = findModel(name);
	return known ? [known.id, known.shortName] : [];
}
