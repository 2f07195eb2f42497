import { z } from 'zod/v4';
import { isSame } from '../isSame';
import type { ChatRequest } from './chatRequest';
import type { ChatResult, ToolCall } from './chatResult';
import { remembered } from '../perObject';
import { modelTools, receiveCall } from './modelOffer';
import { forcedName, type ModelTool, type ReadForm } from './repair/repairBody';
import { functionToolSchema, setAsideWords, type FunctionTool } from './toolCalls';

/** A request whose tools Claude takes. */
interface AdaptedRequest {
	request: ChatRequest;
	/** A call under the caller's own names. */
	receive(this: void, call: ToolCall): ToolCall;
	/** The same of a whole result, with what was left out of the request among its warnings. */
	received(this: void, result: ChatResult): ChatResult;
}

/**
 * The tools of a request, which are as their author wrote them, in the form that Claude takes: a legal one
 * stays as it is. One that has no such form is left out, unless it is forced or the last.
 */
export function adaptTools(request: ChatRequest): AdaptedRequest {
	const given = z.array(functionToolSchema).safeParse(request?.tools).data ?? [];
	const tools = modelTools(given, forms);
	const pairs = given.map((own, at) => ({ own, tool: tools[at] }));
	const isOdd = pairs.some(({ own, tool }) => tool && !isAsGiven(own, tool));
	if (!isOdd) return { request, receive: (call) => call, received: (result) => result };
	const forced = forcedName(request.toolChoice);
	const mayGo = ({ tool }: Pair) => tool?.problem !== undefined && tool.name !== forced;
	const left = pairs.filter(mayGo).slice(0, pairs.length - 1);
	const kept = pairs.filter((pair) => !left.includes(pair));
	const own = receiveCall(kept.flatMap(({ tool }) => tool ?? []));
	const receive = ({ id, name, arguments: text }: ToolCall): ToolCall => ({
		id,
		...own({ id, function: { name, arguments: text } }).function,
	});
	const setAside = left.map((pair) =>
		setAsideWords(pair.own.function.name, pair.tool?.problem ?? ''),
	);
	return {
		request: { ...request, tools: kept.map(sentTool) },
		receive,
		received({ toolCalls, warnings = [], ...result }) {
			const all = [...setAside, ...warnings];
			return {
				...result,
				...(toolCalls ? { toolCalls: toolCalls.map(receive) } : {}),
				...(all.length > 0 ? { warnings: all } : {}),
			};
		},
	};
}

/** By their text: the same ones stand in many requests. */
const forms = remembered<ReadForm>();

interface Pair {
	own: FunctionTool;
	tool: ModelTool | undefined;
}

function isAsGiven({ function: own }: FunctionTool, { form, problem }: ModelTool): boolean {
	if (problem !== undefined) return false;
	const { $schema: _dialect, ...parameters } = own.parameters ?? {};
	return !form || isSame(form.schema, parameters);
}

/** What cannot be sent is left to the gateway, which says why. */
function sentTool({ own, tool }: Pair): FunctionTool {
	if (!tool || tool.problem !== undefined || isAsGiven(own, tool)) return own;
	return { ...own, function: { ...own.function, parameters: tool.form?.schema } };
}
