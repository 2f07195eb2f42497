import fc from 'fast-check';
import { ERROR_KINDS } from '../../core';
import { optionsOf } from '../support/optionsOf';
import { isWholeSweep } from '../support/sweep';
import { openNode } from '../support/openNode';

/** What n8n may hand over in a field: of the right kind, of another, or broken. */
const json = fc.oneof(
	fc.json({ maxDepth: 2 }),
	fc.json({ maxDepth: 1 }).map((text) => text.slice(1)),
	fc.jsonValue({ maxDepth: 2 }),
);
const number = fc.oneof(
	fc.constantFrom(0, 1, -1, 0.5, 1.5, 3, 1e9, 1e308),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const words = fc.oneof(
	fc.string({ maxLength: 20 }),
	fc.constantFrom(
		'',
		' ',
		'auto',
		'none',
		'required',
		'tool',
		'__proto__',
		'\u0000',
		'https://x.y/a.png',
	),
);
const list = fc.oneof(fc.array(words, { maxLength: 6 }), fc.constant([]));
const any: fc.Arbitrary<unknown> = fc.oneof(
	...[json, number, words, list, fc.boolean(), fc.constant(null)],
);
/** Waits are left out: they would only be waited for. */
const WAITS = /Seconds$|PerMinute$/;

/** Four times of five what a person would give: else no form would come to a request. */
const mostly = (usual: unknown, other: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const rows = (row: Record<string, fc.Arbitrary<unknown>>) =>
	fc.oneof(any, fc.record({ values: fc.array(fc.record(row), { maxLength: 3 }) }));

const SCHEMA = '{"type":"object","properties":{"a":{"type":"string"}}}';
const form = {
	// n8n itself stumbles over one that is null.
	model: mostly(
		{ __rl: true, mode: 'id', value: 'claude-haiku-4-5' },
		any.filter((value) => value !== null),
	),
	maxTokens: mostly(64, any),
	prompt: mostly('Hello', words),
	text: mostly('Hello', any),
	systemMessage: mostly('', words),
	inputMode: fc.constantFrom('prompt', 'messages', 'json', 'other'),
	messages: mostly(
		{ values: [{ role: 'user', content: 'Hi' }] },
		rows({ role: words, content: words }),
	),
	messagesJson: mostly([{ role: 'user', content: 'Hi' }], json),
	schemaSource: fc.constantFrom('fields', 'example', 'jsonSchema', 'zod', 'other'),
	fields: mostly({ values: [{ name: 'a', type: 'string' }] }, rows({ name: words, type: words })),
	jsonExample: mostly('{"a":"b"}', json),
	jsonSchema: mostly(SCHEMA, json),
	zodSchema: mostly('z.object({ a: z.string() })', words),
	tools: mostly({}, rows({ name: words, type: words, url: words, jsonSchema: json })),
};

const RUNS = isWholeSweep ? 300 : 80;
const nodes = ['tokenHubChatCompletion', 'tokenHubToolCallLoop', 'tokenHubJsonExtract'] as const;

test.each(nodes)(
	'%s: whatever stands in its form, it answers or says what is wrong',
	async (type) => {
		const all = optionsOf(type).filter(({ name }) => !WAITS.test(name));
		const options = fc
			.uniqueArray(fc.constantFrom(...all), { maxLength: 3 })
			.chain((chosen) =>
				fc.record(Object.fromEntries(chosen.map(({ name, usual }) => [name, mostly(usual, any)]))),
			);
		let answered = 0;
		const { run, gateway } = await openNode({
			...{ type, base: {} },
			gateway: [() => ({ text: '{"a":"b"}' })],
		});
		await fc.assert(
			fc.asyncProperty(fc.record({ ...form, options }), async (parameters) => {
				const node = { onError: 'continueRegularOutput' as const };
				const { last, error } = await run(parameters, { node });
				// n8n itself does not start a node whose required fields are empty.
				if (error) return expect(error.message).toMatch(/node has issues/);
				const { error: said, details }: Record<string, unknown> = last[0]?.json ?? {};
				if (said === undefined) answered += 1;
				else expect(ERROR_KINDS).toContain(Reflect.get(Object(details), 'kind'));
				expect(said ?? '').not.toMatch(/undefined|is not a function|Cannot read/);
			}),
			{ seed: 20_261_121, numRuns: RUNS },
		);
		expect(gateway.requests.filter(({ status }) => status === 400)).toEqual([]);
		expect(answered).toBeGreaterThan(RUNS / 6);
	},
);
