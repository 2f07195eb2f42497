import type { Gateway } from '../../gateway';
import { ASK, errorOf, openedGateway, post } from './post';

let gateway: Gateway;
beforeAll(async () => {
	const keys = { 'th-demo-key': 'active', 'th-empty': 'noCredit' } as const;
	gateway = await openedGateway({ keys, script: () => ({ text: 'fine' }) });
});

const user = { role: 'user', content: 'Hi' };
const call = (id: string, args = '{}') => ({
	id,
	type: 'function',
	function: { name: 'look', arguments: args },
});
const calls = (...ids: string[]) => ({
	role: 'assistant',
	content: null,
	tool_calls: ids.map((id) => call(id)),
});
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'seen' });
const tool = (name: string, parameters: unknown = { type: 'object' }) => ({
	type: 'function',
	function: { name, description: 'Looks.', parameters },
});
const tools = [tool('look')];
const talk = (...messages: unknown[]) => ({ messages, tools });

/** What is sent besides the model and a message, and where the refusal points. */
const refused: [name: string, more: object, param: string, message: RegExp][] = [
	['no model', { model: undefined }, 'model', /must be given/],
	['no messages', { messages: undefined }, 'messages', /list of messages/],
	['messages no list', { messages: 'Hi' }, 'messages', /list of messages/],
	['messages empty', { messages: [] }, 'messages', /at least one/],
	[
		'bad role',
		{ messages: [user, { role: 'developer', content: 'x' }] },
		'messages[1].role',
		/role/,
	],
	['message no object', { messages: ['Hi'] }, 'messages[0]', /role/],
	[
		'user content []',
		{ messages: [{ role: 'user', content: [] }] },
		'messages[0].content',
		/empty/,
	],
	[
		'system content []',
		{ messages: [{ role: 'system', content: [] }] },
		'messages[0].content',
		/empty/,
	],
	[
		'tool content []',
		talk(user, calls('a'), { ...result('a'), content: [] }),
		'messages[2].content',
		/empty/,
	],
	[
		'content number',
		{ messages: [{ role: 'user', content: 1 }] },
		'messages[0].content',
		/text or a list/,
	],
	[
		'unknown part',
		{ messages: [{ role: 'user', content: [{ type: 'file', file: 'x' }] }] },
		'messages[0].content[0].type',
		/text or image_url/,
	],
	['unknown message key', { messages: [{ ...user, extra: 1 }] }, 'messages[0].extra', /documented/],
	['max_tokens 0', { max_tokens: 0 }, 'max_tokens', /at least 1/],
	['max_tokens 1.5', { max_tokens: 1.5 }, 'max_tokens', /whole number/],
	['max_tokens text', { max_tokens: '5' }, 'max_tokens', /whole number/],
	['temperature 1.1', { temperature: 1.1 }, 'temperature', /between 0 and 1/],
	['temperature -0.1', { temperature: -0.1 }, 'temperature', /between 0 and 1/],
	['top_p 2', { top_p: 2 }, 'top_p', /between 0 and 1/],
	['temperature and top_p', { temperature: 1, top_p: 1 }, 'top_p', /never both/],
	['stop text', { stop: 'x' }, 'stop', /at most 4/],
	['stop of 5', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop', /at most 4/],
	['stop empty text', { stop: ['a', ''] }, 'stop[1]', /not empty/],
	['tools empty', { tools: [] }, 'tools', /empty/],
	['tool type', { tools: [{ ...tool('look'), type: 'retrieval' }] }, 'tools[0].type', /function/],
	[
		'parameters no object',
		{ tools: [tool('look', 'x')] },
		'tools[0].function.parameters',
		/Schema/,
	],
	['tool_choice word', { tools, tool_choice: 'any' }, 'tool_choice', /auto/],
	[
		'tool_choice unknown',
		{ tools, tool_choice: { type: 'function', function: { name: 'hear' } } },
		'tool_choice',
		/not among/,
	],
	['tool_choice alone', { tool_choice: 'auto' }, 'tool_choice', /only with tools/],
	[
		'json_schema',
		{ response_format: { type: 'json_schema' } },
		'response_format.type',
		/json_object/,
	],
	['user number', { user: 7 }, 'user', /text/],
	['stream text', { stream: 'yes' }, 'stream', /true or false/],
	[
		'stream_options alone',
		{ stream_options: { include_usage: true } },
		'stream_options',
		/stream: true/,
	],
	[
		'stream_options key',
		{ stream: true, stream_options: { usage: true } },
		'stream_options.usage',
		/documented/,
	],
	['unknown key', { seed: 1 }, 'seed', /documented/],
	['tool_calls empty', talk(user, { ...calls(), content: 'x' }), 'messages[1].tool_calls', /empty/],
];

test.each(refused)('refuses: %s', async (_name, more, param, message) => {
	const response = await post(gateway, { ...ASK, ...more });
	const error = await errorOf(response);
	expect(response.status).toBe(400);
	expect(error).toMatchObject({ param, type: 'invalid_request_error' });
	expect(error.message).toMatch(message);
	expect(error.message.startsWith(`${param}: `)).toBe(true);
});

const taken: [name: string, more: object][] = [
	['a short model name', { model: 'claude-haiku-4-5' }],
	['every parameter', { max_tokens: 1, temperature: 0, stop: ['a'], user: 'u', stream: false }],
	['top_p', { top_p: 1 }],
	['formats', { response_format: { type: 'json_object' } }],
	['a named tool', { tools, tool_choice: { type: 'function', function: { name: 'look' } } }],
	['a tool without parameters', { tools: [{ type: 'function', function: { name: 'look' } }] }],
	['answered calls', talk(user, calls('a', 'b'), result('a'), result('b'))],
	[
		'images',
		{
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'Look' },
						{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
						{ type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
					],
				},
			],
		},
	],
];

