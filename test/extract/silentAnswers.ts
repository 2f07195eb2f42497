import { about, list, number, of, reads, refuses, string, type Row } from './answerRow';

/** Answers that look whole, valid or final, and are not. */
const text = of({ a: string });
const count = of({ a: number });
const texts = list(string);
const rows = of({ rows: list(of({ id: string })) });
const person = of({ name: string, age: number }, ['age']);
const tagged = of({ name: string, tags: texts }, ['name']);
const yes = of({ a: { type: 'boolean' } });

const ASIDES =
	'etc.|and so on|+37 more|37 others|… (truncated)|[continues]|usw.|und so weiter|и т. д.|и т.п.|et ainsi de suite|ecc.|e così via|y así sucesivamente|enz.|以下略|など|等等|등|残り37件|他37件|외 37건|还有37行|37 weitere Zeilen|и ещё 37 строк|remaining rows|rest omitted'.split(
		'|',
	);
const MAYBE_DATA = ['more', 'truncated', '同上', 'same as above', 'ditto', 'continued', '계속'];
const PROSE =
	'Showing 1 of 39:|Showing rows 1-10 of 39|+37 more|<!-- more -->|[continues]|Here are the first 10 rows:|Only the first few rows are included.|Let me know if you want the rest.|The pattern continues for all rows.|Die restlichen Zeilen wurden weggelassen.|Les lignes restantes sont omises.|Las filas restantes se omiten.|Le righe rimanenti sono omesse.|As linhas restantes foram omitidas.|Остальные строки опущены.|其余行省略。|残りは省略します。|나머지는 생략했습니다.|Too many to list.|Due to length limits I stopped here.|Partial list:'.split(
		'|',
	);
const COMMENTS = [
	...ASIDES,
	...MAYBE_DATA,
	'other rows',
	'the rest of the rows',
	'Showing 1 of 39',
];
const BESIDE = [
	...[
		'"truncated":true',
		'"has_more":true',
		'"hasMore":"yes"',
		'"_more":37',
		'"is_complete":false',
	],
	...['"remaining_rows":["y"]', '"total_rows":39', '"note":"Showing 1 of 39"', '"next_page":2'],
	...['"_comment":"the remaining rows follow the same pattern"', '"isTruncated":1'],
];
const WHOLE = [
	...['"truncated":false', '"has_more":"no"', '"remaining":0', '"complete":true', '"total_rows":1'],
	...['"more":null', '"next_page":""'],
];

const abbreviations: Row[] = [
	...ASIDES.flatMap((words) => [
		refuses(JSON.stringify(['x', words]), texts, /abbreviated \/1/),
		refuses(JSON.stringify({ rows: [{ id: 'x' }, { id: words }] }), rows, /abbreviated/),
	]),
	...about(
		'x\ny',
		MAYBE_DATA.map((words) => refuses(JSON.stringify(['x', words]), texts, /abbr/)),
	),
	...COMMENTS.map((words) => refuses(`{"rows":[{"id":"x"} // ${words}\n]}`, rows, /abbreviated/)),
	...PROSE.flatMap((line) => [
		refuses(`${line}\n{"rows":[{"id":"x"}]}`, rows, /abbreviated/),
		refuses(`{"rows":[{"id":"x"}]}\n${line}`, rows, /abbreviated/),
	]),
	...BESIDE.map((field) => refuses(`{"rows":[{"id":"x"}],${field}}`, rows, /abbreviated/)),
	...BESIDE.map((field) => refuses(`{"data":{"rows":[{"id":"x"}],${field}}}`, rows, /abbreviated/)),
	...WHOLE.map((field): Row => {
		const json = `{"rows":[{"id":"x"}],${field}}`;
		return reads(json, rows, JSON.parse(json));
	}),
	...about('Lorem ipsum dolor', [
		refuses('{"a":"Lorem ipsum [truncated]"}', text, /abbreviated \/a/),
		refuses('{"a":"Lorem … (continued)"}', text, /abbreviated \/a/),
	]),
	...about('We sell paper, pens, etc.\nMore Co.; Others\n(continued)\nThe song 12 More Songs', [
		reads('["paper","etc."]', texts, ['paper', 'etc.']),
		reads('["More Co.","Others","12 More Songs"]', texts, ['More Co.', 'Others', '12 More Songs']),
		reads('{"a":"Balance (continued)"}', text, { a: 'Balance (continued)' }),
		refuses('["paper","and so on"]', texts, /abbreviated/),
	]),
	...about('More etc than ever', [refuses('["x","etc"]', texts, /abbreviated/)]),
	reads('["Rest","Others","Continental","平等"]', texts, ['Rest', 'Others', 'Continental', '平等']),
	reads('Extracted 3 of 3 rows.\n{"a":"x"}', text, { a: 'x' }, 'prose'),
	reads('{"has_more":true}', of({ has_more: {} }), { has_more: true }),
	reads('{"m":{"more":3}}', of({ m: { type: 'object', additionalProperties: number } }), {
		m: { more: 3 },
	}),
	refuses('<rows><row><id>x</id></row><!-- more --></rows>', rows),
	refuses('rows:\n  - id: x\n  # other rows', rows),
	refuses('- x\n- etc.', texts, /abbreviated/),
	refuses('| id |\n|---|\n| x |\n| +37 more |', rows, /abbreviated/),
];

