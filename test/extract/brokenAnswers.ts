/** What an answer says, against which schema, and what is to become of it. */
export interface Row {
	text: string;
	schema: object;
	/** What the answer is about, where it is known. */
	document?: string;
	/** The value, with the warnings that name how it was read, where they matter … */
	value?: unknown;
	warnings?: string[];
	/** … or with these names, and what was coerced behind them … */
	forms?: string[];
	/** … or why it is refused: code and words. */
	refusal?: RegExp;
}

const string = { type: 'string' };
const number = { type: 'number' };
const of = (a: object) => ({ type: 'object', properties: { a, b: {} }, required: ['a'] });
const list = (items: object) => ({ type: 'array', items });
const any = of({});
const text = of(string);
const count = of(number);
const numbers = list(number);
const strings = list(string);
const person = {
	type: 'object',
	properties: { name: string, age: { type: 'integer' } },
	required: ['name', 'age'],
};
const people = list(person);
const team = { type: 'object', properties: { people }, required: ['people'] };
const tagged = { type: 'object', properties: { name: string, tags: strings }, required: ['name'] };

const reads = (given: string, schema: object, value: unknown, ...warnings: string[]): Row => ({
	...{ text: given, schema, value, warnings },
});
const refuses = (given: string, schema: object, refusal: RegExp): Row => ({
	...{ text: given, schema, refusal },
});
const repaired = (given: string, schema: object, value: unknown, ...more: string[]): Row =>
	reads(given, schema, value, 'repaired', ...more);

const twiceA = (said: string) => `duplicateKey /a: ${said}`;
const nestedTwice = ['duplicateKey /a/b/1/c: [2] replaced 1'];
const secondTwice = ['prose', 'duplicateKey /1/a: 2 replaced 1', 'jsonLines'];
const tokens: Row[] = [
	repaired('[17\n42]', numbers, [17, 42], 'missingComma'),
	repaired('[17 42]', numbers, [17, 42], 'missingComma'),
	repaired('[1 2]', numbers, [1, 2], 'missingComma'),
	repaired('[1 /* a */ 2]', numbers, [1, 2], 'missingComma'),
	repaired('[1 // a\n2]', numbers, [1, 2], 'missingComma'),
	repaired('[100\n200\n300]', numbers, [100, 200, 300], 'missingComma'),
	repaired('["a"\n"b"]', strings, ['a', 'b'], 'missingComma'),
	repaired('[true false]', list({}), [true, false], 'missingComma'),
	repaired('[{"a":1} {"a":2}]', list(any), [{ a: 1 }, { a: 2 }], 'missingComma'),
	repaired('[[1][2]]', list(numbers), [[1], [2]], 'missingComma'),
	repaired('{"a": 1 "b": 2}', any, { a: 1, b: 2 }, 'missingComma'),
	repaired('{"a": "x" "b": "y"}', any, { a: 'x', b: 'y' }, 'missingComma'),
	repaired('{"a": "x"\n"b": "y"}', any, { a: 'x', b: 'y' }, 'missingComma'),
	repaired('{"a": 1\nb: 2}', any, { a: 1, b: 2 }, 'missingComma'),
	refuses('[1 000.50]', numbers, /noJson.*expected/),
	refuses('[1 000]', numbers, /noJson.*expected/),
	refuses('[100 200 300]', numbers, /noJson.*expected/),
	refuses('[1\n000]', numbers, /noJson/),
	refuses('[1 -2]', numbers, /noJson/),
	refuses('["a" "b"]', strings, /noJson/),
	refuses('{"a": 1 000.50}', count, /noJson.*line 1, column 9/),
	refuses('{"a": 1"b": 2}', any, /noJson/),
	refuses('{"a": 1 2}', any, /noJson/),
	refuses('{"a": -}', count, /noJson.*- is no number/),
	refuses('{"a": 1.5e}', count, /noJson.*1.5e is no number/),
	refuses('{"a": 1;}', any, /noJson/),
	refuses('["x": 1]', list({}), /noJson/),
	refuses('{"a" 1}', any, /noJson/),
	refuses('{"a"}', any, /noJson/),
	refuses('{"a":}', any, /noJson/),
	refuses('[1,,2]', numbers, /noJson/),
	refuses('[,1]', numbers, /noJson/),
	refuses('{,}', { type: 'object' }, /noJson/),
	refuses('{"a":1,,"b":2}', any, /noJson/),
	refuses('{"a": [1, 2}', any, /noJson.*broken/),
	repaired('[1,]', numbers, [1]),
	repaired('{"a":1,}', any, { a: 1 }),
	repaired('{"a" => 1}', any, { a: 1 }),
	repaired('{a: 1}', any, { a: 1 }),
	repaired('{"a":1\uFEFF}', any, { a: 1 }),
	repaired('{"a":\u00A01}', any, { a: 1 }),
	repaired('{"a":\u200B1}', any, { a: 1 }),
	repaired('{"a":1 # one\n}', any, { a: 1 }),
	repaired('{"a":1 <!-- one -->}', any, { a: 1 }),
	repaired("{'a': True, 'b': None}", any, { a: true, b: null }),
	repaired('{"a": undefined}', any, { a: null }, 'readAsNull'),
	repaired('{"a": NaN}', any, { a: null }, 'readAsNull'),
	refuses('{"a": Infinity}', any, /noJson/),
	refuses('{"a": -Infinity}', any, /noJson/),
	repaired('{"a": active}', text, { a: 'active' }, 'bareText'),
	repaired('{"a": Ada Lovelace, "b": 1}', text, { a: 'Ada Lovelace', b: 1 }, 'bareText'),
	refuses('{"a": Lovelace, Ada}', text, /noJson/),
	refuses('[Lovelace, Ada]', strings, /noJson/),
	refuses('{"a": active /* or not */}', text, /noJson/),
	refuses('{"a": active}}', text, /noJson.*several ways/),
	refuses('{"a": Date("x")}', text, /noJson/),
	refuses('{"a": 2026-01-02}', text, /noJson/),
	refuses('{"a": 5kg}', text, /noJson/),
	refuses('{"a": 1,000}', count, /noJson/),
	reads('{"a":1,"a":2}', any, { a: 2 }, 'duplicateKey /a: 2 replaced 1'),
	reads('{"a":1,"a":2,"a":3}', any, { a: 3 }, ...['2 replaced 1', '3 replaced 2'].map(twiceA)),
	reads('{"a":{"b":[[0],{"c":1,"c":[2]}]}}', any, { a: { b: [[0], { c: [2] }] } }, ...nestedTwice),
	reads('{"a":1}\n{"a":1,"a":2}', list(any), [{ a: 1 }, { a: 2 }], ...secondTwice),
	reads('{"a":1,"a":1}', any, { a: 1 }),
];

