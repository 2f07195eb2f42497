import { list, number, of, reads, refuses, string, type Row } from './answerRow';

/** Whole answers as models give them: calls, envelopes, drafts, templates, other forms. */
const person = of({ name: string, age: number });
const rows = of({ rows: list(of({ id: string, n: number })) });
const ada = { name: 'Ada', age: 36 };
const json = JSON.stringify(ada);
const bob = '{"name":"Bob","age":5}';
const two = {
	rows: [
		{ id: 'a', n: 1 },
		{ id: 'b', n: 2 },
	],
};
const fenced = (text: string) => `\`\`\`json\n${text}\n\`\`\``;
const readsAda = (texts: readonly string[]) => texts.map((text) => reads(text, person, ada));
const refusesAll = (texts: readonly string[], why = /./) =>
	texts.map((text) => refuses(text, person, why));

export const LABELLED: Row[] = [
	...readsAda([
		`Input:\n${fenced(bob)}\nOutput:\n${fenced(json)}`,
		`Before:\n${fenced(bob)}\nAfter:\n${fenced(json)}`,
		`**Eingabe:**\n${fenced(bob)}\n**Ausgabe:**\n${fenced(json)}`,
		`入力:\n${fenced(bob)}\n出力:\n${fenced(json)}`,
		`Draft:\n${fenced(bob)}\n\nFinal:\n${fenced(json)}`,
		`Do not return ${bob}. Return ${json}`,
		`${fenced(bob)}\nHmm, that is wrong. Let me try again:\n${fenced(json)}`,
	]),
	...refusesAll([
		`Input:\n${fenced(json)}`,
		`Option A:\n${fenced(bob)}\nOption B:\n${fenced(json)}`,
		`${fenced(json)}\n\nAlternatively:\n${fenced(bob)}`,
		`${fenced(bob)}\n\n${fenced(json)}`,
		`The input said ${bob} but the answer is ${json}`,
		`${json}\n\nActually, the age should be 37.`,
		`${json}\n(Note: age may be 37)`,
		`<think>${bob}\n${json}`,
	]),
];

export const CALLS_AND_ENVELOPES: Row[] = [
	...readsAda([
		`{"tool":"save_extraction","tool_input":${json}}`,
		`{"action":"save_extraction","action_input":${json}}`,
		`{"action":"save_extraction","action_input":${JSON.stringify(json)}}`,
		`<function=save_extraction>${json}</function>`,
		`Action: save_extraction\nAction Input: ${json}`,
		`save_extraction(name="Ada", age=36)`,
		`{"status":"success","data":${json}}`,
		`{"success":true,"result":${json}}`,
		`{"ok":true,"result":${json}}`,
		`{"status":200,"response":${json},"error":null}`,
		`data: ${json}\n\ndata: [DONE]`,
		`${json}<|im_end|>`,
	]),
	...refusesAll([
		`{"status":"error","data":${json}}`,
		`{"status":"partial","data":${json}}`,
		`{"status":404,"data":${json}}`,
		`{"success":false,"data":${json}}`,
		`{"ok":"no","data":${json}}`,
		`{"original":${bob},"corrected":${json}}`,
		`{"person1":${bob},"person2":${json}}`,
	]),
];

const TEMPLATES =
	'<name>|[NAME]|{{name}}|{name}|${name}|%name%|__NAME__|[Your Name]|<your name here>|{{ insert name }}|[string]|<text>|[Ihr Name]|<votre nom>|[Insert value]';

const nullable = { anyOf: [string, { type: 'null' }] };
const referred = {
	...of({ name: { $ref: '#/$defs/text' }, town: { $ref: '#/$defs/text' } }),
	$defs: { text: string },
};

export const PLACEHOLDERS: Row[] = [
	...TEMPLATES.split('|').map((name) =>
		refuses(JSON.stringify({ name, age: 36 }), person, /placeholder \/name/),
	),
	refuses('{"rows":[{"id":"<id>","n":1}]}', rows, /placeholder \/rows\/0\/id/),
	refuses('{"name":"string","age":0}', person, /placeholder/),
	refuses('{"name":"string","age":"number"}', person, /placeholder/),
	refuses('{"name":"string","town":"string"}', referred, /placeholder/),
	reads('{"name":"","town":""}', referred, { name: '', town: '' }),
	reads('{"name":"","town":""}', of({ name: nullable, town: nullable }), { name: '', town: '' }),
	reads('{"name":"","town":""}', of({ name: {}, town: {} }), { name: '', town: '' }),
	...['<Ada>', '[REDACTED]', '{ada}', 'name', 'string', '[sic]', '<3', '[1]'].map((name) =>
		reads(JSON.stringify({ name, age: 36 }), person, { name, age: 36 }),
	),
	{
		...reads('{"name":"{{name}}","age":36}', person, { name: '{{name}}', age: 36 }),
		document: 'Dear {{name}}, you are 36.',
	},
];

export const OTHER_FORMS: Row[] = [
	...readsAda([
		'---\nname: Ada\nage: 36\n---',
		'---\nname: Ada\nage: 36\n---\n',
		'name: Ada\nage: thirty-six',
		'<person name="Ada" age="36"/>',
		'dict(name="Ada", age=36)',
	]),
	...[
		'<row id="a" n="1"/><row id="b" n="2"/>',
		'<item><id>a</id><n>1</n></item>\n<item><id>b</id><n>2</n></item>',
		'<rows><row id="a" n="1"/><row id="b" n="2"/></rows>',
	].map((text) => reads(text, rows, two)),
	...[
		'<row id="a" n="1"/><row id="b" n="2"/><total n="3"/>',
		'<row id="a" n="1"/><row id="b" n="2"/>…',
		'<row id="a" n="1"/><row id="b" n="2" m="3"/>',
		'<row id="a" n="1"/>',
		'id,n\na,1\nb,2\nTotal,3',
		'id,n\na,1,5\nb,2',
		'1. {"id":"a","n":1}\n3. {"id":"b","n":2}',
	].map((text) => refuses(text, rows)),
	...refusesAll([
		'name: Ada\nage: 36\n---\nname: Bob\nage: 5',
		'<name>Ada</name><age>36</age><age>37</age>',
		'name: Ada\nage: 36 # or 37',
	]),
];
