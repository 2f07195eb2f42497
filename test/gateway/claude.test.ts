import type { Gateway } from '../../gateway';
import { ASK, errorOf, openedGateway, post } from './post';
import { pngOf } from '../support/pngOf';

let gateway: Gateway;
beforeAll(async () => {
	gateway = await openedGateway({ script: () => ({ text: 'fine' }) });
});

const user = { role: 'user', content: 'Hi' };
const system = { role: 'system', content: 'Be brief.' };
const says = (content: unknown) => ({ role: 'assistant', content });
const call = (id: string, args = '{}', name = 'look') => ({
	id,
	type: 'function',
	function: { name, arguments: args },
});
const calls = (...toolCalls: object[]) => ({
	role: 'assistant',
	content: null,
	tool_calls: toolCalls,
});
const result = (id: string, content: unknown = 'seen') => ({
	role: 'tool',
	tool_call_id: id,
	content,
});
const tool = (parameters: unknown, name = 'look') => ({
	type: 'function',
	function: { name, description: 'Looks.', parameters },
});
const tools = [tool({ type: 'object' })];
const talk = (...messages: unknown[]) => ({ messages, tools });
const offer = (...offered: unknown[]) => ({ tools: offered });
const withProperty = (schema: unknown) =>
	offer(tool({ type: 'object', properties: { a: schema } }));
const image = (url: string) => ({ type: 'image_url', image_url: { url } });
const seen = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] });
const START = 'iVBORw0KGgoA';
const png = (bytes: number) => `data:image/png;base64,${START}${'A'.repeat(bytes - START.length)}`;

type Row = [name: string, more: object, param: string, message: RegExp];

const BROKEN_SCHEMAS = [
	{ items: [{ type: 'string' }] },
	{ type: 'text' },
	{ type: [] },
	{ type: ['string', 'string'] },
	{ type: 'number', minimum: 0, exclusiveMinimum: true },
	{ required: 'b' },
	{ required: true },
	{ required: ['b', 'b'] },
	{ properties: [] },
	{ anyOf: [] },
	{ anyOf: {} },
	{ enum: 'a' },
	{ minLength: -1 },
	{ maxItems: 1.5 },
	{ multipleOf: 0 },
	{ pattern: '(' },
	{ patternProperties: { '[': {} } },
	{ additionalProperties: 'no' },
	{ format: ['date'] },
	{ description: 7 },
	{ $ref: {} },
	{ $anchor: '1' },
	{ $id: 'a#b' },
	{ dependentRequired: { b: 'c' } },
	{ not: null },
	{ examples: 'one' },
	'string',
	null,
];

const schemaRows: Row[] = [
	[
		'no type',
		offer(tool({})),
		'tools[0].function.parameters',
		/^tools\.0\.custom\.input_schema\.type: Field required/,
	],
	...[['object', 'null'], ['object'], 'array', null].map((type): Row => [
		`the type ${JSON.stringify(type)}`,
		offer(tool({ type })),
		'tools[0].function.parameters',
		/^tools\.0\.custom\.input_schema\.type: Input should be "object"/,
	]),
	...['anyOf', 'oneOf', 'allOf'].map((key): Row => [
		`${key} at the top`,
		offer(...tools, tool({ type: 'object', [key]: [{}] }, 'hear')),
		'tools[1].function.parameters',
		/^tools\.1\.custom\.input_schema: .*top level/,
	]),
	...[
		{ properties: { 'First Name': {} } },
		{ properties: { ['x'.repeat(65)]: {} } },
		{ properties: { a: { properties: { ü: {} } } } },
		{ properties: { a: { items: { properties: { $top: {} } } } } },
		{ $defs: { a: { properties: { 'filter[id]': {} } } } },
		{ properties: { a: { anyOf: [{ not: { properties: { '': {} } } }] } } },
	].map((schema): Row => [
		`a property name in ${JSON.stringify(schema)}`.slice(0, 90),
		offer(tool({ type: 'object', ...schema })),
		'tools[0].function.parameters',
		/^tools\.0\.custom\.input_schema\.properties: Property keys should match pattern/,
	]),
	...BROKEN_SCHEMAS.map((schema): Row => [
		`what is not a schema of draft 2020-12: ${JSON.stringify(schema)}`,
		withProperty(schema),
		'tools[0].function.parameters',
		/^tools\.0\.custom\.input_schema: JSON schema is invalid.*draft 2020-12/,
	]),
];

