import { parseJson } from '../../gateway/parseJson';
import type { Gateway } from '../../gateway';
import { ASK, completionOf, openedGateway, post } from './post';

let gateway: Gateway;
beforeAll(async () => {
	gateway = await openedGateway();
});

async function ask(user: string, more: object = {}) {
	const messages = [{ role: 'user', content: user }];
	const response = await post(gateway, { ...ASK, messages, ...more });
	const [{ message, finish_reason: finishReason }] = (await completionOf(response)).choices;
	const calls = (message.tool_calls ?? []).map(({ function: { name, arguments: args } }) => ({
		name,
		args: parseJson(args),
	}));
	return { text: message.content ?? '', calls, finishReason };
}

const text = { type: 'string' };
const number = { type: 'number' };
const object = (properties: object, required = Object.keys(properties)) => ({
	type: 'object',
	properties,
	required,
});
const tool = (name: string, description: string, parameters: object = object({})) => ({
	type: 'function',
	function: { name, description, parameters },
});
const findOrder = tool('find_order', 'Looks an order up', object({ orderId: text }));
const weather = tool('get_weather', 'The weather of a city', object({ city: text }));
const notify = tool('notify_customer', 'Writes to a customer', object({ customerId: text }));

const invoice = object({
	invoiceNumber: text,
	vendor: { ...text, description: 'who sent the invoice' },
	invoiceDate: { ...text, format: 'date' },
	dueDate: { ...text, format: 'date' },
	currency: { ...text, enum: ['EUR', 'USD', 'GBP'] },
	total: number,
	lines: {
		type: 'array',
		items: object({ description: text, quantity: { type: 'integer' }, unitPrice: number }),
	},
});
const INVOICE =
	'Invoice INV-2026-0117 from Nordlicht GmbH, dated 17 November 2026, due 2026-12-17.\n' +
	'2 x Desk lamp at 24.50 EUR\n1 x Standing desk at 399.00 EUR\nTotal: 448.00 EUR';
const FILLED = {
	invoiceNumber: 'INV-2026-0117',
	vendor: 'Nordlicht GmbH',
	invoiceDate: '2026-11-17',
	dueDate: '2026-12-17',
	currency: 'EUR',
	total: 448,
	lines: [
		{ description: 'Desk lamp', quantity: 2, unitPrice: 24.5 },
		{ description: 'Standing desk', quantity: 1, unitPrice: 399 },
	],
};

const forced = (schema: object) => ({
	tools: [tool('save', 'Saves', schema)],
	tool_choice: { type: 'function', function: { name: 'save' } },
});

test('fills an invoice: as a forced call, in JSON mode, and asked for only JSON in words', async () => {
	const call = await ask(INVOICE, forced(invoice));
	expect(call.calls).toEqual([{ name: 'save', args: FILLED }]);
	const system = {
		role: 'system',
		content: `Return JSON for this schema:\n${JSON.stringify(invoice)}`,
	};
	const messages = [system, { role: 'user', content: INVOICE }];
	const mode = await ask('', { messages, response_format: { type: 'json_object' } });
	expect(parseJson(mode.text)).toEqual(FILLED);
	const words = await ask(`Answer with only JSON. ${JSON.stringify(invoice)}\n\n${INVOICE}`);
	expect(parseJson(words.text)).toEqual(FILLED);
});

