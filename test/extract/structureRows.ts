import {
	number,
	integer,
	text,
	boolean,
	date,
	listOf,
	objectOf,
	closed,
	reads,
	refuses,
	type Row,
} from './readableRow';

const color = { enum: ['red', 'green'] };
export const LISTS: Row[] = [
	...refuses(
		listOf(text),
		['1. a\n3. b', '1) a\n2) b\n4) c', '(1) a\n(5) b', '2. a\n1. b'],
		/without some/,
	),
	...refuses(
		listOf(text),
		['red, green usw.', 'red, green und anderes, etc.', 'e.g. red, blue', 'z. B. rot, blau'],
		/entries|list/,
	),
	// The numbers may belong to names, as in "1. FC Köln".
	...refuses(listOf(text), ['4. a\n5. b', '1. a\n1. b\n1. c'], /.+/),
	...refuses(listOf(text), ['1. red 2. green', '(1) red (2) green'], /entries|list/),
	...reads(listOf(text), [
		['v. 1.2; v. 1.3', ['v. 1.2', 'v. 1.3']],
		['Etcetera Ltd; Egmont', ['Etcetera Ltd', 'Egmont']],
		['平等; 高等', ['平等', '高等']],
		['1. a\n2. b', ['a', 'b']],
	]),
	...reads(listOf(text), [
		['a', ['a']],
		[null, []],
		['', []],
		['red, green, blue', ['red', 'green', 'blue']],
		['red and green, blue and white', ['red and green', 'blue', 'white']],
		['Ada Lovelace, Alan Turing', ['Ada Lovelace', 'Alan Turing']],
		['Ada, Bob and Carl', ['Ada', 'Bob', 'Carl']],
		['a; b; c', ['a', 'b', 'c']],
		['x, y', ['x', 'y']],
		['one\ntwo\nthree', ['one', 'two', 'three']],
		['- one\n- two', ['one', 'two']],
		['* one', ['one']],
		['1. one\n2. two', ['one', 'two']],
		["['a', 'b']", ['a', 'b']],
		["('a', 'b')", ['a', 'b']],
		["{'a', 'b'}", ['a', 'b']],
		['["a","b"]', ['a', 'b']],
		['"[\\"a\\"]"', ['a']],
		[
			'Please call first, then deliver the goods to the back door.',
			['Please call first, then deliver the goods to the back door.'],
		],
		[{ items: ['a'] }, ['a']],
		[{ data: { list: ['a'] } }, ['a']],
		[{ 0: 'a', 1: 'b' }, ['a', 'b']],
		[5, ['5']],
		[
			[1, 2],
			['1', '2'],
		],
	]),
	...refuses(
		listOf(text),
		['Smith, John', 'Acme, Inc.', 'Smith, J., Miller, A.', 'Main St 5, Berlin', 'none'],
		/may be/,
	),
	...reads(listOf(number), [
		['1, 2, 3', [1, 2, 3]],
		['1;2', [1, 2]],
		['1\n2', [1, 2]],
		['[1, 2]', [1, 2]],
		['5', [5]],
		[5, [5]],
		['none', []],
		['1.234,56 €', [1234.56]],
		['$5.00, $6.00', [5, 6]],
		[
			['1', '2,5'],
			[1, 2.5],
		],
	]),
	...refuses(listOf(number), ['1,5', '1, two apples', '[12345678901234567890]']),
	...refuses(listOf(number), ['1,234'], /may be/),
	...reads(listOf(color), [
		['Red, green', ['red', 'green']],
		['red', ['red']],
		[['RED'], ['red']],
	]),
	...refuses(listOf(color), ['red, not green', 'red, pink']),
	...reads(listOf(date), [
		['27 Nov 2026; 28 Nov 2026', ['2026-11-27', '2026-11-28']],
		['Nov 27, 2026', ['2026-11-27']],
	]),
	...reads(listOf(objectOf({ a: number })), [
		[{ a: '1' }, [{ a: 1 }]],
		[{ rows: [{ a: 1 }] }, [{ a: 1 }]],
		['[{"a": "1"}]', [{ a: 1 }]],
	]),
	...reads(number, [
		[['5'], 5],
		[[5], 5],
		[{ value: '5' }, 5],
	]),
	...refuses(number, [[[5, 6]], [5, 6], [], { a: 1, b: 2 }]),
	...reads({ type: 'array', prefixItems: [number, text] }, [
		[
			['1', 2],
			[1, '2'],
		],
	]),
	...reads({ type: ['array', 'null'], items: text }, [
		['N/A', null],
		['a', ['a']],
	]),
];

