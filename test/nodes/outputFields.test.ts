import type { IDataObject } from 'n8n-workflow';
import { outputFields as chatFields } from '../../nodes/TokenHubChatCompletion/outputFields';
import { outputFields as extractFields } from '../../nodes/TokenHubJsonExtract/outputFields';
import { answerFields, callFields } from '../../nodes/TokenHubToolCallLoop/outputFields';
import type { Script } from '../../gateway';
import { makePdf } from '../support/makePdf';
import { openNode } from '../support/openNode';
import type { Back } from '../support/runNode';
import { langchainTool, supplied } from '../support/supplied';

/** The pages of the nodes name the keys that really come out, each of them and no other. */

const HAIKU = 'anthropic/claude-haiku-4-5';
const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ prompt: '={{ $json.q }}', text: '={{ $json.q }}', maxTokens: 64, tools: {}, options: {} },
};
type Type = Parameters<typeof openNode>[0]['type'];
const open = (type: Type, script: Script) => openNode({ type, base, gateway: [script] });

/** All keys of an item, and those under a key that has keys in the list. */
function pathsIn(json: IDataObject, listed: readonly string[]): string[] {
	return Object.entries(json).flatMap(([key, value]) => {
		const prefix = Array.isArray(value) ? `${key}[].` : `${key}.`;
		const isOpen = listed.some((path) => path.startsWith(prefix));
		const inner = isOpen ? [value].flat().flatMap((entry) => Object.keys(Object(entry))) : [];
		return [key, ...inner.map((name) => prefix + name)];
	});
}

function expectListed(items: Array<{ json: IDataObject }>, fields: object): void {
	const listed = Object.keys(fields);
	const seen = new Set(items.flatMap(({ json }) => pathsIn(json, listed)));
	expect([...seen].sort()).toEqual([...listed].sort());
}

const fallback = { fallbackModels: [HAIKU], maxRetries: 0 };
const notSonnet = (script: (body: { model: string }) => object): Script => {
	return (body) => (body.model.includes('sonnet') ? { status: 529 } : script(body));
};

/** The first item of a run whose second fails, as n8n's Retry takes it over. */
async function reusedItem(type: Type, parameters: { options?: object }, text: string) {
	let asked = 0;
	const { run } = await open(type, () => ((asked += 1) === 2 ? { status: 400 } : { text }));
	const options = { ...parameters.options, reuseResults: true, concurrency: 1 };
	const items = [{ q: 'a' }, { q: 'b' }];
	const failed = await run({ ...parameters, options }, { items });
	expect(failed.error).toBeDefined();
	const { last } = await run({ ...parameters, options }, { items, retryOf: failed.run });
	expect(last[0]?.json.reused).toBe(true);
	return last.slice(0, 1);
}

const question = { items: [{ q: 'a' }] };

test('Chat Completion', async () => {
	const type = 'tokenHubChatCompletion';
	const { run } = await open(type, [
		{ text: 'Hi' },
		{ text: 'cut', finishReason: 'length', usage: { cost: 0.1 } },
		{ text: ' off' },
		{ refusal: 'No.' },
		{ toolCalls: [{ id: 'a', name: 'look', arguments: {} }], usage: null },
	]);
	const passed = await open(
		type,
		notSonnet(() => ({ text: 'Hi' })),
	);
	const conversation = [
		{ role: 'assistant', content: 'before' },
		{ role: 'user', content: 'a' },
	];
	const mended = { inputMode: 'json', messagesJson: conversation };
	const ran = [
		await run({ ...mended, options: { includeRaw: true } }),
		await run({ options: { autoContinue: true } }, question),
		await run({}, question),
		await run({}, question),
		await run({ options: { dryRun: true } }, question),
		await passed.run({ options: fallback }, question),
	];
	const items = [...ran.flatMap(({ last }) => last), ...(await reusedItem(type, {}, 'Hi'))];
	expectListed(items, chatFields);
});

const look = {
	...{ name: 'look', type: 'manual', schemaSource: 'jsonSchema' },
	jsonSchema: '{"type":"object","properties":{"n":{"type":"number"}}}',
};
const called = (n: unknown) => ({ toolCalls: [{ id: 'a', name: 'look', arguments: { n } }] });

const HELPER = {
	...{ toolDescription: 'Helps', prompt: 'inner', maxTokens: 10, options: {} },
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
};

