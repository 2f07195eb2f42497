import fc from 'fast-check';
import { parseJson } from '../../core/extract/answer/parseJson';
import { casesOf } from '../support/sweep';

/** The same cases in every run. */
const SEED = 20_271_127;

const word = fc.oneof(
	fc.string({ maxLength: 10 }),
	fc.string({ maxLength: 10, unit: 'grapheme' }),
	fc.constantFrom(
		"it's",
		'say "hi"',
		'a, b: c',
		'{x}',
		'[1]',
		'a // b',
		'True',
		'a\nb',
		'…',
		'\\d',
	),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		number.filter((n) => !Object.is(n, -0)),
		fc.boolean(),
		fc.constant(null),
		word,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
	),
}));
const container = fc.oneof(
	fc.array(value, { minLength: 1, maxLength: 4 }),
	fc.dictionary(word, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
);

/** The tokens of a JSON text: strings, numbers, words and punctuation. */
const tokensOf = (json: string) => json.match(/"(?:[^"\\]|\\.)*"|[-+.\w]+|[^\s"]/gsu) ?? [];
const at = (pick: number, list: readonly unknown[]) => Math.floor(pick * list.length);
type Change = (token: string, index: number) => string;
const changed = (json: string, change: Change) => tokensOf(json).map(change).join('');

/** What a text becomes; `pick` chooses the place. */
type Mutation = (json: string, pick: number) => string;
const one =
	(pick: number, of: (token: string) => boolean, into: (token: string) => string): Mutation =>
	(json) => {
		const tokens = tokensOf(json);
		const places = tokens.flatMap((token, index) => (of(token) ? [index] : []));
		const place = places[at(pick, places)];
		return tokens.map((token, index) => (index === place ? into(token) : token)).join('');
	};
const onOne =
	(of: (token: string) => boolean, into: (token: string) => string): Mutation =>
	(json, pick) =>
		one(pick, of, into)(json, pick);
const is = (chars: string) => (token: string) => token.length === 1 && chars.includes(token);
const isString = (token: string) => token.startsWith('"');
const isClosing = is('}]');

const harmless: Array<[name: string, mutate: Mutation]> = [
	['nothing', (json) => json],
	['blanks', (json) => changed(json, (token) => ` ${token}\n`)],
	['odd blanks', (json) => changed(json, (token) => `\u00A0${token}\uFEFF`)],
	['block comments', (json) => changed(json, (token) => `/* note */${token}`)],
	['line comments', (json) => changed(json, (token) => `${token} // note\n`)],
	['a hash comment', (json) => changed(json, (token) => `${token} # note\n`)],
	['trailing commas', onOne(isClosing, (token) => token)],
	['a fence', (json) => `\`\`\`json\n${json}\n\`\`\``],
	['a fence of tildes', (json) => `~~~\n${json}\n~~~`],
	['prose', (json) => `Here it is:\n${json}\nDone.`],
	['a tag', (json) => `<json>${json}</json>`],
	['a word before', (json) => `json\n${json}`],
	['a byte-order mark', (json) => `\uFEFF${json}`],
	['a string of it', (json) => JSON.stringify(json)],
	['a string of a string of it', (json) => JSON.stringify(JSON.stringify(json))],
	['a semicolon', (json) => `${json};`],
	['raw line breaks', (json) => json.replace(/(?<!\\)((?:\\\\)*)\\n/g, '$1\n')],
	['the outermost braces doubled', (json) => (json.startsWith('{') ? `{${json}}` : json)],
	['a bracket too many at the end', (json) => json + json.slice(-1)],
	['itself twice', (json) => `${json}\n\n${json}`],
];

/** As Python prints it; a text keeps its JSON form, which is one of Python's as well. */
function printed(value: unknown, list: (entries: string[]) => string): string {
	if (Array.isArray(value)) return list(value.map((entry) => printed(entry, list)));
	if (typeof value === 'object' && value !== null) {
		const fields = Object.entries(value).map(
			([key, entry]) => `${JSON.stringify(key)}: ${printed(entry, list)}`,
		);
		return `{${fields.join(', ')}}`;
	}
	const words = new Map<unknown, string>([
		[true, 'True'],
		[false, 'False'],
		[null, 'None'],
	]);
	return words.get(value) ?? JSON.stringify(value);
}
const tuple = (entries: string[]) => `(${entries.join(', ')}${entries.length === 1 ? ',' : ''})`;
/** Round brackets around all of it are a pause in prose. */
const withTuples = (value: unknown) =>
	Array.isArray(value)
		? `[${value.map((entry) => printed(entry, tuple)).join(', ')}]`
		: printed(value, tuple);
const inDecimals: Change = (token) => (/^[-\d]/.test(token) ? `Decimal('${token}')` : token);

harmless.push(
	['the words of Python', (json) => printed(JSON.parse(json), (all) => `[${all.join(', ')}]`)],
	['tuples in it', (json) => withTuples(JSON.parse(json))],
	['decimals', (json) => changed(json, inDecimals)],
	['line ends of Windows', (json) => changed(json, (token) => `${token}\r\n`)],
	[
		'a comma at every end',
		(json) => changed(json, (token) => (isClosing(token) ? `,${token}` : token)),
	],
	[
		'signs before numbers',
		(json) => changed(json, (token) => (/^\d/.test(token) ? `+${token}` : token)),
	],
	[
		'a quoted block',
		(json) =>
			json
				.split('\n')
				.map((line) => `> ${line}`)
				.join('\n'),
	],
	['a variable', (json) => `const result = ${json};`],
);

