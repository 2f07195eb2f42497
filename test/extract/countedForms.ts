import { list, number, of, reads, refuses, string, type Row } from './answerRow';

/** Forms that count their entries, and bullets that are a list or only prose. */
const person = of({ name: string, age: number });
const people = of({ rows: list(person) });
const texts = list(string);
const tags = of({ tags: texts });
const ADA = { name: 'Ada', age: 36 };
const BOB = { name: 'Bob', age: 41 };
const TWO = { rows: [ADA, BOB] };
const COLORS = { tags: ['red', 'green'] };

const formed = (text: string, schema: object, value: unknown, ...forms: string[]): Row => ({
	...{ text, schema, value, forms },
});
const allRefused = (given: string[], schema: object): Row[] =>
	given.map((text) => refuses(text, schema));

const toon: Row[] = [
	...[
		'rows[2]{name,age}:\n  Ada,36\n  Bob,41',
		'```toon\nrows[2]{name,age}:\n  Ada,36\n  Bob,41\n```',
		'rows[2|]{name|age}:\n  Ada|36\n  Bob|41',
		'rows[2\t]{name\tage}:\n  Ada\t36\n  Bob\t41',
		'rows[2]{age,name}:\n  36,"Ada"\n  41,Bob',
		'rows[2]:\n  - name: Ada\n    age: 36\n  - name: Bob\n    age: 41',
	].map((text) => formed(text, people, TWO, 'yaml')),
	formed('[2]{name,age}:\n  Ada,36\n  Bob,41', list(person), [ADA, BOB], 'yaml'),
	formed('tags[2]: red,green', tags, COLORS, 'yaml'),
	formed('[2]: red,"a, b"', texts, ['red', 'a, b'], 'yaml'),
	formed(
		'name: Ada\nskills[0]:',
		of({ name: string, skills: texts }),
		{ name: 'Ada', skills: [] },
		'yaml',
	),
	...allRefused(
		[
			...['rows[3]{name,age}:\n  Ada,36\n  Bob,41', 'rows[1]{name,age}:\n  Ada,36\n  Bob,41'],
			...['rows[2]{name,age}:\n  Ada,36\n  Bob', 'rows[2]{name,years}:\n  Ada,36\n  Bob,41'],
			...['rows[2]{name,age}: x\n  Ada,36\n  Bob,41', 'rows[2]{name,name}:\n  Ada,36\n  Bob,41'],
			...['rows[2]{name,age}:\n  Ada,36\n  ...,...', 'rows[2]{name,age}:\n  "Ada,36\n  Bob,41'],
		],
		people,
	),
	...allRefused(['tags[3]: red,green', 'tags[2]: red,green\n  blue', 'tags[1]:'], tags),
];

const [A, B] = ['Name: Ada\nAge: 36', 'Name: Bob\nAge: 41'] as const;
const counted: Row[] = [
	...[
		`Record 1:\n${A}\n\nRecord 2:\n${B}`,
		`Record 1:\n${A}\nRecord 2:\n${B}`,
		`### Person 1\n${A}\n\n### Person 2\n${B}`,
		`**Person 1**\n- Name: Ada\n- Age: 36\n\n**Person 2**\n- Name: Bob\n- Age: 41`,
		`Eintrag 1 von 2:\n${A}\n\nEintrag 2 von 2:\n${B}`,
		`#1\n${A}\n\n#2\n${B}`,
		`${A}\n\n${B}`,
		`${A}\n---\n${B}`,
	].map((text) => formed(text, people, TWO, 'bullets')),
	...allRefused(
		[
			...[`Record 1:\n${A}\n\nRecord 3:\n${B}`, `Record 2:\n${A}\n\nRecord 3:\n${B}`],
			...[`Record 1 of 3:\n${A}\n\nRecord 2 of 3:\n${B}`, `Record 1:\n${A}\n\nPerson 2:\n${B}`],
			...[`Record 1:\n${A}\n\nRecord 2:\nName: Bob`, `Record 1:\n${A}\n${B}\n\nRecord 2:\n${B}`],
			...[`Record 1:\n${A}\n\nRecord 2:\n`, `${A}\n\nName: Bob\nYears: 41`],
			`${A}\n\n${B}\n\nBob may be 42.`,
		],
		people,
	),
	...allRefused([`Record 1:\n${A}\n\nRecord 2:\n${B}`, `${A}\n\n${B}`], person),
];

const head = (said: string) => `[[ ## tags ## ]]\n${said}\n\n[[ ## completed ## ]]`;
const sections: Row[] = [
	...['["red", "green"]', "['red', 'green']", '[1] «red»\n[2] «green»', '- red\n- green'].map(
		(said): Row => ({ text: head(said), schema: tags, value: COLORS }),
	),
	formed('[[ ## rows ## ]]\n[{"name": "Ada", "age": 36}]', people, { rows: [ADA] }, 'sections'),
	...allRefused([head('[1] «red»\n[3] «green»'), head('["red", "gre')], tags),
];