const person = objectOf({ name: text, age: number });
const ada = { name: 'Ada', age: 36 };
const unwraps = { schema: person, value: ada, warning: /unwrapped/ };
export const OBJECTS: Row[] = [
	{ ...unwraps, input: { result: { data: { response: ada } } } },
	{ ...unwraps, input: { anything: JSON.stringify(ada) } },
	{ ...unwraps, input: { name: 'save_extraction', arguments: ada } },
	{
		...unwraps,
		input: {
			type: 'function',
			function: { name: 'save_extraction', arguments: JSON.stringify(ada) },
		},
	},
	{ ...unwraps, input: { type: 'tool_use', input: { name: 'Ada', age: '36' } } },
	{ ...unwraps, input: { type: 'object', properties: ada } },
	{
		...unwraps,
		input: {
			type: 'object',
			properties: { name: { type: 'string', value: 'Ada' }, age: { type: 'number', value: 36 } },
			required: ['name'],
		},
	},
	{ ...unwraps, input: { person: [ada] } },
	...refuses(person, [
		{ type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } } },
		{ error: ada },
		{ error: 'none' },
		{},
		'Ada',
		[ada, ada],
	]),
	...reads(person, [
		[JSON.stringify(ada), ada],
		[JSON.stringify(JSON.stringify(ada)), ada],
		["{'name': 'Ada', 'age': 36}", ada],
		[[ada], ada],
		[
			[
				{ key: 'name', value: 'Ada' },
				{ key: 'age', value: '36' },
			],
			ada,
		],
		[
			[
				['name', 'Ada'],
				['age', 36],
			],
			ada,
		],
		[{ Name: 'Ada', AGE: '36' }, ada],
		[{ name: 'Ada', age: { value: 36 } }, ada],
	]),
	...refuses(person, [
		[
			{ key: 'name', value: 'Ada' },
			{ key: 'name', value: 'Bob' },
		],
		{ name: 'Ada', aeg: 36 },
		{ name: 'Ada', years: 36 },
	]),
	...['invoice_number', 'InvoiceNumber', 'invoice-number', 'INVOICE NUMBER', 'invoicenumber'].map(
		(key): Row => ({
			schema: objectOf({ invoiceNumber: text }, closed),
			input: { [key]: 'A1' },
			value: { invoiceNumber: 'A1' },
			warning: /renamed/,
		}),
	),
	...refuses(objectOf({ invoiceNumber: text }, closed), [
		{ invoice_number: 'A', 'invoice-number': 'B' },
		{ invoiceNumbr: 'A1' },
	]),
	...refuses(objectOf({ a_b: text, aB: text }, closed), [{ 'a-b': 'x', a_b: 'y' }]),
	{
		schema: objectOf({ ...person.properties }, closed),
		input: { ...ada, note: 'x' },
		value: ada,
		warning: /dropped \/note/,
	},
	...refuses({ ...objectOf({ name: text, email: text }, closed), required: ['name'] }, [
		{ name: 'Ada', emial: 'a@b.c' },
	]),
	...refuses(objectOf({ name: text }, closed), [{ name: 'Ada', Name: 'Bob' }]),
	{
		schema: { ...objectOf({ a: number, b: number }, closed), required: ['a'] },
		input: { a: '1', zz: 2 },
		value: { a: 1 },
		warning: /dropped \/zz/,
	},
	{
		schema: { ...objectOf({ a: number, b: number }), required: ['a'] },
		input: { a: '1', b: null },
		value: { a: 1 },
		warning: /dropped \/b/,
	},
	{
		schema: { ...objectOf({ a: number, b: number }), required: ['a'] },
		input: { a: 1, b: 'N/A' },
		value: { a: 1 },
		warning: /dropped \/b/,
	},
	{
		schema: { ...objectOf({ a: number, b: { type: ['number', 'null'] } }), required: ['a'] },
		input: { a: '1', b: null },
		value: { a: 1, b: null },
	},
	{
		schema: { ...objectOf({ a: number, b: {} }), required: ['a'] },
		input: { a: '1', b: null },
		value: { a: 1, b: null },
	},
	...reads(objectOf({ address: objectOf({ city: text, zip: text }) }), [
		[{ 'address.city': 'Rome', 'address.zip': 123 }, { address: { city: 'Rome', zip: '123' } }],
	]),
	...reads(objectOf({ lines: listOf(objectOf({ sku: text })) }), [
		[{ 'lines.0.sku': 'A', 'lines.1.sku': 'B' }, { lines: [{ sku: 'A' }, { sku: 'B' }] }],
	]),
	...refuses(objectOf({ address: objectOf({ city: text }, closed) }, closed), [
		{ 'address.city': 'Rome', address: 'x' },
		{ 'address.city.x': 'a', 'address.city': 'b' },
	]),
	{
		schema: objectOf({ a: number }, { additionalProperties: true }),
		input: JSON.parse('{"a":"1","__proto__":{"x":1}}'),
		value: JSON.parse('{"a":1,"__proto__":{"x":1}}'),
	},
	{
		schema: objectOf({ a: number }, closed),
		input: JSON.parse('{"a":1,"__proto__":2,"constructor":3}'),
		value: { a: 1 },
		warning: /dropped/,
	},
	...refuses(objectOf({ constructor: text }), [{}, { toString: 1 }]),
	{
		schema: objectOf({ a: number }, { additionalProperties: number }),
		input: { a: '1', b: '2' },
		value: { a: 1, b: 2 },
	},
	{
		schema: objectOf({ n: number }, { patternProperties: { '^x_': number } }),
		input: { n: '1', x_a: '2' },
		value: { n: 1, x_a: 2 },
	},
];

