import { once } from './inSteps';

interface Word {
	language: string;
	value: number;
}

type Lexicon = Map<string, Word[]>;

/** Every spelling of the numbers below a thousand, without spaces and hyphens. */
const belowThousand = once((): Lexicon => {
	const lexicon: Lexicon = new Map();
	const add = (word: string, meaning: Word) => {
		const known = lexicon.get(word) ?? [];
		lexicon.set(word, known);
		if (
			!known.some(({ language, value }) => language === meaning.language && value === meaning.value)
		)
			known.push(meaning);
	};
	for (const spelling of SPELLINGS) {
		const { language } = spelling;
		spelledBelowThousand(spelling).forEach((words, value) =>
			words.forEach((word) => add(word, { language, value })),
		);
	}
	for (const [language, words] of LISTS) {
		words
			.split(' ')
			.forEach((entry, value) => choices(entry).forEach((word) => add(word, { language, value })));
	}
	return lexicon;
});

const choices = (entry: string | undefined) =>
	entry === undefined || entry === '-' ? [] : entry.split('/');

function spelledBelowThousand(spelling: Spelling): string[][] {
	const spelled = spelledBelowHundred(spelling);
	const [alone = '', compound = ''] = spelling.hundreds;
	const irregular = (IRREGULAR[spelling.language] ?? '').split(' ');
	for (let hundred = 100; hundred < 1000; hundred += 100) {
		const own = irregular[irregular.indexOf(String(hundred)) + 1];
		const regular = (spelled[hundred / 100] ?? []).flatMap((ones) =>
			choices(compound.replaceAll('#', ones)),
		);
		const base =
			hundred === 100
				? choices(alone)
				: irregular.includes(String(hundred))
					? choices(own)
					: regular;
		spelled[hundred] = base;
		for (let rest = 1; rest < 100; rest += 1) {
			spelled[hundred + rest] = base
				.filter((word) => !/^(?:cien|cem)$|cents$/.test(word))
				.flatMap((word) =>
					spelling.joints.flatMap((joint) =>
						(spelled[rest] ?? []).map((tail) => word + joint + tail),
					),
				);
		}
	}
	return spelled;
}

function spelledBelowHundred({ ones, tens, between, language }: Spelling): string[][] {
	const spelled = ones.split(' ').map(choices);
	const small = spelled.slice(0, 20);
	tens.split(' ').forEach((entry, index) => {
		for (const ten of choices(entry)) {
			const base = (index + 2) * 10;
			(spelled[base] ??= []).push(ten);
			for (let one = 1; one < 10; one += 1) {
				const words = (small[one] ?? []).flatMap((word) => between({ tens: ten, ones: word, one }));
				spelled[base + one] = [...(spelled[base + one] ?? []), ...words];
			}
		}
	});
	if (language === 'fr') addFrenchTeens(spelled, small);
	return spelled;
}

/** `soixante-quinze` is 75, `quatre-vingt-dix` 90. */
function addFrenchTeens(spelled: string[][], small: readonly string[][]): void {
	for (let teen = 10; teen < 20; teen += 1) {
		const words = small[teen] ?? [];
		const seventies = words.flatMap((word) => [
			`soixante${word}`,
			...(teen === 11 ? [`soixanteet${word}`] : []),
		]);
		spelled[60 + teen] = [...(spelled[60 + teen] ?? []), ...seventies];
		const nineties = words.map((word) => `quatrevingt${word}`);
		spelled[80 + teen] = [...(spelled[80 + teen] ?? []), ...nineties];
	}
}

/** The words that may stand in a number, or begin one: the pieces of every spelling. */
export function numbersInWords(phrase: string): Word[] {
	const key = phrase.replace(/[\s-]+/g, '');
	if (key.length > 120) return [];
	const small = belowThousand().get(key) ?? [];
	if (small.length > 0 || !THOUSAND.test(key)) return small;
	return SPELLINGS.flatMap((spelling) => thousandsIn(key, spelling));
}

const THOUSAND = /thousand|tausend|mil|duizend|тысяча|tysiąc|tusen/;

function thousandsIn(key: string, { language, thousands, joints }: Spelling): Word[] {
	const { alone, after } = thousands;
	const below = (text: string) =>
		belowThousand()
			.get(text)
			?.find((word) => word.language === language && word.value > 0)?.value;
	const rests = (text: string) =>
		text === ''
			? [0]
			: [...joints, ''].flatMap((joint) =>
					text.startsWith(joint) ? (below(text.slice(joint.length)) ?? []) : [],
				);
	const values = [
		...alone.flatMap((word) =>
			key.startsWith(word) ? rests(key.slice(word.length)).map((rest) => 1000 + rest) : [],
		),
		...after.flatMap((word) => {
			const at = key.indexOf(word);
			const head = at > 0 ? below(key.slice(0, at)) : undefined;
			if (head === undefined || head < 2) return [];
			return rests(key.slice(at + word.length)).map((rest) => head * 1000 + rest);
		}),
	];
	return [...new Set(values)].map((value) => ({ language, value }));
}

/** 21 to 99: the words of its parts, and the number of the second one. */
interface Ten {
	tens: string;
	ones: string;
	one: number;
}

/** How a language spells whole numbers below a thousand; every spelling that is in use. */
interface Spelling {
	language: string;
	/** 0 to 19 and more, where they are words of their own; several spellings parted by `/`. */
	ones: string;
	/** 20, 30 … 90. */
	tens: string;
	/** Spellings of a number between the tens, from 21 to 99. */
	between: (ten: Ten) => string[];
	/** 100 alone, then what stands behind the ones for each hundred; `#` is the ones. */
	hundreds: string[];
	/** Between the hundreds and the rest. */
	joints: string[];
	/** 1000 alone, and behind another number. */
	thousands: { alone: string[]; after: string[] };
}

