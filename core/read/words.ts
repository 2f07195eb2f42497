import { foldText } from './foldText';

/** What a word says for yes, no and nothing, in the languages that people write documents in. */

const YES = new Set(
	'true yes y on 1 ja wahr an oui vrai sí si verdadero sì vero sim verdadeiro waar да истина так tak prawda ano evet doğru ναι نعم صحيح כן はい 真 是 예 네 참 ✓ ✔ ✅ ☑'.split(
		' ',
	),
);
const NO = new Set(
	'false no n off 0 nein falsch aus non faux falso não nao nee onwaar нет ложь ні nie fałsz nej falskt hayır yanlış όχι لا خطأ לא いいえ 偽 否 아니요 아니오 거짓 ✗ ✘ ❌ ☐'.split(
		' ',
	),
);

/** Quotes, emphasis and the punctuation at the end taken off: `**"Paid".**` is `Paid`. */
export function undecorated(text: string): string {
	let bare = text.trim();
	for (let round = 0; round < 6; round += 1) {
		const next = bare
			.replace(/^(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)([^]*\S)\1$/, '$2')
			.replace(/^["'“”‘’„‚«»‹›「『](?=\S)([^]*?\S)["'“”‘’«»‹›」』]$/, '$1')
			.replace(/(?<=[^\s.,;:!。．、！])[.,;:!。．、！]$/u, '')
			.trim();
		if (next === bare) return bare;
		bare = next;
	}
	return bare;
}

const folded = (text: string) => foldText(text).text.trim();

/**
 * Whether digits stand in a text that are not read as they are seen: marks of footnotes, raised or
 * lowered ones beside others, and what is shown in another direction.
 */
export function hasOddDigits(text: string): boolean {
	const bare = text.trim();
	return (
		/[\u202A-\u202E\u2066-\u2069]/.test(bare) ||
		(/(?![¼-¾⅐-⅞])\p{No}/u.test(bare) && /.\p{No}|\p{No}./su.test(bare))
	);
}

/** Undefined for what is neither. */
export function readBoolean(text: string): boolean | undefined {
	if (text.length > 40) return undefined;
	const word = folded(undecorated(text));
	return YES.has(word) ? true : NO.has(word) ? false : undefined;
}
