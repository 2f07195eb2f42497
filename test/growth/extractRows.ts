import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { coerce } from '../../core/extract/answer/coercion/coerce';
import { placesSteps } from '../../core/extract/evidence/findEvidence';
import { misplacedWarnings } from '../../core/extract/evidence/placesOfRecords';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { inOneGo } from '../../core/lib/steps';
import { list, row } from './row';

const filled = (unit: string, n: number) => unit.repeat(Math.ceil(n / unit.length));

const UNITS = ['word ', '\n', ' ', '1', '東', 'a\r\n', '12 March 2027, ', '👨‍👩‍👧', '</tr>', '},{'];
const LINES = ['a1;b;2,50\n', '- a\n', '| a |\n', 'A b. C d.\n', '{"a":1}\n', 'N: a\nA: 1\n\n'];
const SIGNS = [
	';;;;\n',
	';',
	'; ',
	'東京；',
	'[',
	'"',
	'.',
	'1. ',
	'1 % ',
	'€ 1.234,50 ',
	"a'b’",
	'-\n',
];
const BLANKS = [
	'\r',
	'\t',
	'\u2028',
	'\0',
	'\u0301',
	'\u200d',
	'🇩🇪',
	`${' '.repeat(900)}x\n`,
	'a:\n\n',
];
const HOSTILE = [...UNITS, ...LINES, ...SIGNS, ...BLANKS];
const cuts = HOSTILE.map((unit) =>
	row(
		`a text of ${JSON.stringify(unit)} is cut`,
		(n) => filled(unit, n),
		(text) => chunkText(text, { size: 2000, overlap: 200 }),
	),
);

const merging = row(
	'parts that share rows are merged',
	(n) =>
		list(n / 1000, (part) => {
			const rows = list(20, (index) => ({ id: `R-${part * 18 + index}`, kind: 'x' }));
			const lines = rows.map(({ id }) => `${id} is here, as all the others are.\n`);
			const shared = part === 0 ? '' : lines.slice(0, 2).join('');
			return { value: { rows }, shared, own: lines.slice(part === 0 ? 0 : 2).join('') };
		}),
	(parts) => mergeValues(parts),
);

/** As if each line were an entry. */
const entriesIn = (text: string) =>
	text
		.split(/[\n\r]/)
		.filter((line) => /[\p{L}\p{N}]/u.test(line))
		.slice(0, 100)
		.map((line) => ({ a: line.trim().slice(0, 40), b: 1 }));
const mergedLines = [...LINES, 'word ', '1. '].map((unit) =>
	row(
		`the parts of a text of ${JSON.stringify(unit)} are merged`,
		(n) =>
			chunkText(filled(unit, n / 20), { size: 1000, overlap: 100 }).map(({ text, shared }) => ({
				value: { rows: entriesIn(text) },
				...{ shared: text.slice(0, shared), own: text.slice(shared) },
			})),
		(parts) => mergeValues(parts),
	),
);

const SENTENCES =
	'Deliver the goods to the buyer at the warehouse within thirty days of payment. '.repeat(24);
const NUMBER_WORDS =
	'a half hundred thousand million dozen two three and five un mille et deux zwei und mil y'.split(
		' ',
	);
/** No two runs of them are the same. */
const mixed = (n: number) =>
	list(
		n / 6,
		(at) => NUMBER_WORDS[(at * at * 31 + at * 7 + (at >> 3)) % NUMBER_WORDS.length] ?? '',
	).join(' ');

