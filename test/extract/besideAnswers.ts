import { about, list, number, of, reads, refuses, string, type Row } from './answerRow';

/** Answers that say more, or something else, beside the value that looks like the whole: in a note, a table, a call. */
const count = of({ a: number });
const person = of({ name: string, age: number }, ['age']);

const priced = of({ name: string, amount: { type: ['number', 'null'] } }, ['name']);
const sheet = of({ rows: list(priced), note: string, total_rows: number }, ['rows']);
const json = (...entries: object[]) =>
	JSON.stringify({ rows: [{ name: 'Ann', amount: 3 }, ...entries] });
const noted = (note: string) => JSON.stringify({ rows: [{ name: 'Ann', amount: 3 }], note });
const STAND_INS = [
	...[
		{ name: '...', amount: 0 },
		{ name: '…', amount: null },
		{ name: 'etc.', amount: 37 },
	],
	...[
		{ name: '⋮', amount: 12 },
		{ name: '+37 more', amount: 1 },
		{ name: 'usw.', amount: '37' },
	],
	...[{ name: '以下略', amount: 0 }, { name: '. . .' }, { name: '・・・', amount: 1 }],
	...[
		{ name: '(...)', amount: 5 },
		{ name: '[…]', amount: 'N/A' },
		{ name: 'and so on', amount: -1 },
	],
];
const NOTES = [
	...['3 more rows omitted', 'list truncated', 'See attachment for the rest', 'Rest siehe Anhang'],
	...['Paid by card. The list is truncated.', '其余见附件', 'continued on next page', '残りは省略'],
	...['The remaining rows are in the original file.', 'Nur die ersten 10 Zeilen', 'и ещё 37 строк'],
];
const ownWords: Row[] = [
	...STAND_INS.flatMap((entry) => [
		refuses(json(entry), sheet, /abbreviated \/rows\/1/),
		...about('Ann 3, Bob 4', [refuses(json(entry), sheet, /abbreviated \/rows\/1/)]),
	]),
	...about('Ann: 3\n"...": 7', [
		reads(json({ name: '...', amount: 7 }), sheet, JSON.parse(json({ name: '...', amount: 7 }))),
	]),
	...about('Ann 3', [
		refuses(json({ name: 'more', amount: 2 }), sheet, /abbreviated/),
		refuses(json({ name: '...', amount: 3, id: 'A' }), sheet, /abbreviated/),
		refuses(json({ name: '+37 more items', id: 'A' }), sheet, /abbreviated/),
	]),
	...NOTES.flatMap((note): Row[] => [
		...about('Ann 3', [refuses(noted(note), sheet, /abbreviated \/note/)]),
		...about(`Ann 3\n${note}`, [reads(noted(note), sheet, JSON.parse(noted(note)))]),
		reads(noted(note), sheet, JSON.parse(noted(note)), 'notAll /note: it says that there is more'),
	]),
	...about(
		'Ann 3',
		['All rows are listed.', 'See attached terms', 'Paid in full', 'The rest is due in May'].map(
			(note) => reads(noted(note), sheet, JSON.parse(noted(note))),
		),
	),
	reads(
		'{"rows":[{"name":"Ann"}],"total_rows":39}',
		sheet,
		{ rows: [{ name: 'Ann' }], total_rows: 39 },
		'notAll /total_rows: it says that there is more',
	),
];

const ask = (name: string) => ({ name, arguments: { name: 'Bob' } });
const hidden: Row[] = [
	...[ask('save_extraction'), ask('lookup'), { ...ask('x'), type: 'function' }].flatMap((call) => [
		refuses(json(call), sheet, /call \/rows\/1/),
		refuses(json({ name: JSON.stringify(call) }), sheet, /call \/rows\/1\/name/),
		refuses(noted(`Calling ${JSON.stringify(call)}`), sheet, /call \/note/),
	]),
	...about(`Ann said: ${JSON.stringify(ask('lookup'))}`, [
		reads(
			noted(JSON.stringify(ask('lookup'))),
			sheet,
			JSON.parse(noted(JSON.stringify(ask('lookup')))),
		),
	]),
	...['<tool_use>', '</tool_call>', '<function_calls>', '<|tool_call|>', '[TOOL_CALLS]'].flatMap(
		(tag) => [
			refuses(json({ name: `Bob ${tag}` }), sheet, /leakedTag/),
			...about(`Ann ${tag}`, [reads(noted(`Ann ${tag}`), sheet, JSON.parse(noted(`Ann ${tag}`)))]),
		],
	),
];