const toolRows: Row[] = [
	...['look up', '', 'x'.repeat(129), 'a.b', 'größe'].map((name): Row => [
		`the tool name ${JSON.stringify(name)}`.slice(0, 60),
		offer(tool({ type: 'object' }, name)),
		'tools[0].function.name',
		/^tools\.0\.custom\.name: String should match pattern/,
	]),
	[
		'equal tool names',
		offer(...tools, ...tools),
		'tools[1].function.name',
		/^tools: Tool names must be unique/,
	],
];

const contentRows: Row[] = [
	...[user.role, 'system'].flatMap((role) =>
		['', ' \n', '\u00a0', '\u001f'].map((content): Row => [
			`a text of the ${role}: ${JSON.stringify(content)}`,
			{ messages: [{ role, content }, user] },
			'messages[0].content',
			/text content blocks must/,
		]),
	),
	[
		'an empty part',
		seen({ type: 'text', text: '' }),
		'messages[0].content[0].text',
		/^messages: text content blocks must be non-empty/,
	],
	[
		'a blank part',
		seen({ type: 'text', text: 'a' }, { type: 'text', text: ' ' }),
		'messages[0].content[1].text',
		/^messages: text content blocks must contain non-whitespace text/,
	],
	[
		'an assistant without words',
		talk(user, says(null), user),
		'messages[1].content',
		/must have non-empty content/,
	],
	[
		'a blank text beside calls',
		talk(user, { ...calls(call('a')), content: ' ' }, result('a')),
		'messages[1].content',
		/non-whitespace/,
	],
	[
		'an empty text beside calls',
		talk(user, { ...calls(call('a')), content: '' }, result('a')),
		'messages[1].content',
		/non-empty/,
	],
	[
		'a blank result',
		talk(user, calls(call('a')), result('a', '  ')),
		'messages[2].content',
		/non-whitespace/,
	],
	['a stop sequence of blanks', { stop: ['a', ' \n'] }, 'stop[1]', /^stop_sequences: each stop/],
	['an image of no URL', seen(image('cat')), 'messages[0].content[0].image_url.url', /URL/],
	[
		'an image without base64',
		seen(image('data:image/png,AAAA')),
		'messages[0].content[0].image_url.url',
		/base64/,
	],
	[
		'an image without data',
		seen(image('data:image/png;base64,')),
		'messages[0].content[0].image_url.url',
		/image cannot be empty/,
	],
	...['image/svg+xml', 'image/bmp', 'application/pdf', ''].map((type): Row => [
		`an image that is ${type}`,
		seen(image(`data:${type};base64,AAAA`)),
		'messages[0].content[0].image_url.url',
		/^messages\.0\.content\.0\.image\.source\.base64\.media_type: Input should be 'image\/jpeg'/,
	]),
	[
		'an image of another kind',
		seen(image('data:image/png;base64,/9j/4AAQ')),
		'messages[0].content[0].image_url.url',
		/image\/png media type, but the image appears to be a image\/jpeg image$/,
	],
	...[
		Buffer.from('<!doctype html>').toString('base64'),
		Buffer.from('{"error":"no such file"}').toString('base64'),
		Buffer.from('%PDF-1.7').toString('base64'),
		'UklGRgAAAABXQVZF',
	].map((data): Row => [
		`an image that begins as ${data}`,
		seen(image(`data:image/png;base64,${data}`)),
		'messages[0].content[0].image_url.url',
		/base64: Could not process image$/,
	]),
	[
		'an image with too many pixels',
		seen(image(pngOf(1440, 8570))),
		'messages[0].content[0].image_url.url',
		/base64\.data: At least one of the image dimensions exceed max allowed size: 8000 pixels$/,
	],
	[
		'more than a hundred images',
		seen(...Array.from({ length: 101 }, () => image(pngOf(1, 1)))),
		'messages',
		/too many images and documents: 101 \+ 0 > 100/,
	],
	[
		'a large image among many',
		seen(...Array.from({ length: 21 }, () => image(pngOf(2001, 1)))),
		'messages',
		/max allowed size for many-image requests: 2000 pixels/,
	],
	[
		'an image too large',
		seen(image(png(11 * 1024 * 1024))),
		'messages[0].content[0].image_url.url',
		/^messages\.0\.content\.0\.image\.source\.base64: image exceeds 10 MB maximum/,
	],
];

