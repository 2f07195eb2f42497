import { b, i, list, n, need, obj, one, s, draft, type SchemaRow } from './trackerPieces';
import { moreTrackerSchemas } from './moreTrackerSchemas';

/**
 * Schemas of tools after what public trackers say of them: servers that Claude, or a client on the way to
 * it, refused. Each is written from its description, with arguments that it takes and some that it does not.
 */
/** Names of properties that Claude refuses. */
const names: SchemaRow[] = [
	[
		'App Store: filter[bundleId]',
		obj({ 'filter[bundleId]': { anyOf: [s, list()] }, 'exists[parent]': b }),
		[{ 'filter[bundleId]': ['x'] }, { 'exists[parent]': true }],
		[{ 'exists[parent]': 'so' }],
	],
	[
		'Firefly: accounts[]',
		obj({ 'accounts[]': list(i), start: s }, need('start')),
		[{ start: '2026', 'accounts[]': [1] }],
		[{ 'accounts[]': [1] }, { start: '2026', 'accounts[]': ['x'] }],
	],
	[
		'Unusual Whales: rule_name[] beside rule_name',
		obj({ 'rule_name[]': list(), rule_name: s }),
		[{ 'rule_name[]': ['a'], rule_name: 'b' }],
		[{ 'rule_name[]': [{}] }],
	],
	[
		'OneDrive: $top and @microsoft.graph',
		obj({ $top: i, '@microsoft.graph.conflictBehavior': { enum: ['rename', 'fail'] } }),
		[{ $top: 3, '@microsoft.graph.conflictBehavior': 'fail' }],
		[{ '@microsoft.graph.conflictBehavior': 'no' }],
	],
	[
		'OData: $filter, filter',
		obj({ $filter: s, filter: s, $orderby: list() }, need('$filter')),
		[{ $filter: 'a', filter: 'b' }],
		[{ filter: 'b' }],
	],
	[
		'Bank statements: Account Number',
		obj(
			{
				'Account Number': s,
				'Statement Period': obj({ 'Start Date': s, 'End Date': s }, need('Start Date')),
			},
			need('Account Number'),
		),
		[{ 'Account Number': '1', 'Statement Period': { 'Start Date': 'x' } }],
		[{ 'Account Number': '1', 'Statement Period': { 'End Date': 'x' } }, {}],
	],
	[
		'Composio: keys of 80 letters',
		obj({ [`body_${'x'.repeat(76)}`]: s, [`body_${'x'.repeat(77)}`]: n }),
		[{ [`body_${'x'.repeat(76)}`]: 'a', [`body_${'x'.repeat(77)}`]: 1 }],
		[{ [`body_${'x'.repeat(77)}`]: 'a' }],
	],
	[
		'Twilio: PathParam with a colon',
		obj({ 'account:sid': s, 'account.sid': s }),
		[{ 'account:sid': 'a', 'account.sid': 'b' }],
		[{ 'account:sid': {} }],
	],
	[
		'Airtable: names of columns',
		obj({ fields: obj({ 'Größe (cm)': n, 'E-Mail': s, 名前: s }, need('名前')) }, need('fields')),
		[{ fields: { 'Größe (cm)': 3, 名前: 'x' } }],
		[{ fields: { 'Größe (cm)': 'x', 名前: 'x' } }, { fields: {} }],
	],
	[
		'JSON-LD: @id in a list',
		one(list(obj({ '@id': s, '@type': s }, need('@id')))),
		[{ a: [{ '@id': 'x' }] }],
		[{ a: [{ '@type': 'x' }] }],
	],
	[
		'HTTP: headers by name',
		obj(
			{ 'X-Api-Key': s, 'content type': s },
			{ ...need('content type'), additionalProperties: false },
		),
		[{ 'content type': 'a' }],
		[{ 'X-Api-Key': 'b' }, { 'content type': 'a', other: 1 }],
	],
	[
		'slashes and tildes',
		obj({ 'a/b': s, 'a~b': n, 'a%b': b }),
		[{ 'a/b': 'x', 'a~b': 1, 'a%b': true }],
		[{ 'a~b': 'x' }],
	],
	['an empty name', obj({ '': s, ' ': n }), [{ '': 'x', ' ': 1 }], [{ ' ': {} }]],
	[
		'names of the language',
		obj({ constructor: s, toString: n, hasOwnProperty: b }),
		[{ constructor: 'a', toString: 1 }],
		[{ toString: {} }],
	],
	[
		'dots stay',
		obj({ 'user.name': s }, need('user.name')),
		[{ 'user.name': 'x' }],
		[{ user: { name: 'x' } }],
	],
];

