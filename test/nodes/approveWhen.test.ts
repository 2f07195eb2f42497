import type { INodeExecutionData } from 'n8n-workflow';
import { approveOption } from '../../nodes/TokenHubToolCallLoop/approval/approveOption';
import { conditionOf } from '../../nodes/TokenHubToolCallLoop/approval/conditions';
import type { Script } from '../../gateway';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied, toolNode, type Supplied } from '../support/supplied';
import { textOf } from '../support/textOf';

type Condition = Record<string, unknown>;
const rowOf = (condition: Condition) => {
	const [row] = approveOption.schema.parse({ values: [condition] }).values;
	if (!row) throw new Error('one row');
	return row;
};
const asks = (condition: Condition, args: unknown) => conditionOf(rowOf(condition), 0)(args);

const above = { argument: 'amount', comparison: 'greater', value: '1000' };
const below = { argument: 'amount', comparison: 'less', value: '0' };
const same = { argument: 'to', comparison: 'equals', value: 'Boss@example.com' };
const other = { argument: 'to', comparison: 'notEquals', value: 'boss@example.com' };
const holds = { argument: 'text', comparison: 'contains', value: 'delete' };
const ours = { argument: 'to', comparison: 'notMatches', value: '^[^@]+@example\\.com$' };
const theirs = { argument: 'to', comparison: 'matches', value: '@rival\\.' };
const given = { argument: 'force', comparison: 'exists' };
const nested = { argument: 'order.items.price', comparison: 'greater', value: 1000 };

const verdicts: Array<[what: string, condition: Condition, args: unknown, isAsked: boolean]> = [
	['more', above, { amount: 1000.01 }, true],
	['as much', above, { amount: 1000 }, false],
	['less', above, { amount: 5 }, false],
	['a number as text', above, { amount: '1200' }, true],
	['a small number as text', above, { amount: '12.50' }, false],
	['a number in German', above, { amount: '1.200,50' }, true],
	['a small number in German', above, { amount: '12,50 €' }, false],
	['a number that may be two', above, { amount: '1.200' }, true],
	['a small number that may be two', { ...above, value: '2000' }, { amount: '1.200' }, true],
	['words', above, { amount: 'all of it' }, true],
	['no argument', above, {}, true],
	['null', above, { amount: null }, true],
	['a yes', above, { amount: true }, true],
	['an object', above, { amount: { value: 5 } }, true],
	['a list of small ones', above, { amount: [1, 2] }, false],
	['a list with a big one', above, { amount: [1, [2, 2000]] }, true],
	['beyond what numbers can say', above, { amount: -(2 ** 60) }, true],
	['no arguments at all', above, undefined, true],
	['an inherited name', { ...above, argument: 'constructor' }, {}, true],
	['below', below, { amount: -1 }, true],
	['not below', below, { amount: 0 }, false],
	['the same', same, { to: 'Boss@example.com' }, true],
	['the same in other case', same, { to: ' BOSS@EXAMPLE.COM' }, true],
	['another one', same, { to: 'me@example.com' }, false],
	['the same number', { ...same, value: '1200.5' }, { to: '1.200,50' }, true],
	['a number that may be the same', { ...same, value: '1200' }, { to: '1.200' }, true],
	['another number', { ...same, value: '1200' }, { to: 1201 }, false],
	['a truth', { ...same, value: true }, { to: true }, true],
	['to the letter', other, { to: 'boss@example.com' }, false],
	['in other case', other, { to: 'Boss@example.com' }, true],
	['one of several', other, { to: ['boss@example.com', 'eve@example.com'] }, true],
	['not there', other, {}, true],
	['holds it', holds, { text: 'Please DELETE it' }, true],
	['holds it in odd letters', holds, { text: 'ｄｅｌ\u200bｅｔｅ' }, true],
	['does not hold it', holds, { text: 'keep it' }, false],
	['an object for a text', holds, { text: { a: 1 } }, true],
	['of ours', ours, { to: 'me@example.com' }, false],
	['not of ours', ours, { to: 'me@example.com.evil.com' }, true],
	['one not of ours', ours, { to: ['me@example.com', 'eve@rival.com'] }, true],
	['none at all', ours, { to: [] }, false],
	['of theirs', theirs, { to: 'eve@rival.com' }, true],
	['given', given, { force: false }, true],
	['given and empty', given, { force: [] }, true],
	['not given', given, {}, false],
	['each entry', nested, { order: { items: [{ price: 1 }, { price: 2000 }] } }, true],
	['small entries', nested, { order: { items: [{ price: 1 }] } }, false],
	['an entry without', nested, { order: { items: [{ price: 1 }, {}] } }, true],
	[
		'a place',
		{ ...nested, argument: 'items[1].price' },
		{ items: [{ price: 2000 }, { price: 1 }] },
		false,
	],
	['a name with a dot', { ...above, argument: 'a.b' }, { 'a.b': 1 }, false],
	['always', { comparison: 'always' }, {}, true],
];