test.each([
	[
		'labels',
		object({ name: text, city: text }),
		'Name: Ann Lee\nCity: Bonn',
		{ name: 'Ann Lee', city: 'Bonn' },
	],
	[
		'prose',
		object({ name: text, age: { type: 'integer' }, city: text }),
		'Ann Lee is 36 and lives in Bonn.',
		{ name: 'Ann Lee', age: 36, city: 'Bonn' },
	],
	[
		'e-mail',
		object({ contact: { ...text, format: 'email' } }),
		'Write to a.b@c.org.',
		{ contact: 'a.b@c.org' },
	],
	['boolean', object({ paid: { type: 'boolean' } }), 'It was not paid.', { paid: false }],
	[
		'enum',
		object({ status: { enum: ['open', 'closed'] } }),
		'The ticket is still open.',
		{ status: 'open' },
	],
	[
		'mood',
		object({ mood: { enum: ['positive', 'negative'] } }),
		'I hate this broken lamp',
		{ mood: 'negative' },
	],
	[
		'strings',
		object({ tags: { type: 'array', items: text } }),
		'Tags: red, blue and green',
		{ tags: ['red', 'blue', 'green'] },
	],
	[
		'nested',
		object({ customer: object({ email: text }) }),
		'Customer: Bob (bob@x.org)',
		{ customer: { email: 'bob@x.org' } },
	],
	[
		'money',
		object({ amount: number, currency: text }),
		'It costs €1.234,50 for 3 years',
		{ amount: 1234.5, currency: 'EUR' },
	],
	[
		'US date',
		object({ start: { ...text, format: 'date' } }),
		'From March 3rd, 2026 on',
		{ start: '2026-03-03' },
	],
	['operands', object({ a: number, b: number }), 'What is 17 plus 25?', { a: 17, b: 25 }],
	[
		'nullable',
		object({ note: { anyOf: [{ type: 'null' }, text] } }),
		'Note: call first',
		{ note: 'call first' },
	],
	['unknown', object({ vat: number, iban: text, paidOn: text }, ['vat']), 'Hello', { vat: null }],
	[
		'another identifier',
		object({ customerId: text }),
		'Where is order A-1042?',
		{ customerId: null },
	],
	['label behind', object({ total: number }), 'Lamp 3.00 EUR total\n5.00 EUR more', { total: 3 }],
	['no number', object({ count: number }), 'Order A-1042 of 3 on 2026-01-02', { count: 3 }],
	[
		'rows by reference',
		{
			...object({ items: { type: 'array', items: { $ref: '#/$defs/item' } } }),
			$defs: { item: object({ name: text, qty: number, price: number }) },
		},
		'We take 2x USB cable, 9.99 and 1 x Mouse at $1,012.00',
		{
			items: [
				{ name: 'USB cable', qty: 2, price: 9.99 },
				{ name: 'Mouse', qty: 1, price: 1012 },
			],
		},
	],
	[
		'lines',
		object({ orders: { type: 'array', items: object({ id: text, total: number }) } }),
		'- A-1 total 3.00\n- A-2 total 4.50',
		{
			orders: [
				{ id: 'A-1', total: 3 },
				{ id: 'A-2', total: 4.5 },
			],
		},
	],
])('fills by schema: %s', async (_name, schema, source, filled) => {
	const { calls } = await ask(source, forced(schema));
	expect(calls[0]?.args).toEqual(filled);
});

test('reads only the line of an identifier that the instructions name', async () => {
	const source = 'Order A-1: total 3.00 EUR\nOrder A-2: total 5.00 EUR';
	const schema = object({ orderId: text, total: number });
	const messages = [
		{ role: 'system', content: 'Only the order A-2.' },
		{ role: 'user', content: source },
	];
	const { calls } = await ask('', { messages, ...forced(schema) });
	expect(calls[0]?.args).toEqual({ orderId: 'A-2', total: 5 });
});

test('after a correction it reads all that the user said', async () => {
	const messages = [
		{ role: 'system', content: `Return only JSON.\n${JSON.stringify(object({ total: number }))}` },
		{ role: 'user', content: 'Total: 12.00 EUR' },
		{ role: 'assistant', content: '{}' },
		{ role: 'user', content: 'That is not valid. Correct it.' },
	];
	expect((await ask('', { messages })).text).toBe('{"total":12}');
});

test('in the place of Haiku it passes over quoted lines, in that of Sonnet it reads them', async () => {
	const mail = 'Any news?\n\n> Order: A-1033\n> It is late.';
	const order = { tools: [findOrder], tool_choice: 'required' };
	const args = async (model: string) => (await ask(mail, { ...order, model })).calls[0]?.args;
	expect(await args('anthropic/claude-haiku-4-5')).toEqual({ orderId: null });
	expect(await args('anthropic/claude-sonnet-4-6')).toEqual({ orderId: 'A-1033' });
});

