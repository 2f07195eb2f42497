import type { Failure } from '../errors';
import type { Ledger } from '../ledger';
import { tokens } from './chatSpans';
import { answerParts, contentJson, messageParts, type TracedCall } from './contents';
import { inSpan, type Attributes, type Opening, type Tracing } from './inSpan';

interface AskedLoop {
	model: string;
	system?: string;
	prompt?: string;
	messages?: readonly object[];
	resume?: object;
}

/** One run of a tool loop; if it is the tool of another loop, below the span of that call. */
export async function tracedLoop<
	Result extends { stopReason: string; iterations: number; output: unknown },
>(
	tracing: Tracing,
	{ request, ledger }: { request: AskedLoop; ledger: Ledger },
	run: () => Promise<Result>,
): Promise<Result> {
	const { hasContents, provider } = tracing;
	const said = [
		...(request.system === undefined ? [] : [{ role: 'system', content: request.system }]),
		...(request.prompt === undefined ? [] : [{ role: 'user', content: request.prompt }]),
		...(request.messages ?? []),
	];
	const attributes = {
		'gen_ai.operation.name': 'invoke_agent',
		...provider,
		'gen_ai.request.model': request.model,
		'tokenhub.resumed': request.resume && true,
		...(hasContents ? { 'gen_ai.input.messages': contentJson(said.map(messageParts)) } : {}),
	};
	const opening: Opening = { name: 'invoke_agent', kind: 'INTERNAL', attributes };
	return await inSpan(tracing, opening, async (span) => {
		try {
			const result = await run();
			const { stopReason, iterations, output } = result;
			span.set({ 'tokenhub.stop_reason': stopReason, 'tokenhub.iterations': iterations });
			if (hasContents) {
				const text = typeof output === 'string' ? output : contentJson(output);
				const answer = answerParts({ text, finishReason: stopReason });
				span.set({ 'gen_ai.output.messages': contentJson([answer]) });
			}
			return result;
		} finally {
			span.set({ ...tokens(ledger), ...costOf(ledger) });
		}
	});
}

function costOf(ledger: Ledger): Attributes {
	return { 'tokenhub.cost_usd': ledger.added().costUsd ?? undefined };
}

interface CalledTool {
	tool: { name: string; description: string };
	call: TracedCall;
	/** The error of a call that ended because the run was stopped. */
	cancelled: string;
}

/**
 * One call of a tool that the loop runs. Its failure is a message to the model, and an error of the
 * span.
 */
export async function tracedTool<Outcome extends { error?: string; result?: unknown }>(
	tracing: Tracing,
	{ tool, call, cancelled }: CalledTool,
	run: () => Promise<Outcome>,
): Promise<Outcome> {
	const { hasContents } = tracing;
	const attributes = {
		'gen_ai.operation.name': 'execute_tool',
		'gen_ai.tool.name': tool.name,
		'gen_ai.tool.call.id': call.id,
		'gen_ai.tool.type': 'function',
		'gen_ai.tool.description': tool.description,
		'gen_ai.tool.call.arguments': hasContents ? call.arguments : undefined,
	};
	const opening: Opening = { name: `execute_tool ${tool.name}`, kind: 'INTERNAL', attributes };
	return await inSpan(tracing, opening, async (span) => {
		const outcome = await run();
		const { error, result } = outcome;
		if (error !== undefined) {
			// A tool's message may contain its arguments.
			span.fail(error === cancelled ? 'cancelled' : 'toolFailed', hasContents ? error : '');
		} else if (hasContents) span.set({ 'gen_ai.tool.call.result': contentJson(result) });
		return outcome;
	});
}

/** A model's answer: the stage that asked for it, and what was wrong with it. */
interface Attempt {
	stage: string;
	failures?: readonly Failure[];
}

/** An extraction with all its parts and attempts. */
export async function tracedExtract<Result extends { stage: string; attempts: readonly Attempt[] }>(
	tracing: Tracing,
	{ request, ledger }: { request: { model: string }; ledger: Ledger },
	run: () => Promise<Result>,
): Promise<Result> {
	const attributes = {
		'gen_ai.operation.name': 'extract',
		...tracing.provider,
		'gen_ai.request.model': request.model,
		'gen_ai.output.type': 'json',
	};
	const opening: Opening = { name: `extract ${request.model}`, kind: 'INTERNAL', attributes };
	return await inSpan(tracing, opening, async (span) => {
		try {
			const result = await run();
			const { stage, attempts } = result;
			span.set({ 'tokenhub.extract.stage': stage, 'tokenhub.extract.attempts': attempts.length });
			return result;
		} finally {
			span.set(costOf(ledger));
		}
	});
}

/** One attempt at a value: a question, its answer, and what is wrong with the answer. */
export async function tracedAttempt<Result>(
	tracing: Tracing,
	{ attempts }: { attempts: readonly Attempt[] },
	run: () => Promise<Result>,
): Promise<Result> {
	const attributes = { 'gen_ai.operation.name': 'extract_attempt' };
	const opening: Opening = { name: 'extract_attempt', kind: 'INTERNAL', attributes };
	return await inSpan(tracing, opening, async (span) => {
		const before = attempts.length;
		const result = await run();
		const { stage, failures } = attempts[before] ?? {};
		span.set({ 'tokenhub.extract.stage': stage });
		if (failures && !attempts.slice(before).some((one) => !one.failures)) {
			const places = failures.map(({ path, code = '' }) => `${path} ${code}`.trim());
			span.set({ 'tokenhub.extract.failures': places });
			span.fail(failures.some(({ code }) => code === 'truncated') ? 'truncated' : 'schemaMismatch');
		}
		return result;
	});
}
