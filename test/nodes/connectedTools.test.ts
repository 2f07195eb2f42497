import { z as z4 } from 'zod/v4';
import { z as z3 } from 'zod/v3';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied, suppliedTool } from '../support/supplied';
import { textOf } from '../support/textOf';

const done = { text: 'Done.' };
const namesOf = (body: Record<string, unknown> | undefined) =>
	(Array.isArray(body?.tools) ? body.tools : []).map((tool) => tool.function.name);

describe('schemas', () => {
	test.each([
		['zod 3', z3.object({ city: z3.string().describe('where') })],
		[
			'zod 3 with a refinement',
			z3.object({ city: z3.string().describe('where') }).refine(() => true),
		],
		['zod 4', z4.object({ city: z4.string().describe('where') })],
		[
			'JSON Schema',
			{
				type: 'object',
				properties: { city: { type: 'string', description: 'where' } },
				required: ['city'],
			},
		],
	])('%s', async (_kind, schema) => {
		const { run, bodies } = await openLoop([
			{
				toolCalls: [
					{ name: 'find', arguments: { city: 7 } },
					{ name: 'find', arguments: { city: 'Bern' } },
				],
			},
			done,
		]);
		const find = suppliedTool({ name: 'find', schema, run: ({ city }) => `in ${String(city)}` });
		const { last, error } = await run({ supplied: [find] });
		expect(error).toBeUndefined();
		expect(bodies()[0]?.tools).toMatchObject([
			{
				function: {
					name: 'find',
					parameters: {
						properties: { city: { type: 'string', description: 'where' } },
						required: ['city'],
					},
				},
			},
		]);
		expect(last[0]?.json.steps).toMatchObject([{ result: 'in 7' }, { result: 'in Bern' }]);
	});
});

test('a toolkit is taken apart; two tools of one name are kept apart', async () => {
	const tool = (name: string, result: string) =>
		langchainTool({ name, schema: z3.object({}), run: () => result });
	const kit = (...tools: object[]) => supplied('ai_tool', { tools, getTools: () => tools });
	const script: Script = ({ tools = [], messages }) =>
		messages.length > 1
			? done
			: { toolCalls: tools.map(({ function: { name } }) => ({ name, arguments: {} })) };
	const { run, bodies } = await openLoop(script);
	const { last } = await run({
		supplied: [kit(tool('search', 'first'), tool('read', 'reads')), kit(tool('search', 'second'))],
	});
	const names = namesOf(bodies()[0]);
	expect(names).toHaveLength(3);
	expect(new Set(names).size).toBe(3);
	const steps = Array.isArray(last[0]?.json.steps) ? last[0].json.steps : [];
	expect(steps.map((step) => Object(step).result).sort()).toEqual(['first', 'reads', 'second']);
});

test('a broken tool is left out with a hint, the rest works', async () => {
	const broken = supplied('ai_tool', {
		name: 'half',
		description: 'No schema that could be meant',
		schema: { type: 'objekt', properties: {} },
		invoke: () => 1,
	});
	const unusable = supplied('ai_tool', { name: 'dumb' });
	const good = suppliedTool({ name: 'good', schema: z3.object({}), run: () => 'fine' });
	const { run: runLoop, bodies } = await openLoop([
		{ toolCalls: [{ name: 'good', arguments: {} }] },
		done,
	]);
	const { last, run } = await runLoop({ supplied: [broken, unusable, good] });
	expect(namesOf(bodies()[0])).toEqual(['good']);
	expect(last[0]?.json).toMatchObject({
		output: 'Done.',
		steps: [{ tool: 'good', result: 'fine' }],
	});
	const hints = run?.data.resultData.runData.Node?.[0]?.hints?.map(({ message }) => message).sort();
	expect(hints).toEqual([
		expect.stringMatching(/"dumb" was left out/),
		expect.stringMatching(/"half" was left out: .*not valid at \/type/),
	]);
});