describe('with tools', () => {
	const question = 'Where is order A-1042, and how is the weather in Berlin?';
	const called = (result: string) => ({
		messages: [
			{ role: 'user', content: 'Find order A-1042, then notify the customer.' },
			{
				role: 'assistant',
				tool_calls: [
					{ id: 'x', type: 'function', function: { name: 'find_order', arguments: '{}' } },
				],
			},
			{ role: 'tool', tool_call_id: 'x', content: result },
		],
	});

	test('calls at once every tool that the question speaks of and fills', async () => {
		const { calls, finishReason } = await ask(question, { tools: [findOrder, weather, notify] });
		expect(finishReason).toBe('tool_calls');
		expect(calls).toEqual([
			{ name: 'find_order', args: { orderId: 'A-1042' } },
			{ name: 'get_weather', args: { city: 'Berlin' } },
		]);
	});

	test('fills the next call from the last result, and never calls a tool twice', async () => {
		const { calls } = await ask('', {
			tools: [findOrder, notify],
			...called('{"customerId":"C-7"}'),
		});
		expect(calls).toEqual([{ name: 'notify_customer', args: { customerId: 'C-7' } }]);
	});

	test('answers with what the tools said', async () => {
		const { text: said } = await ask('', { tools: [findOrder], ...called('shipped by DHL') });
		expect(said).toMatch(/^find_order says: shipped by DHL/);
		const tools = [findOrder, notify];
		const none = await ask('', { tools, tool_choice: 'none', ...called('{"customerId":"C-7"}') });
		expect(none.text).toContain('C-7');
	});

	test('calls what it must, and only then leaves arguments open', async () => {
		const auto = await ask('Hello', { tools: [findOrder, weather] });
		expect(auto.calls).toEqual([]);
		const must = await ask('Hello', { tools: [findOrder, weather], tool_choice: 'required' });
		expect(must.calls).toEqual([{ name: 'find_order', args: { orderId: null } }]);
		const best = await ask('How is the weather?', {
			tools: [findOrder, weather],
			tool_choice: 'required',
		});
		expect(best.calls).toEqual([{ name: 'get_weather', args: { city: null } }]);
	});

	test('hands arithmetic to a calculator', async () => {
		const calculator = tool('calculator', 'Solves math expressions', object({ input: text }));
		const { calls } = await ask('What is 12*(3+4)?', { tools: [calculator] });
		expect(calls[0]?.args).toEqual({ input: '12*(3+4)' });
	});
});

describe('in plain text', () => {
	const SIGNATURE = '(Answered by the embedded TokenHub endpoint, not by a real model.)';

	test('reacts to what was written, the same each time, and signs', async () => {
		const first = await ask('How do lamps work? Tell me.');
		expect(first.text).toMatch(/“How do lamps work\?” \(6 words\)/);
		expect(first.text.endsWith(SIGNATURE)).toBe(true);
		expect(await ask('How do lamps work? Tell me.')).toEqual(first);
	});

	test('the seed changes the words', async () => {
		const seeds = [1, 2, 3].map((seed) => openedGateway({ seed }));
		const responses = (await Promise.all(seeds)).map((one) => post(one, ASK).then(completionOf));
		const texts = (await Promise.all(responses)).map((one) => one.choices[0].message.content);
		expect(new Set(texts).size).toBe(3);
	});

	test('summarises and classifies a little', async () => {
		const summary = await ask('Summarise this:\nThe sky is blue. It rains.');
		expect(summary.text).toBe(`Summary: The sky is blue. ${SIGNATURE}`);
		const mood = await ask('Classify the mood: I love this great lamp.');
		expect(mood.text).toMatch(/positive/);
	});

	test('keeps to max_tokens and stop', async () => {
		const short = await ask('How do lamps work?', { max_tokens: 3 });
		expect(short.finishReason).toBe('length');
		expect(short.text).toHaveLength(12);
		const stopped = await ask('How do lamps work?', { stop: ['lamps'] });
		expect(stopped.text).toMatch(/“How do $/);
		expect(stopped.finishReason).toBe('stop');
		const cut = await ask('Where is order A-1042?', { tools: [findOrder], max_tokens: 4 });
		expect(cut).toMatchObject({ finishReason: 'length', calls: [{ args: undefined }] });
	});

	test('says that it cannot see images', async () => {
		const url = 'https://example.com/a.png';
		const content = [
			{ type: 'text', text: 'What is this?' },
			{ type: 'image_url', image_url: { url } },
		];
		expect((await ask('', { messages: [{ role: 'user', content }] })).text).toMatch(/1 image/);
	});
});
