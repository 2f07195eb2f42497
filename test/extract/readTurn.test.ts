import { extract } from '../../core';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const row = {
	type: 'object',
	properties: { id: { type: 'integer' }, n: { type: 'integer' } },
	required: ['id'],
};
const schema = {
	type: 'object',
	properties: { rows: { type: 'array', items: row }, title: { type: ['string', 'null'] } },
	required: ['rows'],
};
const rows = (...ids: number[]) => ({ rows: ids.map((id) => ({ id })) });
const calls = (...given: Array<object | string>) => ({
	toolCalls: given.map((value) => ({ name: 'save_extraction', arguments: value })),
});

async function read(reply: object, request: object = {}) {
	const { client } = await openGateway([reply]);
	return await extract(client, { text: 'rows 1, 2 and 3', schema, maxRepairs: 0, ...request });
}

test.each<[name: string, reply: object, output: object, warning: RegExp]>([
	['lists that share nothing', calls(rows(1), rows(2)), rows(1, 2), /severalCalls: 2.*joined/],
	['three calls', calls(rows(1), rows(2), rows(3)), rows(1, 2, 3), /severalCalls: 3.*joined/],
	['the very same call twice', calls(rows(1), rows(1)), rows(1), /2 tool calls, all the same/],
	['a call three times', calls(rows(1), rows(1), rows(1)), rows(1), /3 tool calls, all the same/],
	[
		'the same value written twice',
		calls('{"rows":[{"id":1}]}', '{ "rows": [{ "id": 1 }] }'),
		rows(1),
		/severalCalls: .*taken once/,
	],
	[
		'the same row with its keys in another order',
		calls('{"rows":[{"id":1,"n":2}]}', '{"rows":[{"n":2,"id":1}]}'),
		{ rows: [{ id: 1, n: 2 }] },
		/severalCalls: .*taken once/,
	],
	['an empty call beside one', calls({}, rows(1)), rows(1), /^$/],
	[
		'a title that one call has',
		calls({ ...rows(1), title: 'T' }, { ...rows(2), title: null }),
		{ ...rows(1, 2), title: 'T' },
		/joined/,
	],
	[
		'a correction that the call has heard',
		{ ...calls(rows(2)), text: 'Correction:\n{"rows":[{"id":2}]}' },
		rows(2),
		/^$/,
	],
	[
		'second thoughts before a call',
		{ ...calls(rows(1)), text: '<think>\nWait, the id is 1.\n</think>' },
		rows(1),
		/^$/,
	],
	...[
		...['{"id":1}', '{"rows":[]}', '{"rows":[{"id":1}]}', '{"note":"a"}', '{"title":null}'],
		...['I save the rows of this example invoice.', '| id | n |\n|---|---|\n| 1 | |'],
	].map((text): [string, object, object, RegExp] => [
		`${text} beside a call that has it`,
		{ ...calls(rows(1)), text },
		rows(1),
		/^(?:prose)?$|otherCandidates/,
	]),
	[
		'a call that is not valid beside JSON that is',
		{ ...calls({ rows: 1 }), text: '{"rows":[{"id":2}]}' },
		rows(2),
		/otherCandidates: a tool call/,
	],
])('%s', async (_name, reply, output, warning) => {
	const result = await read(reply);
	expect(result.output).toEqual(output);
	expect(result.warnings.join('\n')).toMatch(warning);
});

