import { list, number, of, string, type Row } from './answerRow';

/** Answers in forms that are not JSON: read where they say one thing, else refused. */
const person = of({ name: string, age: number, email: string }, ['name', 'age']);
const sheet = of({ rows: list(of({ name: string, amount: number }, ['name'])), title: string }, [
	'rows',
]);
const ADA = { name: 'Ada', age: 36 };

/** Values and the form that they are read from; what is coerced behind it is told elsewhere. */
const reads = (given: string, schema: object, value: unknown, ...forms: string[]): Row => ({
	...{ text: given, schema, value, forms },
});
const refuses = (given: string, schema: object, refusal = /noJson/): Row => ({
	...{ text: given, schema, refusal },
});
const rows = (...entries: Array<[name: string, amount: number]>) => ({
	rows: entries.map(([name, amount]) => ({ name, amount })),
});
const TWO = rows(['Ann', 4], ['Bob', 5]);

const lines: Row[] = [
	...['1. {A}\n2. {B}', 'Here:\n\n1) {A}\n2) {B}\n', '* {A}\n\n* {B}', '7. {A}\n8. {B}'].map(
		(given) =>
			reads(
				given
					.replace('{A}', '{"name":"Ann","amount":4}')
					.replace('{B}', '{"name":"Bob","amount":5}'),
				sheet,
				TWO,
				...['prose', 'jsonLines'],
			),
	),
	...['1. {A}\n3. {A}', '1. {A}\n...\n3. {A}', '1. {A}\n- etc.'].map((given) =>
		refuses(given.replaceAll('{A}', '{"name":"Ann","amount":4}'), sheet, /./),
	),
];

const bullets: Row[] = [
	...[
		...[
			'- **Name:** Ada\n- **Age:** 36',
			'* **Name**: Ada\n* **Age**: 36',
			'**Name:** Ada\n**Age:** 36',
		],
		...[
			'- Name: Ada\n- Age: 36',
			'1. __Name__: Ada\n2. __Age__: 36',
			'• **Name：** Ada\n• **Age：** 36',
		],
	].map((given) => reads(given, person, ADA, 'bullets')),
	reads('The record:\n\n- **Name:** Ada\n- **Age:** 36\n\nDone.', person, ADA, 'prose', 'bullets'),
	reads(
		'1. **Name:** Ann\n   - Amount: 4\n2. **Name:** Bob\n   - Amount: 5',
		sheet,
		TWO,
		'bullets',
	),
	refuses('1. **Name:** Ann\n   - Amount: 4\n3. **Name:** Bob\n   - Amount: 5', sheet),
	refuses('- **Name:** Ann\n- **Amount:** 4\n- **Amount:** 5', sheet),
	refuses('- **Name:** Ada\n- **Age:** 36\n- **City:** Bern', person),
	refuses('- **Name:** Ada\n- **Age:** 36\n- **Name:** Bob', person),
	refuses('- **Name:** [Ada](x)\n- **Age:** 36', person),
	refuses('- Name: Ann\n- Amount: 4', sheet),
	refuses('- **Name:** Ada\n- **Age:** 36\n\nCorrection: she is 37.', person, /./),
	refuses('- **Name:** Ada\n- **Age:** 36\n\n(12 more rows)', person, /abbreviated/),
	refuses('- **Name:** Ada\n- **Age:** 36\n\n- **Name:** Bob\n- **Age:** 4', person, /./),
];

