import { z } from 'zod/v4';
import { defineTool, runToolLoop } from '../../core';
import * as readJson from '../../core/json/readJson';
import { openGateway } from '../support/openGateway';

/** The arguments of a call are parsed once, for all who ask: the limits, the check, the step. */

jest.mock('../../core/json/readJson', () => {
	const actual: typeof readJson = jest.requireActual('../../core/json/readJson');
	return { ...actual, readWholeJson: jest.fn(actual.readWholeJson) };
});
const parsed = jest.mocked(readJson.readWholeJson);
const timesOf = (text: string) => parsed.mock.calls.filter(([given]) => given === text).length;

const given = { rows: [{ id: '7', deep: { list: [1, 2] } }], any: { a: { b: 1 } } };
const TEXT = JSON.stringify(given);
const jsonSchema = {
	type: 'object',
	properties: { rows: { type: 'array', items: { type: 'object' } }, any: { type: 'object' } },
};
const loose = z.object({ rows: z.array(z.unknown()), any: z.unknown() });
const fitted = {
	...jsonSchema,
	properties: {
		...jsonSchema.properties,
		rows: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } },
	},
};

function emptied(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		emptied(inner);
		Reflect.deleteProperty(value, key);
	}
}

test.each([
	['JSON Schema', jsonSchema],
	['zod', loose],
	['a schema that they are fitted to', fitted],
	['no schema', undefined],
])('with %s, whatever the tool does to them', async (_name, parameters) => {
	const call = { name: 'f', arguments: TEXT };
	const { client, bodies } = await openGateway([{ toolCalls: [call, call] }, { text: 'Done.' }]);
	const times: number[] = [];
	const tool = defineTool({
		...{ name: 'f', description: 'f', parameters },
		execute: (args) => {
			emptied(args);
			return 'done';
		},
	});
	parsed.mockClear();
	const { steps } = await runToolLoop(
		client,
		{ prompt: 'x', tools: [tool] },
		{ onEvent: ({ type }) => void (type === 'toolEnd' && times.push(timesOf(TEXT))) },
	);
	expect(times).toEqual([2, 2]);
	expect(steps.map((step) => step.arguments)).toEqual([given, given]);
	expect(JSON.stringify(bodies()[1])).toContain(JSON.stringify(TEXT));
});
