import { SCHEMAS } from './schemas';

/** One answer of a model, and what a person would read in it. */
export interface Case {
	name: string;
	schema: keyof typeof SCHEMAS;
	/** The model's answer, word for word. */
	answer: string;
	/** Undefined if no single value can be meant: any value returned is then wrong. */
	value?: unknown;
}

const ada = { name: 'Ada', age: 36, email: 'ada@example.com' };
const adaJson = JSON.stringify(ada);
const bill = { number: 'INV-7', total: 1234.5, paid: true, currency: 'EUR' };
const order = {
	id: 'A-1',
	lines: [
		{ item: 'Lamp', quantity: 2, price: 24.5 },
		{ item: 'Desk', quantity: 1, price: 310 },
	],
};
const orderJson = JSON.stringify(order);
const todo = { title: 'Call back', status: 'in progress', tags: ['phone', 'urgent'] };

const person = (name: string, answer: string, value: unknown = ada): Case => ({
	...{ name, schema: 'person', answer, value },
});
const invoice = (name: string, total: string, value?: number): Case => ({
	...{ name, schema: 'invoice', answer: `{"number":"INV-7","total":${total}}` },
	value: value === undefined ? undefined : { number: 'INV-7', total: value },
});
const task = (name: string, status: string, value?: string): Case => ({
	...{ name, schema: 'task', answer: JSON.stringify({ title: 'Call back', status }) },
	value: value === undefined ? undefined : { title: 'Call back', status: value },
});
const numbers = (name: string, answer: string, ids?: number[]): Case => ({
	...{ name, schema: 'numbers', answer, value: ids && { ids } },
});
const refused = (name: string, schema: Case['schema'], answer: string): Case => ({
	...{ name, schema, answer },
});

