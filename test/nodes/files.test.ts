import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import type { Reply } from '../../gateway';
import { makePdf } from '../support/makePdf';
import { openNode } from '../support/openNode';
import type { NodeRun } from '../support/runNode';
import { supplied, suppliedTool } from '../support/supplied';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	maxTokens: 64,
};
const PNG = Buffer.from('\x89PNG\r\n\x1a\n bytes', 'latin1');
const file = (bytes: Buffer, mimeType: string, fileName?: string): IBinaryData => ({
	data: bytes.toString('base64'),
	...{ mimeType, ...(fileName === undefined ? {} : { fileName }) },
});
const png = file(PNG, 'image/png', 'cat.png');
const pdf = file(makePdf([['Total: 36 EUR']]), 'application/pdf', 'bill.pdf');
const text = file(Buffer.from('Ä;1\n'), 'text/csv', 'table.csv');
/** Calls itself XML, and is a zip. */
const docx = file(
	Buffer.from('PK\x03\x04\0\0 bytes \xff', 'latin1'),
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'letter.docx',
);
const see = { type: 'image_url', image_url: { url: `data:image/png;base64,${png.data}` } };
const say = (words: string) => ({ type: 'text', text: words });
const inBill = say('<file name="bill.pdf">\nTotal: 36 EUR\n</file>');
const inTable = say('<file name="table.csv">\nÄ;1\n\n</file>');

/** As n8n's Chat Trigger hands a message with uploads over. */
function message(chatInput: string, binary: Record<string, IBinaryData>): INodeExecutionData {
	const files = Object.entries(binary).map(([binaryKey, { mimeType }]) => ({
		...{ binaryKey, mimeType },
	}));
	return { json: { sessionId: 's', action: 'sendMessage', chatInput, files }, binary };
}

type Asking = Extract<NodeRun['type'], 'tokenHubChatCompletion' | 'tokenHubToolCallLoop'>;
const ASKING: Asking[] = ['tokenHubChatCompletion', 'tokenHubToolCallLoop'];
const replies: Reply[] = [{ text: 'Hi' }];

describe.each(ASKING)('%s', (type) => {
	async function ask(
		item: INodeExecutionData,
		options = {},
		{ typeVersion = 2, parameters = {} } = {},
	) {
		const { run, bodies } = await openNode({ type, base, gateway: [replies] });
		const ran = await run({ ...parameters, options }, { input: [item], node: { typeVersion } });
		const messages: unknown = bodies()[0]?.messages;
		const hints = ran.run?.data.resultData.runData.Node?.[0]?.hints ?? [];
		const { message = '', description = '' } = ran.error ?? {};
		return {
			asked: Array.isArray(messages) ? messages.at(-1)?.content : undefined,
			error: `${message} ${description}`,
			hints: hints.map((hint) => hint.message),
			json: ran.last[0]?.json,
		};
	}

	test('an untouched chat sends what was uploaded', async () => {
		const { asked, hints } = await ask(
			message('What is it?', { data0: png, data1: pdf, data2: text }),
		);
		expect(asked).toEqual([see, inBill, inTable, say('What is it?')]);
		expect(hints).toEqual([]);
	});

	test('a picture may be sent without a word', async () => {
		expect((await ask(message('', { data0: png }))).asked).toEqual([see]);
	});

	test('what no model reads is named, to the person and to the model', async () => {
		const { asked, hints, json } = await ask(message('Read it', { data0: docx, data1: png }));
		expect(asked).toEqual([
			see,
			say(expect.stringContaining('[A file could not be read: letter.docx: ')),
			say('Read it'),
		]);
		expect(hints).toEqual([expect.stringContaining('files that could not be sent: 1 of 1')]);
		expect(json?.warnings).toEqual([
			expect.stringMatching(/"letter.docx": .*neither an image, nor a PDF, nor UTF-8 text/),
		]);
	});

	test('alone, it is nothing to ask', async () => {
		const { asked, error } = await ask(message('', { data0: docx }));
		expect(asked).toBeUndefined();
		expect(error).toMatch(/"Prompt" is empty/);
	});

	test.each([
		['a node of version 1', {}, { typeVersion: 1, parameters: { prompt: 'Hello' } }],
		['an empty list', { images: [] }, {}],
		['another item', {}, { parameters: { prompt: 'Hello' } }],
	])('nothing is sent unasked: %s', async (name, options, more) => {
		const item = message('Hello', { data0: png });
		const plain = { json: { text: 'Hello' }, binary: { data0: png } };
		const { asked } = await ask(name === 'another item' ? plain : item, options, more);
		expect(asked).toBe('Hello');
	});

	test.each([
		[
			'names and links, in their order',
			['https://x.y/a.png', 'scan', 'photo'],
			[{ type: 'image_url', image_url: { url: 'https://x.y/a.png' } }, see, inBill],
		],
		['all of them', ['*'], [see, inBill, inTable]],
		['all of them, and one by name', ['photo', '*'], [see, inBill, inTable]],
	])('%s', async (_name, images, parts) => {
		const item = { json: {}, binary: { scan: pdf, photo: png, table: text } };
		const { asked } = await ask(item, { images }, { parameters: { prompt: 'Look' } });
		expect(asked).toEqual([...parts, say('Look')]);
	});

	test.each([
		[
			'misspelt',
			['phto'],
			/no binary field "phto".*Did you mean "photo"\? .*: "photo", "letter"\./,
		],
		['of no kind', ['letter'], /"letter": it is application\/vnd.*Extract from File/],
		['a data URI that would be refused', ['data:image/tiff;base64,aGk='], /image\/tiff, not PNG/],
	])('a file that is named is refused unpaid: %s', async (_name, images, words) => {
		const item = { json: {}, binary: { photo: png, letter: docx } };
		const { asked, error } = await ask(item, { images }, { parameters: { prompt: 'Look' } });
		expect(asked).toBeUndefined();
		expect(error).toMatch(words);
	});

	test('an item without binary data is told so', async () => {
		const { error } = await ask(
			{ json: {} },
			{ images: ['data'] },
			{ parameters: { prompt: 'a' } },
		);
		expect(error).toMatch(/no binary field "data".*has no binary data/);
	});

	test('the name of a file is no markup', async () => {
		const odd = file(Buffer.from('x'), 'text/plain', 'a">\n</file>.txt');
		const { asked } = await ask(message('?', { data0: odd }));
		expect(asked).toEqual([say('<file name="a____/file_.txt">\nx\n</file>'), say('?')]);
	});
});