const texts: Row[] = [
	repaired('{"a": "x" + "y"}', text, { a: 'xy' }, 'joinedText'),
	repaired('{"a": "x" +\n  "y"}', text, { a: 'xy' }, 'joinedText'),
	refuses('{"a": "x" + y}', text, /noJson/),
	repaired('{"a": `x\ny`}', text, { a: 'x\ny' }),
	refuses('{"a": `x ${y}`}', text, /noJson.*template/),
	repaired('{"a": """say "x" now"""}', text, { a: 'say "x" now' }),
	repaired('{"a": "He said "hi" to me"}', text, { a: 'He said "hi" to me' }, 'innerQuotes'),
	refuses('{"a": "5" tall", "b": 1}', text, /noJson/),
	refuses('{"a": "x, "b": "y", "c": "z"}', text, /noJson/),
	repaired("{'a': 'it's'}", text, { a: "it's" }),
	repaired("{'a': 'the dog\\'s'}", text, { a: "the dog's" }),
	repaired('{"a": "it\\\'s"}', text, { a: "it's" }),
	repaired('{"a": "x\ny"}', text, { a: 'x\ny' }),
	repaired('{"a": "x\ty\u0001"}', text, { a: 'x\ty\u0001' }),
	repaired('{“a”: “b”}', text, { a: 'b' }),
	repaired('{„a“: „b“}', text, { a: 'b' }),
	repaired('{‘a’: ‘it’s’}', text, { a: 'it’s' }),
	repaired('{"a": "b”}', text, { a: 'b' }, 'curlyQuotes'),
	repaired('{"a": “b", "b": 1}', text, { a: 'b', b: 1 }, 'curlyQuotes'),
	reads('{"a": "He said “hi”, ok"}', text, { a: 'He said “hi”, ok' }),
	repaired('{"a": "x \\\n y"}', text, { a: 'x \\\n y' }, 'keptBackslash'),
	repaired('{"a": "\\d+"}', text, { a: '\\d+' }, 'keptBackslash'),
	repaired('{"a": "\\server"}', text, { a: '\\server' }, 'keptBackslash'),
	repaired('{"a": "\\$5"}', text, { a: '\\$5' }, 'keptBackslash'),
	repaired('{"a": "\\x41"}', text, { a: '\\x41' }, 'keptBackslash'),
	repaired('{"a": "\\u12"}', text, { a: '\\u12' }, 'keptBackslash'),
	repaired('{"a": "\\u{1F600}"}', text, { a: '\\u{1F600}' }, 'keptBackslash'),
	repaired('{"a": "\\_x\\n"}', text, { a: '\\_x\n' }, 'keptBackslash'),
	repaired("{'a': '\\xe9'}", text, { a: 'é' }),
	refuses('{"a": "C:\\Users\\new"}', text, /noJson.*two readings/),
	refuses('{"a": "\\alpha \\nu"}', text, /noJson.*two readings/),
	refuses('{"a": "\\(\\frac12\\)"}', text, /noJson.*two readings/),
	refuses('{"a": "\\\\server\\share"}', text, /noJson.*two readings/),
	refuses('{"a": "x\\', text, /noJson/),
	reads('{"a": "C:\\\\Users\\\\new"}', text, { a: 'C:\\Users\\new' }),
	reads('{"a": "C:\\new"}', text, { a: 'C:\new' }),
	reads('{"a": "\\ud83d"}', text, { a: '\ud83d' }),
];

