import { asTokenHubError } from '../../door';
import { TokenHubError, withFacts } from '../../errors';
import { mapConcurrently } from '../../mapConcurrently';
import { sumSpending } from '../../usage';
import { openBill } from './bill';
import { partsOf, type TextPart } from './chunk';
import { extractPiece, type Piece, type PieceJob } from '../extractPiece';
import { mergeValues } from './merge';
import { relaxed } from './relaxed';
import { readTarget } from '../targetSchema';

/**
 * The value of the whole text. A long one is read in parts, side by side as far as the client's
 * concurrency goes, and merged.
 * @throws TokenHubError as `extractPiece` does, or `budget` before the first part that cannot be paid;
 *   what the other parts gave and cost is in its details.
 */
export async function extractParts(job: PieceJob): Promise<Piece> {
	const parts = partsOf(job.request);
	const bill = openBill(job, parts);
	const readPart = async (part: TextPart, own: PieceJob) => {
		const piece = await extractPiece(own);
		bill.paid(part, sumSpending(piece.attempts).costUsd);
		return piece;
	};
	const [only, another] = parts;
	if (only && !another) return await readPart(only, job);
	// A single part need not hold what the whole must.
	const target = readTarget(relaxed(job.target.schema));
	const read: Read = { pieces: new Map(), failures: [] };
	await mapConcurrently(parts, job.client.maxConcurrency, async (part) => {
		// Those in flight are waited for, since they are paid; no other is begun.
		if (read.failures.length > 0) return;
		try {
			bill.assertPayable(part);
			const request = { ...job.request, text: part.text };
			read.pieces.set(part, await readPart(part, { ...job, target, request, isPart: true }));
		} catch (error) {
			read.failures.push({ error: asTokenHubError(error, true), part });
		}
	});
	return mergeParts(parts, read, job);
}

interface Read {
	pieces: Map<TextPart, Piece>;
	failures: Array<{ error: TokenHubError; part: TextPart }>;
}

function mergeParts(parts: readonly TextPart[], read: Read, job: PieceJob): Piece {
	const inOrder = parts.flatMap((part) => {
		const piece = read.pieces.get(part);
		return piece ? [{ part, piece }] : [];
	});
	const pieces = inOrder.map(({ piece }) => piece);
	const merged = mergeValues(
		inOrder.map(({ part: { text, shared }, piece: { value } }) => ({
			...{ value, shared: text.slice(0, shared), own: text.slice(shared) },
		})),
	);
	const raw = JSON.stringify(merged.value);
	const [failed] = read.failures;
	if (failed) throw failedPart(failed, read, raw);
	const checked = job.target.check(merged.value);
	const attempts = pieces.flatMap((piece) => piece.attempts);
	if (!checked.ok) {
		const facts = { failures: checked.failures, raw };
		throw new TokenHubError('schemaMismatch', 'The merged parts do not fit the schema.', facts);
	}
	const warnings = [...new Set([...pieces.flatMap((piece) => piece.warnings), ...merged.warnings])];
	const last = pieces.findLast(({ stage }) => stage === 'escalation' || stage === 'repair');
	const { stage, model } = last ?? pieces[0] ?? { stage: 'tool' as const, model: '' };
	return { value: checked.value, stage, model, attempts, warnings };
}

/** The first failure, with where it was; `raw` is what there is. */
function failedPart(
	{ error, part }: Read['failures'][number],
	{ pieces }: Read,
	raw: string,
): TokenHubError {
	const where = `characters ${part.start} to ${part.start + part.text.length}`;
	const own = error.details.raw ?? '';
	return withFacts(error, {
		message: `In ${where} of the text: ${error.message}`,
		raw: pieces.size > 0 ? raw : own,
	});
}