const DIGITS = ['1.50', '1e3', '1E5', '-0', '0x1F', '.5', '1234567890123456789', '0012', '+5'];
const digits: Row[] = DIGITS.flatMap((literal) => {
	const nested = (json: string, value: unknown, schema: object): Row[] =>
		[json, JSON.stringify(json)].map((inner) => ({
			...{ text: JSON.stringify({ a: inner }), schema: of({ a: schema }), value: { a: value } },
		}));
	return [
		...nested(`{"b": ${literal}}`, { b: literal }, of({ b: string })),
		...nested(`{'b': [${literal}]}`, { b: [literal] }, of({ b: texts })),
		...nested(`[${literal}, "x"]`, [literal, 'x'], texts),
		...nested(`[{"b": ${literal}}]`, [{ b: literal }], list(of({ b: string }))),
	];
});
const numbers: Row[] = [
	refuses('{"a":"[12345678901234567890]"}', of({ a: list(number) }), /unsafeNumber \/a\/0/),
	refuses('{"a":"[007]"}', of({ a: list(number) }), /unsafeNumber/),
	refuses('{"a":"[x, y"}', of({ a: list(number) })),
	refuses('{"a":"100,200,300"}', of({ a: list(number) }), /ambiguous/),
	...['3万2', '一万二', '三千五', '两百五', '一亿二', '一千二百三', '三万2', '1千5', '2百5'].map(
		(given) => refuses(JSON.stringify({ a: given }), count),
	),
	...Object.entries({
		一万零二: 10002,
		二十五: 25,
	}).map(([given, a]): Row => ({
		text: JSON.stringify({ a: given }),
		schema: count,
		value: { a },
	})),
	refuses('{"a":"[1 000]"}', of({ a: texts }), /ambiguous/),
	refuses('{"a":"{x; y}"}', of({ a: texts }), /ambiguous/),
	...['12²', '1,234²', '12₂', '¹12', '12*', '12†', '12①', '10⁵', '\u202E12'].map((given) =>
		refuses(JSON.stringify({ a: given }), count),
	),
	...[
		'令和0年1月1日',
		'平成40年1月1日',
		'昭和70年1月1日',
		'中華民國0年1月1日',
		'明治3年1月1日',
	].map((given) => refuses(JSON.stringify({ a: given }), of({ a: { ...string, format: 'date' } }))),
	refuses('{"a":"27.11.2026²"}', of({ a: { ...string, format: 'date' } })),
];

const xml: Row[] = [
	reads('<a>&#65;&#x41;&euro;&eacute;&amp;amp;&foo;</a>', text, { a: 'AA€é&amp;&foo;' }, 'xml'),
	reads('<a><![CDATA[a < b & c]]></a>', text, { a: 'a < b & c' }, 'xml'),
	reads('<a>x <!-- note --> y</a>', text, { a: 'x  y' }, 'xml', 'remark (top level): note'),
	reads('<name>A</name><tags><tag>a, b</tag></tags>', tagged, { name: 'A', tags: ['a, b'] }, 'xml'),
	reads(
		'<name>A</name><tags>a, b</tags>',
		tagged,
		{ name: 'A', tags: ['a', 'b'] },
		...['xml', 'coerced /tags: "a, b" to ["a","b"]'],
	),
	refuses('<name>A</name><tags>Smith, John</tags>', tagged, /ambiguous \/tags/),
	reads(
		'<person name="Ada"><age>36</age></person>',
		person,
		{ name: 'Ada', age: 36 },
		...['xml', 'coerced /age: text to number'],
	),
	reads(
		'<r><row id="1"/><row id="2"/></r>',
		list(of({ id: string })),
		[{ id: '1' }, { id: '2' }],
		'xml',
	),
	refuses('<name>Ada</name><age unit="y">36</age>', person),
	refuses('<a>x <b>y</b></a>', text),
	refuses('<a>x<![CDATA[y]]></a>', text),
	refuses('<a xsi:nil="true"/>', text),
	refuses('<a>x</a><a>y</a>', text),
];

