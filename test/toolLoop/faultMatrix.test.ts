import { z } from 'zod/v4';
import { defineTool, runToolLoop, type Step } from '../../core';
import type { Gateway } from '../../gateway';
import { openGateway } from '../support/openGateway';
import { openLoop } from '../support/runLoop';
import { supplied as suppliedNode, suppliedTool } from '../support/supplied';
import type { Fault } from './fault';
import { faults } from './faults';

/** Faults that nothing handles would hang: each test has seconds, not minutes. */
jest.setTimeout(15_000);

const outputSchema = z.object({
	output: z.unknown(),
	stopReason: z.string(),
	requests: z.number(),
	steps: z.array(z.custom<Step>()),
});
const bodySchema = z.object({
	messages: z.array(
		z.looseObject({
			role: z.string(),
			content: z.unknown(),
			tool_calls: z.array(z.object({ id: z.string() })).default([]),
			tool_call_id: z.string().optional(),
		}),
	),
});

function judge(
	fault: Fault,
	output: unknown,
	{ gateway, ran }: { gateway: Gateway; ran: string[] },
) {
	const result = outputSchema.parse(output);
	expect(result).toMatchObject({
		output: fault.output ?? 'Done.',
		stopReason: fault.stopReason ?? 'answered',
		requests: fault.requests,
	});
	expect(ran).toEqual(fault.ran);
	// The gateway refuses what a strict Claude-like endpoint would.
	const refused = gateway.requests.filter(({ status }) => status === 400);
	expect(refused).toHaveLength(fault.refused ?? 0);
	const history = bodySchema.parse(gateway.requests.at(-1)?.body).messages;
	const calls = history.flatMap(({ tool_calls }) => tool_calls.map(({ id }) => id));
	const answers = history.filter(({ role }) => role === 'tool');
	expect(answers.map(({ tool_call_id }) => tool_call_id)).toEqual(calls);
	expect(new Set(calls).size).toBe(calls.length);
	const told: unknown[] = answers.map(({ content }) => content);
	expect(told).toEqual(
		(fault.told ?? []).map((words): unknown =>
			typeof words === 'string' ? words : expect.stringMatching(words),
		),
	);
	expect(result.steps.map((step) => 'result' in step === 'error' in step)).toEqual(
		// Calls of a history have no steps in this run.
		fault.history ? [] : told.map(() => false),
	);
}

test('the matrix has at least 200 faults, each named once', () => {
	const names = faults.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.length).toBeGreaterThanOrEqual(200);
});

describe('in core', () => {
	test.each(faults)('$name', async (fault) => {
		const { gateway, client } = await openGateway(fault.script);
		const ran: string[] = [];
		const tools = fault.tools.map(({ name, schema, run }) =>
			defineTool({
				name,
				description: name,
				parameters: schema,
				execute: (args) => run(args, ran),
			}),
		);
		const asked = fault.history
			? {
					messages: [
						...fault.history.map((message) => ({ ...Object(message) })),
						{ role: 'user', content: 'Go' },
					],
				}
			: { prompt: 'Go' };
		const result = await runToolLoop(client, { ...asked, tools, ...fault.options });
		judge(fault, result, { gateway, ran });
	});
});

describe("in n8n's engine", () => {
	test.each(faults)('$name', async (fault) => {
		const { gateway, run } = await openLoop(fault.script);
		const ran: string[] = [];
		const supplied = fault.tools.map((tool) =>
			suppliedTool({ ...tool, run: async (args) => tool.run(args, ran) }),
		);
		if (fault.history) supplied.push(keptMemory(fault.history));
		const parameters = { options: toForm(fault.options) };
		const { last, error } = await run({ parameters, supplied });
		expect(error).toBeUndefined();
		expect(last).toHaveLength(1);
		judge(fault, last[0]?.json, { gateway, ran });
	});
});

/** A memory node that holds these messages. */
function keptMemory(history: unknown[]) {
	return suppliedNode('ai_memory', {
		chatHistory: {},
		loadMemoryVariables: async () => ({ chat_history: history }),
		saveContext: async () => undefined,
	});
}

/** The library counts milliseconds, the form seconds. */
function toForm(options: Fault['options'] = {}) {
	return Object.fromEntries(
		Object.entries(options).map(([key, value]) =>
			key.endsWith('Ms') ? [key.replace('Ms', 'Seconds'), Number(value) / 1000] : [key, value],
		),
	);
}
