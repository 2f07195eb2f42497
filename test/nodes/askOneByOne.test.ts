import type { INodeExecutionData } from 'n8n-workflow';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

/** n8n's nodes that send and wait ask about one item, and give one back. */

const schema = { type: 'object', properties: { amount: { type: 'number' } } };
const items = [
	{ who: 'Ada', pays: [1001, 1002] },
	{ who: 'Ben', pays: [] },
	{ who: 'Cleo', pays: [1003] },
	{ who: 'Dora', pays: [1004, 5, 1005] },
];
const script: Script = ({ messages }) => {
	const asked = textOf(messages.find(({ role }) => role === 'user')?.content);
	const amounts: number[] = JSON.parse(asked);
	const results = messages.flatMap((one) => (one.role === 'tool' ? textOf(one.content) : []));
	if (results.length > 0 || amounts.length === 0) return { text: `Told: ${results.join(' | ')}` };
	return {
		toolCalls: amounts.map((amount) => ({
			...{ id: `c${amount}`, name: 'pay', arguments: { amount } },
		})),
	};
};
const approveWhen = {
	values: [{ tool: 'pay', argument: 'amount', comparison: 'greater', value: '1000' }],
};

async function ask(backOperation: string) {
	const ran: unknown[] = [];
	const seen: unknown[] = [];
	const { run, bodies } = await openLoop(script);
	const result = await run({
		parameters: { prompt: '={{ JSON.stringify($json.pays) }}', options: { approveWhen } },
		supplied: [
			supplied(
				'ai_tool',
				langchainTool({ name: 'pay', schema, run: ({ amount }) => ran.push(amount) }),
			),
		],
		...{ items, backOperation },
		back(shown, context) {
			const [first] = shown;
			const { amount } = Object(first?.json.args);
			const who = context.evaluateExpression("{{ $('Start').item.json.who }}", 0);
			seen.push([shown.length, who, amount]);
			// Without its origin: n8n pairs one item with one.
			const answered = ({ json }: INodeExecutionData) => ({
				json: { data: { approved: Object(json.args).amount % 2 === 1 } },
			});
			return backOperation === 'sendAndWait'
				? shown.slice(0, 1).map(answered)
				: shown.map((item, index) => ({ ...answered(item), pairedItem: index }));
		},
	});
	return { ...result, ran, seen, bodies: bodies() };
}

test('calls leave one by one, with the item that each is from', async () => {
	const { ran, seen, last, error, bodies } = await ask('sendAndWait');
	expect(error).toBeUndefined();
	expect(seen).toEqual([
		[1, 'Ada', 1001],
		[1, 'Ada', 1002],
		[1, 'Cleo', 1003],
		[1, 'Dora', 1004],
		[1, 'Dora', 1005],
	]);
	expect(ran).toEqual([5, 1001, 1003, 1005]);
	expect(bodies).toHaveLength(7);
	expect(last.map(({ json }) => json.stopReason)).toContain('answered');
});

test('and all at once where what follows takes all', async () => {
	const { ran, seen, error } = await ask('process');
	expect(error).toBeUndefined();
	expect(seen).toEqual([[5, 'Ada', 1001]]);
	// Items run in parallel, in no order.
	expect(ran.map(Number).toSorted((a, b) => a - b)).toEqual([5, 1001, 1003, 1005]);
});