test.each<[name: string, reply: object, failures: object[]]>([
	[
		'rows of one name that differ',
		calls({ rows: [{ id: 1, n: 1 }] }, { rows: [{ id: 1, n: 2 }] }),
		[{ path: '/rows' }],
	],
	[
		'another tool with more beside ours',
		{ toolCalls: [...calls(rows(1)).toolCalls, { name: 'add_rows', arguments: rows(2) }] },
		[{ path: '' }],
	],
	['lists that share a row', calls(rows(1, 2), rows(2, 3)), [{ path: '/rows' }]],
	[
		'lists that share a row, its keys in another order',
		calls('{"rows":[{"id":1,"n":2}]}', '{"rows":[{"n":2,"id":1},{"id":3}]}'),
		[{ path: '/rows' }],
	],
	['a draft and more', calls(rows(1), rows(1, 2)), [{ path: '/rows' }]],
	[
		'titles that differ',
		calls({ ...rows(1), title: 'A' }, { ...rows(2), title: 'B' }),
		[{ path: '/title' }],
	],
	[
		'one call that is not valid',
		calls(rows(1), '{"rows":[{"id":"x"}]}'),
		[{}, { path: '/rows/0/id' }],
	],
	...[
		...['{"id":2}', '{"rows":[{"id":2}]}', '[{"id":2}]', '{"id":2}\n{"id":3}'],
		...['Also:\n```json\n{"id":2,"n":3}\n```', '{"title":"T"}', '{"Title":"T"}'],
		...['| id | n |\n|---|---|\n| 2 | 5 |', '- id: 2\n- id: 3', '{"rows":[{"id":1,"n":2}]}'],
		...['{"rows":[{"id":1},{"id":3}]}'],
	].map((text): [string, object, object[]] => [
		`${text} beside a call without it`,
		{ ...calls(rows(1)), text },
		[{ path: '' }],
	]),
	...[
		...[
			'Correction: the id is 2.',
			'Saved.\nWait, the id is 2.',
			'Korrektur: id ist 2.',
			'更正：2',
		],
		...['The id should be 2.', 'The ids are placeholders.', 'This is only an example.'],
		'The document is empty, so I filled in example values.',
		...['Saved. Sorry, I meant 2.', 'No id was given, so I used 1.', 'Sie ist 2, nicht 1.'],
		...['La vraie est 2 au lieu de 1.', 'Supongo 1.', '1ではなく2です。', '1이 아니라 2입니다.'],
	].flatMap((text): Array<[string, object, object[]]> => [
		[`a call beside "${text}"`, { ...calls(rows(1)), text }, [{ path: '' }]],
		[`two calls beside "${text}"`, { ...calls(rows(1), rows(3)), text }, [{ path: '' }]],
	]),
	['one call that is broken', calls(rows(1), '{"rows":[{"id":'), [{}, { code: 'noJson' }]],
])('%s are asked for again', async (_name, reply, failures) => {
	const error = await failure(read(reply));
	const [first, ...rest] = failures;
	expect(error.details.failures).toMatchObject([{ ...first, code: 'severalAnswers' }, ...rest]);
});

test.each<[name: string, arguments_: object]>([
	['lookup', rows(1)],
	['save_extraction_draft', rows(1)],
	['extract', { name: 'save_extraction', arguments: rows(1) }],
])('a call of %s, which was not offered, is not a value', async (name, given) => {
	const error = await failure(read({ toolCalls: [{ name, arguments: given }] }));
	expect(error.details.failures).toMatchObject([{ code: 'call' }]);
	const other = { toolCalls: [...calls(rows(1)).toolCalls, { name, arguments: rows(1) }] };
	const result = await read(other);
	expect(result.output).toEqual(rows(1));
	expect(result.warnings.join()).toMatch(/which is not a tool here/);
});

test.each(['functions.save_extraction', 'saveExtraction', 'default_api:save_extraction'])(
	'%s is our tool',
	async (name) => {
		const result = await read({ toolCalls: [{ name, arguments: rows(1) }] });
		expect(result).toMatchObject({ output: rows(1), warnings: [] });
	},
);

test('joined lists are checked as a whole', async () => {
	const short = { ...schema, properties: { rows: { type: 'array', items: row, maxItems: 1 } } };
	const error = await failure(read(calls(rows(1), rows(2)), { schema: short }));
	expect(error.details.failures).toMatchObject([{ code: 'severalAnswers' }, { code: 'maxItems' }]);
});

test('what was wrong is said to every call of the turn', async () => {
	const { client, bodies } = await openGateway([calls(rows(1, 2), rows(2, 3)), calls(rows(1))]);
	const result = await extract(client, { text: 'rows', schema });
	expect(result).toMatchObject({ output: rows(1), stage: 'repair' });
	const history = JSON.stringify(bodies()[1]?.messages);
	expect(history.match(/give one, with everything in it/g)).toHaveLength(2);
});
