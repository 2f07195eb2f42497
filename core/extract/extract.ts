import type { CallOptions, TokenHubClient } from '../client/createClient';
import { refusedBy, withoutRefused } from '../client/withoutRefused';
import { TokenHubError } from '../errors';
import { mapConcurrently } from '../mapConcurrently';
import { findModel } from '../models';
import { addSpending, noSpending, type Spending } from '../usage';
import type { Attempt } from './attempt';
import { recordsFor } from './cascade';
import { chunkText } from './chunk';
import { findEvidence, type Evidence } from './evidence/findEvidence';
import { extractPiece, type Piece, type PieceJob } from './extractPiece';
import {
	readExtractRequest,
	type ExtractOptionsInput,
	type ExtractRequest,
} from './extractRequest';
import { mergeValues } from './merge';
import { readTarget, type Target } from './targetSchema';
import { relaxed } from './relaxed';

export interface ExtractResult extends Spending {
	/** Valid against the schema given. */
	output: unknown;
	/** Which attempt gave it. */
	stage: Attempt['stage'];
	/** Every answer that was asked for, with its cost and what was wrong with it. */
	attempts: Attempt[];
	/** Each leniency that was used, by name. */
	warnings: string[];
	/** Per leaf, by JSON pointer: where the text says so, or null. */
	evidence?: Evidence;
	model: string;
	latencyMs: number;
}

/**
 * A value out of a text, valid against the schema.
 * @throws TokenHubError `badConfig` before any request; `schemaMismatch`, `truncated` or `refused`
 *   with failures, raw text and spending; the kind of a request that failed for good.
 */
export async function extract(
	client: TokenHubClient,
	input: ExtractOptionsInput,
	call: CallOptions = {},
): Promise<ExtractResult> {
	const startedAt = performance.now();
	const request = readExtractRequest(input);
	const target = readTarget(request.schema);
	// Who asks for a tool call and nothing else is told that it is refused.
	const asking = request.mode === 'tool' ? client : withoutRefused(client);
	const records = recordsFor(client, target.schema);
	const job = { client: asking, request, target, call, records };
	const piece = request.chunk ? await extractChunks(job, request.chunk) : await extractPiece(job);
	const text = request.text ?? '';
	return {
		output: piece.value,
		stage: piece.stage,
		attempts: piece.attempts,
		warnings: [...piece.warnings, ...leftOut(job, client, piece.attempts)],
		...(request.evidence ? { evidence: findEvidence(piece.value, text) } : {}),
		model: piece.model,
		...piece.attempts.reduce(addSpending, noSpending()),
		latencyMs: Math.round(performance.now() - startedAt),
	};
}

/** What the models that answered have refused, and were asked without. */
function leftOut(
	{ request, records }: PieceJob,
	client: TokenHubClient,
	attempts: readonly Attempt[],
): string[] {
	const answered = new Set(attempts.map((attempt) => attempt.model));
	const asked = [request.model, ...request.escalateTo].filter((name) =>
		answered.has(findModel(name)?.id ?? name),
	);
	return asked.flatMap((name) => {
		const tools = records.get(name)?.refusesTool ? ['tools'] : [];
		const refused = [...tools, ...refusedBy(client, name)];
		return refused.map((parameter) => `left out ${parameter}: ${name} refuses it`);
	});
}

const CHUNKS_AT_ONCE = 8;

async function extractChunks(
	job: PieceJob,
	chunk: NonNullable<ExtractRequest['chunk']>,
): Promise<Piece> {
	const texts = chunkText(job.request.text ?? '', chunk);
	if (texts.length <= 1) return await extractPiece(job);
	// A single piece need not hold what the whole must.
	const target = readTarget(relaxed(job.target.schema));
	const pieces = await mapConcurrently(texts, CHUNKS_AT_ONCE, (text) =>
		extractPiece({ ...job, target, request: { ...job.request, text } }),
	);
	return mergePieces(pieces, job.target);
}

function mergePieces(pieces: Piece[], target: Target): Piece {
	const merged = mergeValues(pieces.map(({ value }) => value));
	const attempts = pieces.flatMap((piece) => piece.attempts);
	const checked = target.check(merged.value);
	if (!checked.ok) {
		const { usage, costUsd } = attempts.reduce(addSpending, noSpending());
		throw new TokenHubError('schemaMismatch', 'The merged pieces do not fit the schema.', {
			...{ failures: checked.failures, raw: JSON.stringify(merged.value), usage, costUsd },
		});
	}
	const warnings = [...new Set([...pieces.flatMap((piece) => piece.warnings), ...merged.warnings])];
	const last = pieces.findLast(({ stage }) => stage === 'escalation' || stage === 'repair');
	const { stage, model } = last ?? pieces[0] ?? { stage: 'tool' as const, model: '' };
	return { value: checked.value, stage, model, attempts, warnings };
}
