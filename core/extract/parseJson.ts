import { jsonrepair } from 'jsonrepair';
import { tryJson } from '../tryJson';
import { balancedSpans } from './balancedSpans';

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
	const pieces = findPieces(clean);
	const candidates = pieces.flatMap(({ source, warnings }) => {
		const parsed = tryJson(source);
		if (parsed !== undefined) return unpacked(parsed, warnings);
		const repaired = tryRepair(source);
		return repaired === undefined ? [] : unpacked(repaired, [...warnings, 'repaired']);
	});
	if (candidates.length > 0) return { ok: true, candidates };
	const cut = /[{[]/.test(clean) && pieces.length === 0;
	return {
		ok: false,
		reason: cut
			? 'the JSON is truncated: its brackets never close'
			: 'there is no JSON in the answer',
	};
}

interface Piece {
	source: string;
	warnings: ParseWarning[];
}

/** Fenced blocks, the last first since drafts come before answers; then what stands in prose. */
function findPieces(text: string): Piece[] {
	const fenced = [...text.matchAll(FENCE)].flatMap((match): Piece[] =>
		balancedSpans(match[1] ?? '').map((source) => ({ source, warnings: ['fenced'] })),
	);
	const spans = balancedSpans(text).map((source): Piece => {
		const alone = source.length === text.length;
		return { source, warnings: alone ? [] : ['prose'] };
	});
	const seen = new Set<string>();
	return [...fenced.reverse(), ...spans.reverse()].filter(({ source }) => {
		const fresh = !seen.has(source);
		seen.add(source);
		return fresh;
	});
}

const FENCE = /```[a-zA-Z]*\s*\n?([\s\S]*?)```/g;

/** A JSON text may itself hold JSON: some models quote the whole object. */
function unpacked(value: unknown, warnings: ParseWarning[]): Candidate[] {
	const inner = typeof value === 'string' ? tryJson(value.trim()) : undefined;
	const own = { value, warnings };
	const isContainer = typeof inner === 'object' && inner !== null;
	return isContainer ? [{ value: inner, warnings: [...warnings, 'doubleEncoded'] }, own] : [own];
}

function tryRepair(text: string): unknown {
	try {
		return tryJson(jsonrepair(text));
	} catch {
		return undefined;
	}
}