const digits: Row[] = [
	reads(
		'{"a": 1234567890123456789}',
		text,
		{ a: '1234567890123456789' },
		'coerced /a: number to text',
	),
	reads('{"a": 1.50}', text, { a: '1.50' }, 'coerced /a: number to text'),
	reads('{"a": 1.10}', text, { a: '1.10' }, 'coerced /a: number to text'),
	reads('{"a": 1E5}', text, { a: '1E5' }, 'coerced /a: number to text'),
	reads('{"a": -0}', text, { a: '-0' }, 'coerced /a: number to text'),
	reads('{"a": 1e999}', text, { a: '1e999' }, 'coerced /a: number to text'),
	reads(
		'[1.0, 2.50]',
		strings,
		['1.0', '2.50'],
		'coerced /0: number to text',
		'coerced /1: number to text',
	),
	repaired('{"a": 01234}', text, { a: '01234' }, 'coerced /a: number to text'),
	repaired('{"a": +4912345}', text, { a: '+4912345' }, 'coerced /a: number to text'),
	repaired('{"a": 0x1F}', text, { a: '0x1F' }, 'coerced /a: number to text'),
	reads('1.50', string, '1.50', 'coerced (top level): number to text'),
	reads('{"value": 1.50}', string, '1.50', 'coerced (top level): number to text'),
	reads('"{\\"a\\": 1.50}"', text, { a: '1.50' }, 'doubleEncoded', 'coerced /a: number to text'),
	reads('{"a": 1.50}', count, { a: 1.5 }),
	reads('{"a": 1E5}', count, { a: 100_000 }),
	reads('{"a": 9007199254740991}', count, { a: 9007199254740991 }),
	repaired('{"a": .5}', count, { a: 0.5 }),
	repaired('{"a": 5.}', count, { a: 5 }),
	repaired('{"a": +1}', count, { a: 1 }),
	repaired('{"a": 1_000}', count, { a: 1000 }),
	repaired('{"a": 0x1F}', count, { a: 31 }),
	refuses('{"a": 1234567890123456789}', count, /unsafeNumber \/a .*1234567890123456789/),
	refuses('{"a": 9007199254740993}', of({ type: 'integer' }), /unsafeNumber \/a/),
	refuses('{"a": 1e999}', count, /unsafeNumber \/a/),
	refuses('{"a": 1e-999}', count, /unsafeNumber \/a/),
	refuses('{"a": 0.1000000000000000055511}', count, /unsafeNumber \/a/),
	refuses('{"a": 9007199254740993,}', count, /unsafeNumber \/a/),
	refuses('{"a": 9007199254740993}', any, /unsafeNumber \/a/),
	refuses('{"a": 1, "b": {"c": [9007199254740993]}}', any, /unsafeNumber \/b\/c\/0/),
	refuses('9007199254740993', number, /unsafeNumber /),
	refuses('{"a": 007}', count, /unsafeNumber \/a .*007/),
	refuses('{"a": 1.2.3}', count, /noJson/),
];

