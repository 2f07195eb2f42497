import fc from 'fast-check';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { casesOf } from '../support/sweep';

/** The same cases in every run. */
const RUNS = { numRuns: casesOf(150), seed: 20_271_128 };

const string = { type: 'string' };
const row = { type: 'object', properties: { id: string, n: { type: 'number' } }, required: ['id'] };
const schema = {
	type: 'object',
	properties: { rows: { type: 'array', items: row }, tags: { type: 'array', items: string } },
	required: ['rows', 'tags'],
};
const target = readTarget(schema);

const word = fc.oneof(
	fc.string({ maxLength: 8 }),
	fc.constantFrom(
		'None',
		'Null',
		'N/A',
		'More Co.',
		'Others',
		'1.50',
		'a, b',
		'x: y',
		'-',
		'Actually',
	),
);
const answer = fc.record({
	rows: fc.array(fc.record({ id: word, n: fc.integer() }), { minLength: 1, maxLength: 3 }),
	tags: fc.array(word, { maxLength: 3 }),
});
type Answer = typeof answer extends fc.Arbitrary<infer Value> ? Value : never;

/** What models do to a value; none of it leaves another value as it was meant. */
const TAKES_BACK: Array<[name: string, mutate: (json: string) => string]> = [
	['a flag that there is more', (json) => json.replace(/\}$/, ',"has_more":true}')],
	['a note that there is more', (json) => json.replace(/\}$/, ',"note":"and 37 more rows"}')],
	['a count that is too high', (json) => json.replace(/\}$/, ',"total_rows":39}')],
	['rows under another key', (json) => json.replace(/\}$/, ',"rows_2":[{"id":"z"}]}')],
	['a comment for the rest', (json) => json.replace(/\]\}$/, '/* other rows */]}')],
	['an entry for the rest', (json) => json.replace(/"tags":\[.*\]\}$/, '"tags":["and so on"]}')],
	['a line for the rest', (json) => `${json}\n\nThe remaining rows are omitted.`],
	['a count before it', (json) => `Showing 1 of 39 rows:\n${json}`],
	['a correction behind it', (json) => `${json}\nCorrection: the first id is "q".`],
	['a correction in its last line', (json) => `${json} That is all. Sorry, the first id is "q".`],
	['an assumption before it', (json) => `The id was not in the text, so I used one.\n${json}`],
	['strokes through it', (json) => `~~${json}~~`],
	['a tag that deletes it', (json) => `<del>${json}</del>`],
	['a comment around it', (json) => `<!-- ${json} -->`],
	['slashes before it', (json) => `// ${json}`],
	['a label before it', (json) => `For example:\n${json}`],
	['a wrapper that is none', (json) => `{"previous_answer":${json}}`],
	['a doubt in it', (json) => json.replace(/\]\}$/, '// wrong\n]}')],
	['thoughts that never end', (json) => `<think>\n${json}`],
	['one more row behind it', (json) => `${json}\n\nAlso:\n{"id":"z","n":1}`],
	['a removed line', (json) => `\`\`\`diff\n- ${json}\n\`\`\``],
	['two spellings of a key', (json) => json.replace(/\}$/, ',"Tags":["another"]}')],
];

test.each(TAKES_BACK)('any answer with %s is refused', (_name, mutate) => {
	fc.assert(
		fc.property(answer, (value) => {
			const text = mutate(JSON.stringify(value));
			const read = readAnswer(text, target);
			if (read.ok) throw new Error(`${text} is read as ${JSON.stringify(read.value)}`);
		}),
		RUNS,
	);
});

const encoded = (json: string, times: number): string =>
	times === 0 ? json : encoded(JSON.stringify(json), times - 1);

/** Ways to write a value that do not change it. */
const KEEPS: Array<[name: string, mutate: (value: Answer) => string]> = [
	[
		'its lists as texts',
		({ rows, tags }) =>
			JSON.stringify({ rows: JSON.stringify(rows), tags: encoded(JSON.stringify(tags), 1) }),
	],
	[
		'its rows as texts',
		({ rows, tags }) => JSON.stringify({ rows: rows.map((one) => JSON.stringify(one)), tags }),
	],
	['two layers of text', (value) => encoded(JSON.stringify(value), 2)],
	['a wrapper', (value) => JSON.stringify({ result: JSON.stringify(value) })],
	[
		'a call',
		(value) => JSON.stringify({ name: 'save_extraction', arguments: JSON.stringify(value) }),
	],
	['keys in another case', (value) => JSON.stringify({ Rows: value.rows, TAGS: value.tags })],
	[
		'a draft in closed thoughts',
		(value) => `<think>{"rows":[],"tags":["q"]}</think>${JSON.stringify(value)}`,
	],
	[
		'a draft that is called wrong',
		(value) => `Wrong:\n{"rows":[],"tags":["q"]}\n\nRight:\n${JSON.stringify(value)}`,
	],
];

test.each(KEEPS)('any answer with %s is itself, or refused', (_name, mutate) => {
	let count = 0;
	fc.assert(
		fc.property(answer, (value) => {
			const read = readAnswer(mutate(value), target);
			if (read.ok) {
				expect(read.value).toEqual(value);
				count += 1;
			}
		}),
		RUNS,
	);
	expect(count).toBeGreaterThan(RUNS.numRuns / 2);
});

const literal = fc
	.tuple(
		fc.constantFrom('', '-'),
		fc.stringMatching(/^(?:0|[1-9]\d{0,20})$/),
		fc.constantFrom('', '.0', '.50', '.500', '.125'),
		fc.constantFrom('', '', 'e3', 'E5', 'e+2', 'e-7'),
	)
	.map((parts) => parts.join(''));

test('digits of a text field stay as they were written, however deep', () => {
	fc.assert(
		fc.property(literal, fc.integer({ min: 0, max: 3 }), fc.boolean(), (digits, times, isInner) => {
			const rows = `[{"id": ${digits}}]`;
			const inner = isInner
				? `{"rows": ${JSON.stringify(rows)}, "tags": []}`
				: `{"rows": ${rows}, "tags": []}`;
			const read = readAnswer(encoded(inner, times), target);
			if (read.ok) expect(read.value).toEqual({ rows: [{ id: digits }], tags: [] });
			else expect(times).toBeGreaterThan(2);
		}),
		RUNS,
	);
});
