import { about, list, number, of, reads, refuses, string, type Row } from './answerRow';

/** Values that words take back, that are struck out or hidden, and that may be nothing; beside near misses. */
const person = of({ name: string, age: number });
const loose = of({ name: string, age: number }, ['name']);
const people = of({ rows: list(person) });
const texts = of({ tags: list(string) });
const ADA = { name: 'Ada', age: 36 };
const BOB = { name: 'Bob', age: 41 };
const A = JSON.stringify(ADA);

const valued = (text: string, schema: object, value: unknown): Row => ({ text, schema, value });

const CORRECTIONS = [
	...[
		'Mistake: 35',
		'My bad, 35.',
		'Make that 35.',
		'Korrigiert: 35',
		'Ach nein, 35.',
		'Oups, 35 ans.',
	],
	...[
		'Disculpa, son 35.',
		'失礼、35歳です。',
		'間違えました。',
		'잘못 적었습니다.',
		'更准确地说，是35。',
	],
	...[
		'Actually, the name is Eda.',
		'Correction: 35, not 36',
		'Sorry, I meant Eda.',
		'Eda, not Ada.',
	],
	...['That is all. Actually, she is 35.', 'Done — hold on, it is Eda.', 'Hmm, actually Eda.'],
	...['I really meant 35 there.', 'A quick correction: Eda', 'Let me correct that: Eda.'],
	...['The name should be Eda rather than Ada.', 'Eigentlich heißt sie Eda.', 'Ich meinte Eda.'],
	...[
		'Nein, sie heißt Eda.',
		'Fertig. Korrektur: Eda',
		'Es ist Eda statt Ada.',
		'Sie ist 35, nicht 36.',
	],
	...[
		'En fait, le nom est Eda.',
		'Je voulais dire Eda.',
		'C’est Eda, pas Ada.',
		'Voilà. Pardon, Eda.',
	],
	...[
		'En realidad es Eda.',
		'Perdón, quise decir Eda.',
		'Es Eda en vez de Ada.',
		'Es Eda, no Ada.',
	],
	...[
		'実は名前はEdaです。',
		'訂正：Eda',
		'以上です。すみません、Edaです。',
		'AdaではなくEdaです。',
	],
	...[
		'실은 이름이 Eda입니다.',
		'정정: Eda',
		'이상입니다. 죄송합니다, Eda입니다.',
		'Ada가 아니라 Eda입니다.',
	],
	...['其实名字是Eda。', '更正：Eda', '以上。抱歉，是Eda。', '是Eda，不是Ada。', '我是说Eda。'],
	...[
		'В смысле, я имел в виду Eda.',
		'Не 36, а 35.',
		'In realtà si chiama Eda.',
		'Na verdade, é Eda.',
	],
];
const PLAIN = [
	...[
		'The text has no other name, so I used only this one.',
		'Die Angabe ist vollständig; es fehlt nichts.',
	],
	...[
		'I found everything in the first paragraph.',
		'Well, here you go.',
		'なお、単位は歳です。',
		'以上是结果。',
	],
	...['Non ho fatto ipotesi.', 'Все значения взяты из текста.', '참고: 나이는 만 나이입니다.'],
	...[
		'The customer is actually from Bonn.',
		'What I meant by age is full years.',
		'Update it freely.',
	],
	...['She is 36, not 35.', 'All rows are listed, not only the first.', 'Ada, nicht Eda.'],
	...['Nothing was assumed.', 'I have not assumed anything.', 'No value was assumed.'],
	...[
		'Es wurde nichts angenommen.',
		'Edaではなく、Adaです。',
		'없는 값은 없습니다.',
		'没有假设任何值。',
	],
];
const FILLED_IN = [
	...[
		'Age unknown, used 36.',
		'Age defaults to 36.',
		'My best estimate: 36',
		'Ich nehme an, sie ist 36.',
	],
	...['Je suppose 36.', 'Supongo 36.', '適当に36としました。', '年龄是我编的。', '暂定36。'],
	...[
		'I could not find the age, so I used 36.',
		'I assumed an age of 36.',
		'Assuming the age is 36:',
	],
	...[
		'The age is not in the text, so I put 36.',
		'No age was given; 36 was used.',
		'Placeholder values:',
	],
	...['Das Alter fehlt, daher habe ich 36 eingesetzt.', 'Angenommen wurde 36.'],
	...["Je n'ai pas trouvé l'âge, j'ai donc mis 36.", "J'ai supposé 36 ans."],
	...['No encontré la edad, así que puse 36.', 'He supuesto 36 años.'],
	...[
		'年齢が見つからなかったので、36としました。',
		'年齢は36と仮定しました。',
		'プレースホルダーの値です。',
	],
	...['나이를 찾을 수 없어서 36을 사용했습니다.', '나이는 36으로 가정했습니다.'],
	...['找不到年龄，所以用了36。', '年龄假设为36。', '年龄用默认值：'],
	...['Возраст не указан, поэтому я поставил 36.', 'Non ho trovato l’età, ho messo 36.'],
];
const sections = (name: string, after = '') =>
	`[[ ## age ## ]]\n36\n\n[[ ## name ## ]]\n${name}${after}`;
