import { classify, type ClassifyRequest } from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const text = 'My lamp arrived broken. I want my money back.';
const labels = ['delivery', { name: 'return', description: 'something is to be sent back' }];

const saying =
	(answer: unknown): Script =>
	() => ({ toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(answer) }] });

async function classified(answer: unknown, more: Partial<ClassifyRequest> = {}) {
	const { client, bodies } = await openGateway(saying(answer));
	const result = await classify(client, { text, labels, maxRepairs: 0, ...more });
	return { result, sent: JSON.stringify(bodies()[0]) };
}

test.each<[name: string, more: Partial<ClassifyRequest>, answer: unknown, result: object]>([
	['one label', {}, { label: 'return' }, { label: 'return', labels: ['return'] }],
	['in another case', {}, { label: 'Return' }, { label: 'return', labels: ['return'] }],
	['other', { other: true }, { label: 'other' }, { label: 'other', labels: ['other'] }],
	['other by name', { other: 'none' }, { label: 'none' }, { label: 'none', labels: ['none'] }],
	[
		'several',
		{ several: true },
		{ labels: ['return', 'delivery'] },
		{ label: 'return', labels: ['return', 'delivery'] },
	],
	['none of several', { several: true }, { labels: [] }, { label: null, labels: [] }],
	[
		'with its words',
		{ evidence: true },
		{ label: 'return', quote: 'I want my money back' },
		{
			label: 'return',
			evidence: { return: { start: 24, end: 44, quote: 'I want my money back', score: 1 } },
		},
	],
	[
		'with words that the text does not say',
		{ evidence: true },
		{ label: 'return', quote: 'please exchange the chair' },
		{ label: 'return', evidence: { return: null } },
	],
	[
		'several with their words',
		{ evidence: true, several: true },
		{
			labels: [
				{ label: 'return', quote: 'my money back' },
				{ label: 'delivery', quote: null },
			],
		},
		{
			labels: ['return', 'delivery'],
			evidence: { return: expect.objectContaining({ quote: 'my money back' }), delivery: null },
		},
	],
	[
		'with samples',
		{ samples: 2 },
		{ label: 'return' },
		{ label: 'return', confidence: { return: expect.any(Number) }, needsReview: false },
	],
])('%s', async (_name, more, answer, expected) => {
	const { result, sent } = await classified(answer, more);
	expect(result).toMatchObject({ ...expected, requests: 1, costUsd: expect.any(Number) });
	expect(result).not.toHaveProperty('output');
	expect(sent).toContain('- return: something is to be sent back');
});

test.each([
	[{ label: 'lost' }],
	[{ label: null }],
	[{ label: ['return', 'delivery'] }],
	[{ label: '' }],
	[{ labels: ['return'] }],
	[{ label: 'constructor' }],
])('%j is no label', async (answer) => {
	const error = await classified(answer).then(
		({ result }) => result,
		(thrown: unknown) => thrown,
	);
	expect(error).toMatchObject({ kind: 'schemaMismatch' });
});

test.each<[name: string, labels: ClassifyRequest['labels'], other: ClassifyRequest['other']]>([
	['no label', [], undefined],
	['a label without a name', [' '], undefined],
	['a label twice', ['a', 'b', 'a'], undefined],
	['a label twice, in another case', ['Spam', 'spam'], undefined],
	['a label that is the other one', ['a', 'other'], true],
	['an other one without a name', ['a'], ''],
])('%s is refused before a request', async (_name, given, other) => {
	const { client, bodies } = await openGateway();
	const error = await failure(classify(client, { text, labels: given, other }));
	expect(error).toMatchObject({
		kind: 'badConfig',
		message: expect.stringMatching(/label|other/i),
	});
	expect(bodies()).toEqual([]);
});

test('names of prototypes are labels like others', async () => {
	const { result } = await classified(
		{ label: '__proto__', quote: 'broken' },
		{ labels: ['__proto__', 'constructor'], evidence: true },
	).catch((error: unknown) => ({ result: error }));
	expect(result).toMatchObject({ label: '__proto__' });
});
