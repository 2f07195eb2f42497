import { about, list, number, of, refuses, string, type Row } from './answerRow';

/** Answers that a person reads at a glance, beside near misses that nobody can be sure of. */
const person = of({ name: string, age: number });
const loose = of({ name: string, age: number }, ['name']);
const people = of({ rows: list(person) });
const texts = list(string);
const tags = of({ tags: texts });
const book = of({ title: string, year: number });
const ADA = { name: 'Ada', age: 36 };
const BOB = { name: 'Bob', age: 41 };
const TWO = { rows: [ADA, BOB] };

const reads = (text: string, schema: object, value: unknown, ...forms: string[]): Row => ({
	...{ text, schema, value, forms },
});
const allRead = (given: string[], schema: object, value: unknown, ...forms: string[]): Row[] =>
	given.map((text) => reads(text, schema, value, ...forms));
const allRefused = (given: string[], schema: object, refusal = /./): Row[] =>
	given.map((text) => ({ text, schema, refusal }));

const fenced = (...given: string[]) =>
	given.map((one) => `\`\`\`json\n${one}\n\`\`\``).join('\n\n');
const [A, B] = [JSON.stringify(ADA), JSON.stringify(BOB)] as const;
const CUT = '{"name":"Bob","age":4';
const blocks: Row[] = [
	reads(fenced(A, B), people, TWO, 'fenced', 'severalBlocks'),
	reads(fenced(A, B), list(person), [ADA, BOB], 'fenced', 'severalBlocks'),
	reads(fenced(A, B).replaceAll('```', '~~~~'), people, TWO, 'fenced', 'severalBlocks'),
	reads(
		fenced(A, B, '{"name":"Cy","age":1}'),
		list(person),
		[ADA, BOB, { name: 'Cy', age: 1 }],
		...['fenced', 'severalBlocks'],
	),
	reads(
		fenced('{"name":"Ada","age":12345678901234567890}', B),
		list(of({ name: string, age: string })),
		[
			{ name: 'Ada', age: '12345678901234567890' },
			{ name: 'Bob', age: '41' },
		],
		...['fenced', 'severalBlocks'],
	),
	...[people, list(person)].flatMap((schema) =>
		allRefused(
			[
				...[fenced(A, CUT), fenced(A, '{"name":"Bob"}'), fenced(A, '{"name":"Ada","age":37}')],
				...[`Option 1:\n${fenced(A)}\nOption 2:\n${fenced(B)}`, `Either\n${fenced(A, B)}`],
				...[`${fenced(A)}\n${B}`, `${fenced(A, B)}\nThe second is right.`],
				...[`${fenced(A, B)}\n(10 more)`, fenced(A, `${B} // ... 3 more rows omitted`)],
			],
			schema,
		),
	),
	...allRefused([fenced(A, '{"name":"Bob","years":41}'), fenced(A, A)], people),
	...allRefused([fenced(A, B)], person),
	...allRefused([fenced(A, A), `${A}\n\n${fenced(A)}`], list(person)),
	reads(fenced(`[${A}]`, `[${A}]`), list(person), [ADA], 'fenced'),
	reads(
		`For example:\n${fenced('{"name":"X","age":0}')}\n\nThe answer:\n${fenced(A)}`,
		list(person),
		[ADA],
		...['fenced', 'prose', 'otherCandidates'],
	),
	...allRefused(
		[fenced(`{"rows":[${A}]}`, `{"rows":[${B}]}`), `{"rows":[${A}]}\n{"rows":[${B}]}`],
		list(of({ name: string, age: number }, [])),
	),
];

const table = (...given: string[]) =>
	['| Name | Age |', '|---|---|', ...given.map((row) => `| ${row} |`)].join('\n');
const html = (...given: string[]) =>
	`<table><tr><th>Name</th><th>Age</th></tr>${given.join('')}</table>`;