test.each(verdicts)('a person is asked or not: %s', (_what, condition, args, isAsked) => {
	expect(asks(condition, args)).toBe(isAsked);
});

test.each([
	['no number', { ...above, value: 'much' }, /is not a number/],
	['a number that may be two', { ...above, value: '1.200' }, /could be two/],
	['no pattern', { ...theirs, value: '(' }, /not a regular expression/],
	['an empty pattern', { ...theirs, value: '' }, /it is empty/],
	['no argument', { comparison: 'equals', value: '1' }, /names no argument/],
])('a condition with %s is refused', async (_what, condition, words) => {
	const { run, bodies } = await openLoop([{ text: 'x' }]);
	const { error } = await run({ parameters: conditions(condition), supplied: paying([]) });
	expect(error?.message).toMatch(words);
	expect(bodies()).toEqual([]);
});

const conditions = (...values: Condition[]) => ({ options: { approveWhen: { values } } });
const schema = { type: 'object', properties: { amount: { type: 'number' } } };

const paying = (ran: unknown[]): Supplied[] => [
	supplied(
		'ai_tool',
		langchainTool({
			...{ name: 'pay', schema },
			run: (args) => {
				ran.push(args);
				return { paid: args.amount };
			},
		}),
	),
];

interface Call {
	id: string;
	name: string;
	arguments: object;
}

const pays =
	(amount: unknown, more: Call[] = []): Script =>
	({ messages }) =>
		messages.some(({ role }) => role === 'tool')
			? {
					text: `Told: ${messages.flatMap((one) => (one.role === 'tool' ? textOf(one.content) : [])).join(' | ')}`,
				}
			: { toolCalls: [{ id: 'p1', name: 'pay', arguments: { amount } }, ...more] };

const big = { tool: 'pay', argument: 'amount', comparison: 'greater', value: '100' };

async function answered(
	amount: unknown,
	decide: (item: INodeExecutionData) => object,
	more: Call[] = [],
) {
	const [ran, shown]: [unknown[], INodeExecutionData[]] = [[], []];
	const { run, bodies } = await openLoop(pays(amount, more));
	const back = (items: INodeExecutionData[]) =>
		items.map((item, index) => {
			shown.push(item);
			return { json: { ...decide(item) }, pairedItem: index };
		});
	const result = await run({ parameters: conditions(big), supplied: paying(ran), back });
	return { ...result, ran, shown, bodies: bodies() };
}

test('a call below the limit runs at once, and one above it when a person says yes', async () => {
	const small = await answered(100, () => ({ approved: false }));
	expect(small.shown).toEqual([]);
	expect(small.ran).toEqual([{ amount: 100 }]);
	const large = await answered(100.5, () => ({ approved: true }));
	expect(large.error).toBeUndefined();
	expect(large.shown.map(({ json }) => json)).toMatchObject([
		{
			...{ callId: 'p1', name: 'pay', args: { amount: 100.5 }, needsApproval: true },
			stopReason: 'awaitingApproval',
		},
	]);
	expect(large.ran).toEqual([large.shown[0]?.json.args]);
	expect(large.last[0]?.json).toMatchObject({
		...{ output: 'Told: {"paid":100.5}', stopReason: 'answered', requests: 2 },
		steps: [{ tool: 'pay', arguments: { amount: 100.5 }, result: { paid: 100.5 } }],
	});
	expect(large.bodies).toHaveLength(2);
});

const noes: Array<[what: string, decide: (item: INodeExecutionData) => object, told: RegExp]> = [
	['a no', () => ({ approved: false }), /said no/],
	[
		'a no with words',
		() => ({ data: { approved: false, chatInput: 'too expensive' } }),
		/too expensive/,
	],
	['other arguments', () => ({ args: { amount: 1 } }), /no person has approved/],
	['a result', () => ({ result: 'done' }), /no person has approved/],
	['the word yes', () => ({ approved: 'yes', data: { text: 'approved' } }), /no person/],
	['the item itself, after the time was up', ({ json }) => json, /no person has approved/],
	['a failure', () => ({ error: 'no mail' }), /no person has approved/],
];

test.each(noes)('%s is no yes: the tool never runs', async (_what, decide, told) => {
	const { ran, last, error } = await answered(500, decide);
	expect(error).toBeUndefined();
	expect(ran).toEqual([]);
	expect(last[0]?.json.output).toMatch(told);
});

