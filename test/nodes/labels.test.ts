import type { INode } from 'n8n-workflow';
import { openNode } from '../support/openNode';
import type { Script } from '../../gateway';

const values = [
	{ name: 'delivery', description: 'where a parcel is' },
	{ name: 'return', description: '' },
	{ name: ' ', description: 'left out' },
];
const items = ['Where is it?', 'Take it back', 'Hello', 'broken', 'Where is that?'].map((text) => ({
	text,
}));

/** Sorts by the first word; one text fails. */
const script: Script = ({ messages }) => {
	const said = JSON.stringify(messages.at(-1));
	if (said.includes('broken')) return { text: 'I will not say' };
	const label = said.includes('Where') ? 'delivery' : said.includes('Take') ? 'return' : 'other';
	return { toolCalls: [{ name: 'save_extraction', arguments: { label } }] };
};

const parameters = (own: object = {}) => ({
	...{ text: '={{ $json.text }}', schemaSource: 'labels', labels: { values } },
	...{ otherLabel: 'other', routeByLabel: true, options: { maxRepairs: 0 } },
	...own,
});

async function outputsOf(own: object, node: Partial<INode>) {
	const { run } = await openNode({ type: 'tokenHubJsonExtract', base: {}, gateway: [script] });
	const { nodes, error } = await run(parameters(own), { items, node });
	expect(error).toBeUndefined();
	return (nodes.Node?.outputs ?? []).map((output = []) =>
		output.map(({ json, pairedItem }) => [
			Object(json.output).label ?? json.label ?? Object(json.details).kind,
			Object(pairedItem).item,
		]),
	);
}

test.each<[name: string, own: object, node: Partial<INode>, outputs: unknown[][]]>([
	[
		'a branch for each label, and one for what failed',
		{},
		{ onError: 'continueRegularOutput' },
		[
			[
				['delivery', 0],
				['delivery', 4],
			],
			[['return', 1]],
			[['other', 2]],
			[['schemaMismatch', 3]],
		],
	],
	[
		'the error output',
		{},
		{ onError: 'continueErrorOutput' },
		[
			[
				['delivery', 0],
				['delivery', 4],
			],
			[['return', 1]],
			[['other', 2]],
			[],
			[['schemaMismatch', 3]],
		],
	],
	[
		'labels merged into the items',
		{ options: { maxRepairs: 0, outputMode: 'merge' } },
		{ onError: 'continueRegularOutput' },
		[
			[
				['delivery', 0],
				['delivery', 4],
			],
			[['return', 1]],
			[['other', 2]],
			[['schemaMismatch', 3]],
		],
	],
	[
		'without routes, one output',
		{ routeByLabel: false },
		{ onError: 'continueRegularOutput' },
		[
			[
				['delivery', 0],
				['return', 1],
				['other', 2],
				['schemaMismatch', 3],
				['delivery', 4],
			],
		],
	],
])('%s', async (_name, own, node, outputs) => {
	expect(await outputsOf(own, node)).toEqual(outputs);
});

test.each([
	['no label', { labels: { values: [{ name: ' ' }] } }, 'Labels: name at least one label.'],
	['a label twice', { labels: { values: [{ name: 'a' }, { name: 'A' }] } }, 'duplicate label "A"'],
	['the other label twice', { otherLabel: 'Return' }, 'duplicate label "Return"'],
])('%s is refused before a request', async (_name, own, words) => {
	const { run, gateway } = await openNode({
		type: 'tokenHubJsonExtract',
		base: {},
		gateway: [script],
	});
	const { error } = await run(parameters(own), { items });
	expect(error?.message).toContain(words);
	expect(gateway.requests).toEqual([]);
});