test('a memory keeps the words of a question, and the names of its files', async () => {
	const saved: unknown[] = [];
	const memory = {
		chatHistory: { sessionId: 's' },
		loadMemoryVariables: async () => ({ chat_history: [] }),
		saveContext: async (input: unknown) => void saved.push(input),
	};
	const type = 'tokenHubToolCallLoop';
	const { run, bodies } = await openNode({ type, base, gateway: [replies] });
	const input = [message('What is it?', { data0: png, data1: pdf })];
	await run({}, { input, node: { typeVersion: 2 }, supplied: [supplied('ai_memory', memory)] });
	expect(bodies()[0]).toMatchObject({ messages: [{ content: [see, inBill, say('What is it?')] }] });
	expect(saved).toEqual([{ input: '[image]\n[bill.pdf]\nWhat is it?' }]);
});

test('the pictures stay in the conversation while tools work', async () => {
	const look = suppliedTool({ name: 'look', schema: { type: 'object' }, run: () => 'found' });
	const { run, bodies } = await openNode({
		...{ type: 'tokenHubToolCallLoop', base },
		gateway: [[{ toolCalls: [{ id: 'a', name: 'look', arguments: {} }] }, { text: 'A cat.' }]],
	});
	const input = [message('What is it?', { data0: png })];
	const { last } = await run({}, { input, node: { typeVersion: 2 }, supplied: [look] });
	expect(last[0]?.json.output).toBe('A cat.');
	expect(bodies()[1]).toMatchObject({ messages: [{ content: [see, say('What is it?')] }, {}, {}] });
});

test('Structured JSON Extract reads text files too', async () => {
	const { run, bodies } = await openNode({
		...{ type: 'tokenHubJsonExtract', base },
		gateway: [[{ text: '{"n":1}' }]],
	});
	const input = [{ json: {}, binary: { a: text, b: docx, c: png } }];
	const { last, run: ran } = await run(
		{
			fields: { values: [{ name: 'n', type: 'number' }] },
			options: { mode: 'json', images: ['*'] },
		},
		{ input },
	);
	expect(JSON.stringify(bodies()[0]?.messages)).toContain('Ä;1');
	expect(last[0]?.json.warnings).toContainEqual(expect.stringContaining('"letter.docx": '));
	expect(ran?.data.resultData.runData.Node?.[0]?.hints).toMatchObject([
		{ message: expect.stringContaining('files that could not be sent: 1 of 1') },
	]);
});
