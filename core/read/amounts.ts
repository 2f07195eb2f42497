/** What surrounds digits: currencies, percent signs and words of size, in a folded text. */

/** A word of size: ten to the power of this. */
export interface Size {
	word: string;
	power: number;
	/** Where it ends. */
	end: number;
	/** Whether it is a single letter, which may be a unit too. */
	isLetter: boolean;
}

const SIZES = new Map(
	(
		[
			[
				3,
				'k tsd thousand thousands tausend mille mil mila tys тыс тысяч тысяча тысячи тысячу ألف آلاف الاف duizend tusen',
			],
			[5, 'lakh lakhs lac'],
			[
				6,
				'm mm mio mn mln million millions millionen millones millon millón milioni milione milhões milhão milhao miljoen miljoner millioner milyon млн миллион миллиона миллионов مليون ملايين',
			],
			[7, 'crore crores'],
			[
				9,
				'b bn mrd mld billion billions milliarde milliarden milliard milliards miliardi miliardo miljard miljarder milliarder milyar bilhão bilhões млрд миллиард миллиарда миллиардов مليار',
			],
			[
				12,
				'trillion trillions billionen billones billón biljoen трлн триллион триллиона триллионов تريليون',
			],
		] as const
	).flatMap(([power, words]) => words.split(' ').map((word): [string, number] => [word, power])),
);

export function sizeAt(text: string, at: number): Size | undefined {
	const [found = '', word = ''] =
		/^ ?(\p{L}{1,12})(?!\p{L}|\p{N})/u.exec(text.slice(at, at + 16)) ?? [];
	const power = SIZES.get(word);
	if (power === undefined) return undefined;
	const end = at + found.length;
	const next = /^ (?:millones|milhões)(?!\p{L})/u.exec(text.slice(end, end + 12))?.[0];
	if (word === 'mil' && next) return { word, power: 9, end: end + next.length, isLetter: false };
	return { word, power, end, isLetter: word.length === 1 || word === 'mm' };
}

const PERCENT =
	/^ ?(?:%|(?:percent|per cent|prozent|pour ?cent|por ciento|por cento|percento|per cento|procent|процент(?:а|ов)?|퍼센트|프로|パーセント|بالمئة|بالمائة)(?![\p{L}\p{N}]))/u;

/** Where the percent sign after a number ends. */
export function percentEnd(text: string, at: number): number | undefined {
	const found = PERCENT.exec(text.slice(at, at + 16))?.[0];
	return found === undefined ? undefined : at + found.length;
}

const CURRENCIES = new Set(
	(
		'eur usd gbp chf jpy cny rmb inr cad aud nzd sek nok dkk isk pln czk huf ron bgn try rub uah brl mxn ars clp cop pen zar krw hkd twd sgd thb idr myr php vnd ils aed sar qar kwd bhd omr jod egp mad tnd dzd ngn kes ghs pkr bdt lkr ' +
		'euro euros dollar dollars yen yuan rupee rupees rupien rs rs. franc francs franken peso pesos reais zloty złoty złotych zł kč kr kr. krone kroner kronen kronor forint lei lv tl lira fr fr. sfr. руб руб. рубль рубля рублей р р. грн грн. гривень ريال درهم جنيه دينار دولار يورو 人民币 달러 유로 ドル ユーロ บาท rm'
	).split(' '),
);
const CURRENCY_SIGN = /[円元圓圆원块]/;
const SYMBOL = String.raw`(?!¢)\p{Sc}`;
const SYMBOL_BEFORE = new RegExp(
	String.raw`(?<![\p{L}\p{N}])(?:us|ca|au|hk|nt|nz|mx|[acrs])?${SYMBOL}$|${SYMBOL}$`,
	'u',
);
const SYMBOL_BEHIND = new RegExp(String.raw`^ ?${SYMBOL}`, 'u');

/** Whether a word or a sign by itself is a currency. */
export function isCurrency(word: string): boolean {
	return CURRENCIES.has(word.toLowerCase()) || /^\p{Sc}$/u.test(word);
}

/** Where the currency that ends right before a number begins. */
export function currencyStart(text: string, at: number): number | undefined {
	const end = text[at - 1] === ' ' ? at - 1 : at;
	const before = text.slice(Math.max(0, end - 9), end);
	const symbol = SYMBOL_BEFORE.exec(before)?.[0];
	if (symbol !== undefined) return end - symbol.length;
	const word = /(?<![\p{L}\p{N}])[\p{L}.]{1,8}$/u.exec(before)?.[0];
	return word !== undefined && CURRENCIES.has(word) ? end - word.length : undefined;
}

export function currencyEnd(text: string, at: number): number | undefined {
	const behind = text.slice(at, at + 14);
	const symbol = SYMBOL_BEHIND.exec(behind)?.[0];
	if (symbol !== undefined) return at + symbol.length;
	const [found = '', word = ''] = /^ ?(\p{L}{1,10}\.?)/u.exec(behind) ?? [];
	if (CURRENCY_SIGN.test(word.charAt(0))) {
		const [, formal = ''] = /^.([整正也정]?)/u.exec(word) ?? [];
		return at + found.indexOf(word) + 1 + formal.length;
	}
	const isWhole = !/^[\p{L}\p{N}]/u.test(behind.slice(found.length));
	if (!isWhole) return undefined;
	if (CURRENCIES.has(word)) return at + found.length;
	const bare = word.replace(/\.$/, '');
	return CURRENCIES.has(bare) ? at + found.length - (word.length - bare.length) : undefined;
}