const oneRow: Row[] = [
	...allRead(['name,age\nAda,36', 'Name;Age\nAda;36', 'age\tname\n36\tAda'], person, ADA, 'csv'),
	reads(table('Ada | 36'), person, ADA, 'markdownTable'),
	reads(`The person:\n\n${table('Ada | 36')}`, person, ADA, 'prose', 'markdownTable'),
	reads(html('<tr><td>Ada</td><td>36</td></tr>'), person, ADA, 'htmlTable'),
	reads('name,age\nAda,36', loose, ADA, 'csv'),
	...allRefused(
		[
			...['name,age\nAda,36\nBob,41', 'name,age\nAda', 'name,years\nAda,36', 'name,age'],
			...['name,age\nAda,36,1', 'name,age\nAda,36\n...,...', 'name,age\n,36', 'name\nAda'],
			...[
				table('Ada | 36', 'Bob | 41'),
				table('Ada'),
				table('Ada | '),
				table('Ada | 36', '... | ...'),
			],
			table('Ada | 36').replace('Age', 'City'),
			`${table('Ada | 36')}\n\n${table('Bob | 41')}`,
			`${table('Ada | 36')}\n\nCorrection: she is 37.`,
			html('<tr><td>Ada</td><td>36</td></tr>', '<tr><td>Bob</td><td>41</td></tr>'),
		],
		person,
	),
];

const python: Row[] = [
	...allRead(
		[
			...[
				"name='Ada' age=36",
				'name="Ada" age=36',
				"name='Ada', age=36",
				"person = Person(name='Ada', age=36)",
			],
		],
		person,
		ADA,
		'pythonObject',
	),
	...allRead(
		[
			"rows = [Person(name='Ada', age=36), Person(name='Bob', age=41)]",
			"people=[Person(name='Ada', age=36), Person(name='Bob', age=41)]",
			"Person(name='Ada', age=36)\nPerson(name='Bob', age=41)",
			"rows = [name='Ada' age=36, name='Bob' age=41]",
			"[name='Ada' age=36, name='Bob' age=41]",
			"name='Ada' age=36\nname='Bob' age=41",
		],
		people,
		TWO,
		'pythonObject',
	),
	reads("name='Ada age=3' age=36", person, { name: 'Ada age=3', age: 36 }, 'pythonObject'),
	...allRefused(
		[
			...["name='Ada' age=", "name='Ada'", "name='Ada' years=36", "name='Ada' age=36 and more"],
			...[
				"name='Ada' age=36 age=37",
				"name='Ada's' age=36",
				"name='Ada' age=36\nname='Bob' age=41",
			],
			...['name=Ada age=36', "She is name='Ada' age=36", "name='Ada' age=36, ..."],
			"previous = Person(name='Ada', age=36)",
		],
		person,
	),
	...allRefused(
		[
			"rows = [Person(name='Ada', age=36), Person(name='Bob'",
			"rows = [Person(name='Ada', age=36), Person(name='Bob')]",
			"rows = [Person(name='Ada', age=36), Person(name='Bob', years=41)]",
			"rows = [Person(name='Ada', age=36), ...]",
			"rows = [Person(name='Ada', age=36)]\nothers = [Person(name='Bob', age=41)]",
			"errors = [Person(name='Ada', age=36)]",
			"rows = [name='Ada' age=36, name='Bob'",
			"[name='Ada', age=36]",
		],
		people,
	),
	...allRefused(
		["child = Person(name='Ada', age=36)"],
		of({ name: string, age: number, child: person }, ['name', 'age']),
	),
];

const inline: Row[] = [
	...allRead(
		[
			...[
				'- name: Ada, age: 36\n- name: Bob, age: 41',
				'* Name: Ada; Age: 36\n* Name: Bob; Age: 41',
			],
			...['1. name: Ada, age: 36\n2. name: Bob, age: 41', 'name: Ada, age: 36\nname: Bob, age: 41'],
			'- **Name:** Ada, **Age:** 36\n- **Name:** Bob, **Age:** 41',
			'- name: "Ada", age: 36\n- name: "Bob", age: 41',
		],
		people,
		TWO,
		'bullets',
	),
	reads('name: Ada, age: 36', person, ADA, 'bullets'),
	reads(
		'- name: Hopper, Ada, age: 36',
		people,
		{ rows: [{ name: 'Hopper, Ada', age: 36 }] },
		'bullets',
	),
	...[people, list(loose)].flatMap((schema) =>
		allRefused(
			[
				...['- name: Ada, age: 36\n- name: Bob,', '- name: Ada, age: 36\n- Bob, 41'],
				...['- name: Ada, city: Bern\n- name: Bob, city: Ulm', '- name: Ada, age: 36, city: Bern'],
				...['- name: Ada, age: 36\n- age: 41', '- name: Ada, age: 36, age: 37'],
				...['1. name: Ada, age: 36\n3. name: Bob, age: 41', '- name: Ada, age: 36\n- ...'],
				...[
					'- name: "Ada, age: 36", age: 3\n- name: Bob, age: 4',
					'- name: Ada, age: 36\n- name: Bob',
				],
				'- name: Ada, age: 36\n- name: Bob, age: 41\n\nCorrection: Bob is 42.',
			],
			schema,
		),
	),
	...allRefused(['name: Ada, age: 36\nname: Bob, age: 41', 'name: Ada, years: 36'], person),
];