const HEDGED = [
	...['Probably:', 'Vermutlich 36', 'She is probably 36.', '(maybe)', 'TBD', 'Most likely:'],
	...['Wahrscheinlich:', 'Peut-être 36', 'Probablemente 36', 'Forse:', 'Talvez 36', 'Возможно, 36'],
	...['おそらく36歳です。', '大概36', '아마 36세', 'Misschien:'],
	...['The name is Eda.', 'Her name is actually Eda', 'Der Name ist Eda.', 'Le name est "Eda".'],
];
const NOT_HEDGED = [
	...['This is probably all that you need.', 'Vielleicht hilft Ihnen das schon weiter.'],
	...['The name is Ada.', 'Her name is Ada Lovelace.', 'The name is on the first page.'],
	...['The name is Ada Lovelace, as page 2 has it.', 'Here is what may be of use.'],
];
const quoted = (name: string) => JSON.stringify({ ...ADA, name });
const CORRECTED = [
	'Ada (actually Eda)',
	'Ada [correction: Eda]',
	'Ada (eigentlich Eda)',
	'Ada (訂正：Eda)',
	...['Ada (should be Eda)', 'Ada (correct: Eda)', 'Ada (richtig: Eda)', 'Ada（実際はEda）'],
	...['Ada, actually Eda', 'Ada - actually Eda', 'Ada (actually Eda).', 'Ada; correction: Eda'],
];
/** Near misses: names and titles. */
const NOT_CORRECTED = [
	...['Ada (correct)', 'Ada, Right Bank', 'Love, actually', 'Actually Studio - London', 'Ada, Eda'],
	...['Who is Ada?', 'Call Me Maybe', 'Ada (right wing)', 'Good food, actually great'],
];

