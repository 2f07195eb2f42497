import { z } from 'zod/v4';
import { isSame } from '../lib/isSame';
import { type ChatRequest, readChatRequest } from './chatRequest';
import type { ChatResult, ToolCall } from './chatResult';
import { remembered } from '../lib/perObject';
import { modelTools, receiveCall } from './modelOffer';
import { forcedName, type ModelTool, type ReadForm } from './repair/repairBody';
import { functionToolSchema, setAsideWords, type FunctionTool } from './toolCalls';

/** A request whose tools Claude accepts. */
interface AdaptedRequest {
	request: ChatRequest;
	/** Reads it: calls in its messages have the caller's own names. */
	read: typeof readChatRequest;
	/** A call with the caller's own names. */
	receive(this: void, call: ToolCall): ToolCall;
	/** The same for a whole result, whose warnings name what was left out of the request. */
	received(this: void, result: ChatResult): ChatResult;
}

/**
 * The tools of a request, which are as their author wrote them, in the form that Claude accepts: legal
 * ones are unchanged. A tool without such a form is left out, unless it is forced or the last.
 */
export function adaptTools(request: ChatRequest): AdaptedRequest {
	const given = toolsSchema.safeParse(request?.tools).data ?? [];
	const tools = modelTools(given, forms);
	const pairs = given.map((own, at) => ({ own, tool: tools[at] }));
	const isOdd = pairs.some(({ own, tool }) => tool && !isAsGiven(own, tool));
	if (!isOdd) return unadapted(request);
	const forced = forcedName(request.toolChoice);
	const mayGo = ({ tool }: Pair) => tool?.problem !== undefined && tool.name !== forced;
	const left = pairs.filter(mayGo).slice(0, pairs.length - 1);
	const kept = pairs.filter((pair) => !left.includes(pair));
	const own = receiveCall(kept.flatMap(({ tool }) => tool ?? []));
	const receive = ({ id, name, arguments: text }: ToolCall): ToolCall => ({
		id,
		...own({ id, function: { name, arguments: text } }).function,
	});
	const offered = new Map(
		kept.map(
			({
				own: {
					function: { name },
				},
				tool,
			}) => [name, tool?.sentName ?? name],
		),
	);
	const toolChoice: ChatRequest['toolChoice'] =
		forced === undefined
			? request.toolChoice
			: { type: 'function', function: { name: offered.get(forced) ?? forced } };
	return {
		request: { ...request, tools: kept.map(sentTool), toolChoice },
		read: (sent) => readChatRequest(sent, { offered }),
		receive,
		received: (result) => withOwnCalls(result, receive, left),
	};
}

const toolsSchema = z.array(functionToolSchema);

function withOwnCalls(
	{ toolCalls, warnings = [], ...result }: ChatResult,
	receive: AdaptedRequest['receive'],
	left: readonly Pair[],
): ChatResult {
	const setAside = left.map(({ own, tool }) =>
		setAsideWords(own.function.name, tool?.problem ?? ''),
	);
	const all = [...setAside, ...warnings];
	return {
		...result,
		...(toolCalls ? { toolCalls: toolCalls.map(receive) } : {}),
		...(all.length > 0 ? { warnings: all } : {}),
	};
}

function unadapted(request: ChatRequest): AdaptedRequest {
	return {
		request,
		read: readChatRequest,
		receive: (call) => call,
		received: (result) => result,
	};
}

/** By their text: many requests contain the same ones. */
const forms = remembered<ReadForm>();

interface Pair {
	own: FunctionTool;
	tool: ModelTool | undefined;
}

function isAsGiven(
	{ function: own }: FunctionTool,
	{ form, problem, sentName }: ModelTool,
): boolean {
	if (problem !== undefined || sentName !== own.name) return false;
	const { $schema: _dialect, ...parameters } = own.parameters ?? {};
	return !form || isSame(form.schema, parameters);
}

/** What cannot be sent is left to the gateway, which says why. */
function sentTool({ own, tool }: Pair): FunctionTool {
	if (!tool || isAsGiven(own, tool)) return own;
	const { description, parameters } = own.function;
	const { sentName: name, form, problem } = tool;
	const sent = problem === undefined ? form?.schema : parameters;
	return { ...own, function: { name, description, parameters: sent } };
}
