import type { DigitStyle } from './decimal';
import type { NumberMention } from './numberMentions';

/** How a text writes numbers, and whether its numbers show that, or only its language. */
export interface ShownStyle {
	/** `mixed` where it does so in both ways. */
	style: DigitStyle | 'mixed';
	by: 'numbers' | 'language';
}

type Counts = Record<DigitStyle, { amounts: number; others: number }>;

/**
 * How the numbers of a folded text are written: those decide that can be read in only one way and are
 * amounts. `100,200,300` may be a list, and `12.50` a clause.
 */
export function styleShown(
	text: string,
	mentions: readonly NumberMention[],
	language: string | undefined,
): ShownStyle | undefined {
	const counts: Counts = { dot: { amounts: 0, others: 0 }, comma: { amounts: 0, others: 0 } };
	for (const mention of mentions) {
		const shown = styleOf(text, mention);
		if (shown) counts[shown.style][shown.isAmount ? 'amounts' : 'others'] += 1;
	}
	const ofLanguage = language === undefined ? undefined : styleOfLanguage(language);
	const shown = STYLES.filter((style) => counts[style].amounts + counts[style].others > 0);
	const [style, other] = shown;
	if (other) return { style: 'mixed', by: 'numbers' };
	if (!style) return ofLanguage && { style: ofLanguage, by: 'language' };
	const { amounts, others } = counts[style];
	if (ofLanguage === style) return { style, by: amounts > 0 ? 'numbers' : 'language' };
	// One number that contradicts the language of the whole is no proof.
	if (ofLanguage) return { style: amounts + others > 1 ? style : 'mixed', by: 'numbers' };
	return amounts > 0 || others > 1 ? { style, by: 'numbers' } : undefined;
}

/** How the texts of several numbers are written: each is a number as a whole, so it is an amount. */
export function styleOfAll(styles: ReadonlyArray<DigitStyle | undefined>): ShownStyle | undefined {
	const [style, other] = STYLES.filter((one) => styles.includes(one));
	return style && { style: other ? 'mixed' : style, by: 'numbers' };
}

const STYLES = ['dot', 'comma'] as const;

function styleOfLanguage(language: string): DigitStyle | undefined {
	if (COMMA_LANGUAGES.has(language)) return 'comma';
	return DOT_LANGUAGES.has(language) ? 'dot' : undefined;
}

/** For a number with one reading that is not a clause, version, time or list. */
function styleOf(text: string, mention: NumberMention) {
	const { core, readings, kind, hasCurrency, percentEnd, size } = mention;
	const [only, another] = readings;
	if (kind !== 'digits' || another || !only?.style) return undefined;
	const { style } = only;
	const digits = text.slice(...core);
	const behind = text.slice(core[1], core[1] + 12);
	const before = text.slice(Math.max(0, core[0] - 40), core[0]);
	const hasUnit = hasCurrency || percentEnd !== undefined || size !== undefined;
	const hasBothSigns = digits.includes('.') && digits.includes(',');
	if (hasUnit || hasBothSigns) return { style, isAmount: true };
	const isGrouped = !/^\d*[.,]\d+$/.test(digits);
	if (/[' _]/.test(digits) && /[.,]\d{1,2}$/.test(digits)) return { style, isAmount: true };
	const isShort = /^\d{1,2}[.,]\d+$/.test(digits) && !/[.,]\d{2}$/.test(digits);
	if (isGrouped || TIME.test(behind) || REFERENCE.test(before) || /^\/\d/.test(behind))
		return undefined;
	const isAmount = MEASURE.test(behind) || AMOUNT.test(before);
	return isShort && !isAmount ? undefined : { style, isAmount };
}

const TIME = /^ ?(?:uhr|h|hrs?|am|pm|a\.m|p\.m)(?!\p{L})/u;
const MEASURE =
	/^ ?(?:kg|g|mg|t|lbs?|oz|km|m|cm|mm|qm|m²|m³|m2|m3|ft|l|ml|cl|hl|kwh|mwh|kw|w|v|a|°c|°f|ha|stk|stück|pcs|st\.)(?![\p{L}\p{N}])/u;
const AMOUNT =
	/(?<!\p{L})(?:total|subtotal|sum|tax|vat|price|cost|fee|amount|balance|rate|net|gross|discount|paid|due|betrag|\p{L}*betrag|summe|\p{L}*summe|\p{L}*preis|kosten|gesamt|mwst|ust|netto|brutto|rabatt|saldo|montant|prix|tva|importe|precio|iva|saldo|prezzo|importo|totale|valor|preço|bedrag|prijs|btw|kwota|cena|сумма|цена|итого|ндс|金額|合計|小計|税|価格|金额|合计|总计|税额|价格|금액|합계|가격|세액)(?!\p{L})[^\d.;\n]{0,16}$/u;
/** What precedes the number of a thing rather than an amount. */
const REFERENCE =
	/(?:(?<!\p{L})(?:v|ver|version|versions?nummer|release|rev|section|sections|sec|clause|article|art|paragraph|para|par|chapter|ch|appendix|annex|exhibit|figure|fig|table|tab|page|pages|pp?|line|row|item|no|nr|nos|rule|step|room|rooms|seat|seats|gate|unit|apt|suite|abschnitt|kapitel|ziffer|ziff|absatz|abs|artikel|anhang|anlage|abb|abbildung|tabelle|seite|seiten|s|zeile|punkt|pos|position|zimmer|raum|räume|platz|plätze|tor|point|numéro|num|chapitre|annexe|page|salle|sección|cláusula|capítulo|artículo|página|páginas|sala|sezione|capitolo|articolo|pagina|pagine|stanza|seção|artigo|hoofdstuk|artikel|bladzijde|kamer|раздел|глава|пункт|п|стр|статья|ст|рис|at|um|gegen)[.:]? ?|[§#№] ?|(?<!\p{L})n[º°] ?)$/u;

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

/** The language of a folded text, if its words leave no doubt. */
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

/** Japanese papers may contain hardly any kana: `han` if it may be either. */
function ideographic(text: string, { han, kana }: { han: number; kana: number }): string {
	if (kana > 0) return kana * 20 > han ? 'ja' : 'han';
	if (JAPANESE.test(text)) return CHINESE.test(text) ? 'han' : 'ja';
	return CHINESE.test(text) ? 'zh' : 'han';
}

/** Languages in which 1.5 is written with a comma. Spanish and French use both. */
const COMMA_LANGUAGES = new Set(['de', 'fr', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'tr', 'ru']);
const DOT_LANGUAGES = new Set(['en', 'ja', 'zh', 'han', 'ko']);
/** Languages in which 3/4 is April 3. English uses both orders. */
export const DAY_FIRST_LANGUAGES = new Set([...COMMA_LANGUAGES, 'es', 'ar']);
export const YEAR_FIRST_LANGUAGES = new Set(['ja', 'zh', 'han', 'ko']);