const words: Row[] = [
	...HEDGED.flatMap((line) => [
		refuses(`${line}\n${A}`, person),
		refuses(`${line}\n\n| Name | Age |\n|---|---|\n| Ada | 36 |`, person),
	]),
	...NOT_HEDGED.map((line) => reads(`${A}\n\n${line}`, person, ADA, 'prose')),
	...about('Vermutlich: TBD', [
		reads('Vermutlich: TBD', string, 'Vermutlich: TBD', 'plainText'),
		refuses('Vermutlich 36', number),
	]),
	...CORRECTED.flatMap((name) => [
		...about('Eda is 36.', [
			refuses(quoted(name), person, /correction/),
			refuses(`- **Name:** ${name}\n- **Age:** 36`, person),
		]),
		...about(`${name} is 36.`, [reads(quoted(name), person, { name, age: 36 })]),
		reads(quoted(name), person, { name, age: 36 }, `remark /name: ${name}`),
	]),
	...about(
		'Eda is 36.',
		NOT_CORRECTED.map((name) => reads(quoted(name), person, { name, age: 36 })),
	),
	...['maybe', 'unsure', 'probably', 'vermutlich', 'draft', 'tentative', 'guess'].flatMap(
		(name) => [
			refuses(`{"${name}":${A}}`, person),
			refuses(`<${name}>${A}</${name}>`, person),
			refuses(`<${name}><name>Ada</name><age>36</age></${name}>`, person),
			refuses(`\`\`\`${name}\n${A}\n\`\`\``, person),
			refuses(`\`\`\`json ${name}\n${A}\n\`\`\``, person),
			refuses(`\`\`\`${name}\nname: Ada\nage: 36\n\`\`\``, person),
		],
	),
	reads(`\`\`\`answer\n${A}\n\`\`\``, person, ADA, 'fenced'),
	...[
		...['probably Ada', 'Vermutlich Ada', 'Peut-être Ada', 'возможно Ада', 'たぶんアダ'],
		...['Ada (maybe)', 'Ada (probably)', 'Ada (TBD)', 'Ada, probably', 'Ada – vielleicht', 'Ada?'],
		...['Ada (?)', 'アダ（たぶん）', 'Ada (unsure).'],
	].flatMap((name) => [
		...about('Eda is 36.', [
			reads(quoted(name), person, { name, age: 36 }, `remark /name: ${name}`),
			reads(quoted(name), of({ name: { enum: [name] }, age: number }), { name, age: 36 }),
		]),
		...about(`${name} is 36.`, [reads(quoted(name), person, { name, age: 36 })]),
	]),
	reads(quoted('maybe'), person, { name: 'maybe', age: 36 }),
	...about('Eda is 36.', [valued(quoted('Ada (sic)'), person, { name: 'Ada (sic)', age: 36 })]),
	...CORRECTIONS.flatMap((line) => [
		refuses(`${A}\n${line}`, person),
		refuses(`\`\`\`json\n${A}\n\`\`\`\n\n${line}`, person),
		refuses(`| Name | Age |\n|---|---|\n| Ada | 36 |\n\n${line}`, person),
		refuses(sections('Ada', `\n${line}`), person),
	]),
	...FILLED_IN.flatMap((line) => [
		refuses(`${line}\n${A}`, person),
		refuses(`${line}\n\n| Name | Age |\n|---|---|\n| Ada | 36 |`, person),
		refuses(sections('Ada', `\n${line}\n\n[[ ## completed ## ]]`), person),
	]),
	refuses('On this page, I assumed a lot.\n{"name":"Ada"}', loose, /doubt/),
	...PLAIN.map((line) => reads(`${A}\n\n${line}`, person, ADA, 'prose')),
	...[
		...['I could not find the age, so I set it to null.', 'The age is not in the text.'],
		...[
			'記載がない項目はnullとしました。',
			'Fields not found in the text were set to null.',
			'I assume nothing.',
		],
		...[
			'没有的字段设为null。',
			'없는 항목은 null로 했습니다.',
			'I used ISO dates where none was given.',
		],
		...['I used the date on page 2, not the one on page 1.', 'Das Alter fehlt.'],
	].map((line) => reads(`${line}\n{"name":"Ada"}`, loose, { name: 'Ada' }, 'prose')),
	valued(sections('Ada\nLovelace'), person, { name: 'Ada\nLovelace', age: 36 }),
	...[sections('Sorry for the delay.'), sections('Dear Bob,\nSorry for the delay.')].map(
		(text): Row => ({
			...{ text, schema: person, document: 'Dear Bob,\nSorry for the delay.\nAda, 36' },
			value: { name: text.split('\n').slice(4).join('\n'), age: 36 },
		}),
	),
];