const frames: Row[] = [
	...[
		'```',
		'```json',
		'```JSON',
		'````json',
		'~~~',
		'```json5',
		'```json title="a"',
		"'''json",
	].map((fence) =>
		reads(`${fence}\n{"a":1}\n${/^\W+/.exec(fence)?.[0] ?? ''}`, any, { a: 1 }, 'fenced'),
	),
	reads('```json {"a":1}```', any, { a: 1 }, 'fenced'),
	reads('```json\n{"a":1}', any, { a: 1 }, 'fenced'),
	reads('Here: `{"a":1}`', any, { a: 1 }, 'fenced'),
	reads('  ```json\n  {"a":1}\n  ```', any, { a: 1 }, 'fenced'),
	reads('See [1 below.\n\n```json\n{"a":1}\n```', any, { a: 1 }, 'fenced'),
	reads('json {"a":1}', any, { a: 1 }, 'prose'),
	reads('result = {"a":1};', any, { a: 1 }, 'prose'),
	reads('] {"a":1}', any, { a: 1 }, 'prose'),
	reads('See [1 below. {"a":1}', any, { a: 1 }, 'prose'),
	reads('(see [note) {"a":1}', any, { a: 1 }, 'prose'),
	repaired('{"a":1}}', any, { a: 1 }, 'extraClosers'),
	refuses('{"a":[1]]}', any, /noJson/),
	refuses('[1,2]]', numbers, /noJson/),
	refuses('{"a":1}]', any, /noJson/),
	refuses('[false,,{"a":1}]', any, /noJson/),
	refuses('{"a":1},null,"[!"]', any, /noJson/),
	refuses('{"a":1}#":null}', any, /noJson/),
	refuses('{"a":"”}', text, /noJson/),
	refuses('{"b":{"a":1}}, [see below]', any, /noJson/),
	refuses('{"b":{"a":1}} [see below]', any, /\/b|a/),
	reads('```json\n{"a":1}}\n```', any, { a: 1 }, 'fenced', 'repaired', 'extraClosers'),
	refuses('[ {"a":1}', list(any), /noJson.*one too many, or its end is missing/),
	refuses('{"a": 1, "b": [1, 2', any, /noJson.*truncated/),
	refuses('{"a": {"a":1}, "b": "x', any, /noJson.*truncated/),
	repaired('{{"a":{"b":1}}}', any, { a: { b: 1 } }, 'doubledBraces'),
	repaired('{{"a":{{"b":1}}}}', any, { a: { b: 1 } }, 'doubledBraces'),
	reads('<json>{"a":1}</json>', any, { a: 1 }, 'tagged'),
	reads('<answer>\n{"a":1}\n</answer>', any, { a: 1 }, 'tagged'),
	reads('<thinking>{"a":9}</thinking>{"a":1}', any, { a: 1 }, 'prose'),
	reads('"{\\"a\\":1}"', any, { a: 1 }, 'doubleEncoded'),
	reads(JSON.stringify(JSON.stringify('{"a":1}')), any, { a: 1 }, 'doubleEncoded'),
	reads('{\\"a\\": 1}', any, { a: 1 }, 'doubleEncoded'),
	refuses('{\\":0}', any, /noJson/),
	reads(`"{'a': 1}"`, any, { a: 1 }, 'doubleEncoded', 'repaired'),
	refuses('['.repeat(5000), list({}), /noJson.*nested deeper than 200/),
	refuses('['.repeat(201) + ']'.repeat(201), list({}), /noJson.*nested deeper than 200/),
	refuses(`x ${'{"a":'.repeat(300)}1${'}'.repeat(300)}`, any, /noJson.*nested deeper/),
	reads('['.repeat(100) + ']'.repeat(100), list({}), JSON.parse('['.repeat(100) + ']'.repeat(100))),
	refuses('[\n{"a" 1},\n\n{"a":2},\n\n{"a":3}\n]', list(any), /noJson/),
];

