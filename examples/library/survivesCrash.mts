import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, defineTool, runToolLoop, type ResumeState } from 'n8n-nodes-tokenhub';
import { z } from 'zod';

const client = createClient({
	apiKey: process.env.TOKENHUB_API_KEY ?? '',
	baseUrl: process.env.TOKENHUB_BASE_URL,
});

const findOrder = defineTool({
	name: 'find_order',
	description: 'Finds an order by its number',
	parameters: z.object({ orderId: z.string().describe('such as A-1042') }),
	// It only reads, so it may run again when nobody knows whether it ran.
	idempotent: true,
	execute: ({ orderId }) => ({ orderId, status: 'shipped' }),
});

const file = join(tmpdir(), `loop-${process.pid}.json`);

// Written to a second file, then renamed, so the file is never half written.
function keep(state: ResumeState) {
	writeFileSync(`${file}.new`, JSON.stringify(state));
	renameSync(`${file}.new`, file);
}

async function run(onCheckpoint: (state: ResumeState) => void) {
	const asked = existsSync(file)
		? { resume: JSON.parse(readFileSync(file, 'utf8')) }
		: { prompt: 'Where is my order A-1042?' };
	return await runToolLoop(client, { ...asked, tools: [findOrder] }, { onCheckpoint });
}

// The first run dies when the tool starts …
try {
	await run((state) => {
		keep(state);
		if (state.unfinished) throw new Error('the power is out');
	});
} catch (error) {
	console.log(String(error));
}

// … and the second one continues: the first request is not paid for again.
const { output, requests } = await run(keep);
console.log(output);
console.log(`${requests} requests in total`);
