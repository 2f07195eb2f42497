import { z } from 'zod/v4';
import {
	defineTool,
	runToolLoop,
	type ResumeState,
	type Tool,
	type ToolLoopOptions,
	type ToolLoopRequest,
} from '../../core';
import type { Script } from '../../gateway';
import { isRecord } from '../../core/lib/isRecord';
import { openGateway } from '../support/openGateway';

/** What the loop hands out is the caller's own: whatever becomes of it, the run goes on as it was. */

const call = (name: string, n: unknown, id: string) => ({ id, name, arguments: { n } });
/** Reads the conversation alone: two turns with calls, of which the second waits, and an answer. */
const script: Script = ({ messages }) =>
	[
		{ toolCalls: [call('act', 1, 'a'), call('act', 2, 'b')] },
		{ toolCalls: [call('act', 3, 'c'), call('pay', 4, 'd'), call('ask', 5, 'e')] },
		{ text: 'Done.' },
	][messages.filter(({ role }) => role === 'assistant').length] ?? { status: 500 };

const parameters = z.object({ n: z.number() });
function toolsThat(ran: unknown[], needsApproval: Tool['needsApproval'] = true): Tool[] {
	const execute = ({ n }: { n: number }) => {
		ran.push(n);
		return { n, list: [{ n }] };
	};
	return [
		defineTool({ name: 'act', description: 'Acts', parameters, execute }),
		defineTool({ name: 'pay', description: 'Pays', parameters, execute, needsApproval }),
		defineTool({ name: 'ask', description: 'Asks', parameters }),
	];
}

/** Overwrites all that can be overwritten. */
function harm(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	for (const inner of Object.values(value)) harm(inner);
	if (Array.isArray(value)) value.reverse();
	for (const key of Object.keys(value)) {
		const old: unknown = Reflect.get(value, key);
		if (typeof old === 'string') Reflect.set(value, key, 'HARM');
		if (typeof old === 'number') Reflect.set(value, key, 99);
		if (typeof old === 'boolean') Reflect.set(value, key, !old);
	}
}

interface Callbacks extends Pick<ToolLoopOptions, 'onCheckpoint' | 'onEvent'> {
	needsApproval?: Tool['needsApproval'];
	stopWhen?: ToolLoopRequest['stopWhen'];
	beforeTurn?: ToolLoopRequest['beforeTurn'];
	/** Gets the result at which it waits, and what is to be resumed. */
	between?: (result: unknown) => void;
}

async function toTheEnd(given: Callbacks = {}) {
	const { onCheckpoint, onEvent, needsApproval, between, ...rest } = given;
	const ran: unknown[] = [];
	const { client, bodies } = await openGateway(script);
	const request = { tools: toolsThat(ran, needsApproval), ...rest };
	const options = { onCheckpoint, onEvent };
	const { resume, ...stopped } = await runToolLoop(client, { prompt: 'Go', ...request }, options);
	const { pendingToolCalls } = structuredClone(stopped);
	between?.(stopped);
	if (!resume) throw new Error('the loop did not stop');
	const results = [
		{ callId: 'd', approved: true },
		{ callId: 'e', result: 'yes' },
	];
	const state = { ...resume, results };
	const before = JSON.stringify(state);
	const result = await runToolLoop(client, { ...request, resume: state }, options);
	expect(JSON.stringify(state)).toBe(before);
	const { output, stopReason, messages, usage, costUsd } = result;
	const steps = result.steps.map(({ durationMs: _ms, ...step }) => step);
	return {
		output,
		stopReason,
		messages,
		usage,
		costUsd,
		steps,
		pendingToolCalls,
		ran,
		bodies: bodies(),
	};
}

test.each<[what: string, callbacks: Callbacks]>([
	['onCheckpoint', { onCheckpoint: harm }],
	['onCheckpoint, later', { onCheckpoint: async (state) => setTimeout(() => harm(state), 0) }],
	['onEvent', { onEvent: harm }],
	[
		'stopWhen',
		{ stopWhen: (state) => void [harm(state), harm(state.steps), harm(state.messages)] },
	],
	['beforeTurn', { beforeTurn: (state) => [harm(state), harm(state.messages)][2] }],
	['needsApproval', { needsApproval: (args) => [harm(args)].length > 0 }],
	['the result that waits', { between: harm }],
])('%s may do anything with what it gets', async (_what, callbacks) => {
	expect(await toTheEnd(callbacks)).toEqual(await toTheEnd());
});

test('a state that is kept as it is given stays what it was', async () => {
	const kept: Array<{ state: ResumeState; text: string }> = [];
	const { client } = await openGateway(script);
	await runToolLoop(
		client,
		{ prompt: 'Go', tools: toolsThat([]), contextTokens: 60, contextMode: 'stubs' },
		{ onCheckpoint: (state) => kept.push({ state, text: JSON.stringify(state) }) },
	);
	expect(kept.length).toBeGreaterThan(3);
	for (const { state, text } of kept) expect(JSON.stringify(state)).toBe(text);
});

