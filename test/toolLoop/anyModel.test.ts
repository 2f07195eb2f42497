import fc from 'fast-check';
import { z } from 'zod/v4';
import { defineTool, runToolLoop, STOP_REASONS } from '../../core';
import type { Reply } from '../../gateway';
import { openGateway } from '../support/openGateway';
import { casesOf } from '../support/sweep';

/** Whatever a model may say: calls with any name, id and arguments, in any number, any finish. */
const name = fc.oneof(
	fc.constantFrom('add', 'odd.tool', 'odd_tool', 'ask', '__proto__', 'constructor', ''),
	fc.string({ maxLength: 80 }),
);
const args = fc.oneof(
	fc.record({ a: fc.oneof(fc.integer(), fc.string()) }).map((value) => JSON.stringify(value)),
	fc.json({ maxDepth: 2 }),
	fc.json({ maxDepth: 1 }).map((text) => text.slice(0, -1)),
	fc.json({ maxDepth: 1 }).map((text) => JSON.stringify(text)),
	fc.string({ maxLength: 30, unit: 'binary' }),
);
const call = fc.record({
	id: fc.oneof(fc.constantFrom('', 'x', 'y'), fc.string({ maxLength: 12 })),
	name,
	arguments: args,
});
const reply: fc.Arbitrary<Reply> = fc.record({
	text: fc.constantFrom('', 'Well …', 'Done.'),
	toolCalls: fc.array(call, { maxLength: 4 }),
	finishReason: fc.constantFrom('stop', 'tool_calls', 'tool_calls', 'tool_calls', 'length'),
});

const tools = [
	defineTool({
		name: 'add',
		description: 'Adds',
		parameters: z.object({ a: z.number() }),
		execute: ({ a }) => (a % 2 === 0 ? a : Promise.reject(new Error('odd'))),
	}),
	defineTool({
		name: 'odd.tool',
		description: 'Odd',
		parameters: z.object({ a: z.unknown() }),
		execute: () => ({ n: 1n }),
		maxCalls: 2,
	}),
	defineTool({
		name: 'odd_tool',
		description: 'Plain',
		parameters: z.object({}),
		execute: () => '',
	}),
	defineTool({ name: 'ask', description: 'Asks', parameters: z.object({ a: z.string() }) }),
];

const historySchema = z.array(
	z.looseObject({
		role: z.string(),
		tool_calls: z.array(z.looseObject({ id: z.string() })).optional(),
		tool_call_id: z.string().optional(),
	}),
);

test('no model makes the loop throw, hang, or send a history that a strict endpoint refuses', async () => {
	const property = fc.asyncProperty(
		fc.array(reply, { minLength: 1, maxLength: 5 }),
		async (replies) => {
			const { client, gateway } = await openGateway(
				(_body, n) => replies[n % replies.length] ?? {},
			);
			const limits = { maxIterations: 4, repeatLimit: 2, maxToolCalls: 12, toolResultLimit: 200 };
			let result = await runToolLoop(client, { prompt: 'Go', tools, ...limits });
			for (let stops = 0; result.resume && stops < 6; stops += 1) {
				const resume = structuredClone(result.resume);
				resume.results = resume.pending.map(({ callId }) => ({ callId, result: 'yes' }));
				result = await runToolLoop(client, { tools, resume, ...limits });
			}
			expect(STOP_REASONS).toContain(result.stopReason);
			expect(gateway.requests.map(({ status }) => status)).not.toContain(400);
			expect(result.requests).toBe(gateway.requests.length);
			const history = historySchema.parse(result.messages);
			const calls = history.flatMap(({ tool_calls: made = [] }) => made.map(({ id }) => id));
			const answers = history.flatMap(({ tool_call_id: id }) => (id === undefined ? [] : [id]));
			expect(answers).toEqual(calls);
			expect(result.steps.map(({ callId }) => callId)).toEqual(calls);
			await gateway.close();
		},
	);
	await fc.assert(property, { numRuns: casesOf(150), seed: 20_261_121 });
});
