import type { TokenHubClient } from '../../client/createClient';
import { syncDoor } from '../../door';
import { openLedger } from '../../ledger';
import { estimateTokens, IMAGE_TOKENS } from '../../estimateTokens';
import { isRecord } from '../../isRecord';
import { priceOf } from '../../models';
import type { JsonSchema } from '../../schema/jsonSchema';
import { roundUsd, type Usage } from '../../usage';
import { converse, toChatRequest } from '../attempt';
import { recordOf } from '../cascade';
import { partsOf } from './chunk';
import { experienceOf, type Experience } from '../experience';
import { readExtractRequest, type ExtractOptionsInput } from '../extractRequest';
import type { PieceJob } from '../extractPiece';
import { modeFor } from '../mode';
import { resolveSchema } from '../resolveSchema';
import { readTarget } from '../targetSchema';

/** What an extraction will cost, first answers only: repairs and escalations come on top. */
export interface Estimate {
	/** One for each part of the text. */
	requests: number;
	/** Tokens of all of them. */
	usage: Usage;
	/** US dollars; null for a model without a known price. */
	costUsd: number | null;
}

/**
 * What an extraction will cost, before any request. Until a client has seen answers for the schema,
 * those with lists are taken to be a tenth of their text; each answer corrects the next estimate.
 * @throws TokenHubError `badConfig` as `extract` does.
 */
export function estimateExtract(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	return syncDoor(() => estimated(client, input));
}

function estimated(client: TokenHubClient, input: ExtractOptionsInput): Estimate {
	const request = readExtractRequest(input);
	const target = readTarget(request.schema);
	const experience = experienceOf(client, target.schema);
	const job = { client, request, target, experience, call: { ledger: openLedger() } };
	const usages = partsOf(request).map(({ text }) => expectedUsage(job, text));
	const sum = (key: keyof Usage) => usages.reduce((total, usage) => total + usage[key], 0);
	const usage = {
		...{ promptTokens: sum('promptTokens'), completionTokens: sum('completionTokens') },
		totalTokens: sum('totalTokens'),
	};
	const costUsd = priceOf(request.model, usage);
	return {
		requests: usages.length,
		usage,
		costUsd: costUsd === null ? null : roundUsd(costUsd * correction(experience)),
	};
}

/** What a run has learned that estimates have to be multiplied by. */
export function correction({ expectedUsd, spentUsd }: Experience): number {
	return expectedUsd > 0 ? spentUsd / expectedUsd : 1;
}

/** What one text is expected to use, before correction. */
export function expectedUsage(job: PieceJob, text: string): Usage {
	const promptTokens = promptOf(job, text);
	const completionTokens = answerOf(job, text);
	return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

function promptOf(job: PieceJob, text: string): number {
	const { model, images } = job.request;
	const request = { ...job.request, text, images: [] };
	const mode = modeFor(job, recordOf(job.experience, model));
	const { messages, tools = [] } = toChatRequest(converse({ ...job, request }, model, mode));
	return estimateTokens(JSON.stringify([messages, tools])) + images.length * IMAGE_TOKENS;
}

/** Of a text with lists in its schema, about this share comes back in the answer. */
const ANSWERED_SHARE = 0.1;

function answerOf({ target: { schema }, request }: PieceJob, text: string): number {
	const one = estimateTokens(JSON.stringify(sample(schema, schema, 0)));
	const hasLists = JSON.stringify(schema).includes('"array"');
	const many = hasLists ? estimateTokens(text) * ANSWERED_SHARE : 0;
	return Math.min(request.maxTokens ?? Infinity, Math.ceil(Math.max(one, many)));
}

/** A value of usual length for a schema. */
function sample(wanted: unknown, root: JsonSchema, depth: number): unknown {
	const schema = resolveSchema(wanted, root) ?? {};
	if (depth > 8) return null;
	if (isRecord(schema.properties)) {
		const entries = Object.entries(schema.properties);
		return Object.fromEntries(entries.map(([key, inner]) => [key, sample(inner, root, depth + 1)]));
	}
	if (schema.items !== undefined) return [sample(schema.items, root, depth + 1)];
	return schema.type === 'number' || schema.type === 'integer' ? 1234.5 : 'some usual words';
}
