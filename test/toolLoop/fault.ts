import type { ChatBody, Reply, Script } from '../../gateway';
import { z } from 'zod/v4';

/** A tool as both sides can make it: the library with `defineTool`, n8n as a connected tool. */
export interface FaultTool {
	name: string;
	schema: z.ZodType<Record<string, unknown>>;
	run: (args: Record<string, unknown>, calls: string[]) => unknown;
}

/** One thing that goes wrong, and how the loop has to come out of it. */
export interface Fault {
	name: string;
	tools: FaultTool[];
	/** Messages before the question, as LangChain has them. */
	history?: unknown[];
	script: Reply[] | Script;
	options?: { longResults?: 'keep' | 'cut'; [limit: string]: number | string | undefined };
	/** What the model is told about its calls, in order. */
	told?: Array<string | RegExp>;
	/** Calls that really ran. */
	ran: string[];
	output?: unknown;
	stopReason?: string;
	/** Requests that the script itself refuses with 400. */
	refused?: number;
	/** Successful requests: those that are paid for. */
	requests: number;
}

export const call = (name: string, args: string | object = {}, id?: string) => ({
	name,
	arguments: args,
	...(id === undefined ? {} : { id }),
});
export const asks = (...toolCalls: Array<ReturnType<typeof call>>): Reply => ({ toolCalls });
export const done: Reply = { text: 'Done.' };

export const add: FaultTool = {
	name: 'add',
	schema: z.object({ a: z.number(), b: z.number().default(1) }),
	run: ({ a, b }, calls) => {
		calls.push(`add ${String(a)} ${String(b)}`);
		return Number(a) + Number(b);
	},
};
export const odd = (run: FaultTool['run'], name = 'odd'): FaultTool => ({
	name,
	schema: z.object({ n: z.number().optional() }),
	run: (args, calls) => {
		calls.push(name);
		return run(args, calls);
	},
});
export const circular: Record<string, unknown> = {};
circular.self = circular;
export const never = () => new Promise(() => undefined);
export const throwing = (thrown: unknown) => () => {
	throw thrown;
};
/** n8n offers its tools in an order of its own. */
export const byDescription = (tools: NonNullable<ChatBody['tools']>) =>
	tools
		.map(({ function: { name, description = '' } }) => ({ name, description }))
		.sort((a, b) => (a.description < b.description ? -1 : 1))
		.map(({ name }) => call(name));
export const LONG = `${'very_'.repeat(20)}long`;
