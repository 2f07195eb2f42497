import { z } from 'zod/v4';
import { extract, streamExtract, type ExtractRequest } from '../../core';
import { countVotes } from '../../core/extract/samples/votes';
import { inOneGo } from '../../core/lib/steps';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const votesOf = (...answers: unknown[]) => inOneGo(countVotes(answers.map((value) => ({ value }))));
const leavesOf = (...answers: unknown[]) =>
	Object.fromEntries(votesOf(...answers).leaves.map(({ path, votes }) => [path.join('/'), votes]));

describe('votes', () => {
	test.each<[name: string, answers: unknown[], value: unknown, votes: Record<string, number>]>([
		['one answer', [{ a: 1 }], { a: 1 }, { a: 1 }],
		['all agree', [{ a: 1 }, { a: 1 }], { a: 1 }, { a: 2 }],
		['a tie keeps the first', [{ a: 1 }, { a: 2 }], { a: 1 }, { a: 1 }],
		[
			'two of three',
			[
				{ a: 1, b: 5 },
				{ a: 2, b: 5 },
				{ a: 2, b: 5 },
			],
			{ a: 2, b: 5 },
			{ a: 2, b: 3 },
		],
		[
			'each field by itself',
			[
				{ a: 1, b: 9, c: 1 },
				{ a: 1, b: 2, c: 7 },
				{ a: 8, b: 2, c: 1 },
			],
			{ a: 1, b: 2, c: 1 },
			{ a: 2, b: 2, c: 2 },
		],
		['texts in another case', [{ a: 'EUR ' }, { a: 'eur' }], { a: 'EUR ' }, { a: 2 }],
		[
			'a date in other words',
			[{ a: '2026-11-27' }, { a: '27 November 2026' }],
			{ a: '2026-11-27' },
			{ a: 2 },
		],
		[
			'an amount in other digits',
			[{ a: '1,234.50' }, { a: '1234.5' }],
			{ a: '1,234.50' },
			{ a: 2 },
		],
		['two signs', [{ a: '✓' }, { a: '✗' }], { a: '✓' }, { a: 1 }],
		['null and missing', [{ a: null }, {}], { a: null }, { a: 2 }],
		['a key like a prototype', [{ toString: 'x' }, {}], { toString: 'x' }, { toString: 1 }],
		[
			'rows in another order',
			[
				{
					rows: [
						{ id: 'A', n: 1 },
						{ id: 'B', n: 2 },
					],
				},
				{
					rows: [
						{ id: 'B', n: 2 },
						{ id: 'A', n: 1 },
					],
				},
			],
			{
				rows: [
					{ id: 'A', n: 1 },
					{ id: 'B', n: 2 },
				],
			},
			{ 'rows/0/id': 2, 'rows/0/n': 2, 'rows/1/id': 2, 'rows/1/n': 2 },
		],
		[
			'a row that one has not',
			[
				{
					rows: [
						{ id: 'A', n: 1 },
						{ id: 'B', n: 2 },
						{ id: 'C', n: 3 },
					],
				},
				{
					rows: [
						{ id: 'A', n: 1 },
						{ id: 'C', n: 3 },
					],
				},
			],
			{
				rows: [
					{ id: 'A', n: 1 },
					{ id: 'B', n: 2 },
					{ id: 'C', n: 3 },
				],
			},
			{
				'rows/0/id': 2,
				'rows/0/n': 2,
				'rows/1/id': 1,
				'rows/1/n': 1,
				'rows/2/id': 2,
				'rows/2/n': 2,
			},
		],
		[
			'equal rows are counted one by one',
			[{ rows: ['x', 'x', 'x'] }, { rows: ['x', 'x'] }],
			{ rows: ['x', 'x', 'x'] },
			{ 'rows/0': 2, 'rows/1': 2, 'rows/2': 1 },
		],
		[
			'a field of a row by majority',
			[{ rows: [{ id: 'A', n: 1 }] }, { rows: [{ id: 'A', n: 7 }] }, { rows: [{ id: 'A', n: 7 }] }],
			{ rows: [{ id: 'A', n: 7 }] },
			{ 'rows/0/id': 3, 'rows/0/n': 2 },
		],
	])('%s', (_name, answers, value, votes) => {
		expect(votesOf(...answers).value).toEqual(value);
		expect(leavesOf(...answers)).toEqual(votes);
	});

	test('entries that another answer has more are told', () => {
		expect(votesOf({ rows: [1] }, { rows: [1, 2] }, { rows: [1, 2] })).toMatchObject({
			value: { rows: [1, 2] },
			longer: [],
		});
		expect(votesOf({ rows: [1] }, { rows: [1, 2] })).toMatchObject({ value: { rows: [1, 2] } });
		expect(votesOf({ rows: [1, 2] }, { rows: [1, 2] }, { rows: [1, 2, 3, 4] })).toMatchObject({
			value: { rows: [1, 2] },
			longer: ['/rows'],
		});
	});

	test('on a tie, a record of which the text says nothing is left out', () => {
		const text = { votes: new Map(), unsaid: new Set(['/rows/1']) };
		const more = { value: { rows: [{ a: 'x' }, { a: 'y' }] }, text };
		const less = { value: { rows: [{ a: 'x' }] } };
		expect(inOneGo(countVotes([more, less]))).toMatchObject({
			...{ value: less.value, longer: [], unsaid: ['/rows'] },
		});
		expect(inOneGo(countVotes([{ value: more.value }, less])).value).toEqual(more.value);
		expect(inOneGo(countVotes([more, more, less])).value).toEqual(more.value);
	});

	test('long lists without a likeness are not compared pair by pair', () => {
		const rows = (mark: string) => Array.from({ length: 3_000 }, (_, n) => ({ id: `${mark}${n}` }));
		expect(votesOf({ rows: rows('a') }, { rows: rows('b') }).leaves[0]?.votes).toBe(1);
	});
});

