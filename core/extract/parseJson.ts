import { TOO_DEEP } from '../nesting';
import { isDeepJson, tryJson } from '../tryJson';
import { balancedSpans, type TextSpan } from '../json/balancedSpans';
import { repairJson } from '../json/repairJson';

/** Each leniency that reading an answer may use. */
type ParseWarning = 'fenced' | 'prose' | 'repaired' | 'doubleEncoded';

interface Candidate {
	value: unknown;
	warnings: ParseWarning[];
}

export type ParsedJson = { ok: true; candidates: Candidate[] } | { ok: false; reason: string };

/**
 * The JSON values that a model's answer may mean, likeliest first. Valid JSON is always itself.
 * Text whose brackets never close is refused: mending it would invent an end.
 */
export function parseJson(text: string): ParsedJson {
	const clean = text.replace(/^\uFEFF/, '').trim();
	if (clean === '') return { ok: false, reason: 'the answer is empty' };
	const whole = tryJson(clean);
	if (whole !== undefined) return { ok: true, candidates: unpacked(whole, []) };
	if (isDeepJson(clean)) return { ok: false, reason: `the JSON is ${TOO_DEEP}` };
	const pieces = findPieces(clean);
	const candidates = pieces.flatMap(({ source, warnings }) => {
		const parsed = tryJson(source);
		if (parsed !== undefined) return unpacked(parsed, warnings);
		const repaired = looksMeant(source, warnings) ? repairJson(source) : undefined;
		return repaired === undefined ? [] : unpacked(repaired, [...warnings, 'repaired']);
	});
	if (candidates.length > 0) return { ok: true, candidates };
	return { ok: false, reason: reasonFor(clean, pieces.length) };
}

function reasonFor(text: string, pieces: number): string {
	if (pieces > 0) return 'its JSON is broken in a way that only a guess could mend';
	if (/[{[]/.test(text)) return 'the JSON is truncated: its brackets never close';
	return 'there is no JSON in the answer';
}

/** Brackets in prose are no broken JSON, unless they hold a quote or a key. */
function looksMeant(source: string, warnings: readonly ParseWarning[]): boolean {
	return !warnings.includes('prose') || /["']|^\{\s*\w+\s*:/.test(source);
}

interface Piece {
	source: string;
	warnings: ParseWarning[];
}

/** Fenced blocks, the last first since drafts come before answers; then what stands in prose. */
function findPieces(text: string): Piece[] {
	const spans = balancedSpans(text);
	const found = [...spans, ...fencedSpans(text, spans)];
	const pieces = found.map(({ start, end }): Piece => {
		const isFenced = FENCE_BEFORE.test(text.slice(0, start));
		const alone = start === 0 && end === text.length;
		return {
			source: text.slice(start, end),
			warnings: isFenced ? ['fenced'] : alone ? [] : ['prose'],
		};
	});
	const isFenced = ({ warnings }: Piece) => warnings.includes('fenced');
	const lastFirst = pieces.reverse();
	return [...lastFirst.filter(isFenced), ...lastFirst.filter((piece) => !isFenced(piece))];
}

const FENCE_BEFORE = /(?:^|\n)[ \t]*```[a-zA-Z0-9]*\s*$/;
const FENCE = /(?:^|\n)[ \t]*```[a-zA-Z0-9]*/g;

/** Blocks that a stray bracket in the prose before them has hidden. */
function fencedSpans(text: string, known: readonly TextSpan[]): TextSpan[] {
	return [...text.matchAll(FENCE)].flatMap(({ index, 0: { length } }) => {
		const [first] = balancedSpans(text, index + length);
		const isNew =
			first && !known.some(({ start, end }) => start <= first.start && first.end <= end);
		return isNew && FENCE_BEFORE.test(text.slice(0, first.start)) ? [first] : [];
	});
}

/** A JSON text may itself hold JSON: some models quote the whole object. */
function unpacked(value: unknown, warnings: ParseWarning[]): Candidate[] {
	const inner = typeof value === 'string' ? tryJson(value.trim()) : undefined;
	const own = { value, warnings };
	const isContainer = typeof inner === 'object' && inner !== null;
	return isContainer ? [{ value: inner, warnings: [...warnings, 'doubleEncoded'] }, own] : [own];
}
