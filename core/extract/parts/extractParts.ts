import { mapConcurrently } from '../../lib/async';
import { inTurns } from '../../lib/steps';
import { asTokenHubError } from '../../door';
import { TokenHubError, withFacts } from '../../errors';
import { settled } from '../../schema/checked';
import { sumSpending } from '../../usage';
import type { Attempt, ExtractJob } from '../attempt';
import { extractPiece, type Piece, type PieceJob } from '../extractPiece';
import { validAnswer } from '../answer/validAnswer';
import { readTarget, type Target } from '../targetSchema';
import { openBill, type Bill } from './bill';
import { halvesOf, partsOf, requestFor, type TextPart } from './chunk';
import { openEarlyEntries, type TellEntry } from './earlyEntries';
import type { ExtractRequest } from '../extractRequest';
import { entryIds, type Contribution } from './entryIds';
import { mergeSteps } from './merge';
import { skippedWarnings } from './mergeWarnings';
import { LONGEST_TEXT } from './skippedRows';
import { partSchema } from './partSchema';

export interface PartsJob extends ExtractJob {
	/** Called with entries of the merged lists while other parts are still being read. */
	tell?: TellEntry;
}

/**
 * The value of the whole text. A long one is read in parts, in parallel as far as the client's
 * concurrency allows, and merged.
 * @throws TokenHubError like `extractPiece`, or `budget` before the first request that cannot be paid
 * for; what the other parts returned and cost is in its details.
 */
export async function extractParts(job: PartsJob): Promise<Piece> {
	const parts = await inTurns(partsOf(job.request));
	const bill = await inTurns(openBill(job, parts));
	const [only, another] = parts;
	if (only && !another) return await readWhole({ ...job, bill }, only);
	// A single part need not contain what the whole must, and its entries have other positions in the
	// whole.
	const target = readTarget(partSchema(job.target.schema));
	const read: Read = {
		...{ job, bill, target, parts, pieces: new Map(), halves: new Map(), failures: [] },
		...{ countTold: 0, tell: job.tell && openEarlyEntries(job.target.schema, job.tell) },
		telling: Promise.resolve(),
	};
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
	const piece = await extractPiece({ ...job, request: requestFor(job.request, part) });
	job.bill.paid(part, sumSpending(piece.attempts).costUsd);
	if (part.text.length > LONGEST_TEXT) return piece;
	const whole = contributions([{ part, piece }], job.request);
	const { skipped } = await inTurns(entryIds(whole, job.target.schema));
	const skips = skippedWarnings(job.request.text ?? '', skipped);
	return { ...piece, warnings: [...piece.warnings, ...skips] };
}

interface Read {
	job: PartsJob;
	bill: Bill;
	target: Target;
	parts: readonly TextPart[];
	/** How many parts, in order, have yielded their entries. */
	countTold: number;
	tell: ReturnType<typeof openEarlyEntries> | undefined;
	/** Parts that are being told of, one after the other. */
	telling: Promise<void>;
	pieces: Map<TextPart, Piece>;
	/** Parts whose answers were too long, and what was read instead of them. */
	halves: Map<TextPart, { into: readonly TextPart[]; attempts: Attempt[] }>;
	failures: Array<{ error: TokenHubError; part: TextPart }>;
}

async function readPart(part: TextPart, read: Read): Promise<void> {
	const { job, bill, target } = read;
	// Those in flight are awaited, because they are paid for; no other is started.
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
			bill.paid(part, sumSpending(piece.attempts).costUsd);
			read.telling = read.telling.then(() => tellInOrder(read));
			return await read.telling;
		}
		bill.split(part, into ?? []);
		read.halves.set(part, { into: into ?? [], attempts: piece.attempts });
		for (const half of into ?? []) await readPart(half, read);
	} catch (error) {
		read.failures.push({ error: asTokenHubError(error, true), part });
	}
}

/** The position of an entry is known once all parts before it are read. */
async function tellInOrder(read: Read): Promise<void> {
	if (!read.tell) return;
	for (;;) {
		const parts = read.parts.flatMap((part) => leavesOf(part, read));
		const [part, next] = parts.slice(read.countTold, read.countTold + 2);
		const piece = part && read.pieces.get(part);
		if (!piece) return;
		const sharedWithNext = next?.text.slice(0, next.shared) ?? '';
		await inTurns(read.tell({ part, value: piece.value, sharedWithNext }));
		read.countTold += 1;
	}
}

/** A part, or those that were read instead of it. */
function leavesOf(part: TextPart, read: Read): TextPart[] {
	return read.halves.get(part)?.into.flatMap((half) => leavesOf(half, read)) ?? [part];
}

interface PartPiece {
	part: TextPart;
	piece: Piece;
}

function readFrom(whole: TextPart, read: Read): PartPiece[] {
	return leavesOf(whole, read).flatMap((part) => {
		const piece = read.pieces.get(part);
		return piece ? [{ part, piece }] : [];
	});
}

/** The attempts that gave a piece, and those that were cut off. */
function attemptsOf(pieces: Iterable<Piece>, { halves }: Read): Attempt[] {
	return [...halves.values(), ...pieces].flatMap(({ attempts }) => attempts);
}

async function mergeParts(inOrder: readonly PartPiece[], read: Read): Promise<Piece> {
	const { target, request } = read.job;
	const pieces = inOrder.map(({ piece }) => piece);
	const merged = await inTurns(mergeSteps(contributions(inOrder, request), target.schema));
	const raw = JSON.stringify(merged.value);
	const [failed] = read.failures;
	if (failed) throw failedPart(failed, read, raw);
	const checked = await settled(target.check(merged.value));
	const attempts = attemptsOf(pieces, read);
	if (!checked.ok) {
		const facts = { failures: checked.failures, raw };
		throw new TokenHubError(
			'schemaMismatch',
			'The merged parts are not valid against the schema.',
			facts,
		);
	}
	const named = [...pieces.flatMap((piece) => piece.warnings), ...merged.warnings];
	const warnings = [...new Set([...named, ...validAnswer(checked, merged.value).warnings])];
	const last = pieces.findLast(({ stage }) => stage === 'escalation' || stage === 'repair');
	const { stage, model } = last ?? pieces[0] ?? { stage: 'tool' as const, model: request.model };
	return { value: checked.value, stage, model, attempts, warnings };
}

/** Blanks that no part was made of belong to the part before them. */
function contributions(inOrder: readonly PartPiece[], { text = '' }: ExtractRequest) {
	const ownFrom = ({ part: { start, shared } }: PartPiece) => start + shared;
	return inOrder.map((one, at): Contribution => {
		const { part, piece } = one;
		const next = inOrder[at + 1];
		const own = text.slice(at === 0 ? 0 : ownFrom(one), next && ownFrom(next));
		return { value: piece.value, shared: part.text.slice(0, part.shared), own };
	});
}

/** The first failure, with its place in the text; `raw` is what the parts returned. */
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
