import { answer, chat, streamChat, type ChatResult, type FunctionTool } from '../../core';
import { collectStream } from '../../core/chat/streamChat';
import { isRecord } from '../../core/lib/isRecord';
import { openGateway, type Opened } from '../support/openGateway';

/** Tools as their authors wrote them, in requests of `chat` and its like. */

const messages = [{ role: 'user' as const, content: 'Go' }];
type Request = Parameters<typeof chat>[1];
const WAYS: Record<string, (client: Opened['client'], request: Request) => Promise<ChatResult>> = {
	chat,
	answer,
	'answer, streamed': async (client, request) => await answer(client, request, { stream: true }),
	streamChat: async (client, request) => {
		const calls: unknown[] = [];
		const seen = (async function* () {
			for await (const event of streamChat(client, request)) {
				if (event.type === 'toolCall') calls.push(event);
				yield event;
			}
		})();
		const result = await collectStream(seen);
		const told = (result.toolCalls ?? []).map((call) => ({ type: 'toolCall', ...call }));
		expect(calls).toEqual(told);
		return result;
	},
};

const tool = (parameters?: Record<string, unknown>, name = 'look'): FunctionTool => ({
	type: 'function',
	function: { name, description: 'Looks', parameters },
});

const text = { type: 'string' };
const LEGAL: Array<Record<string, unknown> | undefined> = [
	undefined,
	{ type: 'object', properties: { q: text } },
	{ properties: { q: { enum: ['a', 1, null] } }, required: ['q'], type: 'object' },
	{ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} },
	{ type: 'object', properties: { n: { type: ['integer', 'null'], minimum: 0, default: 1 } } },
	{ type: 'object', properties: { at: { type: 'array', prefixItems: [text], items: false } } },
	{ type: 'object', properties: { one: { anyOf: [text, { type: 'null' }], title: 'One' } } },
	{ type: 'object', $defs: { a: text }, properties: { a: { $ref: '#/$defs/a' } } },
	{ type: 'object', properties: { d: { ...text, format: 'date', pattern: '^2' } } },
	{ type: 'object', properties: {}, additionalProperties: text, examples: [{ a: 'b' }] },
];

const field = (parameters: unknown) => {
	const { properties } = isRecord(parameters) ? parameters : {};
	return Object.keys(isRecord(properties) ? properties : {})[0] ?? '';
};
/** What the model writes for the first property it was sent, and what the caller has to get. */
const ODD: Array<
	[name: string, parameters: Record<string, unknown>, value: unknown, own: unknown]
> = [
	['blanks', { type: 'object', properties: { 'First Name': text } }, 'x', { 'First Name': 'x' }],
	['a filter', { type: 'object', properties: { 'filter[id]': text } }, 'x', { 'filter[id]': 'x' }],
	['OData', { type: 'object', properties: { $top: {} } }, 3, { $top: 3 }],
	['umlauts', { type: 'object', properties: { größe: {} } }, 3, { größe: 3 }],
	[
		'70 letters',
		{ type: 'object', properties: { [`a${'b'.repeat(69)}`]: {} } },
		1,
		{ [`a${'b'.repeat(69)}`]: 1 },
	],
	[
		'a union at the top',
		{
			anyOf: [
				{ type: 'object', properties: { a: text } },
				{ type: 'object', properties: { b: text } },
			],
		},
		{ b: 'x' },
		{ b: 'x' },
	],
	[
		'a reference at the top',
		{ $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { q: text } } } },
		{ q: 'x' },
		{ q: 'x' },
	],
	[
		'a tuple of draft-07',
		{ type: 'object', properties: { at: { type: 'array', items: [text] } } },
		['x'],
		{ at: ['x'] },
	],
	[
		'a bound of draft-04',
		{ type: 'object', properties: { n: { type: 'number', minimum: 0, exclusiveMinimum: true } } },
		1,
		{ n: 1 },
	],
	[
		'null beside object',
		{ type: ['object', 'null'], properties: { q: text } },
		{ q: 'x' },
		{ q: 'x' },
	],
	['no type', { properties: { q: text } }, 'x', { q: 'x' }],
];

