import fc from 'fast-check';
import { defineTool, runToolLoop, toFunctionTool } from '../../core';
import { isRecord } from '../../core/lib/isRecord';
import { indexSchema } from '../../core/schema/schemaIndex';
import { sentForm } from '../../core/schema/sending/sentForm';
import { sentNames } from '../../core/schema/sending/sentSchema';
import { checkTools } from '../../gateway/contract/checkTools';
import { openGateway } from '../support/openGateway';
import { trackerSchemas } from './trackerSchemas';

test('there are a hundred of them, each under its own name', () => {
	const names = new Set(trackerSchemas.map(([name]) => name));
	expect(names.size).toBe(trackerSchemas.length);
	expect(names.size).toBeGreaterThanOrEqual(100);
});

function toolFor(schema: object) {
	const parameters = { ...schema };
	const handed: unknown[] = [];
	const tool = defineTool({
		...{ name: 'save', description: 'Saves', parameters },
		execute: (args) => handed.push(args),
	});
	const { function: sent } = toFunctionTool(tool);
	const names = sentNames(indexSchema(tool.parameters, '2020-12').places.map((at) => at.schema));
	const own = new Set([...names].map(([, name]) => name));
	const keys = Object.keys(Object(sent.parameters?.properties));
	const [key = ''] = keys;
	const declared = Object.keys(Object(tool.parameters.properties));
	const isWrapped = keys.length === 1 && !declared.includes(key) && !own.has(key);
	const renamed = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(renamed);
		if (!isRecord(value)) return value;
		const entries = Object.entries(value);
		return Object.fromEntries(entries.map(([name, v]) => [names.get(name) ?? name, renamed(v)]));
	};
	const written = (args: unknown) => (isWrapped ? { [key]: renamed(args) } : renamed(args));
	return { tool, sent, handed, written };
}

describe.each(trackerSchemas)('%s', (_name, schema, right, wrong) => {
	const { tool, sent, handed, written } = toolFor(schema);

	test('is sent in a form that Claude takes', () => {
		const tools = [{ type: 'function' as const, function: { ...sent } }];
		expect(checkTools({ model: 'm', tools })).toBeUndefined();
	});

	test('arguments under the sent names are those of the author, with the same verdict', () => {
		const { receive } = sentForm(tool.parameters);
		for (const args of [...right, ...wrong]) {
			expect(receive(written(args)).value).toEqual(args);
			expect(receive(args).value).toEqual(args);
		}
		for (const args of right) expect([args, tool.check(args).ok]).toEqual([args, true]);
		for (const args of wrong) expect([args, tool.check(args).ok]).toEqual([args, false]);
	});

	test('the loop hands the tool what the author means, and nothing that is wrong', async () => {
		const calls = [...right, ...wrong].map((args, index) => ({
			...{ id: `c${index}`, name: 'save' },
			arguments: written(args),
		}));
		const { client } = await openGateway([
			{ toolCalls: calls.map(({ name, arguments: args }) => ({ name, arguments: Object(args) })) },
			{ text: 'done' },
		]);
		const result = await runToolLoop(client, { prompt: 'Go', tools: [tool], repeatLimit: 99 });
		const failed = result.steps.map((step) => step.error !== undefined);
		expect(failed).toEqual([...right.map(() => false), ...wrong.map(() => true)]);
		expect(handed).toEqual(right);
	});
});

/** One place of the arguments with another value, or a key more, or one less. */
const changed = fc.tuple(
	fc.nat(),
	fc.constantFrom<unknown>(null, 'x', '', 1, -1, 1.5, true, [], {}, ['x'], { b: 1 }, undefined),
);

test('verdicts and values are the same whatever is written, for every schema', () => {
	const rows = trackerSchemas.map(([, schema, right]) => ({ ...toolFor(schema), right }));
	fc.assert(
		fc.property(fc.nat(), fc.nat(), fc.array(changed, { maxLength: 3 }), (at, which, changes) => {
			const row = rows[at % rows.length];
			const start: unknown = row?.right[which % row.right.length];
			if (!row) return;
			const args = changes.reduce(
				(value, [place, given]) => withChange(value, place, given),
				start,
			);
			const received = sentForm(row.tool.parameters).receive(row.written(args)).value;
			expect(received).toEqual(args);
			expect(row.tool.check(received).ok).toBe(row.tool.check(args).ok);
		}),
		{ numRuns: 5_000 },
	);
});

function withChange(value: unknown, place: number, given: unknown): unknown {
	if (Array.isArray(value) && value.length > 0) {
		const list: unknown[] = value;
		return list.with(place % list.length, withChange(list[place % list.length], place, given));
	}
	if (!isRecord(value)) return given ?? value;
	const keys = Object.keys(value);
	const key = keys[place % (keys.length + 1)];
	if (key === undefined) return given === undefined ? value : { ...value, zz: given };
	const { [key]: inner, ...rest } = value;
	if (given === undefined) return rest;
	return { ...value, [key]: place % 2 === 0 ? given : withChange(inner, place, given) };
}