test.each(taken)('takes %s', async (_name, more) => {
	const response = await post(gateway, { ...ASK, ...more });
	expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('fine')]);
});

test.each([
	['no key', {}, 401, 'invalid_api_key'],
	['an unknown key', { authorization: 'Bearer th-other' }, 401, 'invalid_api_key'],
	['a key of Object.prototype', { authorization: 'Bearer constructor' }, 401, 'invalid_api_key'],
	['another scheme', { authorization: 'Basic th-demo-key' }, 401, 'invalid_api_key'],
	['a key without credit', { authorization: 'Bearer th-empty' }, 402, 'insufficient_quota'],
])('turns %s away, before it looks at the body', async (_name, headers, status, code) => {
	const response = await post(gateway, 'no JSON', { headers });
	expect(response.status).toBe(status);
	expect(await errorOf(response)).toMatchObject({ code });
});

test('knows one endpoint', async () => {
	const headers = { authorization: 'Bearer th-demo-key' };
	const models = await fetch(`${gateway.url}/models`, { headers });
	const get = await fetch(`${gateway.url}/chat/completions`, { headers });
	const elsewhere = await fetch(`${gateway.origin}/chat/completions`, { headers, method: 'POST' });
	expect([models.status, get.status, elsewhere.status]).toEqual([404, 404, 404]);
	expect(await errorOf(models)).toMatchObject({ code: 'unknown_url' });
});

test.each(['{', '', '[]', 'null', '"text"'])('refuses the body %p', async (body) => {
	const response = await post(gateway, body);
	expect(response.status).toBe(400);
	expect((await errorOf(response)).message).toMatch(/not a JSON object/);
});

test('names an unknown model before a wrong parameter, and that before a wrong message', async () => {
	const wrong = { model: 'gpt-9', temperature: 7, messages: [] };
	const model = await post(gateway, wrong);
	expect(model.status).toBe(404);
	expect(await errorOf(model)).toMatchObject({ code: 'model_not_found', param: 'model' });
	const parameter = await post(gateway, { ...wrong, model: ASK.model });
	expect(await errorOf(parameter)).toMatchObject({ param: 'temperature' });
});
