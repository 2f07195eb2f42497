import fc from 'fast-check';
import { checkBody } from '../../gateway/contract/checkBody';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { TokenHubError } from '../../core/errors';

const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
const model = 'anthropic/claude-sonnet-4-6';
const refusalOf = (messages: unknown, hasTools = true) =>
	checkBody({ model, messages, ...(hasTools ? { tools } : {}) }).refusal?.error.message;
const repair = (messages: readonly unknown[], hasTools = true) =>
	repairConversation(messages, { hasTools });

const user = { role: 'user', content: 'Hi' };
const says = (content: unknown, more: object = {}) => ({ role: 'assistant', content, ...more });
const call = (id: unknown, args: unknown = '{}', name: unknown = 'look') => ({
	id,
	type: 'function',
	function: { name, arguments: args },
});
const calls = (...tool_calls: unknown[]) => ({ role: 'assistant', content: null, tool_calls });
const result = (tool_call_id: unknown, content: unknown = 'seen') => ({
	role: 'tool',
	tool_call_id,
	content,
});
const seen = [user, calls(call('a')), result('a')];
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };

type Row = [name: string, given: unknown[], made: unknown[], warning: RegExp];
const rows: Row[] = [
	[
		'a result without its call',
		[result('x', '42'), user],
		[
			{
				role: 'user',
				content: [
					{ type: 'text', text: '[Result of a tool]' },
					{ type: 'text', text: '42' },
					{ type: 'text', text: 'Hi' },
				],
			},
		],
		/without a call as text of the user: x/,
	],
	[
		'a call without a result',
		[user, calls(call('a'))],
		[user, calls(call('a')), result('a', 'The result of this call was not kept.')],
		/Added a result to calls that had none: look/,
	],
	[
		'results out of order',
		[user, calls(call('a'), call('b')), result('b', '2'), result('a', '1')],
		[user, calls(call('a'), call('b')), result('a', '1'), result('b', '2')],
		/behind their calls/,
	],
	[
		'a result that comes late',
		[user, calls(call('a')), user, result('a', '1')],
		[user, calls(call('a')), result('a', '1'), user],
		/behind their calls/,
	],
	[
		'a result that comes early',
		[user, result('a', '1'), calls(call('a')), user],
		[user, calls(call('a')), result('a', '1'), user],
		/behind their calls/,
	],
	[
		'two results of one call',
		[user, calls(call('a')), result('a', '1'), result('a', '2')],
		[user, calls(call('a')), result('a', '1\n\n2')],
		/several results of one call/,
	],
	['the same result twice', [...seen, result('a')], seen, /several results of one call/],
	[
		'an assistant first',
		[says('Hello'), user],
		[{ role: 'user', content: '(The conversation begins here.)' }, says('Hello'), user],
		/assistant spoke first/,
	],
	[
		'an assistant last',
		[user, says('Hello')],
		[user, says('Hello'), { role: 'user', content: 'Please go on.' }],
		/assistant spoke last/,
	],
	[
		'a late system message',
		[user, { role: 'system', content: 'Be brief.' }],
		[{ role: 'system', content: 'Be brief.' }, user],
		/all system messages in front/,
	],
	[
		'several system messages',
		[{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, user],
		[{ role: 'system', content: 'a\n\nb' }, user],
		/all system messages in front, as one: 2 in all/,
	],
	[
		'an empty message',
		[says('', {}), user, { role: 'user', content: ' \n' }],
		[user],
		/Left out empty messages/,
	],
	[
		'a blank part',
		[
			{
				role: 'user',
				content: [
					{ type: 'text', text: ' ' },
					{ type: 'text', text: 'Hi' },
				],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
		/texts without words: " "/,
	],
	[
		'content []',
		[user, says([], { tool_calls: [call('a')] }), result('a')],
		seen,
		/empty messages: content \[\]/,
	],
	[
		'a blank text beside calls',
		[user, says(' ', { tool_calls: [call('a')] }), result('a')],
		seen,
		/texts without words/,
	],
	[
		'an empty result',
		[user, calls(call('a')), result('a', '')],
		[user, calls(call('a')), result('a', 'The tool returned nothing.')],
		/empty tool results: look/,
	],
	[
		'a result that is null',
		[user, calls(call('a')), result('a', null)],
		[user, calls(call('a')), result('a', 'The tool returned nothing.')],
		/empty tool results: look/,
	],
	[
		'foreign ids',
		[user, calls(call('functions.add:0')), result('functions.add:0')],
		[user, calls(call('call_1')), result('call_1')],
		/ids of calls.*"functions.add:0"/,
	],
	[
		'ids that are used again',
		[...seen, calls(call('a')), result('a', '2')],
		[...seen, calls(call('call_1')), result('call_1', '2')],
		/ids of calls/,
	],
	[
		'one id twice in a turn',
		[user, calls(call('a'), call('a')), result('a', '1'), result('a', '2')],
		[user, calls(call('a'), call('call_1')), result('a', '1'), result('call_1', '2')],
		/ids of calls/,
	],
	[
		'no ids at all',
		[
			user,
			calls(call(undefined), call(null)),
			{ role: 'tool', content: '1' },
			{ role: 'tool', content: '2' },
		],
		[user, calls(call('call_1'), call('call_2')), result('call_1', '1'), result('call_2', '2')],
		/without an id to calls/,
	],
	[
		'an illegal name',
		[user, calls(call('a', '{}', 'a b')), result('a')],
		[user, calls(call('a', '{}', 'a_b')), result('a')],
		/names of tools.*"a b"/,
	],
	[
		'no arguments',
		[user, calls(call('a', '')), result('a')],
		seen,
		/JSON objects of the arguments/,
	],
	[
		'arguments null',
		[user, calls(call('a', 'null')), result('a')],
		seen,
		/JSON objects of the arguments/,
	],
	[
		'arguments as an object',
		[user, calls(call('a', { b: 1 })), result('a')],
		[user, calls(call('a', '{"b":1}')), result('a')],
		/^$/,
	],
	[
		'a list as arguments',
		[user, calls(call('a', '[1]')), result('a')],
		[user, calls(call('a', '{"arguments":[1]}')), result('a')],
		/JSON objects of the arguments/,
	],
	[
		'words as arguments',
		[user, calls(call('a', 'one')), result('a')],
		[user, calls(call('a', '{"arguments":"one"}')), result('a')],
		/JSON objects of the arguments/,
	],
	[
		'neighbours of one role',
		[user, { role: 'user', content: 'You?' }, says('a'), says('b'), user],
		[{ role: 'user', content: 'Hi\n\nYou?' }, says('a\n\nb'), user],
		/neighbouring messages of one role together: user, assistant/,
	],
	[
		'words and calls in two messages',
		[user, says('Let me look.'), ...seen.slice(1)],
		[user, says('Let me look.', { tool_calls: [call('a')] }), result('a')],
		/neighbouring/,
	],
	[
		'keys of other clients',
		[
			{ ...user, name: 'Ada', cache_control: {} },
			says('Yes', { refusal: null, annotations: [], audio: null, reasoning_content: 'hm' }),
			user,
		],
		[user, says('Yes'), user],
		/keys that TokenHub does not take: name, cache_control, refusal, annotations, audio/,
	],
	[
		'keys of calls and parts',
		[
			{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: {} }] },
			calls({ ...call('a'), index: 0 }),
			{ ...result('a'), name: 'look' },
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }, calls(call('a')), result('a')],
		/keys.*: cache_control, index, name/,
	],
	[
		'a function of old',
		[
			user,
			{ role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
			{ role: 'function', name: 'look', content: 'seen' },
		],
		[user, calls(call('call_1')), result('call_1')],
		/Read roles.*function as tool/,
	],
	[
		'words of a refusal',
		[user, says(null, { refusal: 'I will not.' }), user],
		[user, says('I will not.'), user],
		/keys/,
	],
	[
		'words of a recording',
		[user, says(null, { audio: { id: 'x', transcript: 'Hello' } }), user],
		[user, says('Hello'), user],
		/keys.*audio/,
	],
	[
		'parts of the Responses API',
		[
			{
				role: 'user',
				content: [
					{ type: 'input_text', text: 'Hi' },
					{ type: 'input_image', image_url: image.image_url.url },
				],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: 'Hi' }, image] }],
		/another form: input_text, input_image/,
	],
	[
		'items of the Responses API',
		[
			user,
			{ type: 'function_call', call_id: 'a', name: 'look', arguments: '{}' },
			{ type: 'function_call_output', call_id: 'a', output: 'seen' },
		],
		[user, { role: 'assistant', tool_calls: [call('a')] }, result('a')],
		/Read roles/,
	],
	[
		"Claude's own blocks",
		[
			{
				role: 'user',
				content: [
					{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
				],
			},
			says([
				{ type: 'thinking', thinking: 'hm', signature: 'x' },
				{ type: 'tool_use', id: 'a', name: 'look', input: {} },
			]),
			{
				role: 'user',
				content: [
					{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'seen' }] },
					{ type: 'text', text: 'So?' },
				],
			},
		],
		[
			{ role: 'user', content: [image] },
			calls(call('a')),
			result('a', [{ type: 'text', text: 'seen' }]),
			{ role: 'user', content: [{ type: 'text', text: 'So?' }] },
		],
		/another form: image, tool_use, tool_result/,
	],
	[
		'parts of the AI SDK',
		[
			user,
			says([
				{ type: 'text', text: 'I look.' },
				{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} },
			]),
			{
				role: 'tool',
				content: [
					{
						type: 'tool-result',
						toolCallId: 'a',
						toolName: 'look',
						output: { type: 'text', value: 'seen' },
					},
				],
			},
		],
		[user, says([{ type: 'text', text: 'I look.' }], { tool_calls: [call('a')] }), result('a')],
		/another form: tool-call, tool-result/,
	],
	[
		'roles of LangChain',
		[
			{ type: 'human', content: 'Hi' },
			{
				type: 'ai',
				content: '',
				tool_calls: [{ id: 'a', name: 'look', args: {}, type: 'tool_call' }],
			},
			{ type: 'tool', tool_call_id: 'a', content: 'seen' },
		],
		seen,
		/human as user, ai as assistant/,
	],
	[
		'roles of Gemini',
		[
			{ role: 'user', parts: [{ text: 'Hi' }] },
			{ role: 'model', parts: [{ text: 'Hello' }] },
			user,
		],
		[
			{ role: 'user', content: [{ type: 'text', text: 'Hi' }] },
			says([{ type: 'text', text: 'Hello' }]),
			user,
		],
		/model as assistant/,
	],
	['a role that nobody knows', [{ role: 'oracle', content: 'Hi' }], [user], /oracle as user/],
	['a bare text', ['Hi'], [user], /bare text as user/],
	['what is no message', [null, 7, user], [user], /no message: null, number/],
	[
		'a part that nobody knows',
		[{ role: 'user', content: [{ type: 'json', json: { a: 1 } }] }],
		[{ role: 'user', content: [{ type: 'text', text: '{"type":"json","json":{"a":1}}' }] }],
		/another form: json/,
	],
	[
		'a recording',
		[
			{
				role: 'user',
				content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }],
			},
		],
		[{ role: 'user', content: [{ type: 'text', text: '[input_audio left out]' }] }],
		/no text: input_audio/,
	],
	[
		'half a surrogate pair',
		[{ role: 'user', content: 'a\ud83d' }],
		[{ role: 'user', content: 'a\ufffd' }],
		/halves of surrogate pairs/,
	],
	[
		'half a pair in arguments',
		[user, calls(call('a', '{"b":"\\ud83d"}')), result('a')],
		[user, calls(call('a', '{"b":"\ufffd"}')), result('a')],
		/JSON objects of the arguments/,
	],
];

