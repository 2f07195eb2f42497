import { createClient, defineTool, runToolLoop, type ToolLoopResult } from '../../core';
import { TokenHubError } from '../../core/errors';
import type { AnswerRow } from './answerRow';
import { callRows } from './callRows';
import { deltaRows } from './deltaRows';
import { endRows } from './answerRows';
import { openRaw, type RawReply } from './rawGateway';
import { brokenRows, strayRows } from './strayRows';

/** A loop that streams takes what gateways answer for the same as a chat does. */

interface Outcome {
	result?: ToolLoopResult;
	error?: TokenHubError;
	told: string;
	requests: number;
}

async function loop(reply: RawReply): Promise<Outcome> {
	const { baseUrl, seen, close } = await openRaw(reply);
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl, maxRetries: 1, timeoutMs: 20_000 },
		...{ fetch: globalThis.fetch, idleTimeoutMs: 4_000 },
	});
	const tools = ['look', 'find'].map((name) =>
		defineTool({ name, description: 'Looks', parameters: { type: 'object' } }),
	);
	const request = { prompt: 'Go', tools, stream: true, onLimit: 'return' as const };
	let told = '';
	try {
		const result = await runToolLoop(
			client,
			{ ...request, maxIterations: 1 },
			{ onEvent: (event) => void (event.type === 'text' && (told += event.delta)) },
		);
		return { result, told, requests: seen.requests };
	} catch (error) {
		if (!(error instanceof TokenHubError)) throw error;
		return { error, told, requests: seen.requests };
	} finally {
		close();
	}
}

function looped<Row>(rows: readonly Row[], replyOf: (row: Row) => RawReply) {
	const outcomes = new Map<Row, Outcome>();
	beforeAll(async () => {
		const all = rows.map(async (row) => void outcomes.set(row, await loop(replyOf(row))));
		await Promise.all(all);
	}, 60_000);
	return (row: Row) => outcomes.get(row);
}

const rows = [...strayRows, ...deltaRows, ...callRows, ...endRows].filter(
	([, way]) => way === 'stream',
);

describe('an answer', () => {
	const outcome = looped(rows, ([, , reply]) => reply);
	test.each(rows.map((row) => [row[0], row] as const))('%s', (_name, row) => {
		const { result, error, told } = outcome(row) ?? {};
		const { text, toolCalls, finishReason } = expectedOf(row);
		expect(error).toBeUndefined();
		if (toolCalls) {
			const called = result?.pendingToolCalls?.map(({ name, arguments: args }) => ({ name, args }));
			expect(called).toEqual(toolCalls);
		} else if (finishReason === 'content_filter') {
			expect(result?.stopReason).toBe('refused');
		} else if (text !== undefined) {
			expect(result?.output).toBe(text);
			expect(told).toBe(text);
		}
	});
});

function expectedOf([, , , result]: AnswerRow) {
	const { text, toolCalls, finishReason }: Record<string, unknown> = { ...result };
	const calls: unknown[] | undefined = Array.isArray(toolCalls) ? toolCalls : undefined;
	return {
		...{ text, finishReason },
		toolCalls: calls?.map((call) => {
			const { name, arguments: args }: { name?: unknown; arguments?: unknown } = Object(call);
			return { name, args: parsed(String(args)) };
		}),
	};
}

describe('what looks like an answer and is none', () => {
	const broken = brokenRows.filter(([, , { way }]) => way === undefined);
	const outcome = looped(broken, ([, reply]) => reply);
	test.each(broken.map((row) => [row[0], row] as const))('%s', (_name, row) => {
		const { result, error, requests = 0 } = outcome(row) ?? {};
		const [, , { kind, message, again }] = row;
		expect(result).toBeUndefined();
		expect(error?.kind).toBe(kind);
		expect(error?.message).toMatch(message);
		expect(requests > 1).toBe(again);
	});
});

const parsed = (text: string): unknown => JSON.parse(text || '{}');