const csv: Row[] = [
	...[
		'name,amount\nAnn,4\nBob,5',
		'Name;Amount\nAnn;4\nBob;5',
		'name\tamount\nAnn\t4\nBob\t5',
	].flatMap((given) => [
		reads(given, sheet, TWO, 'csv'),
		reads(`\`\`\`csv\n${given}\n\`\`\``, sheet, TWO, 'csv'),
		reads(`Here it is:\n\n${given}\n\nDone.`, sheet, TWO, 'prose', 'csv'),
		reads(given.replaceAll('\n', '\r\n'), sheet, TWO, 'csv'),
	]),
	reads(
		'name,amount\n"Ann, Jr.",4\n"B ""b""",5',
		sheet,
		rows(['Ann, Jr.', 4], ['B "b"', 5]),
		'csv',
	),
	reads('name,amount\n"Ann\nLee",4', sheet, rows(['Ann\nLee', 4]), 'csv'),
	reads('Name;Amount\nAnn;4,50\nBob;1.234,50', sheet, rows(['Ann', 4.5], ['Bob', 1234.5]), 'csv'),
	...['Bob', 'Bob,1,234', 'Total,4', '"Bob,4', 'Bob "x",4', ',5', 'Bob,5,x'].map((line) =>
		refuses(`name,amount\nAnn,4\n${line}`, sheet),
	),
	refuses(
		'| name | amount |\n| --- | --- |\n| Ann | 4 |\n\n(3 rows in the document)',
		sheet,
		/abbreviated/,
	),
	refuses('name,amount\nAnn,4\n...,...', sheet, /abbreviated/),
	refuses('name,amount\nAnn,4\netc.,', sheet, /abbreviated/),
	refuses('name,price\nAnn,4', sheet),
	refuses('name,amount', sheet),
	reads('name,amount\nAnn,4\n\nname,amount\nBob,5', sheet, TWO, 'csv'),
];

const tr = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const html = (...given: string[]) => `<table>${tr('Name', 'Amount')}${given.join('\n')}</table>`;
const tables: Row[] = [
	reads(html(tr('Ann', '4'), tr('Bob', '5')), sheet, TWO, 'htmlTable'),
	reads(
		html(tr('A &amp; B', '4')).toUpperCase().replaceAll('&AMP;', '&amp;'),
		sheet,
		rows(['A & B', 4]),
		'htmlTable',
	),
	reads(`Here:\n${html(tr('Ann', '4'))}\nDone.`, sheet, rows(['Ann', 4]), 'prose', 'htmlTable'),
	reads(
		`<table class="x"><thead>${tr('Name', 'Amount')}</thead>\n<tbody>${tr('Ann', '4')}</tbody></table>`,
		sheet,
		rows(['Ann', 4]),
		'htmlTable',
	),
	...[
		...[
			tr('Total', '9'),
			tr('Bob'),
			'<tr><td colspan="2">Bob</td></tr>',
			tr('<b>Bob</b>', '5'),
			'Bob',
		],
		...['<caption>Part 1</caption>', '<tr><td rowspan="2">Bob</td><td>4</td></tr>'],
	].map((row) => refuses(html(tr('Ann', '4'), row), sheet)),
	refuses(html(tr('Ann', '4'), tr('...', '...')), sheet, /abbreviated/),
	refuses(html(tr('Ann', '4')) + html(tr('Bob', '5')), sheet),
];

const yaml: Row[] = [
	reads(
		'name: "Ada" # full name\nage: 36 # years',
		person,
		ADA,
		'yaml',
		'comments',
		'remark /name',
		'remark /age',
	),
	reads("# as signed\nname: 'Ada'\nage: 36", person, ADA, 'yaml', 'comments', 'remark (top level)'),
	...[
		['|', 'Ada\nLovelace\n'],
		['|+', 'Ada\nLovelace\n\n'],
		['|-', 'Ada\nLovelace'],
		['>', 'Ada Lovelace\n'],
		['>-', 'Ada Lovelace'],
	].map(([sign, name]) =>
		reads(`name: ${sign}\n  Ada\n  Lovelace\n\nage: 36`, person, { name, age: 36 }, 'yaml'),
	),
	// What coercion puts right is not named as wrong.
	refuses('name,amount\nAnn,"1,234"\nBob,4', sheet, /^ambiguous \/rows\/0\/amount [^\n]*$/),
	reads(
		'name: |\n  Ada\n  Lovelace\nage: 36',
		person,
		{ name: 'Ada\nLovelace\n', age: 36 },
		'yaml',
	),
	reads(
		'name: |-\n  Ada\n\n  # Lovelace\nage: 36',
		person,
		{ name: 'Ada\n\n# Lovelace', age: 36 },
		'yaml',
	),
	reads(
		'name: >-\n  Ada\n  Lovelace\n\n  III\nage: 36',
		person,
		{ name: 'Ada Lovelace\nIII', age: 36 },
		'yaml',
	),
	reads(
		'rows:\n  - name: |\n      Ann\n      Lee\n    amount: 4\n  - name: Bob\n    amount: 5',
		sheet,
		rows(['Ann\nLee\n', 4], ['Bob', 5]),
		'yaml',
	),
	...[
		'name: Ada # x\nage: 36',
		'name: 12 Main St # 5\nage: 36',
		'name: >\n  a\n    b\nage: 36',
	].map((given) => refuses(given, person)),
	...['name: "Ada" # wrong\nage: 36', 'name: x - >\n  y\nage: 36', 'name: |2\n  a\nage: 36'].map(
		(given) => refuses(given, person),
	),
	...['name: &a Ada\nage: 36\nemail: *a', 'name: !!str Ada\nage: 36'].map((given) =>
		refuses(given, person, /anchors, aliases or tags/),
	),
	refuses(
		'- name: Ann\n- amount: 4',
		of({ rows: list(of({ name: string, amount: number }, [])) }),
		/./,
	),
];