test.each(rows)('%s', (_name, given, made, warning) => {
	const { messages, warnings } = repair(given);
	expect(messages).toEqual(made);
	expect(warnings.join('\n')).toMatch(warning);
	expect(refusalOf(messages)).toBeUndefined();
	expect(repair(messages)).toEqual({ messages, warnings: [], faults: [] });
});

test('without tools, calls and their results stay as words', () => {
	const { messages, warnings } = repair([...seen, says('A cat.'), user], false);
	expect(messages).toEqual([
		user,
		says([{ type: 'text', text: '[Called look with {}]' }]),
		{
			role: 'user',
			content: [
				{ type: 'text', text: '[Result of look]' },
				{ type: 'text', text: 'seen' },
			],
		},
		says('A cat.'),
		user,
	]);
	expect(warnings).toEqual([
		'Kept calls and their results as text, since no tools are offered: look.',
	]);
	expect(refusalOf(messages, false)).toBeUndefined();
});

test.each([[[]], [[{ role: 'system', content: 'Be kind.' }]], [[{ role: 'user', content: ' ' }]]])(
	'refuses %j: nobody asks anything',
	(given) => {
		expect(() => repair(given)).toThrow(TokenHubError);
	},
);

test.each([
	['turns', 40_000, 1],
	['calls of a turn', 1, 40_000],
])('%s without end are read in one pass', (_what, turns, size) => {
	const long: unknown[] = [user];
	for (let turn = 0; turn < turns; turn += 1) {
		const ids = Array.from({ length: size }, (_, n) => `c${turn}-${n}`);
		long.push(calls(...ids.map((id) => call(id))), ...ids.map((id) => result(id)));
	}
	expect(repair(long).warnings).toEqual([]);
});

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const text = fc.oneof(
	oneOf('', ' ', '\u001f', 'Hi', '\ud800', '😀'),
	fc.string({ unit: 'binary' }),
);
const id = fc.oneof(
	{ weight: 4, arbitrary: oneOf('a', 'b', '') },
	oneOf<unknown>('functions.add:0', 'toString', '__proto__', null, 7),
	text,
);
const name = fc.oneof(oneOf('look', 'a b', '', 'constructor', 'x'.repeat(200)), text);
const args = fc.oneof(
	oneOf('{}', '', 'null', '[1]', '{"a":1,}', 'no', '{"a":"\\udc00"}', '{"a":1}{"b":2}'),
	fc.json(),
	fc.object(),
	text,
);
const anyCall = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record(
			{
				id,
				type: oneOf('function', 'custom'),
				function: fc.record({ name, arguments: args }, { requiredKeys: [] }),
				index: fc.nat(),
			},
			{ requiredKeys: ['function'] },
		),
	},
	fc.record({ id, name, args }),
	fc.anything(),
);
const part = fc.oneof(
	fc.record(
		{
			type: oneOf('text', 'input_text', 'output_text', 'refusal', 'thinking', 'note'),
			text,
			refusal: text,
			cache_control: fc.anything(),
		},
		{ requiredKeys: ['type'] },
	),
	oneOf<unknown>(
		image,
		{ type: 'image', source: { type: 'url', url: 'https://a.example/b.png' } },
		{ type: 'input_audio', input_audio: {} },
	),
	fc.record({
		type: oneOf('tool_use', 'tool-call'),
		id,
		toolCallId: id,
		name,
		toolName: name,
		input: fc.anything(),
	}),
	fc.record({
		type: oneOf('tool_result', 'tool-result'),
		tool_use_id: id,
		toolCallId: id,
		content: text,
		output: fc.anything(),
	}),
	fc.anything(),
);
const content = fc.oneof(text, fc.array(part, { maxLength: 4 }), fc.anything());
const message = fc.oneof(
	{
		weight: 20,
		arbitrary: fc.record(
			{
				role: oneOf(
					'system',
					'developer',
					'user',
					'assistant',
					'tool',
					'function',
					'oracle',
					'toString',
				),
				content,
				name: text,
				tool_call_id: id,
				tool_calls: fc.oneof(fc.array(anyCall, { maxLength: 3 }), fc.anything()),
				refusal: text,
				function_call: fc.oneof(fc.record({ name, arguments: args }), fc.anything()),
				annotations: fc.anything(),
			},
			{ requiredKeys: ['role'] },
		),
	},
	fc.anything(),
);