test('a state and what it is resumed with may be frozen', async () => {
	const freeze = (value: unknown) => {
		if (isRecord(value) || Array.isArray(value))
			Object.values(Object.freeze(value)).forEach(freeze);
	};
	const frozen = await toTheEnd({ between: freeze, onCheckpoint: freeze, onEvent: freeze });
	expect(frozen).toEqual(await toTheEnd());
});

describe('arguments that a schema makes something else of', () => {
	class Money {
		constructor(readonly cents: number) {}
	}
	test.each<[what: string, parameters: z.ZodType | undefined, given: unknown, shown: unknown]>([
		['a date', z.object({ n: z.coerce.date() }), '2026-11-28', { n: '2026-11-28T00:00:00.000Z' }],
		['a large number', z.object({ n: z.string().transform(BigInt) }), '12', { n: '12' }],
		[
			'an instance',
			z.object({ n: z.number().transform((n) => new Money(n)) }),
			5,
			{ n: { cents: 5 } },
		],
		[
			'a function',
			z.object({ n: z.number() }).transform(
				({ n }) =>
					() =>
						n,
			),
			5,
			{ n: 5 },
		],
		['nothing', z.undefined(), undefined, {}],
	])('%s: shown as JSON, and the same call runs', async (_what, schema, given, shown) => {
		const seen: unknown[] = [];
		const gate = (args: unknown) => [seen.push(args)].length > 0;
		const ran: unknown[] = [];
		const pay = defineTool({
			...{ name: 'pay', description: 'Pays', parameters: schema, needsApproval: gate },
			execute: (args: unknown) => [ran.push(args)].length,
		});
		const { client } = await openGateway([
			{ toolCalls: [call('pay', given, 'p')] },
			{ text: 'Done.' },
		]);
		const first = await runToolLoop(client, { prompt: 'Go', tools: [pay] });
		expect(first.pendingToolCalls).toMatchObject([{ arguments: shown }]);
		const resume: ResumeState = JSON.parse(JSON.stringify(first.resume));
		for (const pending of resume.pending) Reflect.deleteProperty(pending, 'needsApproval');
		resume.results = [{ callId: 'p', approved: true }];
		expect(await runToolLoop(client, { tools: [pay], resume })).toMatchObject({ output: 'Done.' });
		expect(ran).toHaveLength(1);
		// Also after a resume, the gate judges what would run.
		expect(seen.length).toBeGreaterThan(1);
		for (const args of seen) expect(typeof args).toBe(typeof ran[0]);
		expect(seen.map((args) => String(Object(args).n))).toEqual(
			seen.map(() => String(Object(ran[0]).n)),
		);
	});
});

test.each([150, 196, 198, 200])(
	'a result %i levels deep can be resumed, nested loops aside',
	async (depth) => {
		let deep: unknown = 1;
		for (let at = 0; at < depth; at += 1) deep = [deep];
		const { client } = await openGateway([
			{ toolCalls: [call('act', 1, 'a')] },
			{ toolCalls: [call('ask', 1, 'b')] },
			{ text: 'Done.' },
			{ text: 'Done.' },
		]);
		const act = { name: 'act', description: 'Acts', parameters, execute: () => deep };
		const tools = [defineTool(act), defineTool({ name: 'ask', description: 'Asks', parameters })];
		const { resume } = await runToolLoop(client, { prompt: 'Go', tools });
		const state = resume && { ...resume, results: [{ callId: 'b', result: deep }] };
		expect(await runToolLoop(client, { tools, resume: state })).toMatchObject({ output: 'Done.' });
	},
);

test('with tool search, a turn that forces a tool offers it, and a resumed loop sends the same', async () => {
	const tools = ['one', 'two', 'three'].map((name) =>
		defineTool({ name, description: name, parameters, execute: () => name }),
	);
	const forcing: Script = ({ messages }) =>
		[
			{ toolCalls: [call('two', 1, 'a')] },
			{ toolCalls: [call('three', 1, 'b')] },
			{ text: 'Done.' },
		][messages.filter(({ role }) => role === 'assistant').length] ?? { status: 500 };
	const beforeTurn: ToolLoopRequest['beforeTurn'] = ({ iterations }) =>
		[{ toolChoice: { name: 'two' } }, { tools: ['three'] }][iterations];
	const request = { tools, toolSearch: 'on' as const, beforeTurn };
	const states: ResumeState[] = [];
	const whole = await openGateway(forcing);
	await runToolLoop(
		whole.client,
		{ prompt: 'Go', ...request },
		{ onCheckpoint: (state) => states.push(state) },
	);
	const bodies = whole.bodies();
	expect(bodies).toMatchObject([
		{
			tool_choice: { function: { name: 'two' } },
			tools: [{ function: { name: 'search_tools' } }, { function: { name: 'two' } }],
		},
		{ tools: [{ function: { name: 'three' } }] },
		{ tools: [{}, { function: { name: 'two' } }] },
	]);
	for (const resume of states) {
		const again = await openGateway(forcing);
		await runToolLoop(again.client, { ...request, resume });
		const sent = again.bodies();
		const isUnknown = resume.unfinished?.some(({ begun }) => begun);
		if (!isUnknown) expect(sent).toEqual(bodies.slice(bodies.length - sent.length));
	}
});
