import { extract, streamExtract, type ExtractEvent, type ExtractRequest } from '../../core';
import type { ChatBody, Reply } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

type Script = (body: ChatBody, n: number) => Reply;

const schema = {
	type: 'object',
	properties: {
		title: { type: 'string' },
		rows: {
			type: 'array',
			items: {
				type: 'object',
				properties: { id: { type: 'string' }, total: { type: 'number' } },
				required: ['id', 'total'],
			},
		},
	},
	required: ['rows'],
};
const rows = Array.from({ length: 40 }, (_, n) => ({ id: `R-${n}`, total: n + 0.5 }));
const text = rows.map(({ id, total }) => `${id} costs ${total}.`).join('\n');
const asTool = (value: unknown): Reply => ({
	toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(value) }],
});
const asText = (value: unknown): Reply => ({ text: `Here it is:\n${JSON.stringify(value)}` });

async function eventsOf(script: Script, request: Partial<ExtractRequest> = {}) {
	const { client, bodies } = await openGateway(script);
	const events: ExtractEvent[] = [];
	const given = { text, schema, ...request };
	for await (const event of streamExtract(client, given)) events.push(event);
	return { events, bodies, client, given };
}

/** What a reader has who keeps the last of each path. */
function kept(events: readonly ExtractEvent[]): Map<string, unknown> {
	return new Map(
		events.flatMap((event) => (event.type === 'record' ? [[event.path, event.value]] : [])),
	);
}
const rowsByPath = new Map(rows.map((row, at) => [`/rows/${at}`, row]));

test.each([
	['a tool call', {}, asTool({ title: 'Prices', rows })],
	['JSON mode', { mode: 'json' as const }, asText({ title: 'Prices', rows })],
	['a wrapper', { mode: 'json' as const }, asText({ result: { rows } })],
	['numbers as text', {}, asTool({ rows: rows.map((row) => ({ ...row, total: `${row.total}` })) })],
])(
	'%s: each entry once, most of them before the end, then the result',
	async (_how, more, reply) => {
		const { events, client, given } = await eventsOf(() => reply, more);
		expect(kept(events)).toEqual(rowsByPath);
		const told = events.filter(({ type }) => type === 'record');
		expect(told).toHaveLength(rows.length);
		const firstPartial = events.findIndex(({ type }) => type === 'partial');
		const lastPartial = events.findLastIndex(({ type }) => type === 'partial');
		expect(lastPartial).toBeGreaterThan(firstPartial);
		const last = events.at(-1);
		const { latencyMs: _ms, ...whole } = await extract(client, given);
		expect(last).toMatchObject({ type: 'done', result: whole });
	},
);

test('an entry is told while the answer still comes', async () => {
	const { events, bodies } = await eventsOf(() => asTool({ rows }));
	expect(bodies()[0]).toMatchObject({ stream: true });
	const types = events.map(({ type }) => type);
	expect(types.indexOf('record')).toBeLessThan(types.lastIndexOf('partial'));
});

test('a list as the whole output, and evidence within each entry', async () => {
	const { events } = await eventsOf(() => asTool({ value: rows }), {
		schema: schema.properties.rows,
		evidence: true,
	});
	const [first] = events;
	expect(first).toMatchObject({
		...{ type: 'record', path: '/0', value: rows[0] },
		evidence: { '/id': { quote: 'R-0' }, '/total': { quote: '0.5' } },
	});
	expect(kept(events).size).toBe(rows.length);
});

test('an entry that a repair has changed is told again, and no invalid one is told', async () => {
	const bad = rows.map((row, at) =>
		at === 30 ? { id: row.id } : at === 3 ? { ...row, total: 99 } : row,
	);
	const { events } = await eventsOf((_body, n) => asTool({ rows: n === 0 ? bad : rows }));
	expect(kept(events)).toEqual(rowsByPath);
	const third = events.flatMap((event) =>
		event.type === 'record' && event.path === '/rows/3' ? [event.value] : [],
	);
	expect(third).toEqual([{ ...rows[3], total: 99 }, rows[3]]);
	for (const event of events) {
		if (event.type === 'record') expect(event.value).toHaveProperty('total');
	}
});

test('an answer that is cut and finished, and a text in parts', async () => {
	const cut = JSON.stringify({ rows }).slice(0, 700);
	const whole = cut.split('}').length - 1;
	const { events } = await eventsOf(
		({ messages }) =>
			messages.length === 2
				? { text: cut, finishReason: 'length' }
				: { text: JSON.stringify({ rows: rows.slice(whole) }) },
		{ mode: 'json' },
	);
	expect(kept(events)).toEqual(rowsByPath);
	const parts = await eventsOf(
		({ messages }) => {
			const said = JSON.stringify(messages.at(-1)?.content);
			return asTool({ rows: rows.filter(({ id }) => said.includes(`${id} `)) });
		},
		{ chunk: { size: 300, overlap: 0 } },
	);
	expect(kept(parts.events)).toEqual(rowsByPath);
	expect(parts.events.at(-1)?.type).toBe('done');
});

test('a reader who leaves ends the request, and a failure is that of `extract`', async () => {
	const { client, gateway } = await openGateway(() => asTool({ rows }));
	for await (const event of streamExtract(client, { text, schema })) {
		if (event.type !== 'done') break;
	}
	expect(gateway.requests.length).toBe(1);
	const broken = await openGateway(() => asTool({ nothing: 1 }));
	const reading = (async () => {
		const all: ExtractEvent[] = [];
		for await (const event of streamExtract(broken.client, { text, schema, maxRepairs: 0 }))
			all.push(event);
		return all;
	})();
	expect(await failure(reading)).toMatchObject({ kind: 'schemaMismatch' });
});

describe('a text in parts', () => {
	const chunk = { size: 300, overlap: 100 };
	const ofPart = ({ messages }: ChatBody) => {
		const said = JSON.stringify(messages.at(-1)?.content);
		return asTool({ rows: rows.filter(({ id, total }) => said.includes(`${id} costs ${total}.`)) });
	};

	test('each entry is told once, with the place it keeps', async () => {
		const { events } = await eventsOf(ofPart, { chunk });
		expect(kept(events)).toEqual(rowsByPath);
		expect(events.filter(({ type }) => type === 'record')).toHaveLength(rows.length);
	});

	test('entries of the first parts are told though a later one fails', async () => {
		const { client } = await openGateway((body) =>
			JSON.stringify(body.messages).includes('R-39') ? asTool({ nothing: 1 }) : ofPart(body),
		);
		const told: string[] = [];
		const given = { text, schema, chunk, maxRepairs: 0 };
		const reading = (async () => {
			for await (const event of streamExtract(client, given))
				if (event.type === 'record') told.push(event.path);
		})();
		expect(await failure(reading)).toMatchObject({ kind: 'schemaMismatch' });
		expect(told.length).toBeGreaterThan(10);
		expect(told.slice(0, 3)).toEqual(['/rows/0', '/rows/1', '/rows/2']);
	});
});
