import type { DynamicStructuredTool } from '@langchain/core/tools';
import { StructuredToolkit } from 'n8n-core';
import { z } from 'zod/v4';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied, toolNode, type Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

/**
 * n8n before 2.30 writes the name of its node on a tool of its own copy of LangChain only, and wraps
 * schemas of its own copy of zod only. What n8n writes on these tools is lost, and their schema is not its.
 */
function unnamed(name: string, ran: unknown[]): DynamicStructuredTool {
	const schema = z.object({ amount: z.number() });
	const run = (args: object) => `${name}: ${ran.push(args)}`;
	const tool = langchainTool({ name, schema, run });
	tool.metadata = new Proxy({}, { set: () => true });
	return tool;
}

/** Also run by n8n's engine, as n8n's own tool nodes are. */
function toolOf(supplying: object, ran: unknown[]): Supplied {
	const made = supplied('ai_tool', supplying);
	const { execute } = toolNode('run', async ({ json }) => {
		ran.push({ node: made.type, json });
		return [{ json: { ran: made.type } }];
	}).nodeType;
	return { ...made, nodeType: { ...made.nodeType, execute } };
}

function reviewed(...behind: Supplied[]): Supplied[] {
	const review = toolNode('mailHitlTool', async () => [{ json: { data: { approved: true } } }]);
	review.nodeType.description.inputs = [{ type: 'ai_tool', displayName: 'Tool', required: true }];
	return [review, ...behind.map((node) => ({ ...node, to: review.type }))];
}

/** Calls one tool, then says what it has told. */
const calls =
	(name: string): Script =>
	({ messages }) =>
		JSON.stringify(messages).includes('"role":"tool"')
			? { text: `Told: ${textOf(messages.at(-1)?.content)}` }
			: { toolCalls: [{ name, arguments: { amount: 5 } }] };

describe('a review of a tool on which n8n writes no node', () => {
	const kit = (tools: DynamicStructuredTool[]) =>
		Object.assign(new StructuredToolkit([]), { tools });
	const rows: Array<[string, names: string[][]]> = [
		['a tool', [['pay']]],
		['a toolkit', [['look', 'pay']]],
		['the first of several', [['pay'], ['look']]],
		['the last of several, among toolkits', [['look', 'find'], ['ask'], ['send', 'pay']]],
	];
	test.each(rows)('is asked, and then the tool runs: %s', async (_what, names) => {
		const ran: unknown[] = [];
		const behind = names.map((of) => {
			const [only, ...others] = of.map((name) => unnamed(name, ran));
			return toolOf(only && others.length > 0 ? kit([only, ...others]) : (only ?? {}), ran);
		});
		const wanted = behind[names.findIndex((of) => of.includes('pay'))]?.type;
		const { run, bodies } = await openLoop(calls('pay'));
		const items = [{ who: 'Ada' }, { who: 'Bob' }];
		const { last, error, run: whole } = await run({ supplied: reviewed(...behind), items });
		expect(error).toBeUndefined();
		expect(bodies()[0]?.tools).toHaveLength(names.flat().length);
		expect(ran).toEqual(
			items.map(() => ({ node: wanted, json: expect.objectContaining({ amount: 5 }) })),
		);
		expect(whole?.data.resultData.runData['test.mailHitlTool']).toHaveLength(items.length);
		expect(last.map(({ json }) => json.output)).toEqual(
			items.map(() => expect.stringContaining(`"ran":"${wanted}"`)),
		);
	});

	test('is refused before a request is paid for if two nodes behind it have that tool', async () => {
		const ran: unknown[] = [];
		const behind = [toolOf(unnamed('pay', ran), ran), toolOf(unnamed('pay', ran), ran)];
		const { run, bodies } = await openLoop(calls('pay'));
		const { error } = await run({ supplied: reviewed(...behind) });
		expect(error?.message).toMatch(/does not say which tool is behind the human review of "pay"/);
		expect([ran, bodies()]).toEqual([[], []]);
	});
});

test('a review of something that is no tool is refused: the answer would be another without it', async () => {
	const ran: unknown[] = [];
	const { run, bodies } = await openLoop(calls('pay'));
	const { error } = await run({ supplied: reviewed(toolOf({}, ran)) });
	expect(error?.message).toMatch(/behind the human review of "test.mailHitlTool"/);
	expect(bodies()).toEqual([]);
});

test('Image Tools may name a tool on which n8n writes no node', async () => {
	const ran: unknown[] = [];
	const { run } = await openLoop(calls('pay'));
	const pay = toolOf(unnamed('pay', ran), ran);
	await run({ supplied: [pay], parameters: { options: { imageTools: ['pay'] } } });
	expect(ran).toEqual([{ node: pay.type, json: expect.objectContaining({ amount: 5 }) }]);
});
