import type { RunResult } from '../../demo/engine';
import { startGateway, type Script } from '../../gateway';
import { KEY } from '../support/openGateway';
import { openNode } from '../support/openNode';
import { openReader } from '../support/openReader';
import { runNode } from '../support/runNode';
import { fields, IN_THE_FORM, type Mistake, modelOf, tool, TYPES, zod } from './mistakeOf';
import { MISTAKES } from './mistakeRows';

test('there are enough of them', () => {
	expect(Object.keys(MISTAKES).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(MISTAKES))('%s', async (_name, mistake) => {
	const { node = 'chat', parameters, options = {}, reply = { text: 'Hi' } } = mistake;
	const { account = 'active', access, credentials, item = { json: {} }, items = 1 } = mistake;
	const gateway = await startGateway({ keys: { [KEY]: account }, script: () => reply });
	const reader = openReader();
	const baseUrl = access?.baseUrl === 'https' ? gateway.url.replace('http:', 'https:') : undefined;
	const credential = { apiKey: KEY, baseUrl: gateway.url, ...access, ...(baseUrl && { baseUrl }) };
	const ran = await runNode(credential, {
		type: TYPES[node],
		parameters: {
			model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
			...{ prompt: 'Hello', text: 'Ada', maxTokens: 64, ...fields({ name: 'a' }), ...parameters },
			options: { maxRetries: 0, ...options },
		},
		...{ input: Array.from({ length: items }, () => item), onChunk: reader.onChunk },
		node: { typeVersion: 2, ...(credentials && { credentials }) },
		back: mistake.back,
	});
	await gateway.close();
	const { message = '', description = '' } = ran.error ?? {};
	expect(gateway.requests).toHaveLength(mistake.asks ?? 0);
	expect(message).toMatch(mistake.says);
	if (mistake.advises === IN_THE_FORM) return expect(description).toBe('');
	const [inChat] = reader.chunks.filter(({ type }) => type === 'error');
	expect(inChat?.content).toBe(description);
	const [what = '', ...advice] = description.split('\n\n');
	expect(what).not.toBe('');
	expect(advice.join('\n\n')).toMatch(mistake.advises);
});

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ prompt: 'Hello', maxTokens: 64, options: {} },
};

/** What can only be meant in one way is taken so. */
const AS_MEANT: Array<
	[what: string, run: (url: string) => Pick<Mistake, 'access' | 'parameters' | 'item'>]
> = [
	['a key between blanks', () => ({ access: { apiKey: `  ${KEY}\n` } })],
	['a key in quotes', () => ({ access: { apiKey: `"${KEY}"` } })],
	['a key in quotes of a word processor', () => ({ access: { apiKey: `“${KEY}”` } })],
	['a key with the word of the header', () => ({ access: { apiKey: `Bearer ${KEY}` } })],
	['a whole header', () => ({ access: { apiKey: `Authorization: Bearer ${KEY}` } })],
	['an address with a slash', (url) => ({ access: { baseUrl: `${url}/` } })],
	['an address in quotes', (url) => ({ access: { baseUrl: `'${url}'` } })],
	['a host alone', (url) => ({ access: { baseUrl: url.replace('/api/v1', '') } })],
	...['chat/completions', 'models', 'messages', 'responses'].map(
		(path): (typeof AS_MEANT)[number] => [
			`the address of ${path}`,
			(url) => ({ access: { baseUrl: `${url}/${path}` } }),
		],
	),
	['a model between blanks', () => ({ parameters: modelOf(' claude-haiku-4-5 ') })],
	[
		'a text about objects',
		() => ({
			parameters: { prompt: '=Explain {{ $json.said }}' },
			item: { json: { said: 'It says [object Object].' } },
		}),
	],
	['a prompt that is a number', () => ({ parameters: { prompt: '={{ 42 }}' } })],
	['a prompt that is a yes', () => ({ parameters: { prompt: '={{ true }}' } })],
	['a system message that is a number', () => ({ parameters: { systemMessage: '={{ 42 }}' } })],
	...[new Date(0), [1, 2], [new Date(0)], { toString: () => 'words' }].map(
		(at): (typeof AS_MEANT)[number] => [
			`an object among words that has words of its own: ${String(at)}`,
			() => ({ parameters: { prompt: '=Since {{ $json.at }}?' }, item: { json: { at } } }),
		],
	),
];

test.each(AS_MEANT)('%s', async (_what, made) => {
	const gateway = await startGateway({ script: () => ({ text: 'Hi' }) });
	const { access, parameters, item = { json: {} } } = made(gateway.url);
	const ran = await runNode(
		{ apiKey: KEY, baseUrl: gateway.url, ...access },
		{
			...{ type: TYPES.chat, parameters: { ...base, ...parameters } },
			...{ node: { typeVersion: 2 }, input: [item] },
		},
	);
	await gateway.close();
	expect(ran.error).toBeUndefined();
	expect(gateway.requests).toMatchObject([{ path: '/api/v1/chat/completions', status: 200 }]);
});

/** Mistakes that fail nothing: a person is told below the output, or nothing at all is lost. */

