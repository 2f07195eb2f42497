/** A number from 21 to 99: the words of its parts, and the second one as a number. */
interface Ten {
	tens: string;
	ones: string;
	one: number;
}

/** How a language spells whole numbers below a thousand, in every spelling in use. */
export interface Spelling {
	language: string;
	/** 0 to 19 and more, if they are separate words; several spellings are separated by `/`. */
	ones: string;
	/** 20, 30 … 90. */
	tens: string;
	/** Spellings of a number between the tens, from 21 to 99. */
	between: (ten: Ten) => string[];
	/** 100 by itself, then what follows the ones for each hundred; `#` is the ones. */
	hundreds: string[];
	/** Between the hundreds and the rest. */
	joints: string[];
	/** 1000 by itself, and after another number. */
	thousands: { alone: string[]; after: string[] };
}

export const SPELLINGS: Spelling[] = [
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

/** Hundreds that are not plain compounds. */
export const IRREGULAR: Partial<Record<string, string>> = {
	es: '200 doscientos/doscientas 300 trescientos/trescientas 500 quinientos/quinientas 700 setecientos/setecientas 900 novecientos/novecientas',
	pt: '200 duzentos/duzentas 300 trezentos/trezentas 500 quinhentos/quinhentas',
	ru: '200 двести 300 триста 400 четыреста',
	pl: '200 dwieście 300 trzysta 400 czterysta',
};

/** Small numbers of languages whose larger ones are inflected in many ways. */
export const LISTS: Array<[language: string, words: string]> = [
	[
		'ar',
		'صفر واحد/واحدة اثنان/اثنين/اثنتان ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر',
	],
	['da', 'nul et to tre fire fem seks syv otte ni ti elleve tolv'],
];

/** Number words that are also common words in some language. */
export const HOMOGRAPHS = new Set(
	'once due dos sei cent mil mille un une uno una ein eine een um uma en et to ti ni sex fem fire otto mila sept neuf null elf sto'.split(
		' ',
	),
);

/** The words around number words in a language. */
interface SpelledAmounts {
	language: string;
	/** By power of ten, and 12 for a dozen: words, separated by `/`. */
	scales: Array<[size: number, words: string]>;
	/** One, before a scale only. */
	articles?: string;
	/** A half, before a scale. */
	halves: string;
	/** What may follow a number, and the part that it adds. */
	tails: Array<[part: number, words: string]>;
	/** Whether a half may also follow a scale, as in `dos millones y medio`. */
	halvesScale?: true;
	/** One and a half as a single word. */
	oneAndHalf?: string;
	/** Between a number and its decimals. */
	point?: string;
	/** Between scales. */
	joint?: string;
}

export const SPELLED_AMOUNTS: SpelledAmounts[] = [
	{
		language: 'en',
		scales: [
			[12, 'dozen'],
			[1e3, 'thousand'],
			[1e6, 'million/millions'],
			[1e9, 'billion/billions'],
			[1e12, 'trillion/trillions'],
		],
		articles: 'a/an',
		halves: 'half a/half an/a half/half',
		tails: [
			[0.5, 'and a half/and one half'],
			[0.25, 'and a quarter/and one quarter'],
			[0.75, 'and three quarters'],
		],
		point: 'point',
		joint: 'and',
	},
	{
		language: 'de',
		scales: [
			[12, 'dutzend'],
			[1e3, 'tausend'],
			[1e6, 'million/millionen'],
			[1e9, 'milliarde/milliarden'],
		],
		halves: 'eine halbe/ein halbes/halbe/halbes',
		tails: [[0.5, 'und ein halb/und eine halbe/und ein halbes/einhalb']],
		oneAndHalf: 'anderthalb/eineinhalb',
		point: 'komma',
		joint: 'und',
	},
	{
		language: 'fr',
		scales: [
			[12, 'douzaine/douzaines'],
			[1e3, 'mille'],
			[1e6, 'million/millions'],
			[1e9, 'milliard/milliards'],
		],
		halves: 'un demi/une demi/une demie/demi',
		tails: [[0.5, 'et demi/et demie']],
		...{ halvesScale: true, point: 'virgule', joint: 'et' },
	},
	{
		language: 'es',
		scales: [
			[12, 'docena/docenas'],
			[1e3, 'mil'],
			[1e6, 'millón/millon/millones'],
			[1e9, 'mil millones'],
		],
		halves: 'medio/media',
		tails: [[0.5, 'y medio/y media']],
		...{ halvesScale: true, point: 'coma/punto', joint: 'y' },
	},
	{
		language: 'it',
		scales: [
			[12, 'dozzina/dozzine'],
			[1e3, 'mila'],
			[1e6, 'milione/milioni'],
			[1e9, 'miliardo/miliardi'],
		],
		halves: 'mezzo/mezza',
		tails: [[0.5, 'e mezzo/e mezza']],
		...{ halvesScale: true, point: 'virgola', joint: 'e' },
	},
	{
		language: 'pt',
		scales: [
			[12, 'dúzia/dúzias/duzia/duzias'],
			[1e3, 'mil'],
			[1e6, 'milhão/milhões/milhao/milhoes'],
			[1e9, 'mil milhões/bilhão/bilhões'],
		],
		halves: 'meio/meia',
		tails: [[0.5, 'e meio/e meia']],
		...{ halvesScale: true, point: 'vírgula/virgula', joint: 'e' },
	},
	{
		language: 'nl',
		scales: [
			[12, 'dozijn'],
			[1e3, 'duizend'],
			[1e6, 'miljoen'],
			[1e9, 'miljard'],
		],
		halves: 'een half/een halve/half',
		tails: [[0.5, 'en een half/en een halve']],
		...{ oneAndHalf: 'anderhalf/anderhalve', point: 'komma', joint: 'en' },
	},
	{
		language: 'ru',
		scales: [
			[12, 'дюжина/дюжины/дюжин'],
			[1e3, 'тысяч/тысяча/тысячи/тысячу'],
			[1e6, 'миллион/миллиона/миллионов'],
			[1e9, 'миллиард/миллиарда/миллиардов'],
		],
		halves: 'половина/пол',
		tails: [[0.5, 'с половиной']],
		oneAndHalf: 'полтора/полторы',
	},
	{
		language: 'pl',
		scales: [
			[12, 'tuzin/tuziny/tuzinów'],
			[1e3, 'tysiąc/tysiące/tysięcy'],
			[1e6, 'milion/miliony/milionów/miliona'],
			[1e9, 'miliard/miliardy/miliardów'],
		],
		halves: 'pół',
		tails: [[0.5, 'i pół']],
		oneAndHalf: 'półtora/półtorej',
	},
	{
		language: 'sv',
		scales: [
			[12, 'dussin'],
			[1e3, 'tusen'],
			[1e6, 'miljon/miljoner'],
			[1e9, 'miljard/miljarder'],
		],
		halves: 'en halv/ett halvt/halv/halvt',
		tails: [[0.5, 'och en halv/och ett halvt']],
		joint: 'och',
	},
];
