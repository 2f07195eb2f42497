import type { DigitStyle } from './digits';
import { COMMA_LANGUAGES, DOT_LANGUAGES } from './language';
import type { NumberMention } from './numberMentions';

/** How a text writes numbers, and whether its numbers show that, or only its language. */
export interface ShownStyle {
	/** `mixed` where it does so in both ways. */
	style: DigitStyle | 'mixed';
	by: 'numbers' | 'language';
}

type Counts = Record<DigitStyle, { amounts: number; others: number }>;

/**
 * How the numbers of a folded text are written: those decide that can be read in one way only, and that
 * stand as amounts. `100,200,300` may be a list, and `12.50` a clause.
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
	// One number against the language of the whole is no proof.
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

/** Of a number with one reading that is no clause, version, time or list. */
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
/** What stands before the number of a thing rather than an amount. */
const REFERENCE =
	/(?:(?<!\p{L})(?:v|ver|version|versions?nummer|release|rev|section|sections|sec|clause|article|art|paragraph|para|par|chapter|ch|appendix|annex|exhibit|figure|fig|table|tab|page|pages|pp?|line|row|item|no|nr|nos|rule|step|room|rooms|seat|seats|gate|unit|apt|suite|abschnitt|kapitel|ziffer|ziff|absatz|abs|artikel|anhang|anlage|abb|abbildung|tabelle|seite|seiten|s|zeile|punkt|pos|position|zimmer|raum|räume|platz|plätze|tor|point|numéro|num|chapitre|annexe|page|salle|sección|cláusula|capítulo|artículo|página|páginas|sala|sezione|capitolo|articolo|pagina|pagine|stanza|seção|artigo|hoofdstuk|artikel|bladzijde|kamer|раздел|глава|пункт|п|стр|статья|ст|рис|at|um|gegen)[.:]? ?|[§#№] ?|(?<!\p{L})n[º°] ?)$/u;
