import { b, D2020, draft, i, list, n, need, obj, one, s, type SchemaRow } from './trackerPieces';

/** Words of other drafts and of OpenAPI. */
const drafts: SchemaRow[] = [
	[
		'Dokploy: a boolean exclusiveMinimum',
		{ ...D2020, ...one({ ...i, exclusiveMinimum: true, minimum: 0 }) },
		[{ a: 1 }],
		[{ a: 0 }],
	],
	[
		'draft-04: a boolean exclusiveMaximum',
		{ ...draft('draft-04'), ...one({ ...n, exclusiveMaximum: true, maximum: 5 }) },
		[{ a: 4.5 }],
		[{ a: 5 }],
	],
	[
		'draft-04: false says nothing',
		{ ...draft('draft-04'), ...one({ ...n, exclusiveMaximum: false, maximum: 5 }) },
		[{ a: 5 }],
		[{ a: 6 }],
	],
	[
		'HyperDX: a tuple in items',
		one({ type: 'array', items: [s, n], additionalItems: false }),
		[{ a: ['x', 1] }],
		[{ a: ['x', 1, 2] }, { a: ['x', {}] }],
	],
	[
		'a tuple of draft-07 with a rest',
		one({ type: 'array', items: [s], additionalItems: n, minItems: 1 }),
		[{ a: ['x', 1, 2] }],
		[{ a: [] }, { a: ['x', {}] }],
	],
	[
		'two points',
		one({ type: 'array', items: [n, n], minItems: 2, maxItems: 2 }),
		[{ a: [1, 2] }],
		[{ a: [1] }, { a: [1, 2, 3] }],
	],
	[
		'dependencies',
		obj({ lat: n, lng: n }, { dependencies: { lat: ['lng'] } }),
		[{ lat: 1, lng: 2 }, { lng: 1 }],
		[{ lat: 1 }],
	],
	[
		'a schema in dependencies',
		obj({ card: s, cvc: s }, { dependencies: { card: need('cvc') } }),
		[{ card: 'x', cvc: 'y' }],
		[{ card: 'x' }],
	],
	[
		'FastAPI: nullable and example',
		one({ ...s, nullable: true, example: 'x', readOnly: false, 'x-order': 1 }),
		[{ a: null }, { a: 'x' }],
		[{ a: {} }],
	],
	[
		'fastapi-mcp: anyOf with null and a type',
		one({ anyOf: [{ ...s, maxLength: 3 }, { type: 'null' }], title: 'A' }),
		[{ a: 'abc' }, { a: null }],
		[{ a: 'abcd' }],
	],
	[
		'DataForSEO: a list of types',
		one({ type: ['string', 'null'] }),
		[{ a: null }, { a: 'x' }],
		[{ a: {} }],
	],
	[
		'Go: null everywhere',
		{
			type: 'object',
			properties: { a: { type: 'string', enum: null, items: null } },
			required: null,
			additionalProperties: false,
			$defs: null,
		},
		[{ a: 'x' }, {}],
		[{ b: 1 }],
	],
	[
		'gsuite: required: false on a property',
		obj({ query: { ...s, required: false }, max: { ...i, required: true } }),
		[{ max: 1 }],
		[{ query: 'x' }],
	],
	['AJ-MCP: the schema is empty', {}, [{}], []],
	[
		'openclaw: a pattern of any name',
		one({ type: 'object', patternProperties: { '^(.*)$': {} } }),
		[{ a: { x: 1 } }],
		[{ a: 1 }],
	],
	[
		'a pattern with lookaround',
		one({ ...s, pattern: '^(?!\\.)[\\w.+-]+@\\w+\\.\\w+$' }),
		[{ a: 'a@b.c' }],
		[{ a: '.a@b.c' }],
	],
	['Rust: format uint', one({ ...i, format: 'uint', minimum: 0 }), [{ a: 3 }], [{ a: -1 }]],
	[
		'OpenAPI: int32 and float',
		obj({ a: { ...i, format: 'int32' }, b: { ...n, format: 'float' } }),
		[{ a: 1, b: 1.5 }],
		[{ a: 1.5 }],
	],
	['evcc: an enum of integers', one({ ...i, enum: [0, 1, 3], example: 3 }), [{ a: 3 }], [{ a: 2 }]],
	[
		'MongoDB: a text of enum numbers',
		one({ enum: [256, 512, '1024'] }),
		[{ a: 512 }, { a: '1024' }],
		[{ a: 7 }],
	],
	[
		'HyperDX: quantiles',
		obj({ level: { type: 'number', enum: [0.5, 0.9, 0.95] } }),
		[{ level: 0.95 }, {}],
		[{ level: 0.7 }],
	],
	[
		'an enum of several types',
		one({ enum: ['auto', 1, null, true] }),
		[{ a: null }, { a: true }, { a: 'auto' }],
		[{ a: 'x' }],
	],
	[
		'opencode: true as a property',
		obj({ raw_input: true, a: s }, need('a')),
		[{ raw_input: [1], a: 'x' }],
		[{ raw_input: 1 }],
	],
	['false as a property', obj({ old: false, a: s }), [{ a: 'x' }], [{ old: 1 }]],
	['a default of another type', one({ ...i, default: 'ten' }), [{ a: 1 }], [{ a: {} }]],
	[
		'PagerDuty: default null',
		{
			$defs: {
				Query: obj({
					query: { ...s, default: null },
					team_ids: { type: 'array', default: null },
					limit: { ...i, default: 20 },
				}),
			},
			...obj({ query_model: { $ref: '#/$defs/Query' } }, need('query_model')),
		},
		[{ query_model: { team_ids: ['a', 1], limit: 3 } }],
		[{}, { query_model: { limit: {} } }],
	],
	[
		'Swagger 2: file and collectionFormat',
		obj({ tags: { ...list(), collectionFormat: 'csv' } }),
		[{ tags: ['a'] }],
		[{ tags: [{}] }],
	],
	[
		'draft-03: divisibleBy',
		{ ...draft('draft-03'), ...obj({ a: { ...i, divisibleBy: 5 } }) },
		[{ a: 10 }],
		[{ a: 3 }],
	],
	[
		'contains',
		one({ ...list(), contains: { const: 'x' }, minContains: 1 }),
		[{ a: ['y', 'x'] }],
		[{ a: ['y'] }],
	],
	[
		'propertyNames',
		one({ type: 'object', propertyNames: { pattern: '^[a-z]+$' }, additionalProperties: n }),
		[{ a: { x: 1 } }],
		[{ a: { X: 1 } }, { a: { x: {} } }],
	],
];

