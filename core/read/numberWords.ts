import { once } from '../lib/steps';
import { IRREGULAR, LISTS, SPELLINGS, type Spelling } from './numberSpellings';

export interface Word {
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

/** The whole numbers below a million that a phrase spells. */
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
