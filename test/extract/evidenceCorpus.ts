import fc from 'fast-check';

/** A text with values whose places are known, and values that it does not hold. */
export interface Case {
	language: string;
	text: string;
	value: unknown;
	/** By JSON pointer: the place, or null for what the text does not say. */
	places: Record<string, [start: number, end: number] | null>;
}

interface Language {
	name: string;
	people: string[];
	cities: string[];
	title: string;
	labels: { name: string; city: string; quantity: string; amount: string; date: string };
	numbers: string;
	dates: Array<[locale: string, style: 'short' | 'medium' | 'long']>;
	filler: string[];
}

const LANGUAGES: Language[] = [
	{
		name: 'English',
		people: ['Ada Lovelace', 'Grace O’Brien', 'Alan M. Turing', 'Zoë Smith', 'Jo'],
		cities: ['New York', 'Bath', 'St. Ives'],
		title: 'Orders of the week',
		labels: { name: 'Customer', city: 'City', quantity: 'Qty', amount: 'Total', date: 'Date' },
		numbers: 'en-US',
		dates: [
			['en-US', 'long'],
			['en-GB', 'short'],
			['en-US', 'short'],
			['en-GB', 'medium'],
		],
		filler: ['Thank you 🎉 for your trust.', 'See page 99 of the terms.', 'Delivered as agreed.'],
	},
	{
		name: 'German',
		people: ['Jürgen Groß', 'Anna-Lena Müller', 'Dr. Öztürk', 'Ümit Weiß'],
		cities: ['München', 'Frankfurt am Main', 'Köln'],
		title: 'Bestellungen der Woche',
		labels: { name: 'Kunde', city: 'Ort', quantity: 'Menge', amount: 'Summe', date: 'Datum' },
		numbers: 'de-DE',
		dates: [
			['de-DE', 'long'],
			['de-DE', 'short'],
			['de-DE', 'medium'],
		],
		filler: ['Vielen Dank 👍 für Ihr Vertrauen.', 'Siehe Seite 99 der AGB.', 'Wie besprochen.'],
	},
	{
		name: 'Japanese',
		people: ['田中太郎', '佐藤花子', 'スミス・ジョン', '鈴木'],
		cities: ['東京都港区', '大阪市', '京都'],
		title: '今週の注文',
		labels: { name: '顧客名', city: '市', quantity: '数量', amount: '合計', date: '日付' },
		numbers: 'ja-JP',
		dates: [
			['ja-JP', 'long'],
			['ja-JP', 'medium'],
		],
		filler: ['ありがとうございます🙇。', '規約の99ページをご覧ください。', '納品済み。'],
	},
	{
		name: 'Arabic',
		people: ['محمد علي', 'فاطمة الزهراء', 'يوسف حسن'],
		cities: ['القاهرة', 'دبي', 'الرياض'],
		title: 'طلبات الأسبوع',
		labels: {
			name: 'العميل',
			city: 'المدينة',
			quantity: 'الكمية',
			amount: 'المجموع',
			date: 'التاريخ',
		},
		numbers: 'ar-EG',
		dates: [['ar-EG', 'long']],
		filler: ['شكرا لكم 🌟 على ثقتكم.', 'انظر الصفحة ٩٩ من الشروط.', 'تم التسليم.'],
	},
];

const LAYOUTS = ['lines', 'sentence', 'table'] as const;

/** Generated documents of records in four languages, the same for the same seed. */
export function corpus(seed: number, numRuns: number): Case[] {
	const record = fc.record({
		person: fc.nat(),
		city: fc.nat(),
		quantity: fc.integer({ min: 2, max: 9 }),
		cents: fc.integer({ min: 100_000, max: 99_999_999 }),
		day: fc.integer({ min: 0, max: 3000 }),
		filler: fc.nat(),
	});
	const document = fc.record({
		language: fc.constantFrom(...LANGUAGES),
		layout: fc.constantFrom(...LAYOUTS),
		style: fc.nat(),
		records: fc.array(record, { minLength: 1, maxLength: 8 }),
		isSpaced: fc.boolean(),
	});
	return fc.sample(document, { seed, numRuns }).map(toCase);
}

type Drawn = {
	language: Language;
	layout: (typeof LAYOUTS)[number];
	style: number;
	records: Array<Record<'person' | 'city' | 'quantity' | 'cents' | 'day' | 'filler', number>>;
	isSpaced: boolean;
};

const pick = <Entry>(list: readonly Entry[], index: number): Entry => {
	const entry = list[index % list.length];
	if (entry === undefined) throw new Error('an empty list');
	return entry;
};

function toCase({ language, layout, style, records, isSpaced }: Drawn): Case {
	const places: Case['places'] = {};
	let text = `${language.title}\n\n`;
	const mark = (path: string, words: string) => {
		places[path] = [text.length, text.length + words.length];
		text += words;
	};
	const numbers = new Intl.NumberFormat(language.numbers, { minimumFractionDigits: 2 });
	const [locale, dateStyle] = pick(language.dates, style);
	const dates = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
	const { labels } = language;
	const value = records.map((record, index) => {
		const name = pick(language.people, record.person);
		const city = pick(language.cities, record.city);
		const date = new Date(Date.UTC(2020, 0, 1 + record.day));
		const at = `/records/${index}`;
		const write = (field: keyof typeof labels, words: string) => {
			if (layout === 'lines') text += `${labels[field]}: `;
			if (layout === 'sentence') text += `${labels[field]} `;
			mark(`${at}/${field}`, words);
			text += layout === 'lines' ? '\n' : layout === 'table' ? ' | ' : ', ';
		};
		write('name', isSpaced ? name.replace(' ', '  ') : name);
		write('city', city);
		write('quantity', new Intl.NumberFormat(language.numbers).format(record.quantity));
		write('amount', numbers.format(record.cents / 100));
		write('date', dates.format(date));
		text += `\n${pick(language.filler, record.filler)}\n\n`;
		// Nothing that a document of this corpus could hold.
		for (const absent of ['reference', 'discount', 'due', 'note']) places[`${at}/${absent}`] = null;
		return {
			...{ name, city, quantity: record.quantity, amount: record.cents / 100 },
			date: date.toISOString().slice(0, 10),
			...{ reference: `Nobody ${index} of Nowhere`, discount: record.cents / 100 + 0.37 },
			...{ due: '1999-12-31', note: 'These words have never been written down here' },
		};
	});
	return { language: language.name, text, value: { records: value }, places };
}