test('any conversation becomes one that a strict endpoint takes, once and for all', () => {
	fc.assert(
		fc.property(fc.array(message, { maxLength: 12 }), fc.boolean(), (given, hasTools) => {
			const { messages } = repair([...given, user], hasTools);
			expect(refusalOf(messages, hasTools)).toBeUndefined();
			expect(repair(messages, hasTools)).toEqual({ messages, warnings: [], faults: [] });
		}),
		{ numRuns: 1000 },
	);
});

const words = fc
	.string({ unit: 'grapheme', minLength: 1 })
	.map((said) => `a${said}`.toWellFormed());
const validText = fc.oneof(
	words,
	fc.array(
		words.map((said) => ({ type: 'text', text: said })),
		{ minLength: 1, maxLength: 3 },
	),
);
const validContent = fc.oneof(
	validText,
	fc.tuple(words, oneOf(undefined, 'low' as const)).map(([said, detail]) => [
		{ type: 'text', text: said },
		{ ...image, image_url: { ...image.image_url, ...(detail ? { detail } : {}) } },
	]),
);
const validArguments = fc
	.dictionary(fc.string({ minLength: 1 }), fc.jsonValue())
	.map((value) => JSON.stringify(value))
	.filter((json) => !/\\u[dD]/.test(json));
