import { list, number, of, reads as readsAs, refuses, string, type Row } from './answerRow';

/** Calls and thoughts that models write into their text, each in the dialect of some of them. */
const weather = of({ city: string, unit: { enum: ['celsius', 'fahrenheit'] } }, ['city']);
const person = of({ name: string, age: number });
const people = of({ people: list(person) });
const loose = of({ name: string, age: number }, []);
const note = of({ text: string });
const PARIS = { city: 'Paris' };
const ADA = { name: 'Ada', age: 36 };

const reads = (given: string, schema: object, value: unknown): Row => ({
	...{ text: given, schema, value },
});
const call = (name: string, argument: object) => JSON.stringify({ name, arguments: argument });

const qwen = (fields: Record<string, string>) =>
	`<tool_call>\n<function=f>\n${Object.entries(fields)
		.map(([key, value]) => `<parameter=${key}>\n${value}\n</parameter>\n`)
		.join('')}</function>\n</tool_call>`;
const dsml = (bars: string, fields: Record<string, string>) => {
	const tag = (name: string) => `<${bars}DSML${bars}${name}`;
	const inner = Object.entries(fields).map(
		([key, value]) =>
			`${tag('parameter')} name="${key}" string="true">${value}</${bars}DSML${bars}parameter>\n`,
	);
	return `${tag('tool_calls>')}\n${tag('invoke')} name="f">\n${inner.join('')}</${bars}DSML${bars}invoke>\n</${bars}DSML${bars}tool_calls>`;
};
const glm = (fields: Record<string, string>) =>
	`<tool_call>f\n${Object.entries(fields)
		.map(([key, value]) => `<arg_key>${key}</arg_key>\n<arg_value>${value}</arg_value>\n`)
		.join('')}</tool_call>`;
const written = [
	qwen,
	glm,
	...['|', '｜', '｜｜', '‖'].map((bars) => (fields: Record<string, string>) => dsml(bars, fields)),
];

const tags: Row[] = [
	...written.flatMap((write) => [
		reads(write({ name: 'Ada', age: '36' }), person, ADA),
		reads(`I will "save" it.\n${write({ city: 'Paris' })}`, weather, PARIS),
		reads(write({ people: JSON.stringify([ADA]) }), people, { people: [ADA] }),
		// Nothing is escaped in them.
		reads(write({ text: 'a < b && c &amp; <p>d</p>' }), note, {
			text: 'a < b && c &amp; <p>d</p>',
		}),
		reads(write({ text: '01234' }), note, { text: '01234' }),
		reads(`<think>${write({ city: 'Rome' })}</think>\n${write({ city: 'Paris' })}`, weather, PARIS),
		refuses(write({ city: 'Paris' }) + write({ city: 'Rome' }), weather),
		refuses(write({ name: 'Ada', age: '36', other: 'x' }) + write({ name: 'Bob' }), loose),
		...cutsOf(write({ name: 'Ada', age: '36' })).map((cut) => refuses(cut, loose)),
	]),
	reads(JSON.stringify({ text: 'use f(x) in <fn>' }), note, { text: 'use f(x) in <fn>' }),
	refuses(JSON.stringify({ text: qwen({ city: 'Paris' }) }), note, /leakedTag/),
	refuses('<function=f><parameter=name>A<parameter=age>3</parameter></function>', loose),
	refuses('<function=f><parameter=name>A</parameter>B</function>', loose),
	refuses(
		'<function=f><parameter=name>A</parameter><parameter=name>B</parameter></function>',
		loose,
	),
];

/** Cut anywhere behind the first argument, where nothing says that there is more. */
function cutsOf(text: string): string[] {
	const end = text.lastIndexOf('</') - (/<\/(?:tool_call|.DSML.+)>$/.test(text) ? 1 : 0);
	const start = text.indexOf('Ada') + 3;
	return [start, start + 5, Math.floor((start + end) / 2)].map((at) => text.slice(0, at));
}

const QUOTE = '<|"|>';
const gemma: Row[] = [
	reads(`<|tool_call>call:f{city:${QUOTE}Paris${QUOTE}}<tool_call|>`, weather, PARIS),
	reads(`<|tool_call>call:f{text:${QUOTE}a "b" \\n${QUOTE}}<tool_call|>`, note, {
		text: 'a "b" \\n',
	}),
	reads(
		`<|tool_call>call:f{people:[{name:${QUOTE}Ada${QUOTE},age:36}]}<tool_call|>`,
		...[people, { people: [ADA] }],
	),
	refuses(`<|tool_call>call:f{city:${QUOTE}Par${QUOTE}is${QUOTE}}<tool_call|>`, weather),
	refuses(`<|tool_call>call:f{name:${QUOTE}Ada${QUOTE},age:3`, loose),
	refuses(`{"text": "${QUOTE.replaceAll('"', '')}a"`, note),
];

