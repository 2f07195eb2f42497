import type { PriceOf } from '../usage';
import type { TokenHubClient } from '../client/createClient';
import type { TokenHubError } from '../errors';
import { perObject } from '../lib/perObject';
import type { JsonSchema } from '../schema/jsonSchema';
import type { ExtractRequest } from './extractRequest';
import type { Target } from './targetSchema';

/** How many times something was tried, and how many times it gave a valid value. */
interface Odds {
	tries: number;
	wins: number;
}

/** What is known about a model's answers to one schema. */
export interface ModelRecord {
	first: Odds;
	repair: Odds;
	/** The model refused the schema as a tool. */
	refusesTool: boolean;
}

/** What a run has learned about one schema, shared by all its items. */
export interface TrackRecord {
	/** By model: how its answers turned out. */
	models: Map<string, ModelRecord>;
	/** What the texts so far were expected to cost, and what they did cost. */
	expectedUsd: number;
	spentUsd: number;
}

/** What the runs of an account have learned, by the text of the schema. */
const memory = perObject((_account: object) => new Map<string, TrackRecord>());

export function trackRecordOf(client: TokenHubClient, schema: JsonSchema): TrackRecord {
	const schemas = memory(client.account);
	const key = JSON.stringify(schema);
	const trackRecord = schemas.get(key) ?? { models: new Map(), expectedUsd: 0, spentUsd: 0 };
	schemas.set(key, trackRecord);
	return trackRecord;
}

/** How a model is asked: with the schema as a tool, or with the schema as text and JSON mode. */
export type Mode = 'tool' | 'json';

/** `auto` is a tool call, unless the schema cannot be one or the model has refused it. */
export function modeFor(
	{ request, target }: { request: ExtractRequest; target: Target },
	record: ModelRecord,
): Mode {
	if (request.mode !== 'auto') return request.mode;
	return !target.form.problem && !record.refusesTool ? 'tool' : 'json';
}

/** Whether JSON mode can be tried after an error. */
export function refusesTool(
	error: TokenHubError,
	{ mode, request }: { mode: Mode; request: ExtractRequest },
): boolean {
	const mayChange = mode === 'tool' && request.mode === 'auto';
	return mayChange && error.kind === 'badRequest' && /\btools\b|input_schema/.test(error.message);
}

export function recordOf({ models }: TrackRecord, model: string): ModelRecord {
	const none = () => ({ tries: 0, wins: 0 });
	const record = models.get(model) ?? { first: none(), repair: none(), refusesTool: false };
	models.set(model, record);
	return record;
}

export function addTry(odds: Odds, isWin: boolean): void {
	odds.tries += 1;
	if (isWin) odds.wins += 1;
}

/** First answers are judged later, because a few bad items may come together. */
const TRIES_BEFORE_JUDGING = { first: 8, repair: 3 } as const;

/**
 * Whether asking a model before the next, more expensive one can save money: it does as long as it
 * succeeds more often than its share of the higher price. If a price is not known, it is always asked.
 */
export function isWorthAsking(
	record: ModelRecord,
	kind: keyof typeof TRIES_BEFORE_JUDGING,
	{ model, next, priceOf }: { model: string; next: string; priceOf: PriceOf },
): boolean {
	const { tries, wins } = record[kind];
	const [own, other] = [priceOf(model, USUAL), priceOf(next, USUAL)];
	const share = own === null || other === null || other === 0 ? undefined : own / other;
	return share === undefined || tries < TRIES_BEFORE_JUDGING[kind] || wins / tries >= share;
}

/** A typical extraction: mostly prompt. */
const USUAL = { promptTokens: 1000, completionTokens: 300, totalTokens: 1300 };