const colons: Row[] = [
	reads('title: Foo: Bar\nyear: 1999', book, { title: 'Foo: Bar', year: 1999 }, 'yaml'),
	reads(
		'- title: A: B\n  year: 1\n- title: C\n  year: 2',
		list(book),
		[
			{ title: 'A: B', year: 1 },
			{ title: 'C', year: 2 },
		],
		'yaml',
	),
	reads('title: A: B: C\nyear: 1', book, { title: 'A: B: C', year: 1 }, 'yaml'),
	...allRefused(
		[
			...['title: year: 3\nyear: 1999', 'title: Foo: Bar, year: 3\nyear: 1999', 'title: Foo: Bar'],
			...[
				'title: "Foo": Bar\nyear: 1999',
				'title: Foo: Bar # x\nyear: 1999',
				'title: Foo: Bar:\nyear: 1',
			],
			...[
				'title: Foo\nyear: 19: 99',
				'title: Foo: Bar\n  more: x\nyear: 1',
				'name: Foo: Bar\nyear: 1',
			],
			'Here it is:\ntitle: Foo: Bar\nyear: 1999',
		],
		book,
	),
];

const sections: Row[] = [
	...allRead(
		[
			'[[ ## title ## ]]\nFoo\n\n[[ ## year ## ]]\n1999\n\n[[ ## completed ## ]]',
			'[[ ## title ## ]]\r\nFoo\r\n\r\n[[ ## year ## ]]\r\n1999\r\n',
			'[[ ## reasoning ## ]]\nIt says so.\n\n[[ ## title ## ]]\nFoo\n\n[[ ## year ## ]]\n1999\n\n[[ ## completed ## ]]',
		],
		book,
		{ title: 'Foo', year: 1999 },
		'sections',
	),
	...allRefused(
		[
			'[[ ## title ## ]]\nFoo\n\n[[ ## year ## ]]\n',
			'[[ ## title ## ]]\nFoo\n\n[[ ## years ## ]]\n1999\n\n[[ ## completed ## ]]',
			'[[ ## title ## ]]\nFoo\n\n[[ ## completed ## ]]',
			'[[ ## title ## ]]\nFoo\n\n[[ ## title ## ]]\nBar\n\n[[ ## year ## ]]\n1999',
			'[[ ## title ## ]]\n...\n\n[[ ## year ## ]]\n1999\n\n[[ ## completed ## ]]',
			'[[ ## title ## ]]\nFoo\n\n[[ ## year ## ]]\n1999\n\n[[ ## completed ## ]]\nOops, 2000.',
			'[[ ## year ## ]]\n1999\n\n[[ ## title ## ]]\nFoo\n\nOops, it is Bar.',
			'Sure:\n[[ ## title ## ]]\nFoo\n\n[[ ## year ## ]]\n1999',
		],
		book,
	),
];

