import type { Candidate } from './candidates';
import type { Label } from './field';
import { wordsOf } from './words';

const REACH = 100;
const ENOUGH = 0.15;

/** The candidate whose label stands nearest, in front of it rather than behind. */
export function nearest<Value>(
	text: string,
	candidates: Candidate<Value>[],
	label: Label,
): Value | undefined {
	const words = wordsOf(text).filter((word) => label.has(word.stem));
	const scored = candidates.map((candidate) => {
		const scores = new Map<string, number>();
		for (const word of words) {
			const score = closeness(text, word, candidate) * (label.get(word.stem) ?? 0);
			scores.set(word.stem, Math.max(score, scores.get(word.stem) ?? 0));
		}
		return { candidate, score: [...scores.values()].reduce((sum, score) => sum + score, 0) };
	});
	const [best] = scored.toSorted((a, b) => b.score - a.score);
	return best && best.score >= ENOUGH ? best.candidate.value : undefined;
}

type Span = Pick<Candidate<unknown>, 'start' | 'end'>;

function closeness(text: string, word: Span, candidate: Span): number {
	const before = word.end <= candidate.start;
	const gap = before
		? text.slice(word.end, candidate.start)
		: text.slice(candidate.end, Math.max(candidate.end, word.start));
	if (gap.length > REACH) return 0;
	const apart = gap.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
	const barrier = gap.includes('\n') ? 0.1 : /[.!?;]\s/.test(gap) ? 0.3 : 1;
	return ((before ? 1 : 0.5) * barrier) / (1 + apart);
}
