import type { IDataObject } from 'n8n-workflow';
import { openNode } from '../support/openNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	...{ maxTokens: 64, options: {} },
};

/** As n8n's Chat Trigger hands it over. */
const said = { sessionId: 's', action: 'sendMessage', chatInput: 'Where is my order?' };

describe.each(['tokenHubChatCompletion', 'tokenHubToolCallLoop'] as const)('%s', (type) => {
	const ask = async (parameters: IDataObject, json: IDataObject, typeVersion = 2) => {
		const { run, bodies } = await openNode({ type, base, gateway: [() => ({ text: 'Hi' })] });
		const ran = await run(parameters, { items: [json], node: { typeVersion } });
		const messages: unknown = bodies()[0]?.messages;
		const hints = ran.run?.data.resultData.runData.Node?.[0]?.hints ?? [];
		return { messages, error: ran.error?.message, hints: hints.map(({ message }) => message) };
	};
	const sent = (content: string) => expect.arrayContaining([{ role: 'user', content }]);

	test('a new node, untouched, answers what was written in the chat', async () => {
		expect((await ask({}, said)).messages).toEqual(sent('Where is my order?'));
	});

	test('a Prompt is all that is asked', async () => {
		const { messages } = await ask({ prompt: 'Hello' }, said);
		expect(messages).toEqual(sent('Hello'));
		expect(JSON.stringify(messages)).not.toContain('order');
	});

	test('a node of version 1 asks nothing that it does not name', async () => {
		const { messages, error } = await ask({}, said, 1);
		expect(messages).toBeUndefined();
		expect(error).toMatch(/Prompt/);
	});

	test.each<[IDataObject]>([[{}], [{ chatInput: '' }], [{ chatInput: ' \n' }], [{ text: 'a' }]])(
		'without a message there is nothing to ask: %j',
		async (json) => {
			const { messages, error } = await ask({}, json);
			expect(messages).toBeUndefined();
			expect(error).toMatch(/"Prompt" is empty/);
		},
	);

	test.each<[prompt: string, named: string[]]>([
		['Say {{ $json.word }}', ['Prompt']],
		['={{ "{{ $json.word }}" }}', []],
		['Write a Jinja template with {{ name }}.', []],
	])('braces in %s', async (prompt, named) => {
		const { hints } = await ask({ prompt, systemMessage: 'Be kind.' }, { word: 'a' });
		const words = named.map((name) => expect.stringContaining(`as plain text by: ${name}.`));
		expect(hints).toEqual(words);
	});

	test('braces as text are found in other fields too', async () => {
		const { hints } = await ask({ prompt: 'a', systemMessage: 'You are {{$json.role}}.' }, {});
		expect(hints).toEqual([expect.stringContaining('as plain text by: System Message.')]);
	});
});
