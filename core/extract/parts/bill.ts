import { TokenHubError } from '../../errors';
import { priceOf } from '../../models';
import type { TextPart } from './chunk';
import { correction, expectedUsage } from './estimate';
import type { PieceJob } from '../extractPiece';

/** What the parts of a text cost, against what the extraction may spend. */
export interface Bill {
	/** @throws TokenHubError `budget` when it cannot be paid, before any request for the part. */
	assertPayable(next: TextPart): void;
	/** Takes down what a part has cost, so that the estimates of the run get better. */
	paid(part: TextPart, costUsd: number | null): void;
}

/** Estimates may be off by this factor: so much over the limit, the rest is not begun. */
const TOLERANCE = 1.1;

/** @throws TokenHubError `budget` when the whole cannot be paid, before any request. */
export function openBill(job: PieceJob, parts: readonly TextPart[]): Bill {
	const { experience, request } = job;
	const { maxCostUsd = Infinity, model } = request;
	const expected = new Map(
		parts.map((part) => [part, priceOf(model, expectedUsage(job, part.text)) ?? 0]),
	);
	const open = new Set(parts);
	let spentUsd = 0;
	const costOf = (of: Iterable<TextPart>) =>
		[...of].reduce((sum, part) => sum + (expected.get(part) ?? 0), 0) * correction(experience);
	const total = costOf(parts);
	if (total > maxCostUsd) throw tooDear(total, maxCostUsd, parts.length);
	return {
		assertPayable(next) {
			if (maxCostUsd === Infinity) return;
			const whole = spentUsd + costOf(open);
			const isOver = spentUsd + costOf([next]) > maxCostUsd || whole > maxCostUsd * TOLERANCE;
			if (isOver) throw tooDear(whole, maxCostUsd, parts.length);
		},
		paid(part, costUsd) {
			open.delete(part);
			spentUsd += costUsd ?? 0;
			experience.spentUsd += costUsd ?? 0;
			experience.expectedUsd += costUsd === null ? 0 : (expected.get(part) ?? 0);
		},
	};
}

function tooDear(costUsd: number, maxCostUsd: number, requests: number): TokenHubError {
	const size = requests === 1 ? '1 request' : `${requests} requests`;
	const message = `The text would cost about ${costUsd.toFixed(4)} USD (${size}); Max Cost leaves ${maxCostUsd.toFixed(4)} USD.`;
	return new TokenHubError('budget', message, {
		hint: 'Raise Max Cost, choose a cheaper model, or give less text.',
	});
}
