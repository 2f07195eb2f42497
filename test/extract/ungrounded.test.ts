import { extract, type ExtractRequest } from '../../core';
import { ungrounded } from '../../core/extract/evidence/findEvidence';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const schema = {
	type: 'object',
	properties: {
		name: { type: 'string' },
		mood: { enum: ['good', 'bad'] },
		isNew: { type: 'boolean' },
		note: { type: 'string' },
		lines: { type: 'array', items: { $ref: '#/$defs/line' } },
	},
	required: ['name', 'mood', 'isNew', 'lines'],
	$defs: {
		line: {
			type: 'object',
			properties: { sku: { type: 'string' }, price: { type: ['number', 'null'] } },
			required: ['sku', 'price'],
		},
	},
};
const text = 'Ada ordered A-1 for 3.50 and B-2.';
const value = {
	...{ name: 'Ada', mood: 'good', isNew: true, note: 'not in the text' },
	lines: [
		{ sku: 'A-1', price: 3.5 },
		{ sku: 'B-2', price: null },
	],
};
const pathsOf = (changed: unknown, minEvidence = 1) =>
	ungrounded(changed, { text, schema, minEvidence }).map(({ path }) => path);

test('a required value that the text does not say is a failure', () => {
	expect(pathsOf(value)).toEqual([]);
	expect(pathsOf({ ...value, name: 'Bob' })).toEqual(['/name']);
	expect(pathsOf({ ...value, lines: [{ sku: 'A-1', price: 4 }] })).toEqual(['/lines/0/price']);
	expect(ungrounded({ ...value, name: 'Bob' }, { text, schema, minEvidence: 1 })).toEqual([
		{ path: '/name', message: expect.any(String), code: 'ungrounded', value: 'Bob' },
	]);
});

test('similar texts count from the score on', () => {
	const similar = { ...value, name: 'Ada orders A-1 for 3.50' };
	expect(pathsOf(similar, 0.8)).toEqual([]);
	expect(pathsOf(similar, 1)).toEqual(['/name']);
});

async function run(script: Script, request: Partial<ExtractRequest> = {}) {
	const { client, gateway } = await openGateway(script);
	const base = { text, schema, minEvidence: 1, maxRepairs: 1 };
	return { running: extract(client, { ...base, ...request }), gateway };
}
const saves = (args: object) => ({ toolCalls: [{ name: 'save_extraction', arguments: args }] });

test('the model is told once more, then the item fails with the path, the value and the spending', async () => {
	const { running, gateway } = await run(() => saves({ ...value, name: 'Bob' }));
	const error = await failure(running);
	expect(error).toMatchObject({
		kind: 'schemaMismatch',
		details: { failures: [{ path: '/name', code: 'ungrounded', value: 'Bob' }] },
	});
	expect(error.message).toContain('/name');
	expect(error.details.costUsd).toBeGreaterThan(0);
	expect(gateway.requests).toHaveLength(2);
});

test('the next model may know better', async () => {
	const { running } = await run(
		({ model }) => saves(model.includes('haiku') ? { ...value, name: 'Bob' } : value),
		{ model: 'claude-haiku-4-5', escalateTo: ['claude-sonnet-4-6'], maxRepairs: 0 },
	);
	expect(await running).toMatchObject({ output: value, stage: 'escalation' });
});

test('images cannot be quoted', async () => {
	const { running, gateway } = await run([], { images: ['https://x.y/z.png'] });
	expect(await failure(running)).toMatchObject({ kind: 'badConfig' });
	expect(gateway.requests).toHaveLength(0);
});