const others: Row[] = [
	reads('{"a":1} or {"a":1}', any, { a: 1 }, 'prose'),
	refuses('{"a":1} or {"a":2}', any, /severalAnswers/),
	reads(
		'```json\n{"a":1}\n```\nNo:\n```json\n{"a":2}\n```',
		any,
		{ a: 2 },
		'fenced',
		'otherCandidates',
	),
	reads('{"a":1}\n\nThen {"a":[2', any, { a: 1 }, 'prose', 'otherCandidates'),
	refuses(
		'{"people":[{"name":"A","age":1}]} and {"people":[{"name":"B","age":2}]}',
		team,
		/severalAnswers/,
	),
	reads(
		'{"name":"A","age":1}\n{"name":"B","age":2}',
		people,
		[
			{ name: 'A', age: 1 },
			{ name: 'B', age: 2 },
		],
		'prose',
		'jsonLines',
	),
	reads(
		'{"name":"A","age":1},\n{"name":"B","age":2}',
		people,
		[
			{ name: 'A', age: 1 },
			{ name: 'B', age: 2 },
		],
		'prose',
		'jsonLines',
	),
	reads(
		'```jsonl\n{"name":"A","age":1}\n{"name":"B","age":2}\n```',
		team,
		{
			people: [
				{ name: 'A', age: 1 },
				{ name: 'B', age: 2 },
			],
		},
		'fenced',
		'jsonLines',
	),
	refuses('{"name":"A","age":1}\n{"name":"B","age', people, /noJson/),
	refuses('{"name":"A","age":1}\n{"name":"B","age":2}', person, /severalAnswers/),
];

const left = (given: string, schema: object = list({})) => refuses(given, schema, /abbreviated/);
const abbreviations: Row[] = [
	left('[1, // ... remaining 40 rows omitted\n2]'),
	left('["x","y",...]'),
	left('["x","y",…]'),
	left('["x","y","..."]'),
	left('["x","…"]'),
	left('["x","... 38 more"]'),
	left('["x","(38 more items)"]'),
	left('{"a":1, ...}', any),
	left('{"a":1, "...": "..."}', any),
	left('[{"a":"x"},{"a":"..."}]'),
	left('[1 /* etc. */]'),
	left('[1, /* and so on */]'),
	left('[1 <!-- truncated -->]'),
	left('[1, (38 more)]'),
	left('[1\n# and so on\n]'),
	left('[1 // 38 more rows\n]'),
	left('[1 // rows omitted for brevity\n]'),
	left('[1 // same for the remaining rows\n]'),
	left('[1 // 以下省略\n]'),
	left('[1 // usw.\n]'),
	left('[{"a":1}]\n... and 38 more rows.'),
	left('```json\n[{"a":1}]\n```\nThe remaining 40 rows are omitted for brevity.'),
	reads('["Wait...", "and then…"]', strings, ['Wait...', 'and then…']),
	reads('{"a":"..."}', text, { a: '...' }),
	reads('{"a":"3 more than before"}', text, { a: '3 more than before' }),
	repaired('[1 // remaining balance\n]', numbers, [1]),
	repaired('[1 // 2 more than last year\n]', numbers, [1]),
	repaired('[1 // the rest of the address\n]', numbers, [1]),
	repaired('[1 /* more or less */]', numbers, [1]),
	reads('He paused [...] and said {"a":1}.', any, { a: 1 }, 'prose'),
];