const settings: Row[] = [
	...['name = Ada\nage = 36', '[person]\nname = "Ada"\nage = 36'].map((given) =>
		reads(given, person, ADA, 'settings'),
	),
	reads("name='Ada'\n; note\nage=36", person, ADA, 'settings', 'remark (top level)'),
	...[
		'name = Ada # x\nage = 36',
		'name = Ada\nage = 36\ncity = x',
		'name = Ada\nname = Bob\nage = 36',
	].map((given) => refuses(given, person)),
	refuses('[a]\nname = "Ada"\nage = 36\n[b]\nname = "Bob"\nage = 3', person),
	refuses('name = Ada\nemail =', person),
	refuses('name = {x = 1}\nage = 36', person, /type \/name/),
	refuses('name = Ada\n# wrong\nage = 36', person),
	reads('name = "Ada" # x\nage = 36 # y', person, ADA, 'settings', 'remark /name', 'remark /age'),
];

const BOOK = of(
	{ id: string, tags: list(string), by: person, rows: list(of({ name: string, amount: number })) },
	['id'],
);
const ROW = (name: string, amount: number) => `[[rows]]\nname = "${name}"\namount = ${amount}\n`;
const ANN = ROW('Ann', 4);
const toml: Row[] = [
	...[
		`${ANN}\n${ROW('Bob', 5)}`,
		`\`\`\`toml\n${ANN}${ROW('Bob', 5)}\`\`\``,
		'rows = [\n  { name = "Ann", amount = 4 },\n  { name = \'Bob\', amount = 5 },\n]',
	].map((given) => reads(given, sheet, TWO, 'settings')),
	reads(
		`Here:\n\n\`\`\`toml\n${ANN}${ROW('Bob', 5)}\`\`\`\n`,
		...([sheet, TWO, 'prose', 'settings'] as const),
	),
	reads(
		`id = "A-1"\ntags = [\n  "a",\n  "b",\n]\n\n[by]\nname = "Ada"\nage = 36\n\n${ANN}`,
		BOOK,
		{ id: 'A-1', tags: ['a', 'b'], by: ADA, ...rows(['Ann', 4]) },
		'settings',
	),
	reads('id = "x"\nby = { name = "Ada", age = 36 }', BOOK, { id: 'x', by: ADA }, 'settings'),
	reads(
		'[[p]]\nname = "Ada"\nage = 36\n[[p]]\nname = "Bob"\nage = 2',
		list(person),
		[ADA, { name: 'Bob', age: 2 }],
		'settings',
	),
	refuses('[[p]]\nname = "A"\nage = 1\n[[q]]\nname = "B"\nage = 2', list(person)),
	...[
		`${ANN}\n[[rows]]\nname = "Bo`,
		`${ANN}\n[[rows]]\nname = "Bob"\namount =`,
		`${ANN}\n[[rows]]\n`,
		`${ANN}# ... 37 more rows`,
		'rows = [\n  { name = "Ann", amount = 4 },\n  { name = "B',
		'rows = [{ name = "Ann", amount = 4 }, ...]',
		'rows = [{ name = "Ann", name = "Bob", amount = 4 }]',
		`Here are the first of 40 rows:\n\n\`\`\`toml\n${ANN}\`\`\`\n`,
	].map((given) => refuses(given, sheet, /./)),
	...[
		'id = "x"\n[by]\nname = "A"\n[by]\nname = "B"',
		'id = "x"\n[[by]]\nname = "A"',
		'id = "x"\n[other]\na = 1',
		'id = "x"\n[by.address]\ncity = "y"',
	].map((given) => refuses(given, BOOK, /./)),
];

