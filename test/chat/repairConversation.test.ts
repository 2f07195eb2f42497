import fc from 'fast-check';
import { checkBody } from '../../gateway/contract/checkRequest';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { TokenHubError } from '../../core/errors';
import { call, calls, image, repairRows, result, says, seen, user } from './repairRows';
import { casesOf } from '../support/sweep';

const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
const model = 'anthropic/claude-sonnet-4-6';
const refusalOf = (messages: unknown, hasTools = true) =>
	checkBody({ model, messages, ...(hasTools ? { tools } : {}) }).refusal?.error.message;
const repair = (messages: readonly unknown[], hasTools = true) =>
	repairConversation(messages, { hasTools });

test.each(repairRows)('%s', (_name, given, made, warning) => {
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

test('a message without a role is one of the user', () => {
	const { messages, warnings } = repair([{ content: 'Hi' }]);
	expect(messages).toEqual([user]);
	expect(warnings).toEqual(['Read roles as OpenAI roles: no role as user.']);
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
		{ numRuns: casesOf(1000) },
	);
});

test('messages of all clients, mixed in any order, become one conversation', () => {
	const known = repairRows.flatMap(([, given]) => given);
	const mixed = fc.shuffledSubarray(known, { maxLength: 12 });
	fc.assert(
		fc.property(mixed, fc.boolean(), (given, hasTools) => {
			const { messages } = repair([...given, user], hasTools);
			expect(refusalOf(messages, hasTools)).toBeUndefined();
			expect(repair(messages, hasTools)).toEqual({ messages, warnings: [], faults: [] });
		}),
		{ numRuns: casesOf(300) },
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
const validRound = fc.tuple(
	fc.array(validContent, { minLength: 1, maxLength: 2 }),
	fc.array(validTurn, { maxLength: 3 }),
	validText,
);

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
					...asked.map((content) => ({ role: 'user', content })),
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
		{ numRuns: casesOf(500) },
	);
});