/** Four long results, after which the model takes no more. */
async function outgrownLoop() {
	const message = 'prompt is too long: 9000 tokens > 2000 maximum';
	const { run } = await open('tokenHubToolCallLoop', (_body, n) => {
		if (n < 4) return { toolCalls: [{ id: `c${n}`, name: 'look', arguments: { n } }] };
		return n === 4 ? { status: 400, error: { message } } : { text: 'Done.' };
	});
	const long = langchainTool({ name: 'look', schema: {}, run: async () => 'long '.repeat(999) });
	const options = { toolResultLimit: 4_000, longResults: 'keep' };
	return await run({ options }, { ...question, supplied: [supplied('ai_tool', long)] });
}

test('Tool Call Loop', async () => {
	const type = 'tokenHubToolCallLoop';
	const { run } = await open(type, [called(1), { text: 'One.' }, called('x'), { text: 'None.' }]);
	const parameters = { tools: { values: [look] }, options: { includeMessages: true } };
	const found: Back = (items) =>
		items.map(({ json }) => ({ json: { ...json, result: { found: true } } }));
	const answered = await run(parameters, { ...question, back: found });
	const [ended = [], calls = []] = answered.nodes.Node?.outputs ?? [];
	const failed = await run(parameters, question);
	const { run: approving } = await open(type, [called(1)]);
	const approveWhen = { values: [{ comparison: 'always' }] };
	const runs = langchainTool({ name: 'look', schema: {}, run: () => 1 });
	const asked = await approving(
		{ options: { approveWhen } },
		{ ...question, supplied: [supplied('ai_tool', runs)] },
	);
	const [, approvals = []] = asked.nodes.Node?.outputs ?? [];
	const passed = await open(
		type,
		notSonnet(() => ({ text: 'Hi' })),
	);
	const other = await passed.run({ options: fallback }, question);
	const { run: uncounted } = await open(type, [{ text: 'Hi', usage: null }]);
	const { run: told } = await open(type, [{ text: 'Hi', usage: { cost: 0.1 } }]);
	const dear = await told({}, question);
	const free = await uncounted({ options: { maxCostUsd: 1 } }, question);
	const asking = await open(type, [
		{ toolCalls: [{ id: 'a', name: 'helper', arguments: {} }] },
		...[called(1), { text: 'Hi' }, { text: 'Done.' }],
	]);
	const inner = { ...look, type: 'httpRequest', url: 'http://127.0.0.1:1/' };
	const helper = {
		...{ name: 'helper', type: 'tokenHubToolCallLoopTool' },
		parameters: { ...HELPER, tools: { values: [inner] } },
	};
	const spending = await asking.run({}, { ...question, tools: [helper] });
	const outgrown = await outgrownLoop();
	const ran = [failed, other, free, dear, spending, outgrown];
	const answers = [...ended, ...ran.flatMap(({ last }) => last)];
	expectListed([...answers, ...(await reusedItem(type, {}, 'Hi'))], answerFields);
	expectListed([...calls, ...approvals], callFields);
});

test('Structured JSON Extract', async () => {
	const type = 'tokenHubJsonExtract';
	const schema = { fields: { values: [{ name: 'n', type: 'number' }] } };
	const json = { mode: 'json' };
	const { run } = await open(type, [
		{ text: '{"n":"x"}', usage: null },
		{ text: '{"n":36}', usage: { cost: 0.1 } },
	]);
	const data = makePdf([['Age: 36']]).toString('base64');
	const input = [{ json: { q: '' }, binary: { data: { data, mimeType: 'application/pdf' } } }];
	const options = { ...json, images: ['data'], evidence: true };
	const read = await run({ ...schema, options }, { input });
	const passed = await open(
		type,
		notSonnet(() => ({ text: '{"n":36}' })),
	);
	const other = await passed.run({ ...schema, options: { ...json, ...fallback } }, question);
	const again = await reusedItem(type, { ...schema, options: json }, '{"n":36}');
	const samples = await open(type, [{ text: '{"n":36}' }, { text: '{"n":36}' }]);
	const voted = await samples.run({ ...schema, options: { ...json, samples: 2 } }, question);
	const graded = await open(type, [{ text: '{"n":36}' }]);
	const expected = '{"n":35,"m":1}';
	const scored = await graded.run({ ...schema, options: { ...json, expected } }, question);
	const ran = [read, other, voted, scored];
	expectListed([...ran.flatMap(({ last }) => last), ...again], extractFields);
});
