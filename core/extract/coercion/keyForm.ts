/** A key without case, spaces, hyphens and underscores: `invoice_number` and `InvoiceNumber` are alike. */
export function keyForm(key: string): string {
	return key
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '')
		.replace(/:$/, '');
}

/** The words of a key in one order: `amount_total` and `totalAmount` are alike. Undefined where their order may matter. */
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

/** What comes before these is another thing than what comes behind. */
const ORDERED = new Set(
	'of from to by per in for on at with without not no non un before after over under and or vs via into than as de del della du des von zu nach für pro por para da do di'.split(
		' ',
	),
);
