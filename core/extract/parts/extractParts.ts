import { asTokenHubError } from '../../door';
import { TokenHubError, withFacts } from '../../errors';
import { mapConcurrently } from '../../mapConcurrently';
import { sumSpending } from '../../usage';
import type { Attempt } from '../attempt';
import { openBill, type Bill } from './bill';
import { halvesOf, partsOf, requestFor, type TextPart } from './chunk';
import { extractPiece, type Piece, type PieceJob } from '../extractPiece';
import { settled } from '../../schema/checked';
import { takenAs } from '../ownCode';
import { mergeValues } from './merge';
import { relaxed } from './relaxed';
import { readTarget, type Target } from '../targetSchema';

type Job = Omit<PieceJob, 'bill'>;

/**
 * The value of the whole text. A long one is read in parts, side by side as far as the client's
 * concurrency goes, and merged.
 * @throws TokenHubError as `extractPiece` does, or `budget` before the first request that cannot be paid;
 *   what the other parts gave and cost is in its details.
 */
export async function extractParts(job: Job): Promise<Piece> {
	const parts = partsOf(job.request);
	const bill = openBill(job, parts);
	const [only, another] = parts;
	if (only && !another) return await readWhole({ ...job, bill }, only);
	// A single part need not hold what the whole must, and its entries have other places in the whole.
	const target = readTarget(relaxed(job.target.schema));
	const read: Read = { job, bill, target, pieces: new Map(), halves: new Map(), failures: [] };
	const isLimited = job.request.maxCostUsd !== undefined;
	// The first answer shows what the others will cost.
	const alone = isLimited ? parts.slice(0, 1) : [];
	for (const list of [alone, parts.slice(alone.length)]) {
		await mapConcurrently(list, job.client.maxConcurrency, (part) => readPart(part, read));
	}
	return await mergeParts(
		parts.flatMap((part) => readFrom(part, read)),
		read,
	);
}

async function readWhole(job: PieceJob, part: TextPart): Promise<Piece> {
	const piece = await extractPiece(job);
	job.bill.paid(part, sumSpending(piece.attempts).costUsd);
	return piece;
}

interface Read {
	job: Job;
	bill: Bill;
	target: Target;
	pieces: Map<TextPart, Piece>;
	/** Parts whose answers were too long, and what was read instead of them. */
	halves: Map<TextPart, { into: readonly TextPart[]; attempts: Attempt[] }>;
	failures: Array<{ error: TokenHubError; part: TextPart }>;
}

async function readPart(part: TextPart, read: Read): Promise<void> {
	const { job, bill, target } = read;
	// Those in flight are waited for, since they are paid; no other is begun.
	if (read.failures.length > 0) return;
	const into = job.request.chunk && halvesOf(part, job.request.chunk);
	try {
		bill.assertPayable();
		const request = requestFor(job.request, part);
		const isPart = true;
		const piece = await extractPiece({
			...{ ...job, bill, target, request, isPart, listen: undefined },
			...{ canHalve: into !== undefined && job.request.cutAnswers === 'finish' },
		});
		if (!piece.isCut) {
			read.pieces.set(part, piece);
			return bill.paid(part, sumSpending(piece.attempts).costUsd);
		}
		bill.split(part, into ?? []);
		read.halves.set(part, { into: into ?? [], attempts: piece.attempts });
		for (const half of into ?? []) await readPart(half, read);
	} catch (error) {
		read.failures.push({ error: asTokenHubError(error, true), part });
	}
}

interface PartPiece {
	part: TextPart;
	piece: Piece;
}

function readFrom(part: TextPart, read: Read): PartPiece[] {
	const halved = read.halves.get(part);
	if (halved) return halved.into.flatMap((half) => readFrom(half, read));
	const piece = read.pieces.get(part);
	return piece ? [{ part, piece }] : [];
}

/** What was paid for that gave a piece, and what was cut. */
function attemptsOf(pieces: Iterable<Piece>, { halves }: Read): Attempt[] {
	return [...halves.values(), ...pieces].flatMap(({ attempts }) => attempts);
}

async function mergeParts(inOrder: readonly PartPiece[], read: Read): Promise<Piece> {
	const { target, request } = read.job;
	const pieces = inOrder.map(({ piece }) => piece);
	const merged = mergeValues(
		inOrder.map(({ part: { text, shared }, piece: { value } }) => ({
			...{ value, shared: text.slice(0, shared), own: text.slice(shared) },
		})),
		target.schema,
	);
	const raw = JSON.stringify(merged.value);
	const [failed] = read.failures;
	if (failed) throw failedPart(failed, read, raw);
	const checked = await settled(target.check(merged.value));
	const attempts = attemptsOf(pieces, read);
	if (!checked.ok) {
		const facts = { failures: checked.failures, raw };
		throw new TokenHubError('schemaMismatch', 'The merged parts do not fit the schema.', facts);
	}
	const told = [...pieces.flatMap((piece) => piece.warnings), ...merged.warnings];
	const warnings = [...new Set([...told, ...takenAs(checked, merged.value).warnings])];
	const last = pieces.findLast(({ stage }) => stage === 'escalation' || stage === 'repair');
	const { stage, model } = last ?? pieces[0] ?? { stage: 'tool' as const, model: request.model };
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