const SPELLINGS: Spelling[] = [
	{
		language: 'en',
		ones: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
		tens: 'twenty thirty forty/fourty fifty sixty seventy eighty ninety',
		between: ({ tens, ones }) => [tens + ones],
		hundreds: ['hundred/ahundred/onehundred', '#hundred'],
		joints: ['', 'and'],
		thousands: { alone: ['thousand', 'athousand', 'onethousand'], after: ['thousand'] },
	},
	{
		language: 'de',
		ones: '- eins/ein/eine zwei/zwo drei vier fünf/fuenf sechs sieben acht neun zehn elf zwölf/zwoelf dreizehn vierzehn fünfzehn/fuenfzehn sechzehn siebzehn achtzehn neunzehn',
		tens: 'zwanzig dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig',
		between: ({ tens, ones, one }) => (one === 1 && ones !== 'ein' ? [] : [`${ones}und${tens}`]),
		hundreds: ['hundert/einhundert', '#hundert'],
		joints: ['', 'und'],
		thousands: { alone: ['tausend', 'eintausend'], after: ['tausend'] },
	},
	{
		language: 'fr',
		ones: 'zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dixsept dixhuit dixneuf',
		tens: 'vingt trente quarante cinquante soixante septante huitante/octante/quatrevingt/quatrevingts nonante',
		between: ({ tens, ones, one }) =>
			tens === 'quatrevingts' ? [] : [tens + ones, ...(one === 1 ? [`${tens}et${ones}`] : [])],
		hundreds: ['cent', '#cent/#cents'],
		joints: [''],
		thousands: { alone: ['mille'], after: ['mille', 'mil'] },
	},
	{
		language: 'es',
		ones: 'cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiun/veintiuna veintidós/veintidos veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete veintiocho veintinueve',
		tens: '- treinta cuarenta cincuenta sesenta setenta ochenta noventa',
		between: ({ tens, ones }) => [`${tens}y${ones}`],
		hundreds: ['cien/ciento', '#cientos/#cientas'],
		joints: [''],
		thousands: { alone: ['mil'], after: ['mil'] },
	},
	{
		language: 'it',
		ones: 'zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
		tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
		between: ({ tens, ones, one }) =>
			one === 1 || one === 8
				? [tens.slice(0, -1) + ones]
				: one === 3
					? [`${tens}tré`, `${tens}tre`]
					: [tens + ones],
		hundreds: ['cento', '#cento'],
		joints: [''],
		thousands: { alone: ['mille'], after: ['mila'] },
	},
	{
		language: 'pt',
		ones: 'zero um/uma dois/duas três/tres quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove',
		tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
		between: ({ tens, ones }) => [`${tens}e${ones}`],
		hundreds: ['cem/cento', '#centos/#centas'],
		joints: ['e'],
		thousands: { alone: ['mil', 'ummil'], after: ['mil'] },
	},
	{
		language: 'nl',
		ones: 'nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
		tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
		between: ({ tens, ones }) => [`${ones}en${tens}`, `${ones}ën${tens}`],
		hundreds: ['honderd/eenhonderd', '#honderd'],
		joints: ['', 'en'],
		thousands: { alone: ['duizend', 'eenduizend'], after: ['duizend'] },
	},
	{
		language: 'ru',
		ones: 'ноль/нуль один/одна/одно два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
		tens: 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
		between: ({ tens, ones }) => [tens + ones],
		hundreds: ['сто', '#сот'],
		joints: [''],
		thousands: { alone: ['тысяча', 'однатысяча'], after: [] },
	},
	{
		language: 'pl',
		ones: 'zero jeden/jedna dwa/dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście',
		tens: 'dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt',
		between: ({ tens, ones }) => [tens + ones],
		hundreds: ['sto', '#set'],
		joints: [''],
		thousands: { alone: ['tysiąc'], after: [] },
	},
	{
		language: 'sv',
		ones: 'noll ett/en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton/aderton nitton',
		tens: 'tjugo trettio fyrtio/förtio femtio sextio sjuttio åttio nittio',
		between: ({ tens, ones }) => [tens + ones],
		hundreds: ['hundra/etthundra', '#hundra'],
		joints: ['', 'och'],
		thousands: { alone: ['tusen', 'ettusen', 'etttusen'], after: ['tusen'] },
	},
];

/** Hundreds that are no plain compounds. */
const IRREGULAR: Partial<Record<string, string>> = {
	es: '200 doscientos/doscientas 300 trescientos/trescientas 500 quinientos/quinientas 700 setecientos/setecientas 900 novecientos/novecientas',
	pt: '200 duzentos/duzentas 300 trezentos/trezentas 500 quinhentos/quinhentas',
	ru: '200 двести 300 триста 400 четыреста',
	pl: '200 dwieście 300 trzysta 400 czterysta',
};

/** Small numbers of languages whose greater ones are inflected in many ways. */
const LISTS: Array<[language: string, words: string]> = [
	[
		'ar',
		'صفر واحد/واحدة اثنان/اثنين/اثنتان ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر',
	],
	['da', 'nul et to tre fire fem seks syv otte ni ti elleve tolv'],
];

/** Number words that are common words of another kind in some language. */
export const HOMOGRAPHS = new Set(
	'once due dos sei cent mil mille un une uno una ein eine een um uma en et to ti ni sex fem fire otto mila sept neuf null elf sto'.split(
		' ',
	),
);
