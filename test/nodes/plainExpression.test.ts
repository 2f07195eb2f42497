import fc from 'fast-check';
import { jsonParse, type IDataObject } from 'n8n-workflow';
import { plainExpression } from '../../nodes/shared/item/itemReader';
import { openNode } from '../support/openNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
	...{ maxTokens: 64, options: {} },
};

/** What n8n itself makes of expressions: in rows of messages they are always left to it. */
async function byN8n(templates: string[], json: IDataObject): Promise<unknown[]> {
	const { run, bodies } = await openNode({
		...{ type: 'tokenHubChatCompletion', base },
		gateway: [() => ({ text: 'Hi' })],
	});
	const messages = templates.map((template) => ({ role: 'user', content: template }));
	await run({ inputMode: 'messages', messages: { values: messages } }, { items: [json] });
	const [body] = bodies();
	return Array.isArray(body?.messages)
		? body.messages.map((message: unknown): unknown => Reflect.get(Object(message), 'content'))
		: [];
}

const json = {
	...{ text: 'Hello "you" {{ $json.b }} =x \\n \n', a: { b: 'deep', 'c d': 'odd key' } },
	...{ count: 42, zero: 0, big: 1e21, float: 0.1, no: null, yes: true, list: ['one', 'two'] },
	...{ $dollar: 'dollar', emoji: '👩‍🚀', empty: '' },
};

const plain: Array<[template: string, text: string]> = [
	['={{ $json.text }}', json.text],
	['={{$json.a.b}}', 'deep'],
	['={{ $json["a"]["c d"] }}', 'odd key'],
	["={{ $json['a'].b }}", 'deep'],
	['=Sum up: {{ $json.text }} in {{ $json.count }} words.', `Sum up: ${json.text} in 42 words.`],
	['={{ $json.a.b }}{{ $json.emoji }}', 'deep👩‍🚀'],
	['=\n{{ $json.$dollar }}\n', '\ndollar\n'],
	['=a {{ $json.zero }} b', 'a 0 b'],
	['=x{{ $json.list.length }}', 'x2'],
];
test.each(plain)('%s is filled in as n8n does', async (template, text) => {
	expect(plainExpression(template)?.(json)).toBe(text);
	expect(await byN8n([template], json)).toEqual([text]);
});

test.each([
	...['no expression', '=no part', '={{ $json.text.trim() }}', '={{ $json.a?.b }}', '={{ 1 }}'],
	...[
		'={{ $json.text }} {{ $now }}',
		'={{ $json.text }} }}',
		'={{ $json }}',
		'=\\{{ $json.text }}',
	],
	...['={{ $json.text + "x" }}', '={{ $json["a\\"b"] }}', '={{ $input.item.json.text }}'],
	...[
		'=a {{ $json.zero }} b { }',
		'={{{ $json.text }}',
		'={{ $json.list[0] }}',
		'={{ $json.text }} {{ "{{" }}',
	],
])('%s is left to n8n', (template) => {
	expect(plainExpression(template)).toBeUndefined();
});

test.each([
	...['={{ $json.count }}', '={{ $json.missing }}', '={{ $json.no }}', '=a {{ $json.float }}'],
	...['=a {{ $json.big }}', '=a {{ $json.yes }}', '=a {{ $json.no }}', '=a {{ $json.list }}'],
	...[
		'={{ $json.constructor }}',
		'={{ $json.__proto__ }}',
		'={{ $json.constructor.name }}',
		'={{ $json.text.length }}',
	],
])('%s has a value that is left to n8n', (template) => {
	expect(plainExpression(template)?.(json)).toBeUndefined();
});

test('any template of fields and words is what n8n makes of it, or left to n8n', async () => {
	const word = fc.stringMatching(/^[a-z {}$.,:"'\n=👍é-]{0,12}$/u);
	const field = fc.constantFrom(
		...[
			'$json.a.b',
			'$json["c d"]',
			"$json['a'].b",
			'$json.n',
			'$json.text',
			'$json.no',
			'$json.f',
		],
	);
	const part = fc.oneof(
		word,
		field.map((name) => `{{ ${name} }}`),
		field.map((name) => `{{${name}}}`),
	);
	const template = fc
		.array(part, { minLength: 1, maxLength: 5 })
		.map((parts) => `=${parts.join('')}`);
	const given = fc.record({
		text: fc.string({ unit: 'grapheme' }),
		a: fc.record({ b: fc.string() }),
		'c d': fc.string(),
		n: fc.integer(),
		f: fc.double({ noNaN: true }),
		no: fc.constant(null),
	});
	let filled = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(template, { minLength: 20, maxLength: 20 }),
			given,
			async (all, item) => {
				const clean = jsonParse<IDataObject>(JSON.stringify(item));
				// Each in a message of its own, the empty ones of which are not sent.
				const mine = all.map((one) => [one, plainExpression(one)?.(clean)] as const);
				const shown = mine.filter(([, text]) => text !== undefined && text.trim() !== '');
				if (shown.length === 0) return;
				filled += shown.length;
				expect(
					await byN8n(
						shown.map(([one]) => one),
						clean,
					),
				).toEqual(shown.map(([, text]) => text));
			},
		),
		{ seed: 5, numRuns: 40 },
	);
	expect(filled).toBeGreaterThan(200);
});
