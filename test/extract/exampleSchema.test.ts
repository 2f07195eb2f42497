import { schemaFromExamples } from '../../core/extract/exampleSchema';

const valuesOf = (...values: unknown[]) => values.map((value) => ({ a: value }));
const schemaOfA = (...values: unknown[]) => {
	const { properties } = schemaFromExamples(valuesOf(...values));
	return JSON.parse(JSON.stringify(properties)).a;
};

test('examples become a schema', () => {
	const examples = [
		{ a: 1, d: '2026-11-17', tags: ['x'], rows: [{ x: 1 }, { x: 2, y: 'b' }] },
		{ a: null, d: '2026-11-18', tags: [], more: true, rows: [] },
	];
	expect(schemaFromExamples(examples)).toEqual({
		type: 'object',
		properties: {
			a: { type: ['number', 'null'] },
			d: { type: 'string', format: 'date' },
			tags: { type: 'array', items: { type: 'string' } },
			more: { type: 'boolean' },
			rows: {
				type: 'array',
				items: {
					type: 'object',
					properties: { x: { type: 'number' }, y: { type: 'string' } },
					required: ['x'],
				},
			},
		},
		required: ['a', 'd', 'tags', 'rows'],
	});
});

test.each<[name: string, values: unknown[], schema: object]>([
	[
		'texts that all come back are choices',
		['x', 'y', 'x', 'y'],
		{ type: 'string', enum: ['x', 'y'] },
	],
	['a text that stands alone makes none', ['x', 'y', 'x', 'y', 'z'], { type: 'string' }],
	['three texts are too few', ['x', 'x', 'y'], { type: 'string' }],
	['one text is no choice', ['x', 'x', 'x', 'x'], { type: 'string' }],
	[
		'choices may be null',
		['x', 'y', 'x', 'y', null],
		{ type: ['string', 'null'], enum: ['x', 'y', null] },
	],
	['dates are dates, however often they come', Array(4).fill('2026-01-01'), dates()],
	['several plain types', [1, 'x'], { type: ['number', 'string'] }],
	['several plain types and null', [1, true, null], { type: ['number', 'boolean', 'null'] }],
	['a list or a text may be anything', [[1], 'x'], {}],
	['only null may be anything', [null], {}],
])('%s', (_name, values, schema) => {
	expect(schemaOfA(...values)).toEqual(schema);
});

function dates() {
	return { type: 'string', format: 'date' };
}

test.each([[[{}]], [[]], [[null]]])('%j says nothing', (examples) => {
	expect(() => schemaFromExamples(examples)).toThrow(/empty/);
});