const python: Row[] = [
	...[
		"Person(name='Ada', age=36)",
		'person.Person(\n  name="Ada",\n  age=36,\n)',
		"dict(name='Ada', age=36)",
	].map((given) => reads(given, person, ADA, 'pythonObject')),
	reads("```python\nPerson(name='Ada', age=36)\n```", person, ADA, 'pythonObject'),
	reads(
		"Sheet(rows=[Row(name='Ann', amount=Decimal('4.00')), {'name': 'Bob', 'amount': 5}], title=None)",
		sheet,
		TWO,
		'pythonObject',
	),
	...["Sheet(rows=[Row(name='Ann', amount=1), ...])", "Person(name='Ada's', age=36)"].map((given) =>
		refuses(given, given.startsWith('S') ? sheet : person),
	),
	...[
		"Person(name='Ada', age=date(2026, 1, 2))",
		"Person(name='Ada', age=36",
		"Person(name='A', name='B', age=3)",
	].map((given) => refuses(given, person)),
	reads(
		"Sheet(rows=[{'name': 'Ann', 'amount': 4}], title='T')",
		sheet,
		{ ...rows(['Ann', 4]), title: 'T' },
		'pythonObject',
	),
	refuses("Sheet(rows=[{'name': 'Ann', 'amount': 4}], title=f())", sheet),
	refuses("Sheet(title=f(), rows=[{'name': 'Ann', 'amount': 4}])", sheet),
	refuses("Person(name='Ada', age=36)\nPerson(name='Bob', age=3)", person),
];

/** JSON that was escaped for another text. */
const note = of({ a: string, b: {} }, ['a']);
const escaped: Row[] = [
	reads('{"a": \\"x\\", "b": 1}', note, { a: 'x', b: 1 }, 'repaired', 'escapedQuotes'),
	reads('{"a": \\\\"x\\\\"}', note, { a: 'x' }, 'repaired', 'escapedQuotes'),
	refuses('{"a": \\"x, "b": 1}', note),
	reads('{\\n  \\"a\\": \\"x\\"\\n}', note, { a: 'x' }, 'doubleEncoded'),
	reads('"{""a"": ""x"", ""b"": """"}"', note, { a: 'x', b: '' }, 'repaired', 'doubleEncoded'),
	reads(
		'{&quot;a&quot;: &quot;x &amp; &amp;quot;y&amp;quot;&quot;}',
		note,
		...[{ a: 'x & &quot;y&quot;' }, 'htmlEscaped'],
	),
	reads(
		'```json\n[{&#34;a&#34;: 1}]\n```',
		list(of({ a: number })),
		[{ a: 1 }],
		'htmlEscaped',
		'fenced',
	),
	reads('{"a": "x &quot;y&quot;"}', note, { a: 'x &quot;y&quot;' }),
];

const wide: Row[] = [
	...[
		...[
			'｛“name”：“Ada”，“age”：36｝',
			'｛"name"："Ada"，"age"：36｝',
			'{「name」：「Ada」，「age」：36}',
		],
		...['结果如下：\n｛"name"："Ada"，"age"：36｝。', '{"name"："Ada", "age"：36}'],
	].map((given) => reads(given, person, ADA, 'prose', 'repaired', 'fullWidth')),
	reads(
		'｛"rows"：［｛"name"："甲：乙，丙｝"，"amount"：1｝］｝',
		sheet,
		rows(['甲：乙，丙｝', 1]),
		...['prose', 'repaired', 'fullWidth'],
	),
	...[
		'｛“name”：“他说：“好，走”。”，“age”：36｝',
		"｛'name'：'Ada'，'age'：36｝",
		'｛"name"："Ada"，"age"：36',
	].map((given) => refuses(given, person)),
	reads('［注］ {"name":"Ada，B","age":36}', person, { name: 'Ada，B', age: 36 }, 'prose'),
];

export const otherForms: Row[] = [
	...[
		...lines,
		...bullets,
		...csv,
		...tables,
		...yaml,
		...settings,
		...toml,
		...python,
		...escaped,
		...wide,
	],
];