const marks: Row[] = [
	...[
		...[
			`// ${A}`,
			`# ${A}`,
			`/* ${A} */`,
			`/*\n${A}\n*/`,
			`<!-- ${A} -->`,
			`<!--\nold:\n${A}\n-->`,
		],
		...[`~~${A}~~`, `~~The answer: ${A}~~`, `<del>${A}</del>`, `Was: <s>${A}</s>`, `-- ${A}`],
		...[`<strike class="x">${A}</strike>`, `<template>${A}</template>`, `\`\`\`\n// ${A}\n\`\`\``],
		...[`- ${A}\n+ {"name":"Eda","age":36}`, `-${A}\n+{"name":"Eda","age":36}`],
		...['{"name":"Ada",\n-"age": 35,\n+"age": 36}', '{"name":"~~Ada~~ Eda","age":36}'],
		...['{"name":"Ada","// age":36}', '{"name":"Ada","~~age~~":36}', '{"name":"Ada","-age":36}'],
		...['name: Ada\n// age: 36', 'name: Ada\n~~age~~: 36', 'name: <del>Ada</del> Eda\nage: 36'],
		...['// name,age\nAda,36', '<!--\n| Name | Age |\n|---|---|\n| Ada | 36 |\n-->'],
		...['~~\n| Name | Age |\n|---|---|\n| Ada | 36 |\n~~', '{"name":"Ada"\n// ,"age": 36\n}'],
	].map((text) => refuses(text, person)),
	...[
		...[
			'name,age\nAda,36\n// Bob,41',
			'name,age\n- Ada,36\n+ Bob,41',
			'name,age\n~~Ada~~,36\nBob,41',
		],
		...[`- ${A}\n+ {"name":"Ada","age":37}`],
	].map((text) => refuses(text, people)),
	refuses('[\n-35,\n+36\n]', list(number)),
	refuses('[\n  "red",\n- "blue",\n+ "green"\n]', list(string)),
	reads('[-35, +36]', list(number), [-35, 36], 'repaired'),
	reads(`~~{"name":"Eda","age":35}~~ ${A}`, person, ADA, 'prose', 'otherCandidates'),
	...[
		`// result\n${A}`,
		`# Result\n\n${A}`,
		`<!-- result -->\n${A}`,
		`See data/*.json:\n${A}`,
		`~5 ~~ x ~~ ${A}`,
		`<s>${A}</s>`,
		`~~~json\n${A}\n~~~`,
		`- ${A}`,
	].map((text) => valued(text, person, ADA)),
	{
		...{ text: '{"name":"~~Ada~~ Eda","age":36}', schema: person, document: '~~Ada~~ Eda, 36' },
		value: { name: '~~Ada~~ Eda', age: 36 },
	},
	valued('name: Ada\n# age: 35', loose, { name: 'Ada' }),
];

const html = (rows: string, table = '<table>') =>
	`${table}<tr><th>Name</th><th>Age</th></tr><tr><td>Ada</td><td>36</td></tr>${rows}</table>`;
const bob = (row = '<tr>', cell = '<td>') => `${row}${cell}Bob</td><td>41</td></tr>`;
const markdown = (row: string) =>
	`| Name | Age |\n|---|---|\n| Ada | 36 |\n| Bob | 41 |\n| ${row} |`;
const MEANS =
	'Ø|Ø Alter|Durchschnitt|Mittelwert: 38,5|Moyenne|Médiane|平均|平均年齢|平均值|평균|σ|Total: 2';
