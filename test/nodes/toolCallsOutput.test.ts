import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import type { RunResult } from '../../demo/engine';
import type { Back } from '../support/runNode';
import { suppliedTool } from '../support/supplied';
import { textOf } from '../support/textOf';

const manual = (...names: string[]) => ({
	values: names.map((name) => ({
		name,
		type: 'manual',
		schemaSource: 'jsonSchema',
		jsonSchema: '{"type":"object","properties":{"n":{}}}',
	})),
});
const script: Script = ({ messages }) => {
	const question = textOf(messages[0]?.content);
	const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
	if (answers.length > 0) return { text: `${question}: ${answers.map(textOf).join(' | ')}` };
	const calls = ['a', 'b'].map((id) => ({ id, name: `look_${id}`, arguments: { n: question } }));
	return { toolCalls: question.includes('one') ? calls.slice(0, 1) : calls };
};
const tools = manual('look_a', 'look_b');
const parameters = { tools, prompt: '={{ $json.question }}' };
const outputsOf = ({ nodes, error }: RunResult) => {
	expect(error).toBeUndefined();
	const [answers = [], calls = []] = nodes.Node?.outputs ?? [];
	return { answers, calls };
};
const back = (item: INodeExecutionData | undefined, result: IDataObject) => ({
	...item?.json,
	...result,
});

test('one item for each pending call, and answers elsewhere', async () => {
	const { run } = await openLoop(script);
	const items = ['one x', 'two y'].map((question) => ({ question }));
	const { answers, calls } = outputsOf(await run({ parameters, items }));
	expect(answers).toEqual([]);
	expect(
		calls.map(({ json, pairedItem }) => [json.callId, json.name, json.args, pairedItem]),
	).toEqual([
		['a', 'look_a', { n: 'one x' }, { item: 0 }],
		['a', 'look_a', { n: 'two y' }, { item: 1 }],
		['b', 'look_b', { n: 'two y' }, { item: 1 }],
	]);
	expect(calls[1]?.json).toMatchObject({
		stopReason: 'awaitingTools',
		pendingToolCalls: [{ callId: 'a' }, { callId: 'b' }],
		resume: { version: 1, pending: [{ callId: 'a' }, { callId: 'b' }] },
	});
});

const backOnce = (make: Back): Back => {
	let runs = 0;
	return (items, context) => ((runs += 1) === 1 ? make(items, context) : []);
};

test('results that come back in any order go on where the loop stopped', async () => {
	const { run, gateway } = await openLoop(script);
	const items = ['one x', 'two y'].map((question) => ({ question }));
	const make = backOnce(([first, second, third]) =>
		[
			back(third, { result: { b: 1 } }),
			back(first, { error: 'no such thing' }),
			back(second, { found: 'A' }),
		].map((json) => ({ json })),
	);
	const { answers } = outputsOf(await run({ parameters, items, back: make }));
	expect(answers.map(({ json }) => json.output)).toEqual([
		'two y: {"found":"A"} | {"b":1}',
		'one x: The tool failed: no such thing',
	]);
	expect(answers.map(({ pairedItem }) => pairedItem)).toEqual([
		[{ item: 0 }, { item: 2 }],
		{ item: 1 },
	]);
	expect(answers[0]?.json).toMatchObject({ requests: 2, iterations: 2, stopReason: 'answered' });
	expect(gateway.requests).toHaveLength(4);
});

test('several items for one call are a list, new items beside them are new questions', async () => {
	const { run } = await openLoop(script);
	const make = backOnce(([first]) => [
		{ json: back(first, { result: 1 }) },
		// From elsewhere: n8n would pair it with the call.
		{ json: { question: 'one z' }, pairedItem: [] },
		{ json: back(first, { result: 2 }) },
	]);
	const all = await run({ parameters, items: [{ question: 'one x' }], back: make });
	const { answers, calls } = outputsOf(all);
	expect(answers.map(({ json }) => json.output)).toEqual(['one x: [1,2]']);
	expect(calls.map(({ json }) => json.args)).toEqual([{ n: 'one x' }, { n: 'one z' }]);
});