const python: Row[] = [
	...[
		'[f(city="Paris")]',
		"[f(city='Paris')]",
		'print(default_api.f(city="Paris"))',
		'```tool_code\nprint(default_api.f(city="Paris"))\n```',
	].map((given) => reads(given, weather, PARIS)),
	reads("[P(name='Ada', age=36), P(name='Bob', age=4)]", people, {
		people: [ADA, { name: 'Bob', age: 4 }],
	}),
	reads("[P(name='Ada', age=36)]", list(person), [ADA]),
	reads('[save(people=[P(name="Ada", age=36)])]', people, { people: [ADA] }),
	...[
		'[f(city="Paris"), f(city="Rome")]',
		'[f("Paris")]',
		'[f(city="Paris"), ...]',
		'[f(city="Paris"), f(city="Ro',
		'print(f(city="Paris")',
	].map((given) => refuses(given, weather)),
	refuses("[save(people=[P(name='A', age=1)]), save(people=[P(name='B', age=2)])]", people),
];

const encoded = JSON.stringify(PARIS);
const messages: Row[] = [
	...[
		{ tool_calls: [{ id: 'u', function: { name: 'f', arguments: encoded } }], role: 'assistant' },
		{ function_call: { name: 'f', arguments: encoded } },
		{ thought: 'I need it', tool_calls: [{ name: 'f', arguments: PARIS }] },
		[{ type: 'function', function: { name: 'f', arguments: PARIS } }],
		[{ type: 'text', text: `\`\`\`json\n${encoded}\n\`\`\``, annotations: [] }],
		[
			{ type: 'reasoning', text: 'Rome?' },
			{ type: 'text', text: encoded },
		],
		[
			{ type: 'text', text: '{"city":' },
			{ type: 'text', text: '"Paris"}' },
		],
	].map((message) => reads(JSON.stringify(message), weather, PARIS)),
	reads(`<|tool_call|>[{"type": "function", "function": ${call('f', PARIS)}}]`, weather, PARIS),
	reads('[{"type":"text","text":"a"}]', list(of({ type: string, text: string })), [
		{ type: 'text', text: 'a' },
	]),
	...[
		{
			tool_calls: [
				{ name: 'f', arguments: PARIS },
				{ name: 'f', arguments: { city: 'Rome' } },
			],
		},
		{ tool_calls: [{ name: 'f', arguments: PARIS }], content: 'It may be {"city":"Rome"}' },
		{ tool_calls: [{ name: 'f', arguments: PARIS }], error: 'no data' },
	].map((message) => refuses(JSON.stringify(message), weather)),
	reads(JSON.stringify({ properties: ADA, required: ['name'] }), person, ADA),
];

const DRAFT = '{"city":"Rome"}';
const thoughts: Row[] = [
	...[
		`<think>${DRAFT}</think>${encoded}`,
		`<seed:think>${DRAFT}</seed:think>${encoded}`,
		`${DRAFT}\n</think>\n${encoded}`,
		`[THINK]${DRAFT}[/THINK]${encoded}`,
		`◁think▷${DRAFT}◁/think▷${encoded}`,
		`<|START_THINKING|>${DRAFT}<|END_THINKING|>${encoded}`,
		`<|channel|>analysis<|message|>${DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>${encoded}`,
		`<|channel|>commentary to=functions.f<|message|>${encoded}<|call|><|start|>assistant<|channel|>analysis<|message|>${DRAFT}`,
		`analysisMaybe ${DRAFT}.assistantcommentary to=functions.f json${encoded}`,
		`analysisMaybe ${DRAFT}.assistantfinal${encoded}`,
	].map((given) => reads(given, weather, PARIS)),
	reads('<think>\nCity: Rome\n</think>\nCity: Paris', weather, PARIS),
	readsAs('{"text":"<think>a</think> b"}', note, { text: '<think>a</think> b' }),
	...[
		`<think>${DRAFT}`,
		`[THINK]${DRAFT}`,
		`◁think▷${DRAFT}◁/think▷`,
		`<|channel|>analysis<|message|>${DRAFT}<|end|>`,
		`<|channel|>analysis<|message|>${DRAFT}<|end|><|start|>assistant<|channel|>analysis<|message|>${DRAFT}`,
		'<think><city>Rome</city></think>',
		'<think>\nCity: Rome',
	].map((given) => refuses(given, weather, /only thoughts/)),
];

export const callAnswers: Row[] = [...[...tags, ...gemma, ...python, ...messages, ...thoughts]];