/** Forms of answers that models were seen to give, or that others have reported. */
export const CASES: readonly Case[] = [
	person('clean', adaJson),
	person('fenced', `\`\`\`json\n${adaJson}\n\`\`\``),
	person('fence that never closes', `\`\`\`json\n${adaJson}`),
	person('in prose', `Here is the JSON: ${adaJson} Let me know if you need more.`),
	person(
		'a draft and the final answer',
		`First try:\n\`\`\`json\n{"name":"Adam","age":63}\n\`\`\`\nCorrected:\n\`\`\`json\n${adaJson}\n\`\`\``,
	),
	person('brackets in the prose', `The record [see page 2] is: ${adaJson}`),
	person('tags around it', `<json>${adaJson}</json>`),
	person('thinking before it', `<thinking>{"name": maybe Adam?}</thinking>\n${adaJson}`),
	person('trailing comma', adaJson.replace('}', ',}')),
	person('single quotes', adaJson.replaceAll('"', "'")),
	person('keys without quotes', '{name: "Ada", age: 36, email: "ada@example.com"}'),
	person(
		'comments',
		'{"name":"Ada", // as signed\n"age":36, /* years */ "email":"ada@example.com"}',
	),
	person('Python None', "{'name': 'Ada', 'age': 36, 'email': None}", { name: 'Ada', age: 36 }),
	person('smart quotes', '{“name”: “Ada”, “age”: 36, “email”: “ada@example.com”}'),
	person('one brace too many', `${adaJson}}`),
	person('doubled braces of a template', `{${adaJson}}`),
	person('JSON in a string', JSON.stringify(adaJson)),
	person('in a wrapper', `{"result":${adaJson}}`),
	person('in two wrappers', `{"data":{"person":${adaJson}}}`),
	person('a list of one', `[${adaJson}]`),
	person('as a tool call', `{"name":"save_extraction","arguments":${adaJson}}`),
	person('number as text', adaJson.replace('36', '"36"')),
	person('number with its unit', adaJson.replace('36', '"36 years"')),
	person('whole number as a decimal', adaJson.replace('36', '36.0')),
	person('keys in another case', '{"Name":"Ada","Age":36,"Email":"ada@example.com"}'),
	person('null for an optional text', '{"name":"Ada","age":36,"email":null}', {
		...{ name: 'Ada', age: 36 },
	}),
	person('YAML', 'name: Ada\nage: 36\nemail: ada@example.com'),
	person('XML', '<name>Ada</name>\n<age>36</age>\n<email>ada@example.com</email>'),
	person('newline in a text', '{"name":"Ada\nLovelace","age":36}', {
		...{ name: 'Ada\nLovelace', age: 36 },
	}),
	person('quotes in a text', '{"name":"Ada "Countess" Lovelace","age":36}', {
		...{ name: 'Ada "Countess" Lovelace', age: 36 },
	}),
	person('backslash in a text', '{"name":"Ada \\d","age":36}', { name: 'Ada \\d', age: 36 }),
	person('apostrophe escaped', '{"name":"Ada\\\'s","age":36}', { name: "Ada's", age: 36 }),
	person('long id as text', '{"name":1234567890123456789,"age":36}', {
		...{ name: '1234567890123456789', age: 36 },
	}),
	person('decimals as text', '{"name":1.50,"age":36}', { name: '1.50', age: 36 }),
	invoice('thousands and decimals', '"1,234.50"', 1234.5),
	invoice('German number', '"1.234,50"', 1234.5),
	invoice('French number', '"1 234,50"', 1234.5),
	invoice('Swiss number', '"1’234.50"', 1234.5),
	invoice('currency sign', '"€ 1,234.50"', 1234.5),
	invoice('currency code behind', '"1.234,50 EUR"', 1234.5),
	invoice('accounting brackets', '"(1,234.50)"', -1234.5),
	invoice('sign behind', '"1,234.50-"', -1234.5),
	invoice('thousands without quotes', '1,234.50', 1234.5),
	invoice('Japanese number', '"1.2億円"', 120_000_000),
	invoice('number at the size of a million', '1e6', 1_000_000),
	{
		...{ name: 'booleans as words', schema: 'invoice', value: bill },
		answer: '{"number":"INV-7","total":1234.5,"paid":"Yes","currency":"eur"}',
	},
	{
		...{ name: 'Markdown in values', schema: 'invoice', value: bill },
		answer: '{"number":"INV-7","total":1234.5,"paid":true,"currency":"**EUR**"}',
	},
	{
		...{ name: 'key and value list', schema: 'invoice', value: bill },
		answer:
			'[{"key":"number","value":"INV-7"},{"key":"total","value":1234.5},{"key":"paid","value":true},{"key":"currency","value":"EUR"}]',
	},
	task('choice in another case', 'In Progress', 'in progress'),
	task('choice with underscores', 'in_progress', 'in progress'),
	task('choice with a full stop', 'done.', 'done'),
	task('choice in a phrase', 'The task is in progress', 'in progress'),
	{
		...{ name: 'one text for a list', schema: 'task', value: { ...todo, tags: ['phone'] } },
		answer: '{"title":"Call back","status":"in progress","tags":"phone"}',
	},
	{
		...{ name: 'list as JSON text', schema: 'task', value: todo },
		answer: '{"title":"Call back","status":"in progress","tags":"[\\"phone\\",\\"urgent\\"]"}',
	},
	{
		...{ name: 'list as lines', schema: 'task', value: todo },
		answer: '{"title":"Call back","status":"in progress","tags":"- phone\\n- urgent"}',
	},
	{
		...{ name: 'records as JSON lines', schema: 'order', value: undefined },
		answer: '{"item":"Lamp","quantity":2,"price":24.5}\n{"item":"Desk","quantity":1,"price":310}',
	},
	{ name: 'nested, fenced', schema: 'order', answer: `\`\`\`\n${orderJson}\n\`\`\``, value: order },
	{
		...{ name: 'nested numbers as text', schema: 'order', value: order },
		answer: orderJson.replace('24.5', '"24.50"').replace(':2,', ':"2",'),
	},
	{
		...{ name: 'nested record as JSON text', schema: 'order', value: order },
		answer: JSON.stringify({ ...order, lines: order.lines.map((line) => JSON.stringify(line)) }),
	},
	{
		...{ name: 'commas missing between records', schema: 'order', value: order },
		answer: orderJson.replace('},{', '}\n{'),
	},
	numbers('list with a trailing comma', '{"ids":[17,42,]}', [17, 42]),
	numbers('list as text', '{"ids":"17, 42"}', [17, 42]),
	numbers('one number for a list', '{"ids":17}', [17]),
	numbers('line break for a comma', '{"ids":[17\n42]}', [17, 42]),
	person(
		'input and output',
		`Input:\n\`\`\`json\n{"name":"Bob","age":5}\n\`\`\`\nOutput:\n\`\`\`json\n${adaJson}\n\`\`\``,
	),
	person('envelope with a status', `{"status":"success","data":${adaJson}}`),
	person('action and its input', `{"action":"save_extraction","action_input":${adaJson}}`),
	person('call in function tags', `<function=save_extraction>${adaJson}</function>`),
	person('YAML between dashes', '---\nname: Ada\nage: 36\nemail: ada@example.com\n---'),
	person('object of Python', "Person(name='Ada', age=36, email='ada@example.com')"),
	person('signs of Ruby', '{"name"=>"Ada","age"=>36,"email"=>"ada@example.com"}'),
	person('full-width signs', adaJson.replace('{', '｛').replace('}', '｝')),
	person('end token of a template', `${adaJson}<|im_end|>`),
	person('event stream', `data: ${adaJson}\n\ndata: [DONE]`),
	person('number in words', adaJson.replace('36', '"thirty-six"')),
	person('dozens', adaJson.replace('36', '"three dozen"')),
	person('words and digits', adaJson.replace('36', '"thirty-six (36)"')),
	invoice('half a million', '"half a million"', 500_000),
	invoice('Spanish millions', '"dos millones y medio"', 2_500_000),
	invoice('German and a half', '"zweieinhalb Tausend"', 2500),
	invoice('no cents', '"1.234,-"', 1234),
	invoice('Indian separators', '"₹12,34,567.00"', 1_234_567),
	task('choice in a sentence', 'The current status is: done', 'done'),
	numbers('lines with bullets', '{"ids":"- 17\\n- 42"}', [17, 42]),
	numbers('comments between', '{"ids":[17, // first\n42]}', [17, 42]),
	{
		...{ name: 'records as XML rows', schema: 'order', value: order },
		answer:
			'<order><id>A-1</id><lines><line item="Lamp" quantity="2" price="24.5"/><line item="Desk" quantity="1" price="310"/></lines></order>',
	},
	// Cases that nobody can decide: any value here is invented.
	refused('a correction behind it', 'person', `${adaJson}\n\nCorrection: her age is 37.`),
	refused('two options', 'person', `Option A: ${adaJson}\nOption B: {"name":"Bob","age":5}`),
	refused('a template', 'person', '{"name":"<name>","age":36}'),
	refused('the names of the types', 'person', '{"name":"string","age":0}'),
	refused('a draft in thoughts only', 'person', `<think>${adaJson}`),
	refused('a failed envelope', 'person', `{"status":"error","data":${adaJson}}`),
	refused('a key twice in two cases', 'person', '{"name":"Ada","age":36,"Age":37}'),
	refused('a comment with another value', 'person', '{"name":"Ada","age":36 /* or 37 */}'),
	refused('an ordinal for an age', 'person', '{"name":"Ada","age":"36th"}'),
	refused('a struck-out number', 'person', '{"name":"Ada","age":"~~36~~ 37"}'),
	refused('about', 'person', '{"name":"Ada","age":"~36"}'),
	refused('at least', 'person', '{"name":"Ada","age":"36+"}'),
	refused('another unit', 'invoice', '{"number":"INV-7","total":"50 cents"}'),
	refused('two currencies', 'invoice', '{"number":"INV-7","total":5,"currency":"EUR/USD"}'),
	refused('a hedged yes', 'invoice', '{"number":"INV-7","total":5,"paid":"yes, but late"}'),
	refused('a choice for later', 'task', '{"title":"Call back","status":"done, then reopened"}'),
	refused('a choice in part', 'task', '{"title":"Call back","status":"partly done"}'),
	refused('a range in a list', 'numbers', '{"ids":"17-42"}'),
	refused('a number that a list leaves out', 'numbers', '{"ids":"1. 17\\n3. 42"}'),
	refused('cut in a value', 'person', '{"name":"Ada","age":3'),
	refused('cut in a list', 'order', orderJson.slice(0, orderJson.indexOf('Desk') + 3)),
	refused('rest left out', 'numbers', '{"ids":[17, 42, ...]}'),
	refused('rest in a comment', 'numbers', '{"ids":[17, 42 // ... remaining 40 ids omitted\n]}'),
	refused('sign without a number', 'person', '{"name":"Ada","age":-}'),
	refused('broken exponent', 'invoice', '{"number":"INV-7","total":1.5e}'),
	refused('number too large', 'invoice', '{"number":"INV-7","total":1e999}'),
	refused('id with more digits than a number holds', 'numbers', '{"ids":[9007199254740993]}'),
	refused('fraction for a whole number', 'person', '{"name":"Ada","age":36.7}'),
	refused('two numbers for one', 'person', '{"name":"Ada","age":"36 or 37"}'),
	refused('range for one', 'person', '{"name":"Ada","age":"30-40"}'),
	refused('ambiguous separator', 'invoice', '{"number":"INV-7","total":"1,234"}'),
	refused('two choices', 'task', '{"title":"Call back","status":"in progress or done"}'),
	refused('choice denied', 'task', '{"title":"Call back","status":"not done"}'),
	refused('choice unknown', 'task', '{"title":"Call back","status":"cancelled"}'),
	refused('an apology', 'person', 'I could not find any person in this text.'),
	refused('an error object', 'order', '{"error":"The text is empty."}'),
	refused('the schema itself', 'person', JSON.stringify(SCHEMAS.person)),
	refused('missing number', 'person', '{"name":"Ada"}'),
	refused('age as a word that is none', 'person', '{"name":"Ada","age":"unknown"}'),
];