describe("a person's answer that leads back to no call", () => {
	// As after a node that makes items of its own, such as Aggregate.
	const lost = (json: object) => backOnce(() => [{ json: { ...json }, pairedItem: [] }]);
	const outcome = async (json: object, items: object[], set: object = {}) => {
		const { run, gateway } = await openLoop(script);
		const ran = await run({
			parameters,
			items: items.map((own) => ({ ...own })),
			back: lost(json),
			...set,
		});
		return { ...ran, requests: gateway.requests.length };
	};
	const decision = { data: { approved: true } };

	test('is refused, with the calls that wait', async () => {
		const { error, requests } = await outcome(decision, [{ question: 'two y' }]);
		expect(error).toMatchObject({
			message: `A person said yes, but n8n does not know about which call. Waiting: "look_a" (a), "look_b" (b).`,
			description: expect.stringContaining('Connect the node that asks directly to this node.'),
		});
		expect(requests).toBe(1);
	});

	test('is an item of the error output where the node continues', async () => {
		const questions = Array.from({ length: 4 }, () => ({ question: 'two y' }));
		const no = { data: { approved: false, chatInput: 'too much' } };
		const ran = await outcome(no, questions, { node: { onError: 'continueRegularOutput' } });
		expect(outputsOf(ran).answers).toMatchObject([
			{
				json: {
					error: expect.stringMatching(/^A person said no, .* \(b\), "look_a" \(a\) and 3 more/),
				},
			},
		]);
		expect(ran.requests).toBe(4);
	});

	test.each([
		['nothing waits', {}, [decision]],
		['the item has more to say', { ...decision, question: 'Hello' }, [{ question: 'two y' }]],
		['it is only half of one', { data: {} }, [{ question: 'two y' }]],
	])('is an item like any other where %s', async (_what, json, items) => {
		const { error } = await outcome(json, items, {
			parameters: { ...parameters, prompt: '={{ $json.question ?? "one of n8n" }}' },
		});
		expect(error).toBeUndefined();
	});
});

test('nothing is paid for while results are missing', async () => {
	const { run, gateway } = await openLoop(script);
	const make = backOnce(([first]) => [{ json: back(first, { result: 1 }) }]);
	const half = await run({ parameters, items: [{ question: 'two y' }], back: make });
	expect(outputsOf(half).answers).toEqual([]);
	expect(gateway.requests).toHaveLength(1);
	const task = half.run?.data.resultData.runData.Node?.at(-1);
	expect(task?.hints).toMatchObject([
		{ message: expect.stringContaining('still waiting for tool results') },
	]);
});

test('an image in a result reaches the model', async () => {
	const { run, bodies } = await openLoop(script);
	const data = Buffer.from('\x89PNG\r\n\x1a\n bytes', 'latin1').toString('base64');
	const binary = { chart: { data, mimeType: 'image/png' } };
	const make = backOnce(([first]) => [{ json: { ...first?.json }, binary }]);
	await run({ parameters, items: [{ question: 'one x' }], back: make });
	expect(JSON.stringify(bodies()[1]?.messages)).toContain(`data:image/png;base64,${data}`);
});

test.each([
	['answers', {}, /They asked: Hello/],
	['has nobody to wait for', { tools }, /The tool failed: .*"look_a" has to wait for others/],
])('a loop that is a tool itself %s', async (_case, set, words) => {
	const { run } = await openLoop(({ messages, tools: offered = [] }) =>
		messages.length === 1 && offered.length === 0
			? { text: `They asked: ${textOf(messages[0]?.content)}` }
			: messages.length === 1
				? { toolCalls: [{ name: offered[0]?.function.name ?? '', arguments: {} }] }
				: { text: textOf(messages.at(-1)?.content) },
	);
	const inner = {
		name: 'inner',
		type: 'tokenHubToolCallLoopTool',
		parameters: {
			toolDescription: 'An agent of its own',
			model: { __rl: true, mode: 'id', value: 'claude-haiku-4-5' },
			...{ prompt: 'Hello', maxTokens: 50, tools: {}, options: {}, ...set },
		},
	};
	const { answers } = outputsOf(await run({ tools: [inner] }));
	expect(answers[0]?.json.output).toMatch(words);
});

test('items carry a million characters of long results, and the execution keeps all', async () => {
	const asked: Script = ({ messages }, turn) => {
		const results = messages.filter(({ role }) => role === 'tool');
		if (turn === 0) return { toolCalls: [{ id: 'p', name: 'page', arguments: {} }] };
		if (turn === 1) return { toolCalls: [{ id: 'a', name: 'look_a', arguments: { n: 1 } }] };
		if (turn === 2) {
			return {
				toolCalls: [
					{ id: 's', name: 'search_result', arguments: { result: 'r1', words: 'needle' } },
				],
			};
		}
		return { text: textOf(results.at(-1)?.content) };
	};
	const { run } = await openLoop(asked);
	const page = suppliedTool({
		...{ name: 'page', schema: {} },
		run: async () => `${'hay '.repeat(300_000)}needle 4711 ${'hay '.repeat(10)}`,
	});
	const { answers, calls } = outputsOf(
		await run({
			parameters: { tools, prompt: 'one', options: { longResults: 'keep' } },
			...{ items: [{}], supplied: [page] },
			back: backOnce(([first]) => [{ json: back(first, { result: 1 }) }]),
		}),
	);
	expect(calls[0]?.json).toMatchObject({ resume: { kept: { results: [], gone: 1, untold: [1] } } });
	expect(answers[0]?.json.output).toContain('needle 4711');
});
