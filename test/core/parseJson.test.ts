import fc from 'fast-check';
import { parseJson } from '../../core/extract/answer/parseJson';
import { casesOf } from '../support/sweep';

/** The same cases in every run: a new one is found by a person who changes this, not by CI. */
const SEED = 20_261_121;

/** Texts that look like JSON, prose, code or nothing. */
const word = fc.oneof(
	fc.string({ maxLength: 12 }),
	fc.string({ maxLength: 12, unit: 'grapheme' }),
	fc.constantFrom("it's", 'say "hi"', 'a, b', '{x}', '[1]', '// no', 'True', 'a\nb', '```', '\\'),
);
const key = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), word, fc.constant('valueOf'));
const number = fc.oneof(
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
);
const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		number,
		fc.boolean(),
		fc.constant(null),
		word,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
	),
}));
const record = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

function python(given: unknown): string {
	if (typeof given === 'string') {
		return `'${given.replace(/[\\']/g, (char) => `\\${char}`).replace(/\n/g, '\\n')}'`;
	}
	if (Array.isArray(given)) return `[${given.map(python).join(', ')}]`;
	if (typeof given === 'object' && given !== null) {
		const entries = Object.entries(given).map(
			([name, entry]) => `${python(name)}: ${python(entry)}`,
		);
		return `{${entries.join(', ')}}`;
	}
	const words = new Map<unknown, string>([
		[true, 'True'],
		[false, 'False'],
		[null, 'None'],
	]);
	return words.get(given) ?? JSON.stringify(given);
}

type Mutation = (json: string, given: unknown) => string;