const validTurn = fc.tuple(
	fc.option(validText, { nil: null }),
	fc.array(fc.tuple(validArguments, validContent), { minLength: 1, maxLength: 3 }),
);
const validRound = fc.tuple(validContent, fc.array(validTurn, { maxLength: 3 }), validText);

test('a legal conversation stays as it is', () => {
	const valid = fc.tuple(
		fc.option(validText),
		fc.array(validRound, { maxLength: 4 }),
		validContent,
	);
	fc.assert(
		fc.property(valid, ([system, rounds, question]) => {
			let count = 0;
			const given = [
				...(system === null ? [] : [{ role: 'system', content: system }]),
				...rounds.flatMap(([asked, turns, answer]) => [
					{ role: 'user', content: asked },
					...turns.flatMap(([said, made]) => {
						const ids = made.map(() => `call_${String((count += 1))}`);
						return [
							says(said, { tool_calls: made.map(([json], n) => call(ids[n], json)) }),
							...made.map(([, told], n) => result(ids[n], told)),
						];
					}),
					says(answer),
				]),
				{ role: 'user', content: question },
			];
			expect(refusalOf(given)).toBeUndefined();
			expect(repair(given)).toEqual({ messages: given, warnings: [], faults: [] });
		}),
		{ numRuns: 500 },
	);
});
