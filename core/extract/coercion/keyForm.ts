/**
 * A key without case, spaces, hyphens and underscores: `invoice_number` and `InvoiceNumber` are the
 * same.
 */
export function keyForm(key: string): string {
	return key
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '')
		.replace(/:$/, '');
}

/**
 * The words of a key in a fixed order: `amount_total` and `totalAmount` are the same. Undefined if
 * their order may matter.
 */
export function wordForm(key: string): string | undefined {
	const words = wordsIn(key);
	const isOrdered = words.length < 2 || words.some((word) => ORDERED.has(word));
	return isOrdered ? undefined : words.sort().join(' ');
}

/** `billedTo_2` as `billed`, `to`, `2`. */
export function wordsIn(key: string): string[] {
	const apart = key
		.normalize('NFKC')
		.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ');
	return apart.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** What comes before these differs from what comes after. */
const ORDERED = new Set(
	'of from to by per in for on at with without not no non un before after over under and or vs via into than as de del della du des von zu nach für pro por para da do di'.split(
		' ',
	),
);
