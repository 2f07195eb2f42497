import { z } from 'zod/v4';
import { asks, call, done, type Fault, type FaultTool } from './fault';

/** Arguments as models were seen to write them, and what the tool is handed for them. */

const send: FaultTool = {
	name: 'send',
	schema: z.object({
		when: z.string(),
		to: z.string().optional(),
		tags: z.array(z.string()).optional(),
		deep: z.object({ a: z.number(), b: z.string().optional() }).optional(),
		list: z.array(z.object({ n: z.number().int(), m: z.string().optional() })).optional(),
	}),
	run: (args, calls) => {
		calls.push(JSON.stringify(args));
		return 'sent';
	},
};

/** What the model wrote, and what the tool was handed. */
const TAKEN: Array<[name: string, args: string | object, handed: object]> = [
	['null for an optional list', { when: 'x', tags: null }, { when: 'x' }],
	['null for an optional object', { when: 'x', deep: null }, { when: 'x' }],
	[
		'null in an object of a list',
		{ when: 'x', list: [{ n: 1, m: null }] },
		{ when: 'x', list: [{ n: 1 }] },
	],
	['the word null as a text', { when: 'null' }, { when: 'null' }],
	[
		'a number as text in a list',
		{ when: 'x', list: [{ n: '1' }] },
		{ when: 'x', list: [{ n: 1 }] },
	],
	['objects as texts in a list', { when: 'x', list: ['{"n":1}'] }, { when: 'x', list: [{ n: 1 }] }],
	['a whole list as text', { when: 'x', list: '[{"n":1}]' }, { when: 'x', list: [{ n: 1 }] }],
	['arguments in a fence', '```json\n{"when":"x"}\n```', { when: 'x' }],
	['single quotes', "{'when': 'x'}", { when: 'x' }],
	['None of Python', '{"when": "x", "to": None}', { when: 'x' }],
	['a line break inside a text', '{"when":"a\nb"}', { when: 'a\nb' }],
	['an empty comment', '{"when":"x" /* */}', { when: 'x' }],
	['a slash in a text', { when: 'a // b', to: '# c' }, { when: 'a // b', to: '# c' }],
	['a correction that is the same', { when: 'x', when_corrected: 'x' }, { when: 'x' }],
	['thoughts beside the fields', { when: 'x', reasoning: 'the user asked' }, { when: 'x' }],
	['a field that nobody asked for', { when: 'x', why: 'y' }, { when: 'x' }],
	[
		'more digits than a number holds, for a text',
		'{"when":12345678901234567890}',
		{ when: '12345678901234567890' },
	],
	[
		'a whole number with a point',
		'{"when":"x","list":[{"n":1.0}]}',
		{ when: 'x', list: [{ n: 1 }] },
	],
	['the same key twice with one value', '{"when":"x","when":"x"}', { when: 'x' }],
	['arguments with blanks around', ' \n {"when":"x"} \n', { when: 'x' }],
];

/** What is refused, and what the model is told. */
const REFUSED: Array<[name: string, args: string | object, told: RegExp]> = [
	['the same key with two values', '{"when":"x","when":"y"}', /key occurs twice/],
	['words behind the arguments', '{"when":"x"} thanks', /could not be read/],
	['a key in another case', { When: 'x' }, /\/when/],
	['a blank for a number', { when: 'x', deep: { a: '' } }, /\/deep\/a/],
	['words for a number', { when: 'x', deep: { a: 'many' } }, /\/deep\/a/],
	['half a number for a whole one', { when: 'x', list: [{ n: 1.5 }] }, /\/list\/0\/n/],
	['null for all', { when: null }, /\/when/],
	['a bare number', '42', /must be a JSON object/],
	['a bare true', 'true', /must be a JSON object/],
	['two calls in one', '{"when":"x"}{"when":"y"}', /could not be read/],
	['an end that is missing', '{"when":"x","to":"', /not valid JSON/],
	['a brace too many', '{"when":"x"}}', /not valid JSON \(there are too many braces at the end\)/],
	[
		'nothing of JavaScript',
		'{"when":"x","to":undefined}',
		/\(undefined, NaN and nil are not JSON values/,
	],
	['a comma that is missing', '{"when":"x" "to":"y"}', /\(a comma is missing\)/],
	['a text without quotes', '{"when": x}', /\(a text has no quotes\)/],
	[
		'a comment behind a value',
		'{"when": "x" // TODO verify\n}',
		/a comment .* doubt on a value: TODO verify/,
	],
	['a comment in a list', '{"when":"x","tags":["a" /* or b? */]}', /or b\?/],
	['a comment with #', '{"when": "x" # Wert prüfen\n}', /Wert prüfen/],
	['a comment above all', '// first try\n{"when":"x"}', /first try/],
	['a comment in arguments as text', JSON.stringify('{"when":"x" // ?\n}'), /doubt on a value: \?/],
	['a correction under a key of its own', { when: 'x', when_corrected: 'y' }, /when_corrected/],
	['a correction deeper down', { when: 'x', list: [{ n: 1, actual_n: 2 }] }, /actual_n/],
	[
		'a note against a value',
		{ when: 'x', deep: { a: 14, note: 'a should be 15' } },
		/\/deep\/note/,
	],
	['one field in two spellings', { when: 'x', When: 'y' }, /one field with two values/],
	['dots for the rest', '{"when":"x","tags":["a", ...]}', /could not be read/],
];

export const argumentFaults: Fault[] = [
	...TAKEN.map(([name, args, handed]): Fault => ({
		...{ name: `${name}, as arguments`, tools: [send], told: ['sent'], requests: 2 },
		script: [asks(call('send', args)), done],
		ran: [JSON.stringify(handed)],
	})),
	...REFUSED.map(([name, args, told]): Fault => ({
		...{ name: `${name}, as arguments`, tools: [send], told: [told], requests: 2 },
		script: [asks(call('send', args)), done],
		ran: [],
	})),
];
