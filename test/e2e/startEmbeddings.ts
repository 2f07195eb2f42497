import { createServer, type Server } from 'node:http';
import { z } from 'zod/v4';
import { listen } from '../support/listen';

const askedSchema = z.object({
	input: z.union([z.string(), z.array(z.string())]),
	encoding_format: z.enum(['float', 'base64']).optional(),
});
const SIZE = 256;

/** An endpoint for embeddings, as OpenAI's: texts that share words are near each other. */
export async function startEmbeddings(): Promise<{ url: string; server: Server }> {
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const { input, encoding_format: format } = askedSchema.parse(JSON.parse(body));
			const data = [input].flat().map((one, index) => ({
				...{ object: 'embedding', index },
				embedding: format === 'base64' ? base64(vectorOf(one)) : vectorOf(one),
			}));
			const usage = { prompt_tokens: 1, total_tokens: 1 };
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ object: 'list', data, model: 'words', usage }));
		});
	});
	return { url: `http://127.0.0.1:${await listen(server)}/v1`, server };
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces).toString('utf8');
}

function vectorOf(words: string): number[] {
	const vector = Array<number>(SIZE).fill(0.001);
	for (const word of words.toLowerCase().match(/\p{L}{4,}/gu) ?? []) {
		const at = [...word.slice(0, 6)].reduce((sum, one) => sum * 31 + one.charCodeAt(0), 7) % SIZE;
		vector[at] = (vector[at] ?? 0) + 1;
	}
	return vector;
}

const base64 = (vector: number[]) =>
	Buffer.from(new Float32Array(vector).buffer).toString('base64');