test('a node that provides no tools is named: the model would answer without them', async () => {
	const empty = supplied('ai_tool', { tools: [], getTools: () => [] });
	const { run: runLoop } = await openLoop([done]);
	const { run } = await runLoop({ supplied: [empty] });
	const hints = run?.data.resultData.runData.Node?.[0]?.hints?.map(({ message }) => message);
	expect(hints).toEqual([`The node "${empty.name ?? empty.type}" provides no tools.`]);
});

test('50 items with different tools: nothing leaks, and each is prompted as often as it needs', async () => {
	const seen: Array<Record<string, unknown>> = [];
	const slow = async (args: Record<string, unknown>) => {
		seen.push(args);
		await new Promise((resolve) => setTimeout(resolve, (Number(args.item) * 7) % 20));
		return { ...args };
	};
	const schema = z3.object({ item: z3.number(), turn: z3.number() });
	const names = ['red', 'green', 'blue'];
	const tools = names.map((name) =>
		suppliedTool({ name, schema, run: (args) => slow({ ...args, name }) }),
	);
	/** Item n calls n % 4 tools, one a turn, the kind depending on both. */
	const script: Script = ({ messages }) => {
		const item = Number(/item (\d+)/.exec(textOf(messages[0]?.content))?.[1]);
		const turn = messages.filter(({ role }) => role === 'tool').length;
		if (turn < item % 4) {
			const name = names[(item + turn) % 3] ?? '';
			return { toolCalls: [{ id: `c${turn}`, name, arguments: { item, turn } }] };
		}
		const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		return { text: JSON.stringify({ item, results }) };
	};
	const { run, bodies } = await openLoop(script);
	const items = Array.from({ length: 50 }, (_, item) => ({ item }));
	const { last, error } = await run({
		items,
		supplied: tools,
		parameters: { prompt: '=item {{ $json.item }}', options: { concurrency: 8 } },
	});
	expect(error).toBeUndefined();
	expect(last).toHaveLength(50);
	for (const [item, { json }] of last.entries()) {
		const turns = Array.from({ length: item % 4 }, (_, turn) => turn);
		const results = turns.map((turn) => ({ item, turn, name: names[(item + turn) % 3] }));
		expect(JSON.parse(textOf(json.output))).toEqual({
			item,
			results: results.map((result) => JSON.stringify(result)),
		});
		expect(json).toMatchObject({
			requests: (item % 4) + 1,
			steps: results.map((result) => ({ result })),
		});
	}
	const needed = items.reduce((sum, { item }) => sum + (item % 4) + 1, 0);
	expect(bodies()).toHaveLength(needed);
	expect(seen).toHaveLength(needed - 50);
});

test('the calls of a turn all start before one of them ends', async () => {
	const log: string[] = [];
	const wait = suppliedTool({
		name: 'wait',
		schema: z3.object({ ms: z3.number() }),
		run: async ({ ms }) => {
			log.push('start');
			await new Promise((resolve) => setTimeout(resolve, Number(ms)));
			log.push(`end ${String(ms)}`);
			return ms;
		},
	});
	const calls = [60, 30, 1].map((ms) => ({ name: 'wait', arguments: { ms } }));
	const { run, bodies } = await openLoop([{ toolCalls: calls }, done]);
	await run({ supplied: [wait] });
	expect(log).toEqual(['start', 'start', 'start', 'end 1', 'end 30', 'end 60']);
	const messages = bodies()[1]?.messages;
	expect(Array.isArray(messages) && messages.slice(2).map(({ content }) => content)).toEqual([
		'60',
		'30',
		'1',
	]);
});

test('a cancel ends a hanging tool, and no request follows', async () => {
	const controller = new AbortController();
	const hang = suppliedTool({
		name: 'hang',
		schema: z3.object({}),
		run: () => {
			setTimeout(() => controller.abort(), 20);
			return new Promise(() => undefined);
		},
	});
	const { run, gateway } = await openLoop([{ toolCalls: [{ name: 'hang', arguments: {} }] }, done]);
	const { cancelled } = await run({ supplied: [hang], signal: controller.signal });
	expect(cancelled).toBe(true);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(gateway.requests).toHaveLength(1);
});
