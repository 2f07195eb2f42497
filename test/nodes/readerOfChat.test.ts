import type { Reply, Script } from '../../gateway';
import { openNode } from '../support/openNode';
import { openReader } from '../support/openReader';
import type { NodeRun } from '../support/runNode';
import { suppliedTool, toolNode } from '../support/supplied';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ prompt: 'Where is my order?', text: 'a', maxTokens: 64 },
	options: { maxRetries: 0 },
};
type Type = NodeRun['type'];
const LOOP = 'tokenHubToolCallLoop';

async function read(
	type: Type,
	replies: Reply[] | Script,
	rest: Partial<NodeRun> = {},
	parameters = {},
) {
	const { run } = await openNode({ type, base, gateway: [replies] });
	const reader = openReader();
	const ran = await run(parameters, {
		...{ node: { typeVersion: 2 }, onChunk: reader.onChunk, ...rest },
	});
	return { ran, reader, text: reader.text(), errors: errorsIn(reader) };
}
const errorsIn = ({ chunks }: ReturnType<typeof openReader>) =>
	chunks.flatMap(({ type, content }) => (type === 'error' ? content : []));

const look = () => suppliedTool({ name: 'look', schema: { type: 'object' }, run: () => 'found' });
const calls = (text: string, ...names: string[]): Reply => ({
	text,
	toolCalls: names.map((name, n) => ({ id: `${text}${n}`, name, arguments: { n } })),
});

describe('texts of a loop', () => {
	const turns = [calls('Let me see.', 'look', 'look'), calls('', 'look'), { text: 'Tomorrow.' }];

	test('are apart, and say once a turn who is at work', async () => {
		const { text } = await read(LOOP, turns, { supplied: [look()] });
		expect(text).toBe('Let me see.\n\n*Using look…*\n\n*Using look…*\n\nTomorrow.');
	});

	test('are apart where nobody is named', async () => {
		const parameters = { options: { showToolUse: false } };
		const { text } = await read(LOOP, turns, { supplied: [look()] }, parameters);
		expect(text).toBe('Let me see.\n\nTomorrow.');
	});

	test('of a node of version 1 name nobody', async () => {
		const rest = { supplied: [look()], node: { typeVersion: 1 } };
		expect((await read(LOOP, turns, rest)).text).toBe('Let me see.\n\nTomorrow.');
	});

	test('begin without a blank line', async () => {
		const { text } = await read(
			LOOP,
			[calls('', 'look'), { text: 'Yes.' }],
			{
				supplied: [look()],
			},
			{ options: { showToolUse: false } },
		);
		expect(text).toBe('Yes.');
	});
});

describe('tools that n8n itself runs', () => {
	const photo = toolNode('photo', async () => [{ json: { seen: 1 } }]);
	const asks: Script = ({ messages, tools = [] }) => {
		if (JSON.stringify(messages).includes('"role":"tool"')) return { text: 'Done.' };
		const { name = '' } = tools[0]?.function ?? {};
		return { text: 'Let me see.', toolCalls: [{ id: 'a', name, arguments: {} }] };
	};
	const review = toolNode('reviewHitlTool', async () => [{ json: { data: { approved: true } } }]);
	review.nodeType.description.inputs = [{ type: 'ai_tool', displayName: 'Tool', required: true }];
	const gated = [
		{ ...review, parameters: { message: 'May it?' } },
		{ ...photo, to: review.type },
	];
	const imageTools = { imageTools: ['photo', 'test_photo'] };

	test('are named while they work', async () => {
		const { text } = await read(LOOP, asks, { supplied: [photo] }, { options: imageTools });
		expect(text).toBe('Let me see.\n\n*Using test_photo…*\n\nDone.');
	});

	test('are named while a person is asked', async () => {
		const { text } = await read(LOOP, asks, { supplied: gated });
		expect(text).toBe('Let me see.\n\n*Waiting for approval of test_photo…*\n\nDone.');
	});

	test('are not where nobody is to be named', async () => {
		const options = { ...imageTools, showToolUse: false };
		const { text } = await read(LOOP, asks, { supplied: [photo] }, { options });
		expect(text).toBe('Let me see.\n\nDone.');
	});
});

describe.each<[Type]>([[LOOP], ['tokenHubChatCompletion'], ['tokenHubJsonExtract']])(
	'an error of %s',
	(type) => {
		const refused: Reply = { status: 400, error: { message: 'max_tokens: 64 is too few' } };
		const fields = { fields: { values: [{ name: 'n', type: 'number' }] } };

		test('tells the reader what went wrong and then what to do', async () => {
			const { errors } = await read(type, [refused, refused], {}, fields);
			expect(errors).toEqual([
				expect.stringMatching(/max_tokens: 64 is too few[^]*\n\nCorrect the request/),
			]);
			expect(errors[0]).not.toMatch(/items done|item 0/);
		});

		test('says in the editor each of them in its place, and no tally for one item', async () => {
			const { run } = await openNode({ type, base, gateway: [[refused, refused]] });
			const { error } = await run(fields, { node: { typeVersion: 2 } });
			expect(error?.message).toMatch(/max_tokens: 64 is too few/);
			expect(error?.description).toBe('Correct the request: the message says what was refused.');
		});
	},
);
