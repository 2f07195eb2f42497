import type { Label } from './field';
import { stemsOf } from './words';

const PAIR =
	/(?:^|[\n,;(|]|\.\s)[ \t>*#-]*(?<key>[\p{L}][\p{L}\p{N} _/-]{0,40}?)\**\s*[:=]\s*(?<value>(?:(?![,;]\s*[\p{L} ]{1,30}:)[^\n])+)/gu;
const ENOUGH = 0.3;

/** The value of the `label: value` line whose label fits best. */
export function labelledValue(text: string, label: Label): string | undefined {
	const pairs = labelledPairs(text).map(({ key, value }) => ({ value, score: fit(key, label) }));
	const [best] = pairs.toSorted((a, b) => b.score - a.score);
	return best && best.score >= ENOUGH ? best.value : undefined;
}

export function labelledPairs(text: string): { key: string; value: string }[] {
	return [...text.matchAll(PAIR)].map(({ groups = {} }) => ({
		key: (groups.key ?? '').trim(),
		value: unquoted((groups.value ?? '').trim()),
	}));
}

function fit(key: string, label: Label): number {
	const words = [...stemsOf(key)];
	const weight = words.reduce((sum, word) => sum + (label.get(word) ?? 0), 0);
	return words.length > 0 ? weight / words.length : 0;
}

function unquoted(text: string): string {
	return text.replace(/[.;]$/, '').replace(/^(["'“*])(.*)["'”*]$/, '$2');
}