test.each([
	['tokenHubChatCompletion', 'prompt', 'Prompt'],
	['tokenHubToolCallLoop', 'systemMessage', 'System Message'],
	['tokenHubJsonExtract', 'text', 'Text'],
] as const)('braces in a Fixed field of %s', async (type, field, label) => {
	const more = { text: 'Ada', ...fields({ name: 'a' }), [field]: 'Sum up {{ $json.text }}' };
	const { run } = await openNode({ type, base, gateway: [() => ({ text: '{"a":"b"}' })] });
	const ran = await run({ ...more, options: { mode: 'json' } }, { node: { typeVersion: 2 } });
	expect(hintsOf(ran)).toEqual([
		`{{ … }} was sent as plain text by: ${label}. Switch the field from Fixed to Expression.`,
	]);
	expect(ran.error).toBeUndefined();
});

const hintsOf = ({ run }: RunResult) =>
	(run?.data.resultData.runData.Node?.[0]?.hints ?? []).map(({ message }) => message);

test('a field of the item that is empty is named, with how often', async () => {
	const { run } = await openNode({ type: TYPES.chat, base, gateway: [() => ({ text: 'Hi' })] });
	const prompt = '=Translate {{ $json.text }} into {{ $json.language }}.';
	const items = [{ text: 'Hallo', language: 'Greek' }, { text: 'Hallo' }, { text: null }];
	const ran = await run({ prompt }, { items });
	expect(hintsOf(ran)).toEqual([
		'{{ $json.language }} in Prompt was empty for 2 of 3 items.',
		'{{ $json.text }} in Prompt was empty for 1 of 3 items.',
	]);
});

test.each([
	['a tool without a description', { name: 'find' }, /"find" has no Description/],
	['a tool with umlauts', { name: 'größe', description: 'finds' }, undefined],
])('%s works', async (_what, values, hint) => {
	const { run, bodies } = await openNode({ type: TYPES.loop, base, gateway: [[{ text: 'Hi' }]] });
	const ran = await run({ ...tool({ type: 'manual', ...zod('z.object({})'), ...values }) });
	expect(ran.error).toBeUndefined();
	expect(bodies()).toHaveLength(1);
	expect(hintsOf(ran)).toEqual(hint ? [expect.stringMatching(hint)] : []);
});

test('two files in one entry, as in n8n’s own nodes', async () => {
	const { run, bodies } = await openNode({
		type: TYPES.chat,
		base,
		gateway: [() => ({ text: 'Hi' })],
	});
	const file = (words: string) => ({ mimeType: 'text/plain', data: btoa(words) });
	const input = [{ json: {}, binary: { a: file('one'), b: file('two') } }];
	const ran = await run({ options: { images: ['a, b'] } }, { input });
	expect(ran.error).toBeUndefined();
	expect(JSON.stringify(bodies()[0])).toMatch(/one.*two/);
});

test('models in one entry are tried one by one', async () => {
	const busy = { status: 429, error: { message: 'slow down' } };
	const { run, bodies } = await openNode({ type: TYPES.chat, base, gateway: [() => busy] });
	const fallbackModels = ['claude-opus-4-6, claude-sonnet-4-6'];
	await run({ options: { fallbackModels, maxRetries: 0 } });
	expect(bodies().map(({ model }) => model)).toEqual([
		...['anthropic/claude-haiku-4-5', 'claude-opus-4-6', 'claude-sonnet-4-6'],
	]);
});

test.each([
	[
		'no entry',
		'{"name":"a","rows":[]}',
		'The example of "rows" has no entries: any entry is accepted.',
	],
	[
		'no value',
		'{"rows":[{"a":null}]}',
		'The example of "rows[].a" shows no value: any value is accepted.',
	],
	[
		'a type',
		'{"age":"number"}',
		'The example of "age" is the word "number", which is text: show a value, such as 3 or true.',
	],
	['all of it', '{"name":"a","rows":[{"a":1}]}', undefined],
])('an example that shows %s', async (_what, jsonExample, warning) => {
	const answer = { text: '{"name":"a","rows":[{"a":1}],"age":"3"}' };
	const { run } = await openNode({ type: TYPES.extract, base, gateway: [() => answer] });
	const source = { text: 'a', schemaSource: 'example', jsonExample, options: { mode: 'json' } };
	const ran = await run(source, { node: { typeVersion: 2 } });
	expect(ran.last[0]?.json.warnings).toEqual(warning === undefined ? undefined : [warning]);
});

test('Stop: the run ends as cancelled, and a chat is told so', async () => {
	const stop = new AbortController();
	const hang: Script = () => {
		stop.abort();
		return { fault: 'hang' };
	};
	const { run } = await openNode({ type: TYPES.chat, base, gateway: [hang] });
	const reader = openReader();
	const rest = { signal: stop.signal, onChunk: reader.onChunk, node: { typeVersion: 2 } };
	const ran = await run({}, rest);
	expect(ran.cancelled).toBe(true);
	const errors = reader.chunks.filter(({ type }) => type === 'error');
	expect(errors.map(({ content }) => content)).toEqual([
		'The run was cancelled.\n\nRun it again: the run was stopped before this item was done.',
	]);
});
