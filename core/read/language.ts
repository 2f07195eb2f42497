/** Frequent words of prose and of business papers that few other languages have. */
const WORDS: Record<string, string> = {
	en: 'the and of to with for is are was by from this that invoice total price amount date due quantity order paid please thank you tax each terms subtotal which has have been will shall our your',
	de: 'der die das und den dem des ist sind war mit für von auf zu im nicht ein eine beträgt rechnung betrag preis summe gesamt gesamtbetrag mwst menge datum bestellung wir sie ihre umsatz stück kosten bei nach über wurde länge gewicht fällig lieferung nettobetrag',
	fr: 'le les des et est sont du au aux pour avec dans sur une facture montant prix tva quantité nous vous votre selon été sommes commande livraison poids longueur échéance hors taxe',
	es: 'el los las y del es son con por para una factura importe precio cantidad fecha pedido usted nuestro según fue ventas entrega vencimiento peso longitud total unidades',
	it: 'il gli dei della delle è sono di con per una fattura importo prezzo quantità ordine nostro vostro secondo stato consegna scadenza totale lunghezza euro imponibile',
	pt: 'o os das dos e é são com por para uma fatura valor preço quantidade data pedido nosso segundo foi entrega vencimento comprimento não pagamento',
	nl: 'de het een en van is zijn met voor op factuur bedrag prijs hoeveelheid datum bestelling wij uw volgens werd levering totaal gewicht lengte btw',
	pl: 'i w z na do jest są faktura kwota cena ilość data zamówienie nie oraz razem',
	sv: 'och att det som är för med av faktura belopp pris antal beställning summa',
	da: 'og det er til af med for faktura beløb pris antal ordre ikke i alt',
	tr: 've bir bu için ile fatura tutar fiyat miktar tarih sipariş toplam',
};

const LETTERS: Array<[language: string, letters: RegExp]> = [
	['de', /[äöüß]/gu],
	['es', /[ñ¿¡]/gu],
	['pt', /[ãõ]/gu],
	['pl', /[łśżźćń]/gu],
	['tr', /[ığş]/gu],
];

const SCRIPTS: Array<[language: string, script: RegExp]> = [
	['ko', /\p{Script=Hangul}/gu],
	['ru', /\p{Script=Cyrillic}/gu],
	['ar', /\p{Script=Arabic}/gu],
];

/** By word: the languages that have it. */
const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS)) {
	for (const word of words.split(' ')) {
		LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
	}
}

/** The language of a folded text, where its words leave no doubt. */
export function languageOf(text: string): string | undefined {
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	const letters = count(/\p{L}/gu);
	const han = count(/\p{Script=Han}/gu);
	const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
	if (han + kana > letters / 4 && han + kana > count(/\p{Script=Hangul}/gu))
		return ideographic(text, { han, kana });
	const scripted = SCRIPTS.find(([, script]) => count(script) > letters / 4);
	if (scripted) return scripted[0];
	const points = new Map<string, number>();
	const add = (language: string, more: number) =>
		points.set(language, (points.get(language) ?? 0) + more);
	for (const [word] of text.matchAll(/\p{L}+/gu)) {
		const languages = LANGUAGES_OF.get(word) ?? [];
		for (const language of languages) add(language, 1 / languages.length);
	}
	for (const [language, own] of LETTERS) if (count(own) > 0) add(language, 0.5);
	const [first, second] = [...points].sort(([, a], [, b]) => b - a);
	if (!first || first[1] < 1.5) return undefined;
	return second && second[1] * 2 > first[1] ? undefined : first[0];
}

/** Forms and words that only Japanese has, and only Chinese. */
const JAPANESE = /[円込払価売様気対経営図駅広沢浜桜毎戻収帰働枠]|御中|株式会社/u;
const CHINESE =
	/[们这发总计额订单货联电话为从时间说对开关门车见贝书么吗呢请這們與發總]|人民[币幣]|公司|元整/u;

/** Papers in Japanese may have next to no kana: `han` where it may be either. */
function ideographic(text: string, { han, kana }: { han: number; kana: number }): string {
	if (kana > 0) return kana * 20 > han ? 'ja' : 'han';
	if (JAPANESE.test(text)) return CHINESE.test(text) ? 'han' : 'ja';
	return CHINESE.test(text) ? 'zh' : 'han';
}

/** Where the point in 1.5 is a comma. Spanish and French are written with both. */
export const COMMA_LANGUAGES = new Set([
	'de',
	'fr',
	'it',
	'pt',
	'nl',
	'pl',
	'sv',
	'da',
	'tr',
	'ru',
]);
export const DOT_LANGUAGES = new Set(['en', 'ja', 'zh', 'han', 'ko']);
/** Where 3/4 is the third of April. English is read both ways. */
export const DAY_FIRST_LANGUAGES = new Set([...COMMA_LANGUAGES, 'es', 'ar']);
export const YEAR_FIRST_LANGUAGES = new Set(['ja', 'zh', 'han', 'ko']);
