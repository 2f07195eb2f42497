import type { Script } from '../../gateway';
import {
	agentTool,
	codeTool,
	nodeAsTool,
	retriedTool,
	toolkit,
	workflowTool,
	type Call,
	type ToolKind,
} from '../support/itemTools';
import { openLoop } from '../support/runLoop';
import type { Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

const KINDS: Array<[string, ToolKind]> = [
	['a node used as a tool', nodeAsTool],
	['a toolkit', toolkit],
	['a tool made of code', codeTool],
	['a tool that reads its parameters for each call', workflowTool],
	['an agent with tools of its own', agentTool],
	['a node that n8n tries again', retriedTool],
];

const WORDS: Array<[string, (item: number) => unknown]> = [
	['$json.k', (item) => `k${item}`],
	['$json["deep"].n + 1', (item) => item + 1],
	['$input.item.json.k', (item) => `k${item}`],
	["$('Start').item.json.k", (item) => `k${item}`],
	['$itemIndex', (item) => item],
	['$position * 2', (item) => item * 2],
	['$binary.file.fileName', (item) => `file${item}`],
];

const COUNT = 20;
const input = Array.from({ length: COUNT }, (_, item) => ({
	json: { k: `k${item}`, deep: { n: item } },
	binary: { file: { data: 'aGk=', mimeType: 'text/plain', fileName: `file${item}` } },
}));

/** Item n has every tool say `n-0` and `n-1` in one turn, then ends. */
const script: Script = ({ messages, tools = [] }) => {
	const item = /item (\d+)/.exec(textOf(messages[0]?.content))?.[1];
	if (messages.length > 1) return { text: `Done ${item}`, delayMs: Number(item) % 3 };
	const calls = tools.flatMap(({ function: { name } }) =>
		[0, 1].map((n) => ({ name, arguments: { text: `${item}-${n}` } })),
	);
	return { toolCalls: calls, delayMs: (Number(item) * 5) % 7 };
};

const parameters = { prompt: '=item {{ $json.deep.n }}', options: { concurrency: 8 } };

/** Sets the parameter under test, also below the tool. */
function reading(nodes: Supplied[], value: string): Supplied[] {
	return nodes.map((node) => ({ ...node, parameters: { ...node.parameters, value } }));
}

describe.each(KINDS)('20 items with %s', (kindName, kind) => {
	test.each(WORDS)('each reads %s of its own item', async (words, expected) => {
		const calls: Call[] = [];
		const { run } = await openLoop(script);
		const value = kind === codeTool ? words : `={{ ${words} }}`;
		const { last, error } = await run({ input, supplied: reading(kind(calls), value), parameters });
		expect(error).toBeUndefined();
		expect(last.map(({ json }) => json.output)).toEqual(input.map((_, item) => `Done ${item}`));
		for (const { json } of last) expect(JSON.stringify(json)).not.toContain('"error"');
		const tools = kindName === 'a toolkit' ? 2 : 1;
		expect(calls).toHaveLength(COUNT * 2 * tools);
		for (const { text, value } of calls) {
			const [item] = String(text).split('-').map(Number);
			expect([text, value]).toEqual([text, expected(item ?? -1)]);
		}
		const texts = calls.map(({ text }) => String(text));
		expect(new Set(texts).size).toBe(COUNT * 2);
	});
});
