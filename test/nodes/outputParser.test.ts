import { z } from 'zod/v3';
import type { Reply } from '../../gateway';
import { openNode } from '../support/openNode';
import { supplied } from '../support/supplied';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ prompt: 'How old is Ada?', maxTokens: 64 },
};
const value = z.object({ age: z.number() });
const wrong: Reply = { text: '{"age":"unknown"}' };
const right: Reply = { text: '{"age":36}' };

async function run(parser: unknown, options = {}) {
	const opened = await openNode({
		...{ type: 'tokenHubToolCallLoop', base },
		gateway: [[wrong, right]],
	});
	const ran = await opened.run({ options }, { supplied: [supplied('ai_outputParser', parser)] });
	return { ran, requests: opened.bodies().length };
}

/** As n8n's Structured Output Parser is made, version by version. */
test.each([
	['since 1.3', { schema: z.object({ output: value }) }],
	['before 1.3', { schema: z.object({ output: value.optional() }) }],
	['with Auto-Fix', { outputParser: { schema: z.object({ output: value }) } }],
])('the schema of a connected parser is that of the output: %s', async (_name, parser) => {
	const { ran, requests } = await run(parser);
	expect(ran.last[0]?.json.output).toEqual({ age: 36 });
	// The first answer was corrected.
	expect(requests).toBe(2);
});

test.each<[string, unknown, object, RegExp]>([
	['another parser', { schema: undefined }, {}, /parser has no schema/],
	[
		'the parser of version 1',
		{ schema: z.object({ __structured__output: value }) },
		{},
		/no schema/,
	],
	[
		'two schemas',
		{ schema: z.object({ output: value }) },
		{ outputSchema: '{"type":"object"}' },
		/two schemas: Output Schema/,
	],
])('%s: refused unpaid', async (_name, parser, options, words) => {
	const { ran, requests } = await run(parser, options);
	expect(ran.error?.message).toMatch(words);
	expect(requests).toBe(0);
});

test('how the output was read is named, and what the model says of it', async () => {
	const opened = await openNode({
		...{ type: 'tokenHubToolCallLoop', base },
		gateway: [[{ text: '{"age": "36", // TODO verify\n}' }]],
	});
	const { last } = await opened.run({ options: { outputSchema: AGE } });
	expect(last[0]?.json.output).toEqual({ age: 36 });
	expect(last[0]?.json.warnings).toEqual(
		expect.arrayContaining([
			'final answer: remark /age: TODO verify',
			'final answer: coerced /age: text to number',
		]),
	);
});

test('another value beside it is asked about', async () => {
	const opened = await openNode({
		...{ type: 'tokenHubToolCallLoop', base },
		gateway: [[{ text: '{"age": 35 // or 36?\n}' }, right]],
	});
	const { last } = await opened.run({ options: { outputSchema: AGE } });
	expect(last[0]?.json.output).toEqual({ age: 36 });
	expect(opened.bodies()).toHaveLength(2);
});

const AGE = '{"type":"object","properties":{"age":{"type":"number"}},"required":["age"]}';