const yaml: Row[] = [
	...['a: "a" "b"', "a: 'a' 'b'", 'a: &x y', 'a: *x', 'a: !!str 5', 'a: @x', 'a: - x', 'a: Null'],
	...['a: x\na: y', 'a: x\n---\na: y', 'a: "x" + "y"', 'a: "x\\y"', 'a: x # note'],
	...['%YAML 1.2\na: x', '? a\n: x', 'a: x\n b'],
].map((given) => refuses(given, text));
const moreYaml: Row[] = [
	...['a: 0o17', 'a: 017', 'a: .inf', 'a: 1:30'].map((given) => refuses(given, count)),
	...['a: [k: v]', 'a: [x, ]', 'a: [x', 'a: [x, "y]'].map((given) =>
		refuses(given, of({ a: texts })),
	),
	reads('---\na: x\n...', text, { a: 'x' }, 'yaml'),
	reads('a: |\n  x\n  y', text, { a: 'x\ny\n' }, 'yaml'),
	reads('a: >\n  x', text, { a: 'x\n' }, 'yaml'),
	reads('\ta: x', text, { a: 'x' }, 'yaml'),
	reads('a: yes', text, { a: 'yes' }, 'yaml'),
	reads('a: no', yes, { a: false }, 'yaml', 'coerced /a: "no" to false'),
	reads('a: 2026-11-27', text, { a: '2026-11-27' }, 'yaml'),
	reads('a: [x, 1.50]', of({ a: texts }), { a: ['x', '1.50'] }, 'yaml'),
	reads(
		'a: ["x", 1.50]',
		of({ a: texts }),
		{ a: ['x', '1.50'] },
		'yaml',
		'coerced /a/1: number to text',
	),
];

const table = (...lines: string[]) => ['| Name | Age |', '|:--|--:|', ...lines].join('\n');
const cell = (name: string) => table(`| ${name} | 1 |`);
const people = list(of({ name: string, age: string }, ['name']));
const cells: Row[] = [
	...(
		[
			['**Ada**', 'Ada'],
			['*Ada*', 'Ada'],
			['`Ada`', 'Ada'],
			['<https://x.y>', 'https://x.y'],
			['[https://x.y](https://x.y)', 'https://x.y'],
			['a<br>b', 'a\nb'],
			['a \\| b', 'a | b'],
			['\\*x\\*', '*x*'],
			['A &amp; B', 'A & B'],
			['snake_case_x', 'snake_case_x'],
			['5*3', '5*3'],
			['C:\\new', 'C:\\new'],
		] as const
	).map(([given, name]) => reads(cell(given), people, [{ name, age: '1' }], 'markdownTable')),
	...['[a](b)', '![i](u)', '~~a~~', 'a **b**', '__init__', 'x<sup>2</sup>', '`a` b', '"', '〃'].map(
		(given) => refuses(cell(given), people),
	),
	refuses(table('| a | 1 | 2 |'), people),
	refuses(table('| a |'), people),
	refuses(table('| a | 1 |', '| | 2 |'), list(of({ name: string, age: string }, []))),
	refuses(table('| a | 1 |', '| **Total** | 3 |'), people),
	reads('| Name | Age |\n|--|\n| a | 1 |', people, [{ name: 'a', age: '1' }], 'markdownTable'),
];

const NO_WRAPPERS =
	'wrong previous example error before old draft invalid not_found schema previousResult oldValue example_output Beispiel brouillon __proto__ constructor'.split(
		' ',
	);