/** What models were seen to do to JSON; the value is still all there. */
const harmless: Array<[name: string, mutate: Mutation]> = [
	['nothing at all', (json) => json],
	['line breaks and spaces', (_json, given) => JSON.stringify(given, null, 2)],
	['a fence with its language', (json) => `\`\`\`json\n${json}\n\`\`\``],
	['a fence', (json) => `\`\`\`\n${json}\n\`\`\``],
	['prose around it', (json) => `Here you are:\n${json}\nAnything else?`],
	['brackets in the prose', (json) => `With {curly} words: ${json} and [more].`],
	['a stray bracket before a fence', (json) => `See [1 below.\n\n\`\`\`json\n${json}\n\`\`\``],
	[
		'a draft before it',
		(json) => `\`\`\`json\n{"draft":1}\n\`\`\`\nNo:\n\`\`\`json\n${json}\n\`\`\``,
	],
	['a byte-order mark', (json) => `\uFEFF${json}`],
	['JSON as a string', (json) => JSON.stringify(json)],
	['a trailing comma', (json) => json.replace(/}$/, ',}')],
	['a comment', (json) => json.replace(/^\{/, '{ // a comment, "quoted" {\n')],
	['a block comment', (json) => json.replace(/^\{/, '{ /* a comment: [ */')],
	["Python's literals and quotes", (_json, given) => python(given)],
	['bare keys', (json) => json.replace(/([{,])"([a-z_]+)":/g, '$1$2:')],
	['raw line breaks in strings', (json) => json.replace(/(?<!\\)((?:\\\\)*)\\n/g, '$1\n')],
	['itself twice', (json) => json + json],
];

/** What loses something, or may: the value, or a refusal that leads to a repair. */
const harmful: Array<[name: string, mutate: Mutation]> = [
	['its last quote missing', (json) => json.replace(/"}$/, '}')],
	['its last bracket missing', (json) => json.slice(0, -1)],
	['its second half missing', (json) => json.slice(0, Math.ceil(json.length / 2))],
];

/** What people extract: each with every mutation is a row of its own. */
const answers: Array<[name: string, given: object]> = [
	['an invoice', { number: 'INV-7', total: 448.5, paid: false, lines: [{ sku: 'L', n: 2 }] }],
	[
		'links and paths',
		{ url: 'https://a.example/x?y=[1]//z', path: 'C:\\new\\table', re: '/^{a}$/' },
	],
	['prose', { note: 'It\'s "fine", she said: {maybe} [later].', by: "O'Hara" }],
	['Markdown', { body: '# Title\n```js\nlet a = {b: [1]};\n```\n- item' }],
	['scripts of the world', { de: 'Größe', ja: '請求書［控え］', ar: 'فاتورة', emoji: '👋🏽 "ok"' }],
	['odd keys', { '': 0, 'a b': 1, valueOf: 2, "it's": 3, '"': 4, toString: { length: 5 } }],
	['numbers', { big: 9007199254740991, tiny: 1e-7, minus: -0.5, zero: 0, exp: 2.5e21 }],
	['empties', { list: [], record: {}, text: '', none: null, nested: [[], [{}]] }],
	['words that look like values', { a: 'True', b: 'null', c: '1', d: 'NaN', e: 'undefined' }],
	['HTML', { html: '<a href="x" data-a=\'{"b":1}\'>c</a>', css: 'a{b:c}' }],
];

const first = (text: string): unknown => {
	const read = parseJson(text);
	return read.ok ? read.candidates[0]?.value : undefined;
};

const rows = (mutations: typeof harmless) =>
	answers.flatMap(([name, given]) =>
		mutations.map(([how, mutate]): [string, string, string, unknown] => {
			const json = JSON.stringify(given);
			return [name, how, mutate(json, given), given];
		}),
	);

test('the tables have at least 150 rows', () => {
	expect(rows(harmless).length + rows(harmful).length).toBeGreaterThanOrEqual(150);
});

test.each(rows(harmless))('%s with %s', (_name, _how, text, given) => {
	expect(first(text)).toEqual(given);
});

test.each(rows(harmful))('%s with %s is itself or a refusal', (_name, _how, text, given) => {
	const read = first(text);
	if (read !== undefined) expect(read).toEqual(given);
});

test.each(harmless)('any object with %s is read as itself', (_name, mutate) => {
	fc.assert(
		fc.property(record, (given) => {
			const json = JSON.stringify(given);
			expect(first(mutate(json, given))).toEqual(JSON.parse(json));
		}),
		{ numRuns: casesOf(500), seed: SEED },
	);
});

test.each(harmful)('any object with %s is itself or a refusal', (_name, mutate) => {
	fc.assert(
		fc.property(record, (given) => {
			const json = JSON.stringify(given);
			const mutated = mutate(json, given);
			const read = first(mutated);
			if (mutated !== json && read !== undefined) expect(read).toEqual(JSON.parse(json));
		}),
		{ numRuns: casesOf(500), seed: SEED },
	);
});

/** Prose with quoted words, as people write it. */
const sentence = fc
	.array(fc.tuple(fc.stringMatching(/^[A-Za-z]{1,8}$/), fc.boolean()), {
		minLength: 2,
		maxLength: 6,
	})
	.map((words) => words.map(([text, isQuoted]) => (isQuoted ? `"${text}"` : text)).join(' '))
	.map((text) => `So ${text} it is.`);

test('prose with unescaped quotes is itself or a refusal', () => {
	const letters = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(sentence, number), {
		...{ minKeys: 1, maxKeys: 4, noNullPrototype: true },
	});
	fc.assert(
		fc.property(letters, (given) => {
			const read = first(JSON.stringify(given).replace(/\\"/g, '"'));
			if (read !== undefined) expect(read).toEqual(given);
		}),
		{ numRuns: casesOf(500), seed: SEED },
	);
});

test('any valid JSON is itself', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 4 }), (json) => {
			const read = parseJson(json);
			const values = read.ok ? read.candidates.map((candidate) => candidate.value) : [];
			expect(values).toContainEqual(JSON.parse(json));
		}),
		{ numRuns: casesOf(1000), seed: SEED },
	);
});

test.each([
	['an object that was cut inside a fence', '```json\n{"a": {"b": 1}, "c": "```'],
	['the rest of a broken object', `{'a': 'x]', "b": {"c": 1`],
	['brackets in prose', 'I see {curly} and [square] ones.'],
	['a string that runs on', '{"a": "b, "c": {"d": 1}}'],
])('%s is not a value', (_name, text) => {
	expect(parseJson(text).ok).toBe(false);
});