const DOCUMENTS: Array<[name: string, make: (n: number) => { value: unknown; text: string }]> = [
	['"a"', (n) => ({ value: list(n / 4, () => 'a'), text: filled('a ', n / 2) })],
	[
		'similar sentences',
		(n) => ({
			value: list(
				n / 38_000,
				(at) => `${SENTENCES.replace('goods', 'goodz').slice(0, 1880)} ${at}`,
			),
			text: list(n / 3800, (at) => `${SENTENCES.slice(0, 1880)} no ${at}`).join('\n'),
		}),
	],
	[
		'records',
		(n) => ({
			value: list(n / 500, (at) => ({ id: at, by: `Ada ${at}` })),
			text: list(n / 50, (at) => `Order ${at} on 1 May 2026 by Ada ${at}: 1.234,50 EUR.\n`).join(
				'',
			),
		}),
	],
	[
		'records that share a value',
		(n) => ({
			value: list(n / 25, (at) => ({ id: `A-${at}`, day: '2026-05-01' })),
			text: list(n / 25, (at) => `A-${at} on 2026-05-01\n`).join(''),
		}),
	],
	['numerals', (n) => ({ value: [5], text: filled('万', n) })],
	['digits', (n) => ({ value: [1], text: filled('1 234 ', n) })],
	['one number', (n) => ({ value: [1], text: filled('1', n) })],
	['marks', (n) => ({ value: ['x y'], text: `e${filled('\u0301', n)}` })],
	['number words', (n) => ({ value: [5], text: filled('two hundred and ', n) })],
	['ever other number words', (n) => ({ value: [5], text: mixed(n) })],
];
const evidence = DOCUMENTS.map(([name, make]) =>
	row(`evidence in a text of ${name}`, make, ({ value, text }) => {
		const places = inOneGo(placesSteps(value, text));
		return inOneGo(misplacedWarnings(value, places, {}));
	}),
);

const people = readTarget({
	type: 'object',
	properties: { a: { type: 'array', items: { type: 'object', properties: { a: {} } } } },
});
const FORMS = [
	'\n```json [\n',
	'\n```',
	'\n~~~json {"a"',
	'[',
	'{',
	'{"a":',
	'{"a"\n\n',
	'["\n\n',
	'\n```json\n["',
	'"',
	'{"a":"" "',
	"['",
	'{“a”:"',
	'["""',
	'"\\',
	' ',
	'\n',
	'{}   ',
	'{"a":1}} \n',
	'{{',
	'[/*',
	'[//',
	'<!--',
	'{"a":1} ',
	'{"a":1},',
	'as in [1] and ',
	'{"a": b c ',
	'9',
	'[1 ',
	'...',
	'[1,...',
	'<a>',
	'<a>b</a>',
	'<a b ',
	'| a ',
	'|-|\n',
	'- ',
	'- a: 1\n',
	'a: b\n',
	'# a\n',
];
const answers = FORMS.map((unit) =>
	row(
		`an answer of ${JSON.stringify(unit)} is read`,
		(n) => filled(unit, n / 4),
		(text) =>
			[text, `x ${text}`, `{"a":1} ${text}`, `${text} {"a":[{"a":1}]}`].map((given) =>
				readAnswer(given, people),
			),
	),
);

const choices = {
	anyOf: [
		{ type: 'object', properties: { a: { $ref: '#' } } },
		{ type: 'object', properties: { a: { $ref: '#' }, b: { type: 'number' } } },
		{ type: 'number' },
	],
};
const coercion = row(
	'choices in choices',
	(n) => list(Math.log2(n) * 2, () => 'a').reduce<unknown>((value, key) => ({ [key]: value }), 'x'),
	(value) => coerce(value, choices),
);

const of = (items: object) => ({ type: 'array', items });
const VALUES: Array<[name: string, unit: (at: number) => string, schema: object]> = [
	[
		'phrases for choices',
		(at) => `the answer is opt ${at % 3000}`,
		{ enum: list(3000, (at) => `opt ${at}`) },
	],
	['dates', (at) => `0${at % 9}/0${at % 8}/${2000 + at}`, { type: 'string', format: 'date' }],
	['numbers', (at) => `${at % 900}.${100 + (at % 899)}`, { type: 'number' }],
];
const texts = VALUES.map(([name, unit, schema]) =>
	row(
		`${name} beside a long document`,
		(n) => ({
			values: list(n / 100, (at) => unit(at)),
			text: list(n / 30, (at) => `Row ${at} has ${at}7 and no more\n`).join(''),
		}),
		({ values, text }) => coerce(values, of(schema), { text }),
	),
);

export const extractRows = [
	...cuts,
	merging,
	...mergedLines,
	...evidence,
	...answers,
	coercion,
	...texts,
];