/** Lists and objects whose inside nobody describes, and definitions. */
const insides: SchemaRow[] = [
	[
		'ruflo: an array without items',
		obj({ trajectoryIds: { type: 'array', description: 'Ids' } }),
		[{ trajectoryIds: [1, 'x', {}] }],
		[{ trajectoryIds: { b: 1 } }],
	],
	[
		'WordPress: an array among choices',
		one({ anyOf: [s, n, b, { type: 'array' }] }),
		[{ a: [1] }, { a: true }],
		[{ a: { b: 1 } }],
	],
	[
		'mark3labs: texts without items',
		obj({ texts: { type: 'array' } }, need('texts')),
		[{ texts: ['x'] }],
		[{}],
	],
	[
		'obsidian: additionalProperties {}',
		{ type: 'object', additionalProperties: {} },
		[{}, { any: 1 }],
		[],
	],
	[
		'Letta: additionalProperties of a schema',
		{ type: 'object', additionalProperties: list(n) },
		[{ any: [1] }],
		[{ any: ['x'] }],
	],
	['xiaohongshu: type alone', { type: 'object' }, [{}], []],
	['no parameters, closed', obj({}, { additionalProperties: false }), [{}], [{ a: 1 }]],
	[
		'Webflow: recursion in a list',
		{
			...obj({ root: { $ref: '#/definitions/Component' } }, need('root')),
			definitions: {
				Component: obj({ name: s, slots: list({ $ref: '#/definitions/Component' }) }, need('name')),
			},
		},
		[{ root: { name: 'a', slots: [{ name: 'b' }] } }],
		[{ root: { name: 'a', slots: [{}] } }],
	],
	[
		'a tree that refers to its root',
		{ ...obj({ name: s, kids: list({ $ref: '#' }) }, need('name')) },
		[{ name: 'a', kids: [{ name: 'b', kids: [] }] }],
		[{ name: 'a', kids: [{ kids: [] }] }],
	],
	[
		'Pydantic: a model in $defs',
		{
			...obj(
				{ order_cond: { $ref: '#/$defs/OrderCond', description: 'Of it' } },
				need('order_cond'),
			),
			$defs: { OrderCond: obj({ id: i, orderSn: s }, need('id')) },
		},
		[{ order_cond: { id: 1, orderSn: 'x' } }],
		[{ order_cond: { orderSn: 'x' } }],
	],
	[
		'FilterType behind a reference',
		{
			...obj({ f: { $ref: '#/$defs/FilterType' } }, { ...need('f'), additionalProperties: false }),
			$defs: { FilterType: { ...s, enum: ['fit', 'raw'] } },
		},
		[{ f: 'fit' }],
		[{ f: 'x' }, { f: 'fit', g: 1 }],
	],
	[
		'names of generics',
		{
			...one({ $ref: '#/$defs/Page%3CUser%3E' }),
			$defs: {
				'Page<User>': obj({ items: list({ $ref: '#/$defs/User' }) }),
				User: obj({ 'e mail': s }, need('e mail')),
			},
		},
		[{ a: { items: [{ 'e mail': 'x' }] } }],
		[{ a: { items: [{}] } }],
	],
	[
		'OpenAPI: components',
		{
			...one({ $ref: '#/components/schemas/Pet' }),
			components: { schemas: { Pet: obj({ tag: s }, need('tag')) } },
		},
		[{ a: { tag: 'x' } }],
		[{ a: {} }],
	],
	[
		'a reference through another',
		{
			...one({ $ref: '#/$defs/B' }),
			$defs: { A: { ...s, minLength: 2 }, B: { $ref: '#/$defs/A' } },
		},
		[{ a: 'xy' }],
		[{ a: 'x' }],
	],
	[
		'a reference by $id',
		{ ...one({ $ref: 'https://x.y/item' }), $defs: { item: { $id: 'https://x.y/item', ...i } } },
		[{ a: 1 }],
		[{ a: 'x' }],
	],
	[
		'an anchor',
		{ ...one({ $ref: '#there' }), $defs: { t: { $anchor: 'there', ...b } } },
		[{ a: true }],
		[{ a: {} }],
	],
	[
		'Zapier: a record of anything',
		{
			...obj(
				{
					action: s,
					params: { type: 'object', additionalProperties: { $ref: '#/definitions/__schema0' } },
				},
				need('action'),
			),
			definitions: {
				__schema0: {
					anyOf: [
						s,
						n,
						b,
						{ type: 'null' },
						list({ $ref: '#/definitions/__schema0' }),
						{ type: 'object', additionalProperties: { $ref: '#/definitions/__schema0' } },
					],
				},
			},
		},
		[{ action: 'x', params: { deep: [{ b: [1, null] }] } }],
		[{ params: {} }],
	],
	[
		'a map of records with names of their own',
		one({ type: 'object', additionalProperties: obj({ 'unit price': n }, need('unit price')) }),
		[{ a: { apple: { 'unit price': 1 } } }],
		[{ a: { apple: {} } }],
	],
	[
		'names behind a pattern',
		one({
			type: 'object',
			patternProperties: { '^item ': obj({ 'a b': n }, need('a b')) },
			additionalProperties: false,
		}),
		[{ a: { 'item 1': { 'a b': 1 } } }],
		[{ a: { other: {} } }, { a: { 'item 1': {} } }],
	],
	[
		'choices with names of their own',
		one({ anyOf: [obj({ 'by id': i }, need('by id')), obj({ 'by name': s }, need('by name'))] }),
		[{ a: { 'by id': 1 } }, { a: { 'by name': 'x' } }],
		[{ a: { by: 1 } }],
	],
	[
		'one choice in a choice',
		one({ anyOf: [{ oneOf: [{ const: 1 }, { const: 2 }] }, { const: 'x' }] }),
		[{ a: 2 }, { a: 'x' }],
		[{ a: 3 }],
	],
	[
		'a name in dependentRequired',
		obj(
			{ 'credit card': s, 'billing address': s },
			{ dependentRequired: { 'credit card': ['billing address'] } },
		),
		[{ 'credit card': 'x', 'billing address': 'y' }, {}],
		[{ 'credit card': 'x' }],
	],
	[
		'a name in dependentSchemas',
		obj({ 'a b': s, c: n }, { dependentSchemas: { 'a b': need('c') } }),
		[{ 'a b': 'x', c: 1 }],
		[{ 'a b': 'x' }],
	],
	[
		'lists of lists with names',
		one(list(list(obj({ '#': i }, need('#'))))),
		[{ a: [[{ '#': 1 }], []] }],
		[{ a: [[{}]] }],
	],
	[
		'a tuple with names',
		one({ type: 'array', prefixItems: [obj({ 'x y': n }, need('x y')), s] }),
		[{ a: [{ 'x y': 1 }, 'z'] }],
		[{ a: [{}, 'z'] }],
	],
	[
		'Rootly: ids of a rule',
		obj({
			rules: list(
				obj(
					{ urgency_ids: { type: 'array', description: 'x' }, kind: { const: 'urgency' } },
					need('kind'),
				),
			),
		}),
		[{ rules: [{ kind: 'urgency', urgency_ids: ['a'] }] }],
		[{ rules: [{ urgency_ids: [] }] }],
	],
	[
		'Homebridge: a list of one enum',
		one(list({ enum: ['on', 'off'] }), { minProperties: 1 }),
		[{ a: ['on'] }],
		[{ a: ['x'] }],
	],
	['uniqueItems', one({ ...list(i), uniqueItems: true }), [{ a: [1, 2] }], [{ a: [1, 1] }]],
	['multipleOf', one({ ...n, multipleOf: 0.01 }), [{ a: 1.25 }], [{ a: 1.255 }]],
	[
		'the length of a map',
		one({ type: 'object', minProperties: 1, maxProperties: 2 }),
		[{ a: { x: 1 } }],
		[{ a: {} }, { a: { x: 1, y: 2, z: 3 } }],
	],
	[
		'a date and an address',
		obj({ at: { ...s, format: 'date-time' }, mail: { ...s, format: 'email' } }),
		[{ at: '2026-01-02T03:04:05Z', mail: 'a@b.de' }],
		[{ mail: 'nobody' }],
	],
	[
		'a description that is a list',
		one({ ...s, description: ['a', 'b'] }),
		[{ a: 'x' }],
		[{ a: {} }],
	],
	[
		'annotations of MCP beside it',
		{ ...one(s), annotations: { readOnlyHint: true }, title: 'T' },
		[{ a: 'x' }],
		[{}],
	],
	['examples as a text', one({ ...s, examples: 'x' }), [{ a: 'x' }], [{ a: {} }]],
	[
		'ids that are not addresses',
		{ ...one({ $id: '#/properties/a', ...s }), $id: 'http://example.com/example.json' },
		[{ a: 'x' }],
		[{ a: {} }],
	],
	[
		'$comment and $vocabulary',
		{
			...D2020,
			$comment: 'c',
			$vocabulary: { 'https://x.y': true },
			...one({ ...s, $comment: 'd' }),
		},
		[{ a: 'x' }],
		[{}],
	],
	['half a character in a choice', one({ enum: ['a\ud800', 'b'] }), [{ a: 'b' }], [{ a: 'c' }]],
	[
		'a choice of objects',
		one({ enum: [{ k: 1 }, { k: 2 }] }),
		[{ a: { k: 2 } }],
		[{ a: { k: 3 } }],
	],
	['const of a list', one({ const: [1, 'x'] }), [{ a: [1, 'x'] }], [{ a: [1] }]],
	['not of a type', one({ not: { type: 'string' } }), [{ a: 1 }, { a: null }], []],
];

export const moreTrackerSchemas: SchemaRow[] = [...drafts, ...insides];
