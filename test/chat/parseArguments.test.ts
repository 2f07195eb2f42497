import { parseArguments } from '../../core/chat/toolCalls';
import { tryJson } from '../../core/json/tryJson';

test.each([
	['plain', '{"b":"x"}'],
	['blanks around', ' {"b":"x"}\n'],
	['a fence', '```json\n{"b":"x"}\n```'],
	['a fence without a language', '```\n{"b":"x"}\n```'],
	['a fence around a slip', '```json\n{"b":"x",}\n```'],
	['JSON in a text', '"{\\"b\\":\\"x\\"}"'],
	['JSON in a text in a fence', '```\n"{\\"b\\":\\"x\\"}"\n```'],
	['single quotes', "{'b':'x'}"],
	['an empty comment', '{"b":"x" /**/}'],
])('%s: what goes back into the history is legal JSON of the same value', (_what, text) => {
	const parsed = parseArguments(text);
	expect(parsed).toMatchObject({ ok: true, value: { b: 'x' } });
	expect(tryJson(parsed.ok ? parsed.json : '')).toEqual({ b: 'x' });
});

test.each(['{"n": NaN}', '{"n": undefined}', '{"n": Infinity}', '{"a": [None, NaN]}'])(
	'%s is not a value that the model chose: refused',
	(text) => {
		expect(parseArguments(text)).toMatchObject({ ok: false });
	},
);

test.each(['{"n": null}', '{"n": None}'])('%s is null', (text) => {
	expect(parseArguments(text)).toMatchObject({ ok: true, value: { n: null } });
});