const amounts = (...lines: string[]) => ['| Name | Amount |', '|--|--|', ...lines].join('\n');
const bought = of({ id: string, total: number, rows: list(priced) });
const bill = '{"id":"I1","total":5,"rows":[{"name":"Ann","amount":3}]}';
const ANN = { rows: [{ name: 'Ann', amount: 3 }] };
const ONE = JSON.parse(bill);
const field = (name: string, value: string) => `| Field | Value |\n|--|--|\n| ${name} | ${value} |`;
const beside: Row[] = [
	...['| | Total: 3 |', '| 5 | Total |', '| Subtotal | 1 |\n| b | 2 |', '| x | 小計 |'].map(
		(line) => refuses(amounts('| a | 1 |', line), sheet, /noJson/),
	),
	...['| ⋮ | ⋮ |', '| . . . | . . . |', '| … | |', '| ⋮ | 37 |', '| ・・・ | |', '| a | ... |'].map(
		(line) => refuses(amounts('| a | 1 |', line), sheet, /abbreviated/),
	),
	...['| - | - |', '| * | * |'].map((line) => refuses(amounts('| a | 1 |', line), sheet, /noJson/)),
	...['| Name | Amount |', '|---|---|', '| | |', '| === | === |', '| Name | Amount |\n|--|--|'].map(
		(line): Row => ({
			...{ text: amounts('| Ann | 3 |', line, '| b | 2 |'), schema: sheet },
			value: { rows: [...ANN.rows, { name: 'b', amount: 2 }] },
		}),
	),
	...[
		...['<result>3 more rows omitted<rows><row><name>A</name></row></rows></result>'],
		...[
			'<rows>first row only<row><name>A</name></row></rows>',
			'<rows><row><name>A</name></row>x</rows>',
		],
		...['<result><rows><row><name>A</name></row></rows>see also B</result>'],
		...['<rows note="3 more"><row><name>A</name></row></rows>'],
		...['<rows><row><name>A</name></row><!-- wrong --></rows>'],
		...['<rows><row><name>A</name></row></rows>\nand\n<rows><row><name>B</name></row></rows>'],
	].map((given) => refuses(given, sheet, /noJson/)),
	...['| Artikel | Preis |', '| Nombre | Importe |', '| 品名 | 金額 |'].flatMap((header) => [
		refuses(`${json()}\n\n${header}\n|---|---|\n| Ann | 3 |\n| Bob | 5 |`, sheet, /several/),
		reads(
			`${json()}\n\n${header}\n|---|---|\n| Ann | 3 |\n| Total | 3.00 |`,
			sheet,
			{ rows: [{ name: 'Ann', amount: 3 }] },
			...['prose', 'otherCandidates'],
		),
	]),
	refuses(
		'Rows:\n<rows><row><name>A</name></row></rows>\n3 more rows omitted.',
		sheet,
		/abbreviated/,
	),
	reads(
		'Rows:\n<rows><row><name>A</name></row></rows>',
		sheet,
		{ rows: [{ name: 'A' }] },
		'prose',
		'xml',
	),
	...[
		amounts('| Ann | 3 |'),
		'| Name |\n|--|\n| Ann |',
		field('Total', '5.00'),
		'<rows><name>Ann</name></rows>',
	].map((other) => reads(`${bill}\n\n${other}`, bought, ONE, 'prose')),
	...[
		...[amounts('| Ann | 3 |', '| Bob | 4 |'), amounts('| Bob | 4 |'), '- name: Ann\n- name: Bob'],
		...['<rows><row><name>Bob</name></row></rows>', '| Name |\n|--|\n| Bob |'],
	].flatMap((other) => [
		refuses(`${bill}\n\n${other}`, bought, /severalAnswers/),
		refuses(`${other}\n\n\`\`\`json\n${bill}\n\`\`\``, bought, /severalAnswers/),
	]),
	...[
		...[amounts('| Ann | 4 |'), field('Total', '6'), field('Due', '6'), 'id: I2\ntotal: 5'],
		...['| Name | Price |\n|--|--|\n| Bob | 4 |', '<rows><row><name>Ann</name>x</row></rows>'],
	].map((other) => reads(`${bill}\n\n${other}`, bought, ONE, 'prose', 'otherCandidates')),
	reads(`<json>${bill}</json>`, bought, ONE, 'tagged'),
	reads(`<analysis>Short.</analysis>\n${bill}`, bought, ONE, 'prose'),
];

const twice = (between: string, first = '{"a":1}') =>
	`\`\`\`json\n${first}\n\`\`\`\n${between}\n\`\`\`json\n{"a":2}\n\`\`\``;
