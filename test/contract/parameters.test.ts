import { parametersSchema } from '../../gateway/contract/chatBody';
import { toRequestBody } from '../../core/chat/chatRequest';
import { PARAMETERS, SAMPLING_OPTIONS } from '../../core/chat/parameters';
import { withoutRefused } from '../../core/chat/asking/withoutRefused';
import { repairBody } from '../../core/chat/repair/repairBody';
import { createClient } from '../../core/client/createClient';
import { properties as chatForm } from '../../nodes/TokenHubChatCompletion/description';
import { parameterRows } from '../fields/parameterRows';

const rows = Object.entries(PARAMETERS);
const messages = [{ role: 'user' as const, content: 'Hi' }];
const model = 'claude-haiku-4-5';

test('every option of the table has a row among the fields, with its name on the wire', () => {
	const wires = Object.entries(SAMPLING_OPTIONS).map(([key, { wire }]) => [key, wire]);
	expect(parameterRows.map(([key, , wire]) => [key, wire])).toEqual(wires);
});

test('the embedded endpoint, which has the contract in its own words, knows the same parameters', () => {
	const wires = rows.map(([, { wire }]) => wire);
	const ofUs = [...wires, 'messages', 'stream', 'stream_options'];
	expect(Object.keys(parametersSchema.shape).sort()).toEqual(ofUs.sort());
});

const numbers = Object.entries(SAMPLING_OPTIONS).flatMap(([key, { field, wire }]) =>
	field.kind === 'number' ? [[key, wire, field] as const] : [],
);
test.each(numbers)('%s: form, library and endpoint have the same limits', (key, wire, field) => {
	const { min, max } = field;
	const inLibrary = (value: number) => () => toRequestBody({ model, messages, [key]: value });
	const atEndpoint = (value: number) =>
		parametersSchema.safeParse({ model, [wire]: value }).success;
	for (const value of [min, max]) {
		expect(inLibrary(value)()).toMatchObject({ [wire]: value });
		expect(atEndpoint(value)).toBe(true);
	}
	for (const value of [min - 0.01, max + 0.01]) {
		expect(inLibrary(value)).toThrow(key);
		expect(atEndpoint(value)).toBe(false);
	}
});

test.each(parameterRows)(
	'%s: is sent by the library, and let through for n8n',
	(key, value, wire) => {
		expect(toRequestBody({ model, messages, [key]: value })).toEqual({
			...{ model, messages, max_tokens: 1024 },
			[wire]: value,
		});
		expect(repairBody({ model, messages, [wire]: value }, [])).toMatchObject({ [wire]: value });
	},
);

const tool = { type: 'function' as const, function: { name: 'look' } };
const settings = Object.fromEntries(parameterRows.map(([key, value]) => [key, value]));
/** Each parameter set, but for the second of the pair that is refused. */
const full = { ...settings, topP: undefined, tools: [tool], toolChoice: 'auto' as const };

test.each(rows)('%s: is left out where a model refuses it, or not', async (key, row) => {
	const { wire, mayBeDropped } = row;
	const given = key === 'topP' ? { ...full, temperature: undefined, topP: 0.5 } : full;
	const body = toRequestBody({ model, messages, ...given, responseFormat: 'jsonObject' });
	expect(body).toHaveProperty(wire);
	const sent: object[] = [];
	const refusing = async (_url: unknown, init?: { body?: unknown }) => {
		const asked: object = JSON.parse(String(init?.body));
		sent.push(asked);
		if (wire in asked) return Response.json({ error: { message: `no ${wire}` } }, { status: 400 });
		return Response.json({ choices: [{ message: { content: 'fine' } }] });
	};
	const client = withoutRefused(createClient({ apiKey: 'th-demo-key', fetch: refusing }));
	const answer = client.complete(body);
	if (mayBeDropped) await answer;
	else await expect(answer).rejects.toThrow(`no ${wire}`);
	const { [wire]: _refused, ...rest } = body;
	expect(sent).toEqual(mayBeDropped ? [body, rest] : [body]);
});

test('nodes have a field for every parameter', () => {
	const options = chatForm.find(({ name }) => name === 'options')?.options ?? [];
	const names = [...chatForm, ...options].map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(rows.map(([key]) => key)));
});
