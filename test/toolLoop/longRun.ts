import { z } from 'zod/v4';
import { createClient, defineTool, type Tool } from '../../core';
import { startGateway, type Gateway } from '../../gateway';
import { estimateTokens } from '../../core/lib/text';
const KEY = 'th-demo-key';

const bodySchema = z.object({
	messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
	tools: z.array(z.unknown()).optional(),
});

/** A strict endpoint of so many tokens, whose model reads one record after another. */
export interface LongRun {
	gateway: Gateway;
	client: ReturnType<typeof createClient>;
	tools: Tool[];
	/** The texts of all requests of the loop, in order. */
	bodies(): string[];
	/** The messages of each, without the mark of their end. */
	messages(): string[];
	/** Of all requests that were answered, as the endpoint counts them. */
	promptTokens(): number;
	close(): Promise<void>;
}

export const isSummary = (body: unknown) => JSON.stringify(body).includes('Sum it up');

export interface LongRunTerms {
	turns: number;
	/** Characters. */
	result: number;
	windowTokens: number;
	isManual?: boolean;
	/** Instead of a summary. */
	noSummary?: { status: number } | { text: string };
}

export function recordOf(page: number, length: number): string {
	const head = `Record ${page}: code K${page * 7919}. `;
	return (
		head + `${'lorem ipsum dolor sit amet '.repeat(length / 27 + 1)}`.slice(0, length - head.length)
	);
}

export async function openLongRun(given: LongRunTerms): Promise<LongRun> {
	const { turns, result, windowTokens, isManual = false } = given;
	let turn = 0;
	const gateway = await startGateway({
		keys: { [KEY]: 'active' },
		windowTokens,
		script: (body) => {
			if (isSummary(body)) return given.noSummary ?? { text: `Summary at turn ${turn}.` };
			turn += 1;
			if (turn > turns) return { text: 'All records are read.' };
			return { toolCalls: [{ id: `c${turn}`, name: 'read_record', arguments: { page: turn } }] };
		},
	});
	const tool = defineTool({
		name: 'read_record',
		description: 'Reads one record',
		parameters: z.object({ page: z.number() }),
		...(isManual ? {} : { execute: ({ page }: { page: number }) => recordOf(page, result) }),
	});
	const asked = () => gateway.requests.filter(({ body }) => !isSummary(body));
	return {
		gateway,
		client: createClient({ apiKey: KEY, baseUrl: gateway.url }),
		tools: [tool],
		bodies: () => asked().map(({ body }) => JSON.stringify(body)),
		messages: () =>
			asked().map(({ body }) => JSON.stringify(bodySchema.parse(body).messages).slice(0, -1)),
		promptTokens: () =>
			asked()
				.filter(({ status }) => status === 200)
				.map(({ body }) => bodySchema.parse(body))
				.reduce(
					(sum, body) => sum + estimateTokens(JSON.stringify([body.messages, body.tools])),
					0,
				),
		close: () => gateway.close(),
	};
}
