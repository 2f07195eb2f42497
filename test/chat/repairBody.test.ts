import { modelTools } from '../../core/chat/modelOffer';
import { repairBody } from '../../core/chat/repair/repairBody';
import { openGateway } from '../support/openGateway';

const user = { role: 'user', content: 'Hi' };
const base = { model: 'anthropic/claude-sonnet-4-6', messages: [user] };

test.each<[name: string, body: { tools?: object[] } & Record<string, unknown>, sent: object]>([
	['a body that is fine', { max_tokens: 7, temperature: 0.5 }, { max_tokens: 7, temperature: 0.5 }],
	['max_tokens that is missing', {}, { max_tokens: 1024 }],
	['max_completion_tokens', { max_completion_tokens: 9 }, { max_tokens: 9 }],
	['temperature beside top_p', { temperature: 0, top_p: 1 }, { temperature: 0 }],
	['top_p alone', { top_p: 0.5 }, { top_p: 0.5 }],
	[
		'parameters that are not documented',
		{ n: 1, parallel_tool_calls: true, logprobs: false, store: false, verbosity: 'low' },
		{},
	],
	[
		'tools as n8n sends them',
		{
			tools: [
				{
					type: 'function',
					function: {
						...{ name: 'look', description: 'Looks', strict: true },
						parameters: { $schema: 'x', properties: { q: {} } },
					},
				},
			],
			tool_choice: 'any',
		},
		{
			tools: [
				{
					type: 'function',
					function: {
						...{ name: 'look', description: 'Looks' },
						parameters: { type: 'object', properties: { q: {} } },
					},
				},
			],
			tool_choice: 'required',
		},
	],
	['a text as stop', { stop: 'END' }, { stop: ['END'] }],
	['blanks as stop', { stop: ['\n', 'END'] }, { stop: ['END'] }],
	['nothing but blanks as stop', { stop: ['\n\n'] }, {}],
	['a choice without tools', { tools: [], tool_choice: 'auto' }, {}],
	[
		'a JSON schema as format',
		{ response_format: { type: 'json_schema', json_schema: {} } },
		{ response_format: { type: 'json_object' } },
	],
	[
		'several system messages, names, and a developer',
		{
			messages: [
				{ role: 'developer', content: 'Be kind.' },
				{ ...user, name: 'Ada' },
				{ role: 'system', content: 'Be brief.' },
			],
		},
		{ messages: [{ role: 'system', content: 'Be kind.\n\nBe brief.' }, user] },
	],
	['a role that nobody knows', { messages: [{ role: 'oracle', content: 'Hi' }] }, {}],
	[
		'halves of surrogate pairs',
		{ user: 'a\ud83d', messages: [{ role: 'user', content: 'Hi\ude00' }] },
		{ user: 'a\ufffd', messages: [{ role: 'user', content: 'Hi\ufffd' }] },
	],
	[
		'empty lists as content, and calls with more in them',
		{
			messages: [
				user,
				{
					...{ role: 'assistant', content: [], refusal: null },
					tool_calls: [
						{ id: 'a', index: 0, type: 'function', function: { name: 'look', arguments: '{}' } },
					],
				},
				{ role: 'tool', tool_call_id: 'a', name: 'look', content: 'seen' },
			],
			tools: [{ type: 'function', function: { name: 'look' } }],
		},
		{
			messages: [
				user,
				{
					...{ role: 'assistant', content: null },
					tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }],
				},
				{ role: 'tool', tool_call_id: 'a', content: 'seen' },
			],
			tools: [{ type: 'function', function: { name: 'look' } }],
		},
	],
])('%s', async (_name, body, sent) => {
	const { tools = [] } = body;
	const repaired = JSON.parse(JSON.stringify(repairBody({ ...base, ...body }, modelTools(tools))));
	expect(repaired).toEqual({ ...base, max_tokens: 1024, ...sent });
	const { gateway } = await openGateway([{ text: 'fine' }]);
	const response = await fetch(`${gateway.url}/chat/completions`, {
		method: 'POST',
		headers: { authorization: 'Bearer th-demo-key', 'content-type': 'application/json' },
		body: JSON.stringify(repaired),
	});
	expect(response.status).toBe(200);
});