const priced = objectOf({ amount: number, currency: text });
const billed = objectOf({ id: text, totalAmount: number, dueDate: date }, closed);
const someBilled = { ...billed, required: ['id'] };
export const BESIDE: Row[] = [
	...[
		{ value: '5', confidence: 0.9 },
		{ value: 5, confidenceScore: 1, page: 2, source_text: 'five' },
		{ type: 'number', value: 5 },
		{ value: 5, currency: null, unit: '' },
		{ total: 5, certainty: 'high' },
		{ value: { value: 5, score: 0.5 }, bbox: [1, 2, 3, 4] },
	].map((total): Row => ({
		schema: objectOf({ total: number }),
		input: { total },
		value: { total: 5 },
		warning: /dropped \/total\/.*: it only describes the value/,
	})),
	...refuses(objectOf({ total: number }), [
		{ total: { value: 5, currency: 'EUR' } },
		{ total: { amount: 5, currency: 'EUR' } },
		{ total: { value: { value: 5, currency: 'EUR' }, confidence: 1 } },
		{ total: { value: 5, unit: 'kg' } },
		{ total: { value: 5, note: 'estimated' } },
		{ total: { value: 5, text: '6' } },
		{ total: { value: 5, score: 12 } },
		{ total: { confidence: 5, page: 1 } },
	]),
	...reads(objectOf({ total: priced }), [
		[
			{ total: { amount: { value: '5', confidence: 1 }, currency: { value: 'EUR', page: 1 } } },
			{ total: { amount: 5, currency: 'EUR' } },
		],
		[
			{ total: { value: { amount: 5, currency: 'EUR' }, confidence: 1 } },
			{ total: { amount: 5, currency: 'EUR' } },
		],
	]),
	...reads(objectOf({ confidence: number, value: number }), [
		[
			{ confidence: '0.5', value: '5' },
			{ confidence: 0.5, value: 5 },
		],
	]),
	...reads(listOf(number), [[{ items: ['1'], confidence: 0.9 }, [1]]]),
	...['amount_total', 'AmountTotal', 'TOTAL-AMOUNT', 'amount total'].map((key): Row => ({
		schema: someBilled,
		input: { id: 'a', [key]: 5 },
		value: { id: 'a', totalAmount: 5 },
		warning: /renamed/,
	})),
	...refuses(someBilled, [
		{ id: 'a', amount_total: 5, 'total-amount': 6 },
		{ id: 'a', totalAmount: 5, amount_total: 6 },
	]),
	...refuses(
		someBilled,
		[
			{ id: 'a', total: 5 },
			{ id: 'a', total: '5' },
			{ id: 'a', total_amount_eur: 5 },
			{ id: 'a', due: '2026-11-27' },
			{ id: 'a', 'date of due': '27 Nov 2026' },
		],
		/may be "(?:totalAmount|dueDate)"/,
	),
	...reads(someBilled, [
		[{ id: 'a', total_label: 'Sum' }, { id: 'a' }],
		[{ id: 'a', total: null }, { id: 'a' }],
		[{ id: 'a', note: 'x' }, { id: 'a' }],
	]),
	...refuses(objectOf({ paidBy: text, byDate: text, net_of_tax: number }, closed), [
		{ byPaid: 'a', byDate: 'b', net_of_tax: 1 },
		{ paidBy: 'a', byDate: 'b', tax_of_net: 1 },
	]),
];

