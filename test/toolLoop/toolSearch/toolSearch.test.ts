import { z } from 'zod/v4';
import { defineTool, runToolLoop, type Tool, type ToolLoopRequest } from '../../../core';
import { promptTokens } from '../../../core/text';
import { toolIndex } from '../../../core/toolLoop/toolSearch/toolIndex';
import type { Reply, Script } from '../../../gateway';
import { openGateway } from '../../support/openGateway';
import { labelled } from './labelledTools';

const tools = labelled.map(({ tool }) => tool);
const bodySchema = z.object({
	messages: z.array(z.looseObject({ role: z.string() })),
	tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
	tool_choice: z.unknown().optional(),
});
const namesIn = (body: unknown) => bodySchema.parse(body).tools.map((one) => one.function.name);
const call = (name: string, args: object = {}, id = `c-${name}`) => ({ id, name, arguments: args });
const asks = (...toolCalls: Array<ReturnType<typeof call>>): Reply => ({ toolCalls });
const search = (query: string, id = `s-${query.length}`) => call('search_tools', { query }, id);
const done: Reply = { text: 'Done.' };

async function loop(script: Script, request: Partial<ToolLoopRequest> = {}) {
	const { client, bodies } = await openGateway(script);
	const result = await runToolLoop(client, {
		...{ prompt: 'Go', tools, toolSearch: 'on' },
		...request,
	});
	return { client, result, bodies: bodies(), offered: bodies().map(namesIn) };
}

/** Looks for what it needs, and calls the right tool where it is offered. */
const seeker =
	({ tool, need }: { tool: Tool; need: string }): Script =>
	({ tools: given = [], messages }) => {
		const isOffered = given.some((one) => one.function.name === tool.name);
		const results = messages.filter(({ role }) => role === 'tool').length;
		if (results === 0 && !isOffered) return asks(search(need));
		const [argument = ''] = Object.keys(Object(tool.parameters.properties));
		return results < 2 && isOffered && !messages.some((one) => JSON.stringify(one).includes('"ran'))
			? asks(call(tool.name, { [argument]: 'x' }))
			: done;
	};