const rivalAnswers: Row[] = [
	...[
		...['Final answer:', 'Corrected:', 'No:', 'Korrigiert:'],
		...[
			'Wait, that is wrong.\n\nHere:',
			'最终结果：',
			'最終版：',
			'Исправленный ответ:',
			'Réponse corrigée :',
		],
	].map((line) => reads(twice(line), count, { a: 2 }, 'fenced', 'prose', 'otherCandidates')),
	reads(twice('Here is the revised version:'), count, { a: 2 }, 'fenced', 'otherCandidates'),
	...['And:', 'Another one:', 'or', 'Here is the result for the second page:', 'The next one:'].map(
		(line) => refuses(twice(line), count, /severalAnswers/),
	),
	refuses(`${twice('Final:')}\n\nFor the other: {"a":3}`, count, /severalAnswers/),
	refuses('Final: {"a":2}\n\n{"a":3}', count, /severalAnswers/),
	refuses('{"name":"A","age":1}\n\n{"name":"B","age":"unknown"}', person, /severalAnswers/),
	reads(
		'<draft>{"a":1}</draft>\n<answer>{"a":2}</answer>',
		count,
		{ a: 2 },
		'tagged',
		'otherCandidates',
	),
	reads(
		Array.from({ length: 30 }, (_none, at) => `{"name":"n${at}","amount":${at}}`).join('\n'),
		sheet,
		{ rows: Array.from({ length: 30 }, (_none, at) => ({ name: `n${at}`, amount: at })) },
		...['prose', 'jsonLines'],
	),
];

const LAST = ['---', '***', 'rest of table', 'остальные', 'weitere', '同样', '여러 개 더', 'TBD'];
const LOOSE = [
	'incomplete',
	'output cut',
	'not exhaustive',
	'more on page 2',
	'unvollständig',
	'仅前10条',
	'+37',
];
const ROWS_BESIDE = [
	...[
		'Bob,4\nCarol,6',
		'1. Bob (4)\n2. Carol (6)',
		'- Bob: 4',
		'| Bob | 4 |',
		'And also Bob with 4.',
	],
	...['* Bob — 4 pieces', 'Plus Bob, 4.'],
];
const SAID_OTHERWISE = [
	'The total is 6.',
	'Note that the total is actually 6.',
	'Gesamtbetrag: 6',
	'There are 3 items in total.',
	'Ann 3, Bob 4, Ann 3',
];
const FIELDS_OTHERWISE = ['Total: 6', 'total = 6', '**Total:** 6'];
const wordsBeside: Row[] = [
	...about(
		'Ann 3, Bob 4',
		LAST.map((name): Row => {
			const given = json({ name, amount: 0 });
			const warning = 'notAll /rows/1: its last entry may stand for others';
			return reads(given, sheet, JSON.parse(given), warning);
		}),
	),
	...about('Ann 3, Bob 0', [
		reads(json({ name: 'Bob', amount: 0 }), sheet, JSON.parse(json({ name: 'Bob', amount: 0 }))),
		...LOOSE.map((note) =>
			reads(
				noted(note),
				sheet,
				JSON.parse(noted(note)),
				'notAll /note: it says that there is more',
			),
		),
	]),
	...LOOSE.flatMap((note) =>
		about(`Ann 3. ${note}`, [reads(noted(note), sheet, JSON.parse(noted(note)))]),
	),
	...SAID_OTHERWISE.map((words) =>
		refuses(`${bill}\n\n${words}`, bought, /severalAnswers|abbreviated/),
	),
	...[...ROWS_BESIDE, ...FIELDS_OTHERWISE].map((words) =>
		reads(`${bill}\n\n${words}`, bought, ONE, 'prose', 'otherCandidates'),
	),
	...[
		'name = Bob\namount = 4',
		'- **Name:** Bob\n- **Amount:** 4',
		"Row(name='Bob', amount=4)",
	].map((words) => refuses(`${bill}\n\n${words}`, bought, /severalAnswers/)),
	...[
		...[
			'- Ann: 3',
			'1. Ann (3)',
			'The total is 5.',
			'Total: 5.00',
			'Found 1 row on page 2.',
			'| Ann | 3 |',
		],
		...['Notes:\n- The date is missing.\n- All rows are included.', 'Also, thank you.'],
	].map((words) => reads(`${bill}\n\n${words}`, bought, ONE, 'prose')),
	...['...', '…', '⋮'].map((words) => refuses(`${bill}\n${words}`, bought, /abbreviated/)),
	refuses('{"a": 1} # wrong', count, /severalAnswers/),
	reads('{"a": 1} # one', count, { a: 1 }, 'repaired', 'remark (top level): one'),
	...[
		'<example><a>1</a></example>',
		'<draft><a>1</a></draft>',
		'# example\na: 1',
		'a = 1\n; draft',
	].map((given) => refuses(given, count, /noJson/)),
	refuses(json({ name: 'save_extraction({"rows":[]})', amount: 1 }), sheet, /call/),
];

export const besideAnswers: Row[] = [
	...ownWords,
	...hidden,
	...beside,
	...rivalAnswers,
	...wordsBeside,
];
