import { uniqueIds } from '../../core/chat/toolCalls';
import { collectChunks } from '../../core/wire/collectChunks';
import { repairConversation } from '../../core/chat/repair/repairConversation';
import { imageProblem, dataUriHead } from '../../core/chat/images';
import type { Message } from '../../core/chat/messages';
import { serverSentEvents } from '../../core/wire/serverSentEvents';
import { readChunk } from '../../core/wire/completion';
import { toolContent } from '../../core/toolLoop/toolContent';
import { plainExpression } from '../../nodes/shared/item/itemReader';
import { list, record, row, type Row } from './row';

/** Bytes that come in pieces of this length. */
async function* pieces(text: string, length: number): AsyncGenerator<Uint8Array> {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const streams = (name: string, length: number, make: (n: number) => string): Row =>
	row(
		`events: ${name}`,
		(n) => pieces(make(n), length),
		async (bytes) => {
			const collector = collectChunks();
			for await (const values of serverSentEvents(bytes)) {
				for (const value of values) collector.add(readChunk(value));
			}
			return collector.completion();
		},
	);
const event = (delta: object) => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;

const eventRows = [
	streams('one line in small pieces', 7, (n) => event({ content: 'x'.repeat(n) })),
	streams('tiny ones in one piece', 1e9, (n) => 'data: {}\n\n'.repeat(n / 10)),
	streams(
		'an event of many lines',
		100,
		(n) => `data: {"choices":\n${'data: \n'.repeat(n / 7)}data: []}\n\n`,
	),
	streams('comments', 100, (n) => ': ping\n\n'.repeat(n / 8)),
	streams('one comment without end', 10, (n) => `: ${'ping'.repeat(n / 4)}`),
	streams('a call in small fragments', 1_000, (n) =>
		list(n / 80, () => event({ tool_calls: [{ index: 0, function: { arguments: 'x' } }] })).join(
			'',
		),
	),
	streams('calls that interleave', 1_000, (n) =>
		list(n / 80, (i) =>
			event({ tool_calls: [{ index: (i * 7_919) % 9_999, id: `c${(i * 7_919) % 9_999}` }] }),
		).join(''),
	),
	streams('calls told apart by id', 1_000, (n) =>
		list(n / 80, (i) =>
			event({ tool_calls: [{ id: `c${i % 9_999}`, function: { arguments: 'x' } }] }),
		).join(''),
	),
];

const user: Message = { role: 'user', content: 'a' };
const call = (id: string) => ({
	id,
	type: 'function' as const,
	function: { name: 'f', arguments: '{}' },
});
const turn = (ids: string[]): Message => ({
	role: 'assistant',
	content: null,
	tool_calls: ids.map(call),
});
const answer = (tool_call_id: string): Message => ({ role: 'tool', tool_call_id, content: 'x' });

const repaired = (messages: readonly unknown[]) => repairConversation(messages, { hasTools: true });

const historyRows = [
	row(
		'a turn of many calls',
		(n): Message[] => {
			const ids = list(n / 50, (i) => `c${i}`);
			return [user, turn(ids), ...ids.toReversed().map(answer)];
		},
		repaired,
	),
	row(
		'many turns',
		(n): Message[] => [
			user,
			...list(n / 50, (i) => `c${i}`).flatMap((id) => [turn([id]), answer(id)]),
		],
		repaired,
	),
	row(
		'answers without calls',
		(n): Message[] => [user, ...list(n / 50, (i) => answer(`c${i}`))],
		repaired,
	),
	row(
		'one turn again and again',
		(n): Message[] => [user, ...list(n / 100, () => [turn(['a', 'b']), answer('b')]).flat()],
		repaired,
	),
	row(
		'calls of one id',
		(n) => list(n / 20, () => ({ id: 'a', name: 'f', arguments: '' })),
		(calls) => uniqueIds(calls, new Set()),
	),
];

const uri = (unit: string) => (n: number) => `data:${unit.repeat(n / unit.length)}`;
const resultRows = [
	...['a', ';', ';base64', 'data:', ' ', 'a;'].map((unit) =>
		row(`a data URI of ${JSON.stringify(unit)}`, uri(unit), (url) => [
			imageProblem(url),
			dataUriHead(url),
		]),
	),
	row(
		'rows as a tool result',
		(n) => list(n / 10, (i) => ({ i })),
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'blocks as a tool result',
		(n) => list(n / 30, () => ({ type: 'text', text: 'a' })),
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'blocks that end as rows',
		(n) => [...list(n / 30, () => ({ type: 'text', text: 'a' })), 1],
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'blocks as text',
		(n) => `[{"type":"text"${' '.repeat(n)}`,
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'images without a comma',
		(n) =>
			list(10, () => ({
				type: 'image_url',
				image_url: { url: `data:image/png;${'a'.repeat(n / 10)}` },
			})),
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'maps as a tool result',
		(n) => new Map(Object.entries(record(n / 10, () => new Set([1])))),
		(value) => toolContent(value, { limit: 1_000 }),
	),
	row(
		'halves of letters',
		(n) => '\ud800'.repeat(n),
		(value) => toolContent(value, { limit: 1_000 }),
	),
];

const expressionRows = [
	'{{ ',
	'{{ $json',
	'{{ $json.a',
	'.a',
	'["a"]',
	"['a",
	' ',
	'{{ $json.a }} ',
	'}} ',
].map((unit) =>
	row(
		`an expression of ${unit}`,
		(n) => `={{ $json${unit.repeat(n / unit.length)}`,
		plainExpression,
	),
);

export const chatRows = [...eventRows, ...historyRows, ...resultRows, ...expressionRows];