const schema = {
	type: 'object',
	properties: {
		vendor: { type: 'string' },
		total: { type: 'number' },
		kind: { enum: ['invoice', 'reminder'] },
	},
	required: ['vendor', 'total', 'kind'],
	additionalProperties: false,
};
const text = 'Invoice of Nordlicht GmbH. Total: 448.00 EUR';
const right = { vendor: 'Nordlicht GmbH', total: 448, kind: 'invoice' };

/** Answers one after another; the last one for good. */
const answering = (answers: unknown[]): Script => {
	let asked = 0;
	return () => {
		const answer = answers[Math.min(asked, answers.length - 1)];
		asked += 1;
		return { toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(answer) }] };
	};
};

async function sampled(answers: unknown[], more: Partial<ExtractRequest> = {}) {
	const { client, bodies } = await openGateway(answering(answers), { maxRetries: 0 });
	const result = await extract(client, { text, schema, samples: 3, maxRepairs: 0, ...more });
	return { ...result, asked: bodies().length };
}

describe('samples', () => {
	test('one answer is enough where the text says it all', async () => {
		const result = await sampled([right]);
		expect(result).toMatchObject({ output: right, needsReview: false, asked: 1, requests: 1 });
		expect(result.confidence).toEqual({ '/vendor': 1, '/total': 1, '/kind': 1 });
	});

	test('a value that the text does not say is asked for again, and voted on', async () => {
		const result = await sampled([{ ...right, total: 484 }, right]);
		expect(result).toMatchObject({ output: right, needsReview: false, asked: 2, requests: 2 });
		expect(result.attempts).toHaveLength(2);
		expect(result.confidence).toEqual({ '/vendor': 1, '/total': 0.8, '/kind': 1 });
	});

	test.each([
		[
			'one of which the text says nothing is left out',
			{ vendor: 'Delivery Ltd', total: 4.93 },
			false,
		],
		[
			'one of which it says a name is kept, and looked at',
			{ vendor: 'Nordlicht', total: 4.93 },
			true,
		],
	])('of records that one answer has more, %s', async (_what, more, isKept) => {
		const rows = { type: 'array', items: { ...schema, required: ['vendor', 'total'] } };
		const list = { type: 'object', properties: { rows }, required: ['rows'] };
		const { kind: _kind, ...first } = right;
		const [short, long] = [{ rows: [first] }, { rows: [first, more] }];
		const result = await sampled([long, short], { schema: list, samples: 2 });
		expect(result).toMatchObject({ output: isKept ? long : short, needsReview: isKept, asked: 2 });
		if (!isKept) {
			expect(result.warnings).toEqual([
				'samples disagree on /rows: another answer has an entry of which the text says nothing',
			]);
		}
	});

	test('nothing is asked that can change nothing', async () => {
		const wrong = { ...right, total: 484 };
		const three = await sampled([wrong, wrong, right]);
		expect(three).toMatchObject({ output: wrong, needsReview: true, asked: 2 });
		// Three of five may still say something else.
		const five = await sampled([wrong, wrong, right, right, right], { samples: 5 });
		expect(five).toMatchObject({ output: right, needsReview: false, asked: 4 });
	});

	test('of three other values, the one that the text says is taken', async () => {
		const values = [{ ...right, total: 484 }, { ...right, total: 844 }, right];
		const result = await sampled(values);
		expect(result).toMatchObject({ output: right, needsReview: true, asked: 3 });
		expect(result.confidence?.['/total']).toBe(0.67);
	});

	test('what stays in doubt is for a person', async () => {
		const result = await sampled([
			{ ...right, total: 1 },
			{ ...right, total: 2 },
			{ ...right, total: 3 },
		]);
		expect(result).toMatchObject({ output: { total: 1 }, needsReview: true, asked: 3 });
		expect(result.confidence?.['/total']).toBe(0.25);
	});

	test('pictures have no text that votes', async () => {
		const image = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')}`;
		const result = await sampled([right], { text: undefined, images: [image], samples: 2 });
		expect(result).toMatchObject({ needsReview: false, asked: 1 });
		expect(result.confidence).toEqual({ '/vendor': 0.75, '/total': 0.75, '/kind': 0.75 });
	});

	test('a second answer that fails costs nothing of the first', async () => {
		const result = await sampled([{ ...right, total: 484 }, { no: 'idea' }], { samples: 2 });
		expect(result).toMatchObject({ output: { total: 484 }, needsReview: true, requests: 2 });
		expect(result.warnings).toEqual([expect.stringMatching(/^sample 2 of 2: No valid value/)]);
	});

	test('Max Cost ends the asking, with a word', async () => {
		const result = await sampled([{ ...right, total: 484 }], {
			maxCostUsd: 0.012,
			maxTokens: 500,
			model: 'anthropic/claude-sonnet-4-6',
		});
		expect(result.output).toEqual({ ...right, total: 484 });
		expect(result.costUsd ?? 1).toBeLessThan(0.012);
		expect(result.asked).toBeGreaterThan(0);
	});

	test('zod refinements hold for what is put together', async () => {
		const answers = [
			{ a: 1, b: 1 },
			{ a: 2, b: 1 },
			{ a: 2, b: 3 },
		];
		const pair = z
			.object({ a: z.number(), b: z.number() })
			.refine(({ a, b }) => a + b !== 3 || a === 2);
		const result = await sampled(answers, { schema: pair, text: 'nothing of it' });
		expect(pair.safeParse(result.output).success).toBe(true);
		expect(result.needsReview).toBe(true);
	});

	test.each<[Partial<ExtractRequest>, string]>([
		[{ samples: 0 }, '/samples'],
		[{ samples: 6 }, '/samples'],
		[{ samples: 1.5 }, '/samples'],
		[{ samples: 2, temperature: 0 }, '/samples'],
	])('%j is refused', async (more, path) => {
		const { client, bodies } = await openGateway();
		const error = await failure(extract(client, { text, schema, ...more }));
		expect(error).toMatchObject({ kind: 'badConfig', details: { failures: [{ path }] } });
		expect(bodies()).toEqual([]);
	});

	test('a stream tells the records of the first answer, and its result is the vote', async () => {
		const rows = {
			type: 'object',
			properties: { rows: { type: 'array', items: { type: 'string' } } },
			required: ['rows'],
		};
		const { client } = await openGateway(
			answering([{ rows: ['Nordlicht', 'Unknown'] }, { rows: ['Nordlicht'] }]),
		);
		const events = [];
		for await (const event of streamExtract(client, { text, schema: rows, samples: 2 }))
			events.push(event);
		const told = events.flatMap((event) => (event.type === 'record' ? [event.value] : []));
		expect(told).toEqual(['Nordlicht', 'Unknown']);
		expect(events.at(-1)).toMatchObject({ type: 'done', result: { needsReview: true } });
	});
});