const PAGE = 'I looked at the page. No smoking here. Colors: red, green.';
const spoken: Row[] = [
	formed('Here are the tags:\n\n- red\n- green', tags, COLORS, 'prose', 'yaml'),
	formed('```yaml\n- red\n- green\n```', tags, COLORS, 'yaml'),
	{
		...formed('- No smoking here\n- red', tags, { tags: ['No smoking here', 'red'] }, 'yaml'),
		document: PAGE,
	},
	...[
		'I checked the page:\n- nothing here\n\nNo tags found.',
		'I checked the page:\n\n- nothing here\n\nNo tags found.',
		'Steps that I took:\n\n- opened the file\n- read it\n\nThere are no tags.',
		'I looked for tags:\n\n- header\n- footer',
		'Tags I did not use:\n\n- red\n\nTags:\n\n- green',
		'- I could not find any tags\n- The page is empty',
		'* I could not find any tags.\n* The page is empty.',
		'1. I looked at the header\n2. I looked at the footer',
		'- No tags found.',
		'- none',
		'- Ich konnte keine Begriffe finden',
		'- Es wurden keine Begriffe gefunden.',
		"- Je n'ai rien trouvé",
		'- No he encontrado nada',
		'- Non ho trovato nulla',
		'- Não encontrei nada',
		'- Я не нашёл тегов',
		'- タグは見つかりませんでした',
		'- 没有找到标签',
		'- 태그를 찾을 수 없습니다',
	].flatMap((text) => [tags, texts].map((schema) => refuses(text, schema))),
	...[
		'No tags were found on this page.',
		'I checked the page:\n- nothing here\nNo tags found.',
		'Tags:\n- red\n- green',
		'The text mentions only\nthe color that is red',
		'[1] red\n[3] green',
	].map((text) => refuses(JSON.stringify({ tags: text }), tags)),
	reads(
		'{"tags": "[1] red\\n[2] green"}',
		tags,
		COLORS,
		'coerced /tags: "[1] red\\n[2] green" to ["red","green"]',
	),
];

/** What stands beside a value, or twice. */
const doubts: Row[] = [
	...[
		'{"name": "Ada" // or Bob?\n, "age": 36}',
		'{"name": "Ada", /* oder Bob */ "age": 36}',
		'{"name": "Ada", "age": 36} (estimated)',
		'{"name": "Ada", "age": 36}\n\nThe age is an estimate.',
		'{"name": "Ada", "age": 36}\nBoth are rough estimates.',
	].map((text) => refuses(text, person)),
	refuses('{"rows": [{"name":"Ada","age":36}], "rows": [{"name":"Bob","age":41}]}', people),
	reads(
		'{"rows": [], "rows": [{"name":"Ada","age":36}]}',
		people,
		{ rows: [ADA] },
		'duplicateKey /rows: [{"name":"Ada","age":36}] replaced []',
	),
	...['[1] Smith 2020', 'As Smith [1] says', 'See [12].'].map((text) =>
		refuses(text, list(number)),
	),
	...['The answer: [1]', 'The number is [1].', '[1]'].map((text): Row => ({
		text,
		schema: list(number),
		value: [1],
	})),
	refuses('- ~~red~~\n- green', tags),
	refuses('name,age\nAda,36\n# Bob,41', people),
	formed('name,age\n#Ada,36', people, { rows: [{ name: '#Ada', age: 36 }] }, 'csv'),
];

/** What is told about the answer, and is not it. */
const about: Row[] = [
	...['Example', 'Draft', 'Wrong', 'Attempt', 'Beispiel', 'Version', 'Reading'].map((word) =>
		refuses(`${word} 1:\nName: Ada\nAge: 36\n\n${word} 2:\nName: Bob\nAge: 41`, people),
	),
	...['wrong', 'example', 'draft', 'not_found'].map((word) =>
		refuses(`[${word}]\nname = Ada\nage = 36`, person),
	),
	...['Type', 'Description', 'Example', 'Wrong value', 'Beispiel'].map((word) =>
		refuses(`| Field | ${word} |\n|---|---|\n| name | text |\n| age | 0 |`, person),
	),
	...[
		...['  - Ada,36\n  - Bob,41', '  1. Ada,36\n  2. Bob,41', '  **Ada**,36\n  Bob,41'],
		...['  Ada,36\n  ~~Bob~~,41', '  "A\\nda",36\n  Bob,41', '  Ada,36\n  ---,---'],
	].map((rows) => refuses(`rows[2]{name,age}:\n${rows}`, people)),
	refuses('tags[2]: red,null', tags),
	refuses('tags[2]: - red,- green', tags),
	...[
		...[
			'Please disregard this.',
			'Ignore the above.',
			'Strike that, 37.',
			'I misread the age; it is 37.',
		],
		...['On closer look she is 37.', 'Nope, she is 37.', 'Bei genauerem Hinsehen: 37.'],
	].map((words) => refuses(`{"name":"Ada","age":36}\n\n${words}`, person)),
];

export const countedForms: Row[] = [
	...about,
	...doubts,
	...toon,
	...counted,
	...sections,
	...spoken,
];
