import { defineTool, runToolLoop } from '../../core';
import { parseArguments, toMessageCall } from '../../core/chat/toolCalls';
import { toolContent } from '../../core/toolLoop/toolContent';
import { openGateway } from '../support/openGateway';

const BIG = '1234567890123456789';
const text = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const count = { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] };

async function loop(parameters: object, args: string) {
	const ran: unknown[] = [];
	const execute = (given: unknown) => {
		ran.push(given);
		return 'done';
	};
	const tool = defineTool({ name: 'f', description: 'f', parameters: { ...parameters }, execute });
	const call = { toolCalls: [{ name: 'f', arguments: args }] };
	const { client, bodies } = await openGateway([call, { text: 'done' }]);
	const { steps } = await runToolLoop(client, { prompt: 'x', tools: [tool] });
	return { ran, steps, history: JSON.stringify(bodies()[1]?.messages) };
}

test.each([BIG, '1.50', '1E5', '-0', '01234', '1e999'])(
	'a tool gets the digits of %s as text',
	async (literal) => {
		const { ran } = await loop(text, `{"id": ${literal}}`);
		expect(ran).toEqual([{ id: literal }]);
	},
);

test.each([BIG, '9007199254740993', '1e999', '01234', '0.1000000000000000055511'])(
	'no tool runs with %s as a number',
	async (literal) => {
		const { ran, steps, history } = await loop(count, `{"id": ${literal}}`);
		expect(ran).toEqual([]);
		expect(history).toContain(`cannot keep these digits: ${literal}`);
		expect(steps[0]).toMatchObject({ arguments: `{"id": ${literal}}` });
	},
);

test.each([
	['{"ids": [17\n42]}', 'a comma is missing'],
	['{"a": "C:\\Users\\new"}', 'two readings'],
	['{"a": 1, "a": 2}', 'twice'],
	['{"rows": [1, ...]}', 'left out'],
	['{"a": 1}}', 'too many braces'],
	['{"a": 1;}', 'expected'],
	[`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'deeper than 200'],
])('%j is no order', (args, reason) => {
	expect(parseArguments(args)).toMatchObject({
		ok: false,
		reason: expect.stringContaining(reason),
	});
});

test.each([
	[`{"id": ${BIG}, "n": 1.50}`, `{"id": ${BIG}, "n": 1.50}`],
	[`{"id": ${BIG}, "n": 1.50,}`, `{"id":${BIG},"n":1.50}`],
	[`{'a': [1E5, -0, .5]}`, '{"a":[1E5,-0,0.5]}'],
	['"{\\"a\\": 1.50}"', '{"a":1.50}'],
	['{"a": {"__proto__": 1}}', '{"a": {"__proto__": 1}}'],
	['{"a": ', '{}'],
])('%j stands in the history as %j', (args, sent) => {
	const call = toMessageCall({ id: 'x', name: 'f', arguments: args });
	expect(call.function.arguments).toBe(sent);
	expect(() => JSON.parse(sent)).not.toThrow();
});

test('JSON text of a tool reaches the model as it is', async () => {
	const result = `{"id": ${BIG}, "price": 1.50}`;
	expect(await toolContent(result, { limit: 1000 })).toEqual({ content: result, result });
	const resource = `[{"type":"resource","resource":{"size":${BIG}}}]`;
	expect(JSON.stringify(await toolContent(resource, { limit: 1000 }))).toContain(BIG);
});