const listed: Row[] = [
	...allRead(['* red\n* green', '• red\n• green'], texts, ['red', 'green'], 'bullets'),
	...['1. red\n2. green', '1) **red**\n2) `green`'].map((text): Row => ({
		...{ text, schema: texts, value: ['red', 'green'], forms: ['bullets'] },
	})),
	...allRefused(['3. red\n4. green', '1. FC Köln\n1. FC Nürnberg'], tags),
	...about('Am 1. Mai und am 2. Juni.', allRefused(['1. Mai\n2. Juni'], texts)),
	...['', 'red, green', '1. red\n2. green'].map((document): Row => ({
		...{ text: '1. red\n2. green', schema: texts, document },
		...{ value: ['red', 'green'], forms: ['bullets'] },
	})),
	...[
		...[
			'1. FC Köln, 1. FC Nürnberg',
			'1,5',
			'1,2,3',
			'1. FC Köln\n1. FC Nürnberg',
			'3. Mai\n4. Mai',
		],
		...['1. FC Köln', '(1) red', '1. red; 2. green', 'red, 1,000'],
	].map((text) => refuses(JSON.stringify({ tags: text }), tags, /ambiguous/)),
	...['1,000', '$1,000', '1,234,567'].map((text): Row => ({
		...{ text: JSON.stringify({ tags: text }), schema: tags, value: { tags: [text] } },
	})),
	...['1. FC Köln', '1,5'].map((text): Row => ({
		...{ text: JSON.stringify({ tags: text }), schema: tags, document: `Es ist ${text}.` },
		value: { tags: [text] },
	})),
	...about('Am 1. Mai und am 2. Juni.', [
		refuses('{"tags":"1. Mai\\n2. Juni"}', tags, /ambiguous/),
	]),
	reads('- red\n- green', tags, { tags: ['red', 'green'] }, 'yaml'),
	...[
		{ text: 'deep red\nlight green', value: ['deep red', 'light green'], forms: ['plainText'] },
	].map((row): Row => ({
		...row,
		schema: texts,
		document: 'It comes in deep red and light green.',
	})),
	...allRefused(
		[
			...['1. red\n3. green', '1. red\n2. ...', '1. red\n2. and 10 more', '* red\n1. green'],
			...['Colors:\n1. red\n2. green', '1. red\n2. green\n\nGreen is a guess.', '1. red'],
			...['red\ngreen', 'I cannot find any.\nSorry.', 'red, green', '1. red\n2. [green](x)'],
		],
		texts,
	),
	...allRefused(['1. red\n2. green'], of({ tags: texts, title: string })),
	{
		...{ text: 'deep red\nI am not sure', schema: texts },
		...{ document: 'It comes in deep red.', refusal: /noJson/ },
	},
];

const person2 = of({ name: string, age: number }, ['name']);
const swallowed: Row[] = [
	...allRefused(
		[
			...['Name=Ada;Age=36', 'Name=Ada, Age=36', 'Name=Ada&Age=36', 'Name=Ada | Age=36'],
			...['Name=Ada Age=36', 'name: Ada / age: 36', 'name: Ada - age: 36', 'name: Ada\tage: 36'],
			...['name: Ada (age: 36)', '- name: Ada / age: 36', '- **Name:** Ada - **Age:** 36'],
		],
		person2,
	),
	...['Average: 36', 'Ada page: 36', 'Ada (age 36)', 'https://x.org/?age=36'].map((name): Row => ({
		...{ text: `name: ${name}`, schema: person2, value: { name } },
	})),
	...['name: "Ada, age: 36"', "name: 'Ada, age: 36'"].map((text): Row => ({
		...{ text, schema: person2, value: { name: 'Ada, age: 36' } },
	})),
];

const grids: Row[] = [
	...['[["name","age"],["Ada",36],["Bob",41]]', '[["Age","Name"],[36,"Ada"],[41,"Bob"]]'].flatMap(
		(text) => [reads(text, people, TWO), reads(text, list(person), [ADA, BOB])],
	),
	...[people, list(person)].flatMap((schema) =>
		allRefused(
			[
				...['[["Ada",36],["Bob",41]]', '[["name","age"],["Ada",36],["Bob"]]', '[["name","age"]]'],
				...[
					'[["name","years"],["Ada",36]]',
					'[["name"],["Ada"]]',
					'[["name","age"],["Ada",36],["Bob",4',
				],
			],
			schema,
		),
	),
];

export const glanceForms: Row[] = [
	...[...blocks, ...oneRow, ...python, ...inline],
	...[...colons, ...sections, ...listed, ...swallowed, ...grids],
];
