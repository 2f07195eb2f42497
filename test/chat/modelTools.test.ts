import OpenAI from 'openai';
import { modelFetch } from '../../core/chat/modelFetch';
import { openOffer } from '../../core/chat/modelOffer';
import type { Script } from '../../gateway';
import { KEY, openGateway } from '../support/openGateway';

/** The tools of n8n's agents through the official SDK: what Claude refuses is sent in a form it takes. */

interface Row {
	tool: { name: string; parameters: Record<string, unknown> };
	/** What the model writes for what it was sent. */
	writes(parameters: Record<string, unknown>): string;
	/** The arguments as the agent's own tool takes them. */
	own: string;
}

const propertiesOf = ({ properties }: Record<string, unknown>) => Object.keys(Object(properties));
const first = (parameters: Record<string, unknown>) => propertiesOf(parameters)[0] ?? '';

const rows: Record<string, Row> = {
	'legal as it is': {
		tool: { name: 'look', parameters: { type: 'object', properties: { q: { type: 'string' } } } },
		writes: () => '{"q": "a",  "n": 1.50}',
		own: '{"q": "a",  "n": 1.50}',
	},
	'a property with blanks': {
		tool: { name: 'look', parameters: { type: 'object', properties: { 'First Name': {} } } },
		writes: (sent) => `{"${first(sent)}":"Ada"}`,
		own: '{"First Name":"Ada"}',
	},
	'a filter of a web API, below a list': {
		tool: {
			name: 'find',
			parameters: {
				type: 'object',
				properties: {
					rows: {
						type: 'array',
						items: { type: 'object', properties: { 'filter[id]': { type: 'number' } } },
					},
				},
			},
		},
		writes: () => '{"rows":[{"filter_id":12345678901234567890},{"filter_id":1.50}]}',
		own: '{"rows":[{"filter[id]":12345678901234567890},{"filter[id]":1.50}]}',
	},
	'$top, größe, and 70 letters': {
		tool: {
			name: 'odata',
			parameters: {
				type: 'object',
				properties: { $top: {}, größe: {}, [`a${'b'.repeat(69)}`]: {} },
			},
		},
		writes: (sent) =>
			JSON.stringify(Object.fromEntries(propertiesOf(sent).map((key, n) => [key, n]))),
		own: JSON.stringify({ $top: 0, größe: 1, [`a${'b'.repeat(69)}`]: 2 }),
	},
	'a union at the top': {
		tool: {
			name: 'either',
			parameters: {
				anyOf: [
					{ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
					{ type: 'object', properties: { mail: { type: 'string' } }, required: ['mail'] },
				],
			},
		},
		writes: (sent) => `{"${first(sent)}":{"mail":"a@b.c"}}`,
		own: '{"mail":"a@b.c"}',
	},
	'a tuple of an older draft': {
		tool: {
			name: 'place',
			parameters: {
				$schema: 'http://json-schema.org/draft-07/schema#',
				type: 'object',
				properties: { at: { type: 'array', items: [{ type: 'number' }, { type: 'number' }] } },
			},
		},
		writes: () => '{"at":[1,2]}',
		own: '{"at":[1,2]}',
	},
	'the capitals of Gemini, and the nulls of Go': {
		tool: {
			name: 'meet',
			parameters: { type: 'OBJECT', properties: { who: { type: 'STRING' } }, required: null },
		},
		writes: () => '{"who":"Ada"}',
		own: '{"who":"Ada"}',
	},
	'a name with a dot and a slash': {
		tool: { name: 'github.com/issues.list', parameters: { type: 'object', properties: { q: {} } } },
		writes: () => '{"q":1}',
		own: '{"q":1}',
	},
	'arguments that are not JSON': {
		tool: { name: 'look', parameters: { type: 'object', properties: { 'a b': {} } } },
		writes: () => '{"a_b": "cut of',
		own: '{"a_b": "cut of',
	},
};

/** Calls the first tool, as it was sent. */
const scriptOf =
	(row: Row): Script =>
	({ tools = [], messages }) => {
		const [offered] = tools;
		if (!offered || messages.some(({ role }) => role === 'tool')) return { text: 'Done.' };
		const { name, parameters = {} } = offered.function;
		return { toolCalls: [{ name, arguments: row.writes(parameters) }] };
	};

async function openModel(script: Script) {
	const { gateway, bodies } = await openGateway(script);
	const warned: string[] = [];
	const fetch = modelFetch({ maxRetries: 0, offer: openOffer((words) => warned.push(words)) });
	const client = new OpenAI({ apiKey: KEY, baseURL: gateway.url, maxRetries: 0, fetch });
	return { client, bodies, warned };
}

const model = 'anthropic/claude-haiku-4-5';
const user = { role: 'user' as const, content: 'Go' };
type Tools = OpenAI.Chat.Completions.ChatCompletionTool[];
const toolsOf = (...tools: Array<Row['tool']>): Tools =>
	tools.map((tool) => ({ type: 'function', function: tool }));

async function firstCall(client: OpenAI, tools: Tools, isStream: boolean) {
	const request = { model, messages: [user], tools };
	if (!isStream) {
		const { choices } = await client.chat.completions.create(request);
		const [call] = choices[0]?.message.tool_calls ?? [];
		return call?.type === 'function' ? { id: call.id, ...call.function } : undefined;
	}
	const call = { id: '', name: '', arguments: '' };
	for await (const { choices } of await client.chat.completions.create({
		...request,
		stream: true,
	})) {
		for (const piece of choices[0]?.delta.tool_calls ?? []) {
			call.id += piece.id ?? '';
			call.name += piece.function?.name ?? '';
			call.arguments += piece.function?.arguments ?? '';
		}
	}
	return call;
}

describe.each(Object.entries(rows))('%s', (_name, row) => {
	test.each([false, true])('comes back as the agent knows it (streamed: %s)', async (isStream) => {
		const { client, warned } = await openModel(scriptOf(row));
		const tools = toolsOf(row.tool);
		const call = await firstCall(client, tools, isStream);
		expect(call).toMatchObject({ name: row.tool.name, arguments: row.own });
		expect(warned).toEqual([]);
		// The agent's own history, which has its own names, is taken as well.
		const { id = '', ...called } = call ?? { name: '', arguments: '' };
		const { choices } = await client.chat.completions.create({
			...{ model, tools },
			messages: [
				user,
				{ role: 'assistant', tool_calls: [{ id, type: 'function', function: called }] },
				{ role: 'tool', tool_call_id: id, content: 'found' },
			],
		});
		expect(choices[0]?.message.content).toBe('Done.');
	});
});

test('a tool that is forced is forced under the name that is sent', async () => {
	const { client, bodies } = await openModel([{ text: 'fine' }]);
	await client.chat.completions.create({
		...{ model, messages: [user] },
		tools: toolsOf({ name: 'a.b', parameters: {} }, { name: 'a_b', parameters: {} }),
		tool_choice: { type: 'function', function: { name: 'a.b' } },
	});
	const [body] = bodies();
	const names = toolNames(body);
	expect(new Set(names).size).toBe(2);
	expect(body?.tool_choice).toEqual({ type: 'function', function: { name: names[0] } });
});

function toolNames(body: Record<string, unknown> | undefined): string[] {
	const tools: unknown[] = Array.isArray(body?.tools) ? body.tools : [];
	return tools.map((tool) => String(Object(Object(tool).function).name));
}

const plain = { type: 'object', properties: {} };
/** Refuses the tools with "bad" in their names, one by one, as Claude does. */
const strict: Script = ({ tools = [] }) => {
	const at = tools.findIndex(({ function: { name } }) => name.includes('bad'));
	if (at < 0) return { text: tools.map(({ function: { name } }) => name).join(' ') };
	return {
		status: 400,
		error: { message: `tools.${at}.custom.input_schema: JSON schema is invalid.` },
	};
};

test('tools that the gateway refuses are left out by name, and not sent again', async () => {
	const { client, bodies, warned } = await openModel(strict);
	const named = ['one', 'bad1', 'two', 'bad2'].map((name) => ({ name, parameters: plain }));
	const ask = async () =>
		await client.chat.completions.create({ model, messages: [user], tools: toolsOf(...named) });
	expect((await ask()).choices[0]?.message.content).toBe('one two');
	expect(bodies()).toHaveLength(3);
	expect((await ask()).choices[0]?.message.content).toBe('one two');
	expect(bodies()).toHaveLength(4);
	expect(warned.map((words) => /"(\w+)"/.exec(words)?.[1])).toEqual(['bad1', 'bad2']);
	expect(warned[0]).toContain('JSON schema is invalid');
});

test('a tool whose references lead nowhere is left out unsent', async () => {
	const { client, bodies, warned } = await openModel(strict);
	const broken = { type: 'object', properties: { a: { $ref: '#/$defs/Lost' } } };
	await client.chat.completions.create({
		...{ model, messages: [user] },
		tools: toolsOf({ name: 'lost', parameters: broken }, { name: 'good', parameters: plain }),
	});
	expect(toolNames(bodies()[0])).toEqual(['good']);
	expect(warned).toEqual([expect.stringMatching(/^The tool "lost" was left out: .*Lost/)]);
});

test.each<[string, string[], 'auto' | { type: 'function'; function: { name: string } }]>([
	['the last tool', ['bad'], 'auto'],
	['a forced tool', ['bad', 'good'], { type: 'function', function: { name: 'bad' } }],
])('%s stays, and its refusal is told', async (_name, names, tool_choice) => {
	const { client, bodies } = await openModel(strict);
	const asked = client.chat.completions.create({
		...{ model, messages: [user], tool_choice },
		tools: toolsOf(...names.map((name) => ({ name, parameters: plain }))),
	});
	await expect(asked).rejects.toThrow('JSON schema is invalid');
	expect(bodies()).toHaveLength(1);
});

test('a tool is not remembered as refused where the request fails without it as well', async () => {
	const says = (message: string) => ({ status: 400, error: { message } });
	const { client, bodies } = await openModel((_body, turn) =>
		turn === 0
			? says('tools.0.custom.input_schema: JSON schema is invalid.')
			: turn === 1
				? says('max_tokens: too large')
				: { text: 'fine' },
	);
	const tools = toolsOf(...['one', 'two'].map((name) => ({ name, parameters: plain })));
	const ask = async () => await client.chat.completions.create({ model, messages: [user], tools });
	await expect(ask()).rejects.toThrow('max_tokens');
	await ask();
	expect(bodies().map(toolNames)).toEqual([['one', 'two'], ['two'], ['one', 'two']]);
});
