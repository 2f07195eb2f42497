import { createClient, streamExtract } from '../../core';
import { list, row } from './row';

/** Entries that arrive one by one, of which each is looked for in the whole text. */

const ROWS = 300;
const FILLER = 'The goods came on 12 May 2026, all 17 of them, in a good state. ';

const chunk = (delta: object, finish: string | null = null) =>
	`data: ${JSON.stringify({
		...{ id: 'a', model: 'anthropic/claude-sonnet-4-6' },
		choices: [{ index: 0, delta, finish_reason: finish }],
	})}\n\n`;

function streamed(answer: string): Response {
	const size = Math.ceil(answer.length / ROWS);
	const pieces = list(ROWS, (at) => chunk({ content: answer.slice(at * size, (at + 1) * size) }));
	const encoder = new TextEncoder();
	async function* events() {
		for (const piece of [...pieces, chunk({}, 'stop'), 'data: [DONE]\n\n']) {
			await new Promise((resolve) => setTimeout(resolve, 0));
			yield encoder.encode(piece);
		}
	}
	const headers = { 'content-type': 'text/event-stream' };
	return new Response(ReadableStream.from(events()), { headers });
}

const stream = row(
	'a stream of entries with evidence',
	(n) => {
		const rows = list(ROWS, (at) => ({ id: `A-${at}`, price: at + 0.25 }));
		const filler = FILLER.repeat(n / ROWS / FILLER.length);
		return { rows, text: rows.map(({ id, price }) => `${id} ${price} ${filler}`).join('\n') };
	},
	async ({ rows, text }) => {
		const fetch = async () => streamed(JSON.stringify({ rows }));
		const client = createClient({ apiKey: 'th-demo-key', fetch });
		const entry = { type: 'object', properties: { id: { type: 'string' } } };
		const schema = {
			type: 'object',
			properties: { rows: { type: 'array', items: entry } },
			required: ['rows'],
		};
		let told = 0;
		const asked = { text, schema, evidence: true, mode: 'json' as const };
		for await (const event of streamExtract(client, asked)) told += Number(event.type === 'record');
		if (told !== ROWS) throw new Error(`${told} of ${ROWS} entries`);
	},
);

export const streamRows = [stream];