describe('200 tools, 200 needs', () => {
	test('the right tool is among the first five in at least 95 %', async () => {
		expect(labelled.length).toBeGreaterThanOrEqual(200);
		const find = await toolIndex(new Map(tools.map((tool) => [tool.name, tool])));
		const missed = labelled.filter(({ tool, need }) => !find(need, 5).includes(tool.name));
		expect(missed.length / labelled.length).toBeLessThanOrEqual(0.05);
	});

	test('a tool that is named like a word of the need hides no other', async () => {
		const missed: unknown[] = [];
		for (const { tool, need } of labelled) {
			const words = need.toLowerCase().match(/[a-z]{3,}/g) ?? [];
			const decoys = [...new Set(words)].slice(0, 3).map((name) => ({ ...tool, name }));
			const all = [...tools, ...decoys.map((one) => ({ ...one, description: 'Does it' }))];
			const find = await toolIndex(new Map(all.map((one) => [one.name, one])));
			if (!find(need, 5 + decoys.length).includes(tool.name)) missed.push(need);
		}
		expect(missed.length / labelled.length).toBeLessThanOrEqual(0.05);
	});

	test.each<[string, (word: string, at: number) => string]>([
		[
			'two letters swapped',
			(word, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
		],
		['a letter left out', (word, at) => word.slice(0, at) + word.slice(at + 1)],
		['a letter twice', (word, at) => word.slice(0, at) + word[at] + word.slice(at)],
		['another letter', (word, at) => `${word.slice(0, at)}q${word.slice(at + 1)}`],
	])('with %s in the longest word, in at least 90 %%', async (_slip, written) => {
		const find = await toolIndex(new Map(tools.map((tool) => [tool.name, tool])));
		const missed = labelled.filter(({ tool, need }) => {
			const [longest = ''] = need.split(' ').toSorted((a, b) => b.length - a.length);
			const typed = need.replace(longest, written(longest, Math.floor(longest.length / 2)));
			return !find(typed, 5).includes(tool.name);
		});
		expect(missed.length / labelled.length).toBeLessThanOrEqual(0.1);
	});

	test('it is found and run through the loop, for at most a fifth of the prompt tokens', async () => {
		let [withSearch, without, found] = [0, 0, 0];
		const every = labelled.filter((_one, index) => index % 5 === 0);
		for (const one of every) {
			const searched = await loop(seeker(one), { toolSearch: 'auto' });
			const whole = await loop(seeker(one), { toolSearch: 'off' });
			expect(whole.result.steps.map(({ tool }) => tool)).toEqual([one.tool.name]);
			found += searched.result.steps.at(-1)?.tool === one.tool.name ? 1 : 0;
			for (const body of searched.bodies)
				withSearch += promptTokens(bodySchema.loose().parse(body));
			for (const body of whole.bodies) without += promptTokens(bodySchema.loose().parse(body));
		}
		expect(found / every.length).toBeGreaterThanOrEqual(0.95);
		expect(withSearch / without).toBeLessThanOrEqual(0.2);
	}, 60_000);
});

test('below the threshold, requests and results are those without a search, to the byte', async () => {
	const few = { tools: tools.slice(0, 20) };
	const script: Script = [asks(call('github_list_issues', { owner: 'o' })), done];
	const auto = await loop(script, { ...few, toolSearch: 'auto' });
	const off = await loop(script, { ...few, toolSearch: 'off' });
	const byDefault = await loop(script, { ...few, toolSearch: undefined });
	expect(JSON.stringify(auto.bodies)).toBe(JSON.stringify(off.bodies));
	expect(JSON.stringify(byDefault.bodies)).toBe(JSON.stringify(off.bodies));
	expect(auto.offered[0]).toHaveLength(20);
	const low = await loop(script, { ...few, toolSearch: { mode: 'auto', thresholdTokens: 1_000 } });
	expect(low.offered[0]).toEqual(['search_tools']);
});

test('what was found stays, in order, and a second search adds to it', async () => {
	const { offered, result } = await loop([
		asks(search('send an SMS')),
		asks(search('stock price of Apple')),
		asks(call('twilio_send_sms', { to: '+49' }), call('stock_get_quote', { symbol: 'AAPL' })),
		done,
	]);
	const [first = [], second = [], third = [], fourth] = offered;
	expect(first).toEqual(['search_tools']);
	expect(second).toContain('twilio_send_sms');
	expect(third.slice(0, second.length)).toEqual(second);
	expect(third).toContain('stock_get_quote');
	expect(fourth).toEqual(third);
	expect(result.steps.map(({ tool, error }) => [tool, error])).toEqual([
		['search_tools', undefined],
		['search_tools', undefined],
		['twilio_send_sms', undefined],
		['stock_get_quote', undefined],
	]);
});

test('a tool that was not found does not run: it is loaded, and does not count', async () => {
	let runs = 0;
	const reset = defineTool({
		...{ name: 'reset_all', description: 'Erases everything', maxCalls: 1 },
		execute: () => (runs += 1),
	});
	const { result, offered } = await loop(
		[
			asks(call('reset_all', {}, 'a'), call('reset_all', {}, 'b')),
			asks(call('reset_all', {}, 'c')),
			done,
		],
		{ tools: [...tools, reset], repeatLimit: 5, maxToolCalls: 2 },
	);
	expect(result.steps.map(({ error }) => error?.slice(0, 8))).toEqual([
		'Not run:',
		'Not run:',
		undefined,
	]);
	expect(runs).toBe(1);
	expect(offered[1]).toEqual(['search_tools', 'reset_all']);
});

test('an unknown tool: the model is sent to the search, not told 200 names', async () => {
	const { result } = await loop([asks(call('slack_post_mesage')), done]);
	expect(result.steps[0]?.error).toBe(
		'There is no tool "slack_post_mesage". Did you mean "slack_post_message"? Find others with "search_tools".',
	);
});

test('what the model wrote too long is not repeated to it', async () => {
	const script: Script = (_body, n) =>
		[asks(search('q'.repeat(90_000))), asks(call('w'.repeat(90_000)))][n] ?? done;
	const { result } = await loop(script);
	const told = result.messages.filter(({ role }) => role === 'tool');
	expect(told).toHaveLength(2);
	for (const { content } of told) expect(JSON.stringify(content).length).toBeLessThan(600);
	expect(result.steps.map(({ kept }) => kept)).toEqual([undefined, undefined]);
});

test('a search that finds nothing says so; other scripts are searched too', async () => {
	const find = defineTool({
		name: 'wetter',
		description: '東京の天気予報を取得する',
		execute: () => 1,
	});
	const { result, offered } = await loop([asks(search('zzzz'), search('天気')), done], {
		tools: [...tools, find],
	});
	expect(result.steps[0]?.result).toMatch(/^No tool fits "zzzz"/);
	expect(offered[1]).toEqual(['search_tools', 'wetter']);
});

describe('tools that are always there', () => {
	test('pinned ones, and a warning for a name that is none', async () => {
		const toolSearch = { mode: 'on' as const, pinned: ['slack_post_message', 'nope'] };
		const { offered, result } = await loop([done], { toolSearch });
		expect(offered[0]).toEqual(['slack_post_message', 'search_tools']);
		expect(result.warnings).toEqual([expect.stringContaining('"nope" is pinned')]);
	});

	test('a forced one', async () => {
		const script = [asks(call('redis_get', { key: 'k' })), done];
		const { bodies, offered } = await loop(script, { toolChoice: { name: 'redis_get' } });
		expect(offered[0]).toEqual(['redis_get', 'search_tools']);
		expect(bodies[0]).toMatchObject({ tool_choice: { function: { name: 'redis_get' } } });
		expect(bodies[1]?.tool_choice).toBeUndefined();
	});

	test('required holds until something other than the search was called', async () => {
		const script = [asks(search('read a Redis key')), asks(call('redis_get', { key: 'k' })), done];
		const { bodies } = await loop(script, { toolChoice: 'required' });
		expect(bodies.map((body) => body.tool_choice)).toEqual(['required', 'required', undefined]);
	});

	test('those that the conversation has called before', async () => {
		const before = await loop([
			asks(search('read a Redis key')),
			asks(call('redis_get', { key: 'k' })),
			done,
		]);
		const { offered } = await loop([done], {
			prompt: undefined,
			messages: [...before.result.messages, { role: 'user', content: 'Again' }],
		});
		expect(offered[0]).toEqual(['search_tools', 'redis_get']);
	});
});

test('manual and gated tools stop the loop; resumed from text, requests are those of the unbroken one', async () => {
	const own = (extra: object) => [
		...tools,
		defineTool({ name: 'pay_out', description: 'Pays money out', execute: () => 'paid', ...extra }),
	];
	const script: Script = [asks(search('pays money out')), asks(call('pay_out')), done];
	const whole = await loop(script, { tools: own({}) });
	for (const extra of [{ execute: undefined }, { needsApproval: true }]) {
		const { client, bodies } = await openGateway(script);
		const request = { tools: own(extra), toolSearch: 'on' } as const;
		const first = await runToolLoop(client, { ...request, prompt: 'Go' });
		expect(first.resume?.loaded).toContain('pay_out');
		const resume = JSON.parse(JSON.stringify(first.resume));
		const given = extra.needsApproval ? { approved: true } : { result: 'paid' };
		resume.results = [{ callId: 'c-pay_out', ...given }];
		const last = await runToolLoop(client, { ...request, resume });
		expect(last).toMatchObject({ output: 'Done.', stopReason: 'answered' });
		expect(JSON.stringify(bodies())).toBe(JSON.stringify(whole.bodies));
	}
});

test("a tool of the caller's own named search_tools keeps its name", async () => {
	const own = defineTool({
		name: 'search_tools',
		description: 'Finds hammers',
		execute: () => 'hammer',
	});
	const toolSearch = { mode: 'on' as const, pinned: ['search_tools'] };
	const { offered, result } = await loop([asks(search('nails')), done], {
		tools: [...tools, own],
		toolSearch,
	});
	expect(result.steps).toMatchObject([{ tool: 'search_tools', result: 'hammer' }]);
	expect(offered[0]?.[1]).toMatch(/^search_tools_[0-9a-f]{8}$/);
});

test('where the gateway refuses the search itself, all tools are offered', async () => {
	const script: Script = ({ tools: given = [] }) =>
		given[0]?.function.name === 'search_tools'
			? { status: 400, error: { message: 'tools.0.custom.input_schema: JSON schema is invalid.' } }
			: done;
	const { offered, result } = await loop(script);
	expect(offered.at(-1)).toHaveLength(tools.length);
	expect(result.warnings?.[0]).toContain('"search_tools" was set aside');
});