const roleRows: Row[] = [
	[
		'a system message alone',
		{ messages: [system] },
		'messages',
		/^messages: at least one message is required/,
	],
	[
		'a second system message',
		{ messages: [system, system, user] },
		'messages[1].role',
		/Unexpected role "system"/,
	],
	[
		'a late system message',
		{ messages: [user, system] },
		'messages[1].role',
		/Unexpected role "system"/,
	],
	[
		'an assistant first',
		{ messages: [says('Hello'), user] },
		'messages[0]',
		/^messages: first message must use the "user" role/,
	],
	[
		'an assistant first, after the system',
		{ messages: [system, says('Hello'), user] },
		'messages[1]',
		/first message/,
	],
	[
		'an assistant last',
		{ messages: [user, says('Hello')] },
		'messages[1]',
		/must end with a user message/,
	],
];

const callRows: Row[] = [
	...['', 'functions.add:0', 'call 1', 'ü'].map((id): Row => [
		`the call id ${JSON.stringify(id)}`,
		talk(user, calls(call(id)), result('a')),
		'messages[1].tool_calls[0].id',
		/^messages\.1\.content\.0\.tool_use\.id: String should match pattern '\^\[a-zA-Z0-9_-\]\+\$'/,
	]),
	[
		'a foreign id in an answer',
		talk(user, calls(call('a')), result('a.b')),
		'messages[2]',
		/^messages\.2\.content\.0\.tool_result\.tool_use_id: String should match/,
	],
	[
		'equal call ids',
		talk(user, calls(call('a'), call('a')), result('a')),
		'messages[1].tool_calls[1].id',
		/must be unique/,
	],
	[
		'a call id used before',
		talk(user, calls(call('a')), result('a'), calls(call('a')), result('a')),
		'messages[3].tool_calls[0].id',
		/must be unique/,
	],
	[
		'a call without an answer',
		talk(user, calls(call('a'), call('b')), result('a'), user),
		'messages[3]',
		/without `tool_result` blocks immediately after: b\./,
	],
	[
		'a call without an answer at the end',
		talk(user, calls(call('a'))),
		'messages[1]',
		/immediately after: a\./,
	],
	[
		'answers out of order',
		talk(user, calls(call('a'), call('b')), result('b'), result('a')),
		'messages[2]',
		/out of order/,
	],
	[
		'an answer twice',
		talk(user, calls(call('a')), result('a'), result('a')),
		'messages[3]',
		/each tool_use must have a single result.*: a$/,
	],
	[
		'an answer to nothing',
		talk(user, result('x')),
		'messages[1]',
		/unexpected `tool_use_id` found in `tool_result` blocks: x\./,
	],
	[
		'an answer that comes late',
		talk(user, calls(call('a')), result('a'), user, result('a')),
		'messages[4]',
		/unexpected `tool_use_id`/,
	],
	['an answer first', talk(result('x'), user), 'messages[0]', /unexpected `tool_use_id`/],
	...['{', '[]', '', 'null', '"a"', '1'].map((text): Row => [
		`the arguments ${JSON.stringify(text)}`,
		talk(user, calls(call('a', text)), result('a')),
		'messages[1].tool_calls[0].function.arguments',
		/^messages\.1\.content\.0\.tool_use\.input: Input should be a valid dictionary/,
	]),
	[
		'an illegal name in the history',
		talk(user, calls(call('a', '{}', 'a b')), result('a')),
		'messages[1].tool_calls[0].function.name',
		/tool_use\.name: String should match/,
	],
	[
		'calls without tools',
		{ messages: [user, calls(call('a')), result('a')] },
		'tools',
		/^messages\.1: Requests which include `tool_use` or `tool_result` blocks must define tools/,
	],
];