describe.each(Object.entries(WAYS))('%s', (_name, ask) => {
	test.each(LEGAL.map((parameters) => [JSON.stringify(parameters), parameters]))(
		'a legal tool goes out byte by byte: %s',
		async (_json, parameters) => {
			const { client, bodies } = await openGateway([{ text: 'fine' }]);
			const tools = [
				tool(Object(parameters) === parameters ? { ...Object(parameters) } : undefined),
			];
			const result = await ask(client, { messages, tools });
			expect(JSON.stringify(bodies()[0]?.tools)).toBe(JSON.stringify(tools));
			expect(result.warnings).toBeUndefined();
		},
	);

	test.each(ODD)(
		'%s: taken by the endpoint, and mapped back',
		async (_row, parameters, value, own) => {
			const { client } = await openGateway(({ tools }) => {
				const sent = tools?.[0]?.function.parameters;
				return { toolCalls: [{ name: 'look', arguments: { [field(sent)]: value } }] };
			});
			const { toolCalls = [], warnings } = await ask(client, {
				messages,
				tools: [tool(parameters)],
			});
			expect(JSON.parse(toolCalls[0]?.arguments ?? '')).toEqual(own);
			expect(warnings).toBeUndefined();
		},
	);

	test('one that has no form is left out by its name, and the others work', async () => {
		const lost = tool({ type: 'object', properties: { q: { $ref: '#/$defs/gone' } } }, 'lost');
		const legal = tool({ type: 'object', properties: { q: text } });
		const { client, bodies } = await openGateway(() => ({ text: 'fine' }));
		const result = await ask(client, { messages, tools: [lost, legal] });
		expect(result.warnings).toEqual([expect.stringContaining('The tool "lost" was left out')]);
		expect(JSON.stringify(bodies()[0]?.tools)).toBe(JSON.stringify([legal]));
	});

	test('the last one, and a forced one, stay as they are: the gateway has the word', async () => {
		const lost = tool({ type: 'object', properties: { q: { $ref: '#/$defs/gone' } } }, 'lost');
		const forced = { type: 'function' as const, function: { name: 'lost' } };
		const { client, bodies } = await openGateway(() => ({ text: 'fine' }));
		await ask(client, { messages, tools: [lost] });
		await ask(client, { messages, tools: [lost, tool()], toolChoice: forced });
		const sent = bodies().map(({ tools }) => JSON.stringify(tools));
		expect(sent).toEqual([JSON.stringify([lost]), JSON.stringify([lost, tool()])]);
	});

	test('names that Claude refuses go out as legal ones, in calls of the history as well', async () => {
		const names = ['get weather', 'get_weather', 'größe', 'a.b/c', 'x'.repeat(70)];
		const [wanted = ''] = names;
		const call = (name: string) => ({
			id: `c${names.indexOf(name)}`,
			type: 'function' as const,
			function: { name, arguments: '{}' },
		});
		const history = names.flatMap((name) => [
			{ role: 'assistant' as const, content: null, tool_calls: [call(name)] },
			{ role: 'tool' as const, tool_call_id: call(name).id, content: 'done' },
		]);
		const seen: { offered: string[]; called: string[] } = { offered: [], called: [] };
		const { client } = await openGateway(({ tool_choice: choice, tools: sent, messages: all }) => {
			const name = typeof choice === 'object' ? choice.function.name : '';
			seen.offered = (sent ?? []).map((one) => one.function.name);
			seen.called = all.flatMap((message) =>
				message.role === 'assistant'
					? (message.tool_calls ?? []).map((one) => one.function.name)
					: [],
			);
			return { toolCalls: [{ name, arguments: {} }] };
		});
		const tools = names.map((name) => tool(undefined, name));
		const toolChoice = { type: 'function' as const, function: { name: wanted } };
		const given = [...messages, ...history, ...messages];
		const { toolCalls = [] } = await ask(client, { messages: given, tools, toolChoice });
		expect(toolCalls).toMatchObject([{ name: wanted, arguments: '{}' }]);
		expect(seen.called).toEqual(seen.offered);
		expect(new Set(seen.offered).size).toBe(names.length);
	});

	test.each([
		['stop_sequences', ['END'], 'stop'],
		['metadata', { user_id: 'u' }, 'user'],
		['max_tokens', 5, 'maxTokens'],
		['max_completion_tokens', 5, 'maxTokens'],
		['top_p', 0.5, 'topP'],
		['tool_choice', 'auto', 'toolChoice'],
		['system', 'Be brief', 'messages, role "system"'],
		['seed', 7, undefined],
		['constructor', 7, undefined],
	])('%s is refused with the name that it has here', async (key, value, meant) => {
		const { client } = await openGateway([{ text: 'fine' }]);
		const named = meant === undefined ? `"${key}"` : `"${key}" (here: ${meant})`;
		await expect(ask(client, { messages, [key]: value })).rejects.toThrow(
			`Unrecognized key: ${named}`,
		);
	});
});