export const COMBINED: Row[] = [
	...reads({ allOf: [objectOf({ a: number }), objectOf({ b: boolean })] }, [
		[
			{ a: '1', b: 'yes' },
			{ a: 1, b: true },
		],
	]),
	...reads(
		{
			oneOf: [
				objectOf({ kind: { const: 'card' }, n: number }),
				objectOf({ kind: { const: 'cash' }, n: text }),
			],
		},
		[
			[
				{ kind: 'Card', n: '5' },
				{ kind: 'card', n: 5 },
			],
			[
				{ kind: 'cash', n: 5 },
				{ kind: 'cash', n: '5' },
			],
		],
	),
	...reads({ anyOf: [text, number] }, [['36', '36']]),
	...reads({ anyOf: [integer, number] }, [['36', 36]]),
	...reads({ anyOf: [number, boolean] }, [
		['36', 36],
		['yes', true],
	]),
	...refuses({ anyOf: [number, boolean] }, ['1', 'abc']),
	...reads({ anyOf: [listOf(number), { type: 'null' }] }, [
		['1, 2', [1, 2]],
		['N/A', null],
	]),
	...reads({ $ref: '#/$defs/n', $defs: { n: number } }, [['36', 36]]),
	...reads(
		{
			$defs: {
				node: objectOf({
					v: number,
					next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
				}),
			},
			$ref: '#/$defs/node',
		},
		[
			[
				{ v: '1', next: { v: '2', next: 'null' } },
				{ v: 1, next: { v: 2, next: null } },
			],
		],
	),
	...refuses({ anyOf: [objectOf({ a: number }, closed), objectOf({ b: number }, closed)] }, [
		{ a: '1', b: '2' },
	]),
	...reads(
		{ anyOf: [objectOf({ a: number }, closed), objectOf({ a: number, b: number }, closed)] },
		[
			[
				{ a: '1', b: '2' },
				{ a: 1, b: 2 },
			],
		],
	),
];
