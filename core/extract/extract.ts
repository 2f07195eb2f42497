import type { CallOptions, TokenHubClient } from '../client/createClient';
import { refusedBy, withoutRefused } from '../chat/asking/withoutRefused';
import { assertPriced, estimateWarnings, limitSpending } from '../purse';
import { findModel } from '../models';
import { door, type Metered } from '../door';
import type { Spending } from '../usage';
import type { Attempt } from './attempt';
import { placesSteps, type Evidence } from './evidence/findEvidence';
import { misplacedWarnings } from './evidence/placesOfRecords';
import { inTurns } from '../lib/steps';
import { trackRecordOf } from './trackRecord';
import { extractParts, type PartsJob } from './parts/extractParts';
import type { ExtractJob } from './attempt';
import {
	readExtractRequest,
	type ExtractOptionsInput,
	type ExtractRequest,
} from './extractRequest';
import { askSamples } from './samples/askSamples';
import type { Sampled } from './samples/confidence';
import { readTarget } from './targetSchema';
import { tracedExtract } from '../tracing/workSpans';

/** A valid value, how it was obtained, and what all requests for it have cost. */
export interface ExtractResult extends Spending, Partial<Sampled> {
	/** Valid against the given schema. */
	output: unknown;
	/** Which attempt gave it: the first (`tool`, `json`), a `repair`, or another model (`escalation`). */
	stage: Attempt['stage'];
	/** Every answer that was requested, with its cost and what was wrong with it. */
	attempts: Attempt[];
	/**
	 * What is odd about the schema, the name of each leniency that was used, and a Max Cost that counted
	 * an estimate.
	 */
	warnings: string[];
	/** With `evidence`: for each leaf, by JSON pointer, where the text says it, or null. */
	evidence?: Evidence;
	/** The model that gave it. */
	model: string;
	/** Milliseconds of the whole extraction. */
	latencyMs: number;
}

/**
 * A value from a text, valid against the schema.
 * @throws TokenHubError `badConfig` or `budget` before any request; `schemaMismatch`, `truncated` or
 * `refused` with failures, raw text and spending; the kind of a request that failed for good.
 */
export async function extract(
	client: TokenHubClient,
	input: ExtractOptionsInput,
	options: CallOptions = {},
): Promise<ExtractResult> {
	return await door(client, options, (call) => extractValue(client, input, { call }));
}

/** The same inside a metered call; `listen` is called with the answers as they arrive. */
export async function extractValue(
	client: TokenHubClient,
	input: ExtractOptionsInput,
	extracting: Extracting,
): Promise<ExtractResult> {
	const request = readExtractRequest(input);
	const { ledger } = extracting.call;
	const { tracing } = client;
	return tracing
		? await tracedExtract(tracing, { request, ledger }, () =>
				extractRead(client, request, extracting),
			)
		: await extractRead(client, request, extracting);
}

type Extracting = Pick<PartsJob, 'listen' | 'tell'> & { call: Metered<CallOptions> };

async function extractRead(
	client: TokenHubClient,
	request: ExtractRequest,
	{ call, ...hearing }: Extracting,
): Promise<ExtractResult> {
	const startedAt = performance.now();
	assertPriced(client, [request.model, ...request.escalateTo], request.maxCostUsd);
	limitSpending(call.ledger, request);
	const target = readTarget(request.schema);
	// If only a tool call will do, its refusal is an error.
	const asking = request.mode === 'tool' ? client : withoutRefused(client);
	const trackRecord = trackRecordOf(client, target.schema);
	const job = { client: asking, request, target, call, trackRecord, ...hearing };
	const piece = request.samples > 1 ? await askSamples(job) : await extractParts(job);
	const { value } = piece;
	const places = request.evidence
		? await inTurns(placesSteps(value, request.text ?? ''))
		: undefined;
	return {
		output: value,
		stage: piece.stage,
		attempts: piece.attempts,
		warnings: [
			...target.warnings,
			...piece.warnings,
			...(places ? await inTurns(misplacedWarnings(value, places, target.schema)) : []),
			...leftOut(job, client, piece.attempts),
			...estimateWarnings(call.ledger.spent(), request),
		],
		...(places ? { evidence: places.evidence } : {}),
		...piece.sampled,
		model: piece.model,
		...call.ledger.spent(),
		latencyMs: Math.round(performance.now() - startedAt),
	};
}

/** The parameters that the models that answered have refused, and that were left out. */
function leftOut(
	{ request, trackRecord }: Pick<ExtractJob, 'request' | 'trackRecord'>,
	client: TokenHubClient,
	attempts: readonly Attempt[],
): string[] {
	const answered = new Set(attempts.map((attempt) => attempt.model));
	const asked = [request.model, ...request.escalateTo].filter((name) =>
		answered.has(findModel(name)?.id ?? name),
	);
	return asked.flatMap((name) => {
		const tools = trackRecord.models.get(name)?.refusesTool ? ['tools'] : [];
		const refused = [...tools, ...refusedBy(client, name)];
		return refused.map((parameter) => `left out ${parameter}: ${name} refuses it`);
	});
}