const rivals: Row[] = [
	...NO_WRAPPERS.map((key) => refuses(`{"${key}":{"a":1}}`, count)),
	...['result', 'invoice', 'corrected'].map((key) =>
		reads(`{"${key}":{"a":1}}`, count, { a: 1 }, `unwrapped /${key}`),
	),
	...[
		'For example:',
		'Wrong:',
		'Previous answer:',
		'Here is an example of the output:',
		'Draft:',
	].map((line) => refuses(`${line} {"a":1}`, count)),
	...['Following the example, here it is:', 'Values not found are null.'].map((line) =>
		reads(`${line}\n{"a":1}`, count, { a: 1 }, 'prose'),
	),
	reads('Right: {"a":2}\nPrevious answer: {"a":1}', count, { a: 2 }, 'prose', 'otherCandidates'),
	...['Correction: a is 15', 'Wait, it should be 15.', 'The total should be 15.', '更正：15'].map(
		(line) => refuses(`{"a":10}\n${line}`, count, /severalAnswers/),
	),
	refuses('{"name":"A","age":1}\nCorrection:\n{"name":"B"}', person, /severalAnswers/),
	reads('{"a":10}\nActually: {"a":15}', count, { a: 15 }, 'prose', 'otherCandidates'),
	reads('{"a":10}\nAll dates are in ISO form.', count, { a: 10 }, 'prose'),
	refuses('{"a": 10 // wrong, should be 15\n}', count),
	refuses('```diff\n-{"a":1}\n```', count),
	refuses('{\n- "a": 1\n+ "a": 2\n}', count),
	refuses('<think>{"a":1}', count),
	refuses('<think>{"a":1}</think>', count),
	reads('Maybe {"a":1}.\n</think>\n{"a":2}', count, { a: 2 }, 'prose'),
	...["b'x'", "f'x'", 'void 0', 'new Date()', '1 + 2', '/x/', 'x => 1', '!0'].map((code) =>
		refuses(`{"a": ${code}}`, text),
	),
	refuses('{"rows":[{"id":"x"}],"rows_2":[{"id":"y"}]}', rows, /abbreviated/),
	refuses('{"rows":[{"id":"x"}]}\n\nAlso: {"id":"y"}', rows, /severalAnswers/),
	refuses('{"a":"http://x/a,b"}', of({ a: texts }), /ambiguous/),
	...[
		'former done',
		'done → open',
		'closed -> done',
		'done - false',
		'done: nein',
		'below done',
		'above open',
		'conditionally done',
		'ehemals open',
		'будет done',
		'done 예정',
		'done (expired)',
		'semi done',
		'done*',
	].map((given) => refuses(JSON.stringify({ a: given }), of({ a: { enum: ['done', 'open'] } }))),
	refuses('{"A":1,"a":2}', count, /ambiguous/),
	refuses('{"rows":[{"id":"x","ID":"y"}]}', rows, /ambiguous/),
	reads('{"A":1,"a":1}', count, { A: 1, a: 1 }),
];

const named = of({ name: string, age: number, id: string }, ['name']);
const ANNA = { name: 'Anna', age: 42 };
const SAVED = ['name', 'tool'].flatMap((tool) =>
	['arguments', 'parameters', 'input'].flatMap((key) =>
		[ANNA, JSON.stringify(ANNA)].map((given) => ({ [tool]: 'save_extraction', [key]: given })),
	),
);
const calls: Row[] = [
	...[...SAVED, { name: 'extract_person', arguments: ANNA }].map((call) =>
		reads(JSON.stringify(call), named, ANNA, `unwrapped /${Object.keys(call)[1]}`),
	),
	reads(
		JSON.stringify({ id: 'call_1', type: 'function', function: SAVED[1] }),
		named,
		ANNA,
		...['unwrapped /function', 'unwrapped /function/arguments'],
	),
	reads('{"name":"Anna","input":{"age":42}}', named, { name: 'Anna', input: { age: 42 } }),
	...['{}', '"{cut"', '5', '[]'].map((given) =>
		refuses(`{"name":"save_extraction","arguments":${given}}`, named),
	),
	...['', 'antml:'].flatMap((prefix) => {
		const name = `ACME</${prefix}parameter>\n<${prefix}parameter name="id">7`;
		return [
			refuses(JSON.stringify({ name }), named, /leakedTag \/name/),
			...about(`It says ${name}`, [reads(JSON.stringify({ name }), named, { name })]),
		];
	}),
];

export const silentAnswers: Row[] = [
	...calls,
	...[...abbreviations, ...digits, ...numbers, ...xml, ...yaml, ...moreYaml, ...cells, ...rivals],
];
