import type { ChatRequest } from '../../chat/chatRequest';
import type { TokenHubClient } from '../../client/createClient';
import { syncDoor } from '../../door';
import { isRecord } from '../../lib/isRecord';
import { openLedger } from '../../ledger';
import { assertPriced } from '../../purse';
import type { JsonSchema } from '../../schema/jsonSchema';
import { estimateTokens, IMAGE_TOKENS } from '../../lib/text';
import { inOneGo } from '../../lib/steps';
import { roundUsd, type Usage } from '../../usage';
import { converse, toChatRequest } from '../attempt';
import { recordOf, trackRecordOf, type TrackRecord, modeFor } from '../trackRecord';
import type { ExtractJob } from '../attempt';
import { readExtractRequest, type ExtractOptionsInput } from '../extractRequest';
import { resolveSchema } from '../resolveSchema';
import { readTarget } from '../targetSchema';
import { partsOf, requestFor } from './chunk';
import { lineShape, recordStart } from './borders';

/** What an extraction will cost, first answers only: repairs and escalations come on top. */
export interface Estimate {
	/** One for each part of the text. */
	requests: number;
	/** Tokens of all of them. */
	usage: Usage;
	/** US dollars; null for a model without a known price. */
	costUsd: number | null;
	/** What is odd about the schema, if anything. */
	warnings?: string[];
}

/**
 * What an extraction will cost, before any request. Lists are assumed to have as many records as the
 * text has rows, otherwise to be a tenth as long as their text; each answer of a client corrects the
 * next estimate.
 * @throws TokenHubError `badConfig` like `extract`.
 */
export function estimateExtract(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	return syncDoor(() => estimated(client, input));
}

function estimated(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	const request = readExtractRequest(input);
	assertPriced(client, [request.model, ...request.escalateTo], request.maxCostUsd);
	const target = readTarget(request.schema);
	const trackRecord = trackRecordOf(client, target.schema);
	const job = { client, request, target, trackRecord, call: { ledger: openLedger() } };
	const usages = inOneGo(partsOf(request)).map((part) =>
		expectedUsage({ ...job, request: requestFor(request, part) }),
	);
	const sum = (key: keyof Usage) => usages.reduce((total, usage) => total + usage[key], 0);
	const usage = {
		...{ promptTokens: sum('promptTokens'), completionTokens: sum('completionTokens') },
		totalTokens: sum('totalTokens'),
	};
	const costUsd = client.priceOf(request.model, usage);
	return {
		requests: usages.length,
		usage,
		costUsd: costUsd === null ? null : roundUsd(costUsd * costFactor(trackRecord)),
		...(target.warnings.length > 0 ? { warnings: target.warnings } : {}),
	};
}

/** The factor for estimates that a run has learned. */
export function costFactor({ expectedUsd, spentUsd }: TrackRecord): number {
	return expectedUsd > 0 ? spentUsd / expectedUsd : 1;
}