const harmful: Array<[name: string, mutate: Mutation]> = [
	['one comma dropped', onOne(is(','), () => ' ')],
	['one comma a line break', onOne(is(','), () => '\n')],
	['one comma doubled', onOne(is(','), () => ',,')],
	['one colon dropped', onOne(is(':'), () => ' ')],
	['one closing bracket dropped', onOne(isClosing, () => '')],
	['one opening bracket dropped', onOne(is('{['), () => '')],
	['one bracket swapped', onOne(isClosing, (token) => (token === '}' ? ']' : '}'))],
	['one closing quote dropped', onOne(isString, (token) => token.slice(0, -1))],
	['one opening quote dropped', onOne(isString, (token) => token.slice(1))],
	['one closing quote curled', onOne(isString, (token) => `${token.slice(0, -1)}”`)],
	['one string without its escapes', onOne(isString, (token) => token.replace(/\\(?=["\\])/g, ''))],
	['the end cut', (json, pick) => json.slice(0, Math.ceil(pick * json.length))],
	['the beginning cut', (json, pick) => json.slice(Math.floor(pick * json.length))],
	['an entry of dots', onOne(is(','), () => ', ..., ')],
	['a comment that cuts', onOne(is(','), () => ', // note ')],
	['an escape that is none', onOne(isString, (token) => `"\\q${token.slice(1)}`)],
	[
		'one string without its quotes',
		onOne(isString, (token) => (/^""$|True|[{}[\]']/.test(token) ? token : token.slice(1, -1))),
	],
	[
		'a minus alone',
		onOne(
			(token) => /^\d+$/.test(token),
			() => '-',
		),
	],
	['an ellipsis at the end', (json) => `${json.slice(0, -1)}, ...${json.slice(-1)}`],
	['a key without its value', onOne(is(':'), () => ':,')],
	['one list in round brackets', onOne(is('[]'), (token) => (token === '[' ? '(' : ')'))],
	['all colons commas', (json) => changed(json, (token) => (token === ':' ? ',' : token))],
	[
		'one number in round brackets',
		onOne(
			(token) => /^[-\d]/.test(token),
			(token) => `(${token})`,
		),
	],
	[
		'one number with a word',
		onOne(
			(token) => /^[-\d]/.test(token),
			(token) => `${token} kg`,
		),
	],
	['one string twice', onOne(isString, (token) => `${token} ${token}`)],
	['one string by or', onOne(isString, (token) => `${token} | ${token}`)],
	[
		'one value as a range',
		onOne(
			(token) => /^\d+$/.test(token),
			(token) => `${token}-${token}`,
		),
	],
	['one comma of another script', onOne(is(','), () => '、')],
	['one key at the end', (json) => `${json.slice(0, -1)}, "more"${json.slice(-1)}`],
	[
		'one number struck out',
		onOne(
			(token) => /^[-\d]/.test(token),
			(token) => `~~${token}~~ ${token}`,
		),
	],
	[
		'about one number',
		onOne(
			(token) => /^\d+$/.test(token),
			(token) => `~${token}`,
		),
	],
	[
		'one number with a percent sign',
		onOne(
			(token) => /^\d+$/.test(token),
			(token) => `${token}%`,
		),
	],
	[
		'one number in two parts',
		onOne(
			(token) => /^\d(?:\d{3}|0\d+)$/.test(token),
			(token) => `${token.slice(0, 1)} ${token.slice(1)}`,
		),
	],
	['one comma a semicolon', onOne(is(','), () => ';')],
	['one colon an equals sign', onOne(is(':'), () => '=')],
	['an entry for the rest', onOne(is(','), () => ', (12 more), ')],
	['one quote an entity', onOne(isString, (token) => token.replace(/^"/, '&quot;'))],
	['the first half twice', (json) => json.slice(0, json.length / 2) + json],
	['two of it in one', (json) => json + json.slice(1)],
];

const first = (text: string) => {
	const read = parseJson(text);
	return read.ok ? read.candidates[0] : undefined;
};
const isJson = (text: string) => {
	try {
		return JSON.parse(text) !== undefined;
	} catch {
		return false;
	}
};

test.each(harmless)('any JSON with %s is itself', (_name, mutate) => {
	fc.assert(
		fc.property(container, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, pick) => {
			const json = JSON.stringify(given);
			const text = mutate(json, pick);
			const read = first(text);
			// A bracket too many and a text of dots have more than one reading: those may be refused.
			if (read) expect(read.value).toEqual(JSON.parse(json));
			else expect(text).toMatch(/\\|\.{3}|…|[}\]]$/);
		}),
		{ numRuns: casesOf(400), seed: SEED },
	);
});

/** What a person would agree with: the same but for the escapes and blanks that were in question. */
const agreed = (read: unknown) => JSON.stringify(read).replace(/\\\\q|\\\\|\s/g, '');

test.each(harmful)('any JSON with %s is itself, a warned value or a refusal', (_name, mutate) => {
	fc.assert(
		fc.property(container, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, pick) => {
			const json = JSON.stringify(given);
			const text = mutate(json, pick);
			const read = first(text);
			if (read === undefined || text === json || isJson(text.trim())) return;
			expect(read.warnings).not.toEqual([]);
			expect(agreed(read.value)).toBe(agreed(JSON.parse(json)));
		}),
		{ numRuns: casesOf(1000), seed: SEED },
	);
});