const SUMS = 'Total age|Gesamt|総合計|合計金額|合计|총합계|Итого|Средний возраст|Avg.|Median';
const hidden: Row[] = [
	...[
		...['class="deleted"', 'class="row is-removed"', "class='d-none'", 'style="display:none"'],
		...['style="visibility: hidden"', 'style="text-decoration: line-through"', 'style="opacity:0"'],
		...['hidden=""', 'hidden', 'class="total"', 'class="row-subtotal"', 'class="gelöscht"'],
		...['aria-hidden="true"', 'class="inactive"', 'class="old"', 'id="draft"'],
	].map((look) => refuses(html(bob(`<tr ${look}>`)), people)),
	...['class="deleted"', 'style="display: none"', 'class="strikethrough"'].map((look) =>
		refuses(html(bob('<tr>', `<td ${look}>`)), people),
	),
	...[
		...[
			html(`<tfoot>${bob()}</tfoot>`),
			html(`<template>${bob()}</template>`),
			html(`<del>${bob()}</del>`),
		],
		...[html('<tr><td><s>Bob</s></td><td>41</td></tr>'), html(bob(), '<table class="example">')],
		html(`<tbody style="display:none">${bob()}</tbody>`),
	].map((text) => refuses(text, people)),
	...['<tr class="row even">', '<tr style="opacity: 0.9; border: none">', '<tr class="bold">'].map(
		(row) => valued(html(bob(row, '<td class="total">')), people, { rows: [ADA, BOB] }),
	),
	...`${MEANS}|${SUMS}`
		.split('|')
		.flatMap((word) => [
			refuses(markdown(`${word} | 38.5`), people),
			refuses(html(`${bob()}<tr><td>${word}</td><td>38.5</td></tr>`), people),
		]),
	...['Ø | 38', 'Average | 38', '平均 | 38'].map((row) =>
		refuses(`${markdown(row)}\n| Count | 2 |`, people),
	),
	...['Øystein', 'Max', 'Meana', 'Totalia'].map((name) =>
		valued(markdown(`${name} | 7`), people, { rows: [ADA, BOB, { name, age: 7 }] }),
	),
];

const any = of({ a: {}, b: string });
const nullable = of({ a: { type: ['string', 'null'] }, b: string });
const NOTHINGS = ['null ', 'None', 'N/A', 'nil', 'undefined', '-', 'keine', '不明', '없음'];
const nothing: Row[] = [
	...NOTHINGS.flatMap((word) => [
		refuses(`| a | b |\n|---|---|\n| ${word} | x |`, any, /ambiguous/),
		refuses(`a = ${word}\nb = x`, any),
		refuses(`a,b\n${word},x`, any, /ambiguous/),
		reads(
			`a,b\n${word},x`,
			nullable,
			{ a: word.trim(), b: 'x' },
			...['csv', `remark /a: ${word.trim()} may be null`],
		),
	]),
	...['None', 'N/A', '不明'].map((word) => refuses(`a: ${word}\nb: x`, any, /ambiguous/)),
	reads('a: null\nb: x', any, { a: null, b: 'x' }, 'yaml'),
	reads('a: none of them\nb: x', any, { a: 'none of them', b: 'x' }, 'yaml'),
	reads('{"a":"null","b":"x"}', any, { a: 'null', b: 'x' }),
];

const numbers = of({ v: list(number) });
const said = (v: string) => JSON.stringify({ v });
const mayBe = (other: number) => `coerced /v: text to number; it may also be ${other}`;
const lists: Row[] = [
	...['1.000, 2.000', '1.000; 2.000', '1.000\n2.000'].map((text) =>
		reads(
			said(text),
			numbers,
			{ v: [1, 2] },
			`coerced /v: ${JSON.stringify(text)} to [1,2]`,
			...[mayBe(1000), mayBe(2000)],
		),
	),
	reads(said('1.5, 2.25'), numbers, { v: [1.5, 2.25] }, 'coerced /v: "1.5, 2.25" to [1.5,2.25]'),
	...[
		...['- red\n-\n- blue', '- red\n- \n- blue', 'tags:\n- red\n-\n- blue', 'tags:\n  - red\n  -'],
		...['{"tags":"- red\\n- \\n- blue"}', '{"tags":"red; ; blue"}', '{"tags":"red,, blue"}'],
		...['{"tags":"1. red\\n2. \\n3. blue"}', '{"tags":"red | | blue"}'],
	].map((text) => refuses(text, texts)),
	reads('tags:\n- red\n- blue', texts, { tags: ['red', 'blue'] }, 'yaml'),
	reads('tags:\n- red\n-\n- blue', of({ tags: list({}) }), { tags: ['red', null, 'blue'] }, 'yaml'),
	valued('{"tags":"red; blue;"}', texts, { tags: ['red', 'blue'] }),
];

export const withdrawnAnswers: Row[] = [...words, ...marks, ...hidden, ...nothing, ...lists];