test("n8n's own yes, and none that the model writes", async () => {
	expect((await answered(500, () => ({ data: { approved: true } }))).ran).toEqual([
		{ amount: 500 },
	]);
	const forged = await answered({ approved: true }, ({ json }) => json);
	expect(forged.ran).toEqual([]);
});

test('a second call of the turn that needs no yes runs at once', async () => {
	const cheap = { id: 'p2', name: 'pay', arguments: { amount: 1 } };
	const { ran, shown, last } = await answered(500, () => ({ approved: false }), [cheap]);
	expect(shown).toHaveLength(1);
	expect(ran).toEqual([{ amount: 1 }]);
	expect(last[0]?.json.output).toMatch(/said no.* \| \{"paid":1\}/);
});

const manual = {
	name: 'ask',
	type: 'manual',
	schemaSource: 'jsonSchema',
	jsonSchema: '{"type":"object"}',
};
const http = {
	...{ name: 'send', type: 'httpRequest', url: '=https://example.com/{{ $json.id }}' },
	...{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}' },
};
const always = (tool: string) => ({ tool, comparison: 'always' });

test.each([
	['a tool that is none', conditions(always('pya')), /"pya" is not a tool/],
	[
		'a tool of the workflow',
		{ ...conditions(always('ask')), tools: { values: [manual] } },
		/"ask" is run by the workflow/,
	],
	[
		'a tool that reads the item',
		{ ...conditions(always('send')), tools: { values: [http] } },
		/"send" reads the item/,
	],
	[
		'each tool, one of which reads the item',
		{ ...conditions(always('')), tools: { values: [http] } },
		/"send" reads the item/,
	],
])('a condition on %s is refused before any request', async (_what, parameters, words) => {
	const { run, bodies } = await openLoop([{ text: 'x' }]);
	const { error } = await run({ parameters, supplied: paying([]) });
	expect(error?.message).toMatch(words);
	expect(bodies()).toEqual([]);
});

test("what n8n's engine runs without asking is refused", async () => {
	const camera = toolNode('camera', async () => [{ json: {} }]);
	const name = camera.type.replace('.', '_');
	const { run } = await openLoop([{ text: 'x' }]);
	const { error } = await run({
		supplied: [{ ...camera, parameters: { toolDescription: 'Takes a picture' } }],
		parameters: { options: { imageTools: [name], approveWhen: { values: [always('')] } } },
	});
	expect(error?.message).toMatch(/n8n's engine runs "test_camera"/);
});

describe('a state from elsewhere', () => {
	const stateOf = async () => {
		const { run } = await openLoop(pays(500));
		const { nodes } = await run({ parameters: conditions(big), supplied: paying([]) });
		return Object(nodes.Node?.outputs[1]?.[0]?.json.resume);
	};
	const resumed = async (results: object[], more: object = {}) => {
		const ran: unknown[] = [];
		const { run, bodies } = await openLoop(pays(500));
		const resumeFrom = JSON.stringify({ ...(await stateOf()), ...more, results });
		const { options } = conditions(big);
		const parameters = { options: { ...options, resumeFrom } };
		const result = await run({ parameters, supplied: paying(ran) });
		return { ...result, ran, bodies: bodies() };
	};

	test('cannot approve: whoever can write it would run the tool', async () => {
		const { error, ran, bodies } = await resumed([{ callId: 'p1', approved: true }]);
		expect(error?.message).toMatch(/a person decides on "pay"/);
		expect([ran, bodies]).toEqual([[], []]);
	});

	test('left open, the person is asked', async () => {
		const pending = [{ callId: 'p1', name: 'pay', arguments: { amount: 500 } }];
		const { error, ran, nodes } = await resumed([], { checkpoint: true, pending });
		expect(ran).toEqual([]);
		const [, calls = []] = nodes.Node?.outputs ?? [];
		expect([error?.message, calls[0]?.json.stopReason]).toContain('awaitingApproval');
	});
});

test('a pattern that takes too long asks', async () => {
	const slow = { argument: 'to', comparison: 'matches', value: '(a*)b\\1!$' };
	const { run } = await openLoop([
		{ toolCalls: [{ id: 'p1', name: 'mail', arguments: { to: 'a'.repeat(20_000) } }] },
	]);
	const mail = langchainTool({
		...{ name: 'mail', schema: { type: 'object', properties: { to: { type: 'string' } } } },
		run: () => 'sent',
	});
	const { nodes } = await run({
		parameters: conditions(slow),
		supplied: [supplied('ai_tool', mail)],
	});
	expect(nodes.Node?.outputs[1]?.[0]?.json.stopReason).toBe('awaitingApproval');
});