const half = '\ud83d';
const halfRows: Row[] = [
	[
		'half a surrogate pair in a text',
		{ messages: [{ role: 'user', content: `a${half}` }] },
		'body.messages.0.content',
		/no low surrogate/,
	],
	[
		'half a surrogate pair in arguments',
		talk(user, calls(call('a', `{"a":"${half}"}`)), result('a')),
		'body.messages.1.tool_calls.0.function.arguments',
		/not valid JSON/,
	],
	[
		'half a surrogate pair in a description',
		withProperty({ description: half }),
		'body.tools.0.function.parameters.properties.a.description',
		/not valid JSON/,
	],
	[
		'half a surrogate pair in a key',
		withProperty({ [half]: 1 }),
		'body.tools.0.function.parameters.properties.a',
		/not valid JSON/,
	],
	['half a surrogate pair in a parameter', { user: half }, 'body.user', /not valid JSON/],
];

test.each([...schemaRows, ...toolRows, ...contentRows, ...roleRows, ...callRows, ...halfRows])(
	'refuses: %s',
	async (_name, more, param, message) => {
		const response = await post(gateway, { ...ASK, ...more });
		const error = await errorOf(response);
		expect(error).toMatchObject({ param, type: 'invalid_request_error' });
		expect(error.message).toMatch(message);
		expect(response.status).toBe(400);
	},
);

test('refuses images of more than 32 MB together', async () => {
	const images = Array.from({ length: 4 }, () => image(png(9 * 1024 * 1024)));
	const response = await post(gateway, { ...ASK, ...seen(...images) });
	expect(response.status).toBe(413);
});

test.each<[name: string, more: object]>([
	[
		'the longest names',
		offer(tool({ type: 'object', properties: { ['x'.repeat(64)]: {} } }, 'x'.repeat(128))),
	],
	['dots in a property name', withProperty({ properties: { 'a.b-c_d': {} } })],
	['a choice inside', withProperty({ anyOf: [{ type: 'string' }, { type: 'null' }] })],
	[
		'a schema that refers to itself',
		offer(
			tool({
				type: 'object',
				$defs: { n: { properties: { next: { $ref: '#/$defs/n' } } } },
				properties: { n: { $ref: '#/$defs/n' } },
			}),
		),
	],
	['a tuple', withProperty({ prefixItems: [{ type: 'string' }, true], items: false })],
	['bounds that are numbers', withProperty({ exclusiveMinimum: 0, multipleOf: 0.5 })],
	['keywords that nobody knows', withProperty({ 'x-note': [1], deprecated: true })],
	['a value that looks like a property', withProperty({ const: { properties: { 'a b': 1 } } })],
	['no parameters', { tools: [{ type: 'function', function: { name: 'look' } }] }],
	[
		'a whole conversation',
		talk(
			system,
			user,
			{ ...calls(call('a'), call('b')), content: 'Let me look.' },
			result('a'),
			result('b'),
			says('Seen.'),
			user,
		),
	],
	['a result without words', talk(user, calls(call('a')), result('a', ''))],
	['a user after results', talk(user, calls(call('a')), result('a'), user)],
	[
		'turns of calls in a row',
		talk(user, calls(call('a')), result('a'), calls(call('b')), result('b')),
	],
	['neighbours of one role', { messages: [user, user, says('a'), says('b'), user] }],
	[
		'the four kinds of images',
		seen(
			...['jpeg;base64,/9j/', 'png;base64,iVBORw0KGgo=', 'gif;base64,R0lGODlh'].map((data) =>
				image(`data:image/${data}`),
			),
			image('data:image/WEBP;base64,UklGRgAAAABXRUJQ'),
		),
	],
	['a whole surrogate pair', { messages: [{ role: 'user', content: '😀' }] }],
])('takes %s', async (_name, more) => {
	const response = await post(gateway, { ...ASK, ...more });
	expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('fine')]);
});