/** What one text is expected to use, before the factor of the run. */
export function expectedUsage(job: ExtractJob): Usage {
	const { request, target } = job;
	const { model, maxTokens, text = '', cutAnswers } = request;
	const mode = modeFor(job, recordOf(job.trackRecord, model));
	const prompt = promptTokensOf(toChatRequest(converse(job, model, mode)));
	const answer = Math.ceil(expectedAnswer(target.schema, text));
	// A longer answer is requested piece by piece.
	const requests = cutAnswers === 'finish' ? Math.ceil(answer / maxTokens) : 1;
	const promptTokens = prompt * requests;
	const completionTokens = Math.min(answer, maxTokens * requests);
	return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

/** Images count as such, whatever their bytes. */
export function promptTokensOf({ messages, tools = [] }: ChatRequest): number {
	let images = 0;
	const text = JSON.stringify([messages, tools], (key, value: unknown) => {
		if (key !== 'image_url') return value;
		images += 1;
		return '';
	});
	return estimateTokens(text) + images * IMAGE_TOKENS;
}

/**
 * Tokens of the answer for a text: a value of the usual length, and a record for each row of the text.
 */
export function expectedAnswer(schema: JsonSchema, text: string): number {
	const lists = new Set<JsonSchema>();
	const single = sample(schema, { root: schema, depth: 0, lists });
	let tokens = estimateTokens(JSON.stringify(single));
	// An entry adds the lists that it holds: the text shows their rows as well.
	for (const items of lists) {
		const entry = sample(items, { root: schema, depth: 0, lists });
		tokens += entriesIn(text, fieldsOf(entry), estimateTokens(JSON.stringify(entry)));
	}
	return tokens;
}

interface Place {
	root: JsonSchema;
	depth: number;
	/** Takes the schemas of the entries of lists, each of them once. */
	lists: Set<JsonSchema>;
}

/** A schema may hold itself. */
const MOST_LISTS = 20;

const WORDS = 'some usual words';
const NUMBER = 1234.5;
const DATE = '2026-11-27';

/** A value of usual length, without the entries of its lists. */
function sample(wanted: unknown, place: Place): unknown {
	const schema = resolveSchema(wanted, place.root) ?? {};
	const { properties, items, type, format } = schema;
	const inner = { ...place, depth: place.depth + 1 };
	if (place.depth > 8) return null;
	if (isRecord(properties)) {
		const entries = Object.entries(properties);
		return Object.fromEntries(entries.map(([key, one]) => [key, sample(one, inner)]));
	}
	if (isRecord(items) || items === true) {
		if (place.lists.size < MOST_LISTS) place.lists.add(isRecord(items) ? items : {});
		return [];
	}
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.includes('number') || types.includes('integer')) return NUMBER;
	if (types.includes('boolean')) return true;
	if (Array.isArray(schema.enum)) return schema.enum[0];
	return typeof format === 'string' && format.startsWith('date') ? DATE : WORDS;
}

interface Fields {
	all: number;
	/** Numbers and dates, which a row cannot lack. */
	figures: number;
}

function fieldsOf(entry: unknown): Fields {
	const values: unknown[] = isRecord(entry) ? Object.values(entry) : [entry];
	const inner = values.filter(isRecord).map(fieldsOf);
	const own = values.filter((value) => !isRecord(value) && typeof value !== 'boolean');
	const figures = own.filter((value) => value === NUMBER || value === DATE).length;
	return inner.reduce(
		(sum, fields) => ({ all: sum.all + fields.all, figures: sum.figures + fields.figures }),
		{ all: own.length, figures },
	);
}

/** If a text shows no rows, about this share of it is in the answer. */
const ANSWERED_SHARE = 0.1;

function entriesIn(text: string, fields: Fields, tokens: number): number {
	const rows = rowsIn(text, fields);
	return rows > 0 ? rows * tokens : estimateTokens(text) * ANSWERED_SHARE;
}

/** How many records with this many fields a text has room for. */
function rowsIn(text: string, fields: Fields): number {
	if (fields.all === 1) return fields.figures === 1 ? count(text, FIGURES) : 0;
	const lines = text.split(LINE_ENDS);
	const first = recordStart(text);
	const isStart = (line: string, at: number) =>
		lineShape(line) === first?.shape && (!first.isBehindBlank || !lines[at - 1]?.trim());
	const starts = lines.filter(isStart).length;
	if (fields.figures === 0) {
		const isRow = (line: string) => count(line, SEPARATORS) >= fields.all - 1;
		return Math.max(starts, lines.filter(isRow).length);
	}
	const holdsRecord = (piece: string) =>
		count(piece, FIGURES) >= Math.ceil(fields.figures / 2) &&
		count(piece, TOKENS) >= fields.all * 0.75;
	const pieces = lines.flatMap((line) => line.split(SENTENCE_ENDS)).filter(holdsRecord).length;
	return Math.max(starts, pieces) || text.split(BLANK_LINES).filter(holdsRecord).length;
}

const LINE_ENDS = /\r\n|[\n\r]|<\/tr>|(?<=\}),/i;
const SENTENCE_ENDS = /(?<=[.!?]\s|[。！？])/;
const BLANK_LINES = /\n[ \t]*\r?\n/;
const SEPARATORS = /[,;|\t:]/g;
const FIGURES = /\p{Nd}+(?:[.:/-]\p{Nd}+|,\p{Nd}{2,3}(?!\p{Nd}))*/gu;
const TOKENS = /[\p{L}\p{M}]+|\p{Nd}+/gu;

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
