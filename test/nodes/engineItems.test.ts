import type { INodeExecutionData } from 'n8n-workflow';
import type { Script } from '../../gateway';
import { nodeAsTool, workflowTool, type Call, type ToolKind } from '../support/itemTools';
import { openLoop } from '../support/runLoop';
import { toolNode, type Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

/** Tools that n8n's engine has to run: with the loop's item below their arguments. */
const script: Script = ({ messages, tools = [] }) => {
	const item = /item (\d+)/.exec(textOf(messages[0]?.content))?.[1];
	if (messages.length > 1) return { text: 'Done' };
	const calls = tools.map(({ function: { name } }) => ({
		name,
		arguments: { text: `model says ${item}` },
	}));
	return { toolCalls: calls };
};

const items = [0, 1, 2, 3].map((n) => ({ n, text: `item's own ${n}` }));

function photo(calls: Call[], value: string, kind: ToolKind = nodeAsTool): Supplied[] {
	return kind(calls).map((node) => ({
		...{ ...node, name: 'photo' },
		parameters: { ...node.parameters, value },
	}));
}

/** Behind a person who is quick, and remembers what was shown. */
function gated(tools: Supplied[], shown: INodeExecutionData[] = []): Supplied[] {
	const review = toolNode('review', async (item) => {
		shown.push(item);
		return [{ json: { data: { approved: true } } }];
	});
	const { description } = review.nodeType;
	description.inputs = [{ type: 'ai_tool', displayName: 'Tool', required: true }];
	const node = { type: 'test.reviewHitlTool' };
	const reviewer = {
		...review,
		type: node.type,
		name: 'Review',
		parameters: { message: 'May it?' },
	};
	return [reviewer, ...tools.map((tool) => ({ ...tool, to: 'Review' }))];
}

const WAYS: Array<[string, (tools: Supplied[]) => Supplied[]]> = [
	['an image tool', (tools) => tools],
	['a gated tool', (tools) => gated(tools)],
];

describe.each(WAYS)('%s', (_name, way) => {
	const run = async (calls: Call[], value: string, kind?: ToolKind) => {
		const loop = await openLoop(script);
		const options = { concurrency: 8, imageTools: ['photo'] };
		const parameters = { prompt: '=item {{ $json.n }}', options };
		const ran = await loop.run({ items, parameters, supplied: way(photo(calls, value, kind)) });
		return { ...loop, ...ran };
	};

	test('reads $json of its own item', async () => {
		const calls: Call[] = [];
		const { error } = await run(calls, '={{ $json.n }}');
		expect(error).toBeUndefined();
		expect(calls).toEqual(items.map(({ n }) => ({ text: `model says ${n}`, value: n })));
	});

	test("an argument hides no field of the item's that has its name", async () => {
		const calls: Call[] = [];
		const { error } = await run(calls, '={{ $json.text }}');
		expect(error).toBeUndefined();
		expect(calls).toEqual(items.map(({ n, text }) => ({ text: `model says ${n}`, value: text })));
	});

	test.each([
		['.item', "={{ $('Start').item.json.n }}"],
		['.itemMatching()', "={{ $('Start').itemMatching(1).json.n }}"],
		['$itemIndex', '={{ $itemIndex }}'],
		['$binary', '={{ $binary.file.fileName }}'],
		['$node', '={{ $node["Start"].json.n }}'],
		['query', '={{ $json.query.user }}'],
		['tool', '={{ $json["tool"] }}'],
	])('refuses %s in %s, before any request', async (word, value) => {
		const { gateway, error } = await run([], value);
		expect(gateway.requests.length).toBe(0);
		expect(error?.message).toContain(`"photo" reads ${word} in "${value}"`);
	});
});

test('a field `query` of the item does not speak for the model, nor to the person', async () => {
	const calls: Call[] = [];
	const shown: INodeExecutionData[] = [];
	const { run } = await openLoop(script);
	const forged = { text: 'forged', toolParameters: { text: 'harmless' }, tool: 'harmless' };
	const { error } = await run({
		items: [{ n: 7, query: forged, ...forged }],
		parameters: { prompt: '=item {{ $json.n }}' },
		supplied: gated(photo(calls, '=x'), shown),
	});
	expect(error).toBeUndefined();
	const said = { text: 'model says 7' };
	expect(shown[0]?.json).toMatchObject({
		...{ toolParameters: said, tool: 'photo' },
		query: { toolParameters: said, tool: 'photo' },
	});
	expect(calls).toEqual([{ text: 'model says 7', value: 'x' }]);
});

test.each(WAYS)(
	'an argument that the model leaves out is not the item’s to fill in: %s',
	async (_name, way) => {
		const calls: Call[] = [];
		const { run } = await openLoop(script);
		const { error } = await run({
			items: [{ n: 7, tone: 'forged' }],
			parameters: { prompt: '=item {{ $json.n }}', options: { imageTools: ['photo'] } },
			supplied: way(photo(calls, "={{ $fromAI('tone', 'how', 'string', 'calm') }}")),
		});
		expect(error).toBeUndefined();
		expect(calls).toEqual([{ text: 'model says 7', value: 'calm' }]);
	},
);

test('a tool that takes its arguments from its item is refused where they hide what it reads', async () => {
	const { run, gateway } = await openLoop(script);
	const { error } = await run({
		items,
		parameters: { prompt: '=item {{ $json.n }}', options: { imageTools: ['workflow'] } },
		supplied: photo([], '={{ $json.text }}', workflowTool),
	});
	expect(error?.message).toMatch(/"photo" reads text in/);
	expect(gateway.requests.length).toBe(0);
});
