import { z } from 'zod/v4';
import { estimateTokens } from '../../../core/lib/text';
import { defineTool, runToolLoop, type ToolLoopRequest } from '../../../core';
import type { Script } from '../../../gateway';
import { openGateway } from '../../support/openGateway';

const toolMessage = z.object({ role: z.literal('tool'), content: z.string() });

/** What a model was told by tools so far. */
export function toldIn(messages: readonly unknown[]): string[] {
	return messages.flatMap((message) => {
		const read = toolMessage.safeParse(message);
		return read.success ? [read.data.content] : [];
	});
}

/** What a reader does next, of all that it was told; a text is its answer. */
export type Next = (told: readonly string[]) => { tool: string; args: object } | string;

/** A model that calls `fetch_all`, and then does what it is told it can. */
export async function readWith(
	result: unknown,
	next: Next,
	request: Partial<ToolLoopRequest> = {},
) {
	const script: Script = ({ messages, tools }) => {
		const told = toldIn(messages);
		const step = told.length === 0 ? { tool: 'fetch_all', args: {} } : next(told);
		if (typeof step === 'string') return { text: step };
		const offered = z.array(z.object({ function: z.object({ name: z.string() }) })).parse(tools);
		expect(offered.map((tool) => tool.function.name)).toContain(step.tool);
		return { toolCalls: [{ id: `c${told.length}`, name: step.tool, arguments: step.args }] };
	};
	const { client, bodies, gateway } = await openGateway(script);
	const tool = defineTool({ name: 'fetch_all', description: 'All rows', execute: () => result });
	const ran = await runToolLoop(client, { prompt: 'Find it.', tools: [tool], ...request });
	await gateway.close();
	const told = toldIn(ran.messages);
	return { ran, told, bodies: bodies(), tokens: Math.max(0, ...told.map(estimateTokens)) };
}

/** The names in what a preview says. */
export function keptIn(preview = ''): { name: string; search: string; read: string } {
	const [, name = ''] = /kept as "(r\d+)"/.exec(preview) ?? [];
	const [, search = '', read = ''] =
		/with (\w+), or read parts of it with (\w+)\./.exec(preview) ?? [];
	return { name, search, read };
}