const table = '| Name | Age |\n|------|----:|\n| Ada | 36 |\n| Bob \\| Co | 4 |';
const ada = [{ name: 'Ada', age: 36 }];
const forms: Row[] = [
	reads(
		table,
		people,
		[...ada, { name: 'Bob | Co', age: 4 }],
		'markdownTable',
		'coerced /0/age: text to number',
		'coerced /1/age: text to number',
	),
	reads(
		`Here:\n\n${table}\n`,
		team,
		{ people: [...ada, { name: 'Bob | Co', age: 4 }] },
		'prose',
		'markdownTable',
		'coerced /people/0/age: text to number',
		'coerced /people/1/age: text to number',
	),
	refuses(table.replace('Age', 'City'), people, /noJson/),
	refuses(`${table}\n\n${table}`, people, /severalAnswers/),
	refuses(`${table}\n| x |`, people, /noJson/),
	refuses(`${table}\n| ... | ... |`, people, /abbreviated/),
	refuses(`${table}\n\n(38 more rows)`, people, /abbreviated/),
	refuses(table, person, /noJson/),
	reads('<name>Ada</name><age>36</age>', person, ada[0], 'xml', 'coerced /age: text to number'),
	reads(
		'<person>\n <name>Ada &amp; Co</name>\n <age>36</age>\n</person>',
		person,
		{ name: 'Ada & Co', age: 36 },
		'xml',
		'coerced /age: text to number',
	),
	reads(
		'<people><person><name>Ada</name><age>36</age></person></people>',
		people,
		ada,
		'xml',
		'coerced /0/age: text to number',
	),
	reads(
		'<r><name>A</name><tags>x</tags><tags>y</tags></r>',
		tagged,
		{ name: 'A', tags: ['x', 'y'] },
		'xml',
	),
	reads(
		'<r><name>A</name><tags><tag>x</tag><tag>y</tag></tags></r>',
		tagged,
		{ name: 'A', tags: ['x', 'y'] },
		'xml',
	),
	reads(
		'<invoke name="save"><parameter name="name">Ada</parameter><parameter name="age">36</parameter></invoke>',
		person,
		ada[0],
		'xml',
		'coerced /age: text to number',
	),
	refuses('<name>Ada</name><age>36</age><city>Bern</city>', person, /noJson/),
	refuses('<name>Ada</name><age unit="y">36</age>', person, /noJson/),
	refuses('<name>Ada</name><age>36', person, /noJson/),
	refuses('<name>Ada</name><name>Bob</name><age>36</age>', person, /noJson/),
	reads('name: Ada\nage: 36', person, ada[0], 'yaml', 'coerced /age: text to number'),
	reads('```yaml\nname: Ada\nage: 36\n```', person, ada[0], 'yaml', 'coerced /age: text to number'),
	reads(
		'- name: Ada\n  age: 36\n- name: Bob\n  age: 4',
		people,
		[...ada, { name: 'Bob', age: 4 }],
		'yaml',
		'coerced /0/age: text to number',
		'coerced /1/age: text to number',
	),
	reads(
		'people:\n  - name: Ada\n    age: 36',
		team,
		{ people: ada },
		'yaml',
		'coerced /people/0/age: text to number',
	),
	reads(
		'people:\n- name: "Ada"\n  age: 36',
		team,
		{ people: ada },
		'yaml',
		'coerced /people/0/age: text to number',
	),
	reads('name: A\ntags: [x, y z]', tagged, { name: 'A', tags: ['x', 'y z'] }, 'yaml'),
	reads('name: A\ntags:\n  - x\n  - "1.50"', tagged, { name: 'A', tags: ['x', '1.50'] }, 'yaml'),
	reads('name: 1.50', tagged, { name: '1.50' }, 'yaml'),
	refuses('name: Ada\nage: 36\ncity: Bern', person, /noJson/),
	refuses('name: Ada\nname: Bob\nage: 36', person, /noJson/),
	refuses('name: Ada\n  Lovelace\nage: 36', person, /noJson/),
	refuses('name: &x Ada\nage: 36', person, /noJson/),
	refuses('- name: Ada\n  age: 36\n# and 12 more', people, /noJson|abbreviated/),
	refuses('I see a person.', person, /noJson/),
	reads('red', { enum: ['red', 'green'] }, 'red', 'plainText'),
	reads('36', { type: 'integer' }, 36),
	refuses('I cannot say.', string, /noJson/),
];

export const brokenAnswers: Row[] = [
	...[...tokens, ...texts, ...digits, ...frames, ...others, ...abbreviations, ...forms],
];
