import { defineTool, runToolLoop, type ToolLoopRequest } from '../../../core';
import { openGateway } from '../../support/openGateway';
import { keptIn, readWith, toldIn, type Next } from './scriptedReader';

const call = (tool: string, args: object) => ({ tool, args });

/** What the reading tools say of a result, one call after the other. */
async function asked(
	result: unknown,
	calls: ReadonlyArray<['read' | 'search', object]>,
	request: Partial<ToolLoopRequest> = {},
) {
	const next: Next = ([preview, ...answers]) => {
		const names = keptIn(preview);
		const [which, args] = calls[answers.length] ?? [];
		return which ? call(names[which], { result: names.name, ...args }) : 'Done.';
	};
	const { told, ran } = await readWith(result, next, {
		...{ toolResultLimit: 2_000, maxIterations: 50 },
		...request,
	});
	expect(ran.stopReason).toBe('answered');
	return { answers: told.slice(1), preview: told[0] ?? '', ran };
}

const lines = (count: number) =>
	Array.from({ length: count }, (_none, at) => `line number ${at + 1}`).join('\n');
const body = (answer = '') => answer.slice(answer.indexOf('\n') + 1);

describe('reading', () => {
	test('by characters goes from page to page as it is told, and gives all of the text', async () => {
		const text = `🎉${'aé🎉\r\n'.repeat(4_000)}end`;
		const { client } = await openGateway(({ messages }) => {
			const told = toldIn(messages);
			if (told.length === 0) return { toolCalls: [{ id: '', name: 'get', arguments: {} }] };
			const [, from] =
				/Read on with "from": (\d+)/.exec(told.length > 1 ? (told.at(-1) ?? '') : '') ?? [];
			if (told.length > 1 && from === undefined) return { text: 'Read.' };
			const args = { result: 'r1', ...(from === undefined ? {} : { from: Number(from) }) };
			return { toolCalls: [{ id: '', name: 'read_result', arguments: args }] };
		});
		const tool = defineTool({ name: 'get', description: 'Gets', execute: () => text });
		const { messages } = await runToolLoop(client, {
			...{ prompt: 'Go', tools: [tool], toolResultLimit: 2_000, maxIterations: 50 },
		});
		const [, ...pages] = toldIn(messages);
		expect(pages.length).toBeGreaterThan(5);
		expect(pages.map(body).join('')).toBe(text);
		for (const page of pages) {
			expect(page.length).toBeLessThanOrEqual(2_000);
			expect(page.isWellFormed()).toBe(true);
		}
	});

	test.each<[what: string, args: object, answer: string | RegExp]>([
		[
			'lines',
			{ fromLine: 3, toLine: 4 },
			/^\[r1: .*from line 3.*\]\nline number 3\nline number 4\n$/s,
		],
		['the last line', { fromLine: 900 }, /This is its end\.\]\nline number 900$/],
		['from the end of a page', { from: 10, to: 12 }, /\ner $/],
		[
			'lines beyond the end',
			{ fromLine: 901 },
			/^Nothing is there: r1 has \d+ characters in 900 lines\./,
		],
		['characters beyond the end', { from: 1e9 }, /^Nothing is there/],
		['backwards', { from: 20, to: 10 }, /^Nothing is there/],
		['both', { from: 1, fromLine: 1 }, /^Give characters .* or lines .*, not both\.$/],
		['a path in no JSON', { path: 'a' }, /is not JSON/],
		['line nought', { fromLine: 0 }, /do not fit the tool's schema/],
		['half a line', { fromLine: 1.5 }, /do not fit the tool's schema/],
	])('%s', async (_what, args, answer) => {
		const { answers } = await asked(lines(900), [['read', args]]);
		expect(answers[0]).toMatch(answer);
	});

	const odd = {
		'a.b': { 'say "hi"': 1, 'é🎉': ['x', { 'first name': 'Ada' }], '': 'empty', "it's": 'so' },
		__proto__x: 1,
		constructor: { prototype: 'text' },
		fill: 'x'.repeat(5_000),
		list: Array.from({ length: 300 }, (_none, at) => ({ at })),
		digits: [1],
	};
	const text = JSON.stringify(odd).replace(
		'"digits":[1]',
		'"digits":[12345678901234567890.10,1e400]',
	);
	test.each<[path: string, answer: string | RegExp]>([
		['["a.b"]["say \\"hi\\""]', '1'],
		["$['a.b'].é🎉[1]['first name']", 'Ada'],
		['["a.b"][""]', 'empty'],
		['["a.b"]["it\'s"]', 'so'],
		["['a.b']['it\\'s']", 'so'],
		['constructor.prototype', 'text'],
		['constructor.name', /There is no "name" in "constructor", which has "prototype"\.$/],
		['toString', /There is no "toString" in it, which has "a\.b", "__proto__x", "constructor"/],
		['list[299].at', '299'],
		['list.299', '{"at":299}'],
		['list[300]', /There is no "300" in "list", which has 300 entries, from 0\.$/],
		['list[1].at.more', /There is no "more" in "list\.1\.at", which has no fields or entries\.$/],
		['digits', '[12345678901234567890.10,1e400]'],
		['list[-1]', /is not a path/],
		['a..b', /is not a path/],
		['[', /is not a path/],
		['x'.repeat(5_000), /There is no "x+" in it/],
		['.a'.repeat(60), /is not a path/],
	])('the path %s', async (path, answer) => {
		const { answers } = await asked(text, [['read', { path }]]);
		const [said = ''] = answers;
		expect(said.length).toBeLessThanOrEqual(2_000);
		if (typeof answer === 'string') expect(body(said)).toBe(answer);
		else expect(said).toMatch(answer);
	});

	test('of duplicate names the last one counts, and the model is told', async () => {
		const twice = `{"a":1,"fill":"${'x'.repeat(3_000)}","a":{"b":2,"b":3}}`;
		const { answers } = await asked(twice, [['read', { path: 'a.b' }]]);
		expect(answers[0]).toMatch(
			/^\[A name in this path occurs 2 times in its object: this is the value of the last\.\]\n.*\n3$/s,
		);
	});

	test('the status of an HTTP answer stands before its JSON', async () => {
		const answer = new Response(JSON.stringify({ rows: [1, 2], fill: 'x'.repeat(3_000) }));
		const { answers, preview } = await asked(answer, [['read', { path: 'rows[1]' }]]);
		expect(preview).toMatch(/JSON, .*"rows" \(list of 2\), "fill" \(text\).*\nHTTP 200/s);
		expect(body(answers[0])).toBe('2');
	});

	test('letters that were escaped read as they are, and other escapes stay', async () => {
		const escaped = `{"name":"M\\u00fcller \\ud83c\\udf89 \\ud800 \\u0022 \\\\u00fc \\u0000","fill":"${'x'.repeat(3_000)}"}`;
		const { answers, preview } = await asked(escaped, [['search', { words: 'Müller' }]]);
		expect(preview).toContain('"Müller 🎉 \\ud800 \\u0022 \\\\u00fc \\u0000"');
		expect(answers[0]).toContain('characters 10 to 15, name:');
	});
});

describe('searching', () => {
	const rows = Array.from({ length: 500 }, (_none, id) => ({
		id,
		name: `Name ${id}`,
		city: id % 2 ? 'Köln' : 'Bonn',
	}));
	const text = JSON.stringify(rows);
	test.each<[what: string, args: object, answer: RegExp]>([
		[
			'a word in any case',
			{ words: 'NAME 77' },
			/^\[r1: places 1 to 1, the best first\.\]\nline 1, characters \d+ to \d+, \[77\]\.name:\n/,
		],
		['a number is a whole one', { words: '"7"' }, /\[7\]\.(id|name)/],
		[
			'a word that is there beside one that is not',
			{ words: 'köln zanzibar' },
			/\[Not in it at all: zanzibar\]/,
		],
		['nothing', { words: 'zanzibar' }, /^There is no place like that in "r1"\./],
		[
			'part of a word, where no word is like it',
			{ words: 'öln' },
			/places 1 to \d, .*There are more/,
		],
		['a few', { words: 'bonn', limit: 2 }, /places 1 to 2, .*There are more: set "skip": 2/],
		['the next ones', { words: 'bonn', limit: 1, skip: 3 }, /places 4 to 4, .*set "skip": 4/],
		['no more', { words: 'name 77', skip: 5 }, /^There is no further place/],
		[
			'an expression',
			{ regex: '"name":"Name 4\\d9"', limit: 50 },
			/places 1 to \d+, .*\[409\]\.name/s,
		],
		['in any case', { regex: '(?i)NAME 499' }, /\[499\]\.name/],
		['a look behind', { regex: '(?<="city":")K\\u00f6ln' }, /\[1\]\.city/],
		['letters of any script', { regex: '\\p{L}{2}ln' }, /\[1\]\.city/],
		['both', { words: 'a', regex: 'b' }, /^Give either/],
		['neither', {}, /^Give either/],
		['blanks', { words: ' \n' }, /^Give either/],
		['a back reference', { regex: '(a)\\1' }, /cannot be searched for: it contains something/],
		['what is none', { regex: '(a' }, /cannot be searched for: .*group/],
		['what matches nothing', { regex: 'a*' }, /matches the empty text/],
		['a long one', { regex: 'a'.repeat(1_001) }, /longer than 1000/],
		['a huge count', { regex: '(a{1000}){1000}' }, /cannot be searched for/],
		['too many hits', { words: 'a', limit: 51 }, /do not fit the tool's schema/],
	])('%s', async (_what, args, answer) => {
		const { answers } = await asked(text, [['search', args]]);
		expect(answers[0]).toMatch(answer);
		expect(answers[0]?.length).toBeLessThanOrEqual(2_000);
	});

	test.each([
		['doubles with each letter', '(a+)+$', 'a'.repeat(100_000) + 'b'],
		['tries every start', '(.*a){12}x', 'a'.repeat(100_000)],
		['has a state for every letter', '(a|b)*a(a|b){15}c', 'ab'.repeat(100_000)],
		['looks ahead everywhere', '(?=(a+)+b)c', 'a'.repeat(100_000)],
	])(
		'an expression that %s is searched for, or given up in words',
		async (_what, regex, hostile) => {
			const { answers } = await asked(hostile, [['search', { regex }]]);
			expect(answers[0]).toMatch(/no place like that|takes too long/);
		},
	);

	test.each([
		[
			'lines of CSV',
			`id,name\r\n${rows.map(({ id, name }) => `${id},${name}`).join('\r\n')}`,
			'^77,Name',
			'line 79, characters 914 to 914:\n77,Name 77',
		],
		['the first letter', `🎉x${'y'.repeat(40_000)}`, '^🎉', 'line 1, characters 1 to 1:'],
		['the last one', `${'y'.repeat(40_000)}🎉`, '🎉$', 'characters 40001 to 40001:'],
		['no end of a piece is one of a line', 'y'.repeat(40_000), '^y', 'places 1 to 1,'],
		[
			'at the border of two pieces',
			`${'y'.repeat(15_998)}needle${'y'.repeat(40_000)}`,
			'ne{2}dle',
			'characters 15999 to 15999:',
		],
	])('%s', async (_what, given, regex, answer) => {
		const { answers } = await asked(given, [['search', { regex }]]);
		expect(answers[0]).toContain(answer);
	});
});