/** Choices, conditions and references at the top. */
const tops: SchemaRow[] = [
	[
		'Notion: a choice alone',
		{
			type: 'object',
			anyOf: [
				obj({ content: s }, need('content')),
				obj({ source_url: s }, need('source_url')),
				obj({ source_file_id: s }, need('source_file_id')),
			],
		},
		[{ content: 'x' }, { source_url: 'y' }],
		[{ source: 'x' }, { content: {} }],
	],
	[
		'Gemini: one of two required',
		obj(
			{ prompt: s, imageUrl: s, imageBase64: s },
			{ ...need('prompt'), oneOf: [need('imageUrl'), need('imageBase64')] },
		),
		[{ prompt: 'x', imageUrl: 'y' }],
		[{ prompt: 'x' }, { prompt: 'x', imageUrl: 'y', imageBase64: 'z' }],
	],
	[
		'codebase-memory: required by choice',
		obj(
			{ project: s, paths: list(), scopes: list() },
			{ ...need('project'), anyOf: [need('paths'), need('scopes')] },
		),
		[
			{ project: 'p', paths: [] },
			{ project: 'p', paths: ['a'], scopes: [] },
		],
		[{ project: 'p' }, { paths: ['a'] }],
	],
	[
		'Claude Code: allOf with if',
		obj(
			{ mode: s, size: n },
			{
				...need('mode'),
				allOf: [
					{
						if: { properties: { mode: { const: 'fast' } } },
						then: { properties: { size: { maximum: 10 } } },
						else: { properties: { size: { maximum: 100 } } },
					},
				],
			},
		),
		[
			{ mode: 'fast', size: 9 },
			{ mode: 'slow', size: 90 },
		],
		[{ mode: 'fast', size: 90 }, { size: 1 }],
	],
	[
		'kata: if, then, else at the root',
		obj(
			{ reason: s, evidence: s },
			{
				if: { properties: { reason: { const: 'done' } }, required: ['reason'] },
				then: need('evidence'),
			},
		),
		[{ reason: 'done', evidence: 'x' }, { reason: 'no' }, {}],
		[{ reason: 'done' }],
	],
	[
		'kata: not at the root',
		obj({ mine: b, owner: s }, { not: need('mine', 'owner') }),
		[{ mine: true }, { owner: 'x' }],
		[{ mine: true, owner: 'x' }],
	],
	[
		'GitLab: a discriminator',
		{
			type: 'object',
			oneOf: [
				obj({ kind: { const: 'path' }, full_path: s }, need('kind', 'full_path')),
				obj({ kind: { const: 'id' }, id: i }, need('kind', 'id')),
			],
			discriminator: { propertyName: 'kind' },
		},
		[
			{ kind: 'id', id: 3 },
			{ kind: 'path', full_path: 'x' },
		],
		[{ kind: 'id', full_path: 'x' }],
	],
	[
		'mcpx: actions',
		{
			type: 'object',
			oneOf: [
				obj({ action: { enum: ['list'] } }, { ...need('action'), additionalProperties: false }),
				obj(
					{ action: { enum: ['call'] }, tool: s },
					{ ...need('action', 'tool'), additionalProperties: false },
				),
			],
		},
		[{ action: 'list' }, { action: 'call', tool: 'x' }],
		[{ action: 'list', tool: 'x' }, { action: 'call' }],
	],
	[
		'Cloudflare: allOf of references',
		{
			allOf: [{ $ref: '#/$defs/Account' }, { $ref: '#/$defs/Zone' }],
			$defs: { Account: obj({ account_id: s }, need('account_id')), Zone: obj({ zone: s }) },
		},
		[{ account_id: 'a', zone: 'z' }],
		[{ zone: 'z' }],
	],
	[
		'a reference at the top',
		{ $ref: '#/definitions/Params', definitions: { Params: obj({ q: s }, need('q')) } },
		[{ q: 'x' }],
		[{}],
	],
	[
		'zod-to-json-schema with a name',
		{
			...draft('draft-07'),
			$ref: '#/definitions/tool',
			definitions: { tool: one(n, { additionalProperties: false }) },
		},
		[{ a: 1 }],
		[{ a: 1, b: 2 }, { a: {} }],
	],
	[
		'types of Python',
		{ type: ['object', 'null'], properties: { a: s } },
		[{ a: 'x' }, {}],
		[{ a: {} }],
	],
	['no type', { properties: { a: s }, required: ['a'] }, [{ a: 'x' }], [{}]],
	[
		'an intersection with an open rest',
		{ allOf: [one(s), { additionalProperties: true, properties: { b: n } }] },
		[{ a: 'x', b: 1, c: 2 }],
		[{ a: 'x', b: {} }],
	],
	[
		'unevaluatedProperties',
		{ allOf: [one(s)], properties: { b: n }, unevaluatedProperties: false },
		[{ a: 'x', b: 1 }],
		[{ a: 'x', c: 1 }],
	],
];

export const trackerSchemas: SchemaRow[] = [...names, ...tops, ...moreTrackerSchemas];