describe('records of a text in any order of words', () => {
	const people = z.object({
		people: z.array(z.object({ name: z.string(), age: z.number(), height: z.number() })),
	});
	const asked = async (text: string, answer: unknown) => {
		const { client, bodies } = await openGateway(() => ({
			toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(answer) }],
		}));
		const result = await extract(client, { text, schema: people, samples: 3 });
		return { requests: bodies().length, needsReview: result.needsReview };
	};

	test('are no reason for doubt, where no value could be taken for the other', async () => {
		const text = 'Bob is 34 and 181 cm tall. At 29 and 168 cm, Alice is the youngest.';
		const right = [
			{ name: 'Bob', age: 34, height: 181 },
			{ name: 'Alice', age: 29, height: 168 },
		];
		expect(await asked(text, { people: right })).toEqual({ requests: 1, needsReview: false });
	});

	test.each([
		['of two records exchanged', [34, 168], [29, 181]],
		['of one record exchanged', [34, 181], [168, 29]],
	])('numbers %s by every answer are to be looked at', async (_how, [a, b], [c, d]) => {
		const text = 'Bob: 34 years, 181 cm\nAlice: 29 years, 168 cm';
		const wrong = [
			{ name: 'Bob', age: a, height: b },
			{ name: 'Alice', age: c, height: d },
		];
		expect(await asked(text, { people: wrong })).toEqual({ requests: 2, needsReview: true });
	});
});
