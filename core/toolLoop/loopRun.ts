import type { CallOptions, TokenHubClient } from '../client/createClient';
import type { Message } from '../chat/messages';
import { noSpending, type Spending } from '../usage';
import type { LoopRequest } from './loopRequest';
import type { Step } from './resumeState';
import type { Tool } from './tool';

export type LoopEvent =
	| { type: 'request'; iteration: number }
	| { type: 'text'; delta: string }
	| { type: 'toolStart'; callId: string; tool: string; arguments: string }
	| { type: 'toolEnd'; step: Step };

export interface ToolLoopOptions extends CallOptions {
	onEvent?(event: LoopEvent): void;
}

/** One loop while it runs. Everything in it belongs to one item only. */
export interface LoopRun {
	client: TokenHubClient;
	request: LoopRequest;
	options: ToolLoopOptions;
	/** A Map, so that a tool named like a property of Object is just a name. */
	tools: Map<string, Tool>;
	messages: Message[];
	steps: Step[];
	iterations: number;
	spending: Spending;
	/** How often each very call was made, by name and arguments. */
	callCounts: Map<string, number>;
	startedAt: number;
	/** The caller's signal, and the loop's own deadline. */
	signal: AbortSignal;
	answeredBy: string;
}

export function startRun(
	client: TokenHubClient,
	request: LoopRequest,
	options: ToolLoopOptions,
): LoopRun {
	const { resume, deadlineMs } = request;
	const signals = [
		...(options.signal ? [options.signal] : []),
		...(deadlineMs === undefined ? [] : [AbortSignal.timeout(deadlineMs)]),
	];
	return {
		client,
		request,
		options,
		tools: new Map(request.tools.map((tool) => [tool.name, tool])),
		messages: resume ? [...resume.messages] : openingMessages(request),
		steps: resume ? [...resume.steps] : [],
		iterations: resume?.iterations ?? 0,
		spending: resume?.spending ?? noSpending(),
		callCounts: new Map(Object.entries(resume?.callCounts ?? {})),
		startedAt: performance.now(),
		signal: AbortSignal.any(signals),
		answeredBy: request.model,
	};
}

function openingMessages({ system, prompt, messages }: LoopRequest): Message[] {
	return [
		...(system ? [{ role: 'system' as const, content: system }] : []),
		...(prompt === undefined ? [] : [{ role: 'user' as const, content: prompt }]),
		...(messages ?? []),
	];
}
