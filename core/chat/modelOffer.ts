import { withoutRefusedTools } from './asking/withoutRefusedTools';
import type { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { exactJson } from '../json/exactJson';
import { messageOf } from '../messageOf';
import { remembered } from '../lib/perObject';
import { inOwnWords } from '../schema/reading/inOwnWords';
import { readJsonSchema } from '../schema/jsonSchema';
import { sentForm, type SentForm } from '../schema/sending/sentForm';
import { refusalError } from '../wire/refusalError';
import type { WireCall } from '../wire/wireCalls';
import { forcedName, type ModelTool, type ReadForm } from './repair/repairBody';
import { parseArguments, sentToolNames, setAsideWords } from './toolCalls';

/** Asks with the tools of a request that are offered. */
export type Offer = (
	body: Record<string, unknown>,
	ask: (tools: readonly ModelTool[]) => Promise<Response>,
) => Promise<Response>;

/**
 * Offers the tools of each request except those that cannot be sent, and repeats the request without
 * each tool that the gateway refuses: refused requests cost nothing. A forced tool, and the last one,
 * stay, so that the refusal is reported.
 * @param warn Called once for each tool that is left out.
 */
export function openOffer(warn: (words: string) => void = () => undefined): Offer {
	const forms = remembered<ReadForm>();
	const refusals = new Map<string, string>();
	const said = new Set<string>();
	return async (body, ask) => {
		const given = Array.isArray(body.tools) ? body.tools : [];
		let tools = modelTools(given, forms);
		const forced = forcedName(body.tool_choice);
		const named = (name: string) => tools.find(({ sentName }) => sentName === name);
		const leaveOut = (tool: ModelTool | undefined, reason: string) => {
			if (!tool || tools.length < 2 || tool.name === forced) return false;
			tools = tools.filter((other) => other !== tool);
			const words = setAsideWords(tool.name, reason);
			if (!said.has(words)) warn(words);
			said.add(words);
			return true;
		};
		for (const tool of tools) if (tool.problem !== undefined) leaveOut(tool, tool.problem);
		const names = () => tools.map(({ sentName }) => sentName);
		return await withoutRefusedTools({
			...{ refusals, names, all: names },
			keyOf: (name) => JSON.stringify([body.model, named(name)?.sent]),
			leaveOut: (name, reason) => leaveOut(named(name), reason),
			async ask() {
				const response = await ask(tools);
				return { give: () => response, error: await refusalIn(response) };
			},
		});
	};
}

async function refusalIn(response: Response): Promise<TokenHubError | undefined> {
	const { ok, status, headers } = response;
	if (ok) return undefined;
	const text = status === 400 ? await response.clone().text() : '';
	return refusalError({ status, headers, text });
}

/**
 * The tools of a request; those that are not functions are left to the gateway.
 * @param known Schemas by their text: an agent sends the same ones in every request.
 */
export function modelTools(given: readonly unknown[], known = remembered<ReadForm>()): ModelTool[] {
	const read = given.map(readTool);
	const names = sentToolNames(read.map(({ name }) => name).filter((name) => name !== ''));
	return read.map(({ name, tool, described, parameters }) => {
		const sentName = names.get(name) ?? name;
		if (!described) return { name, sentName, sent: tool };
		const form =
			parameters && known(JSON.stringify(parameters), () => formOf(parameters, sentName));
		const called = { name: sentName, ...described, parameters: form?.schema };
		return {
			...{ name, sentName, form, problem: form?.problem },
			sent: { type: 'function', function: called },
		};
	});
}

interface GivenTool {
	/** Empty for anything that is not a function. */
	name: string;
	tool: unknown;
	described?: { description: unknown };
	parameters?: Record<string, unknown>;
}

function readTool(tool: unknown): GivenTool {
	const own = isRecord(tool) && isRecord(tool.function) ? tool.function : {};
	const { name, description, parameters } = own;
	if (typeof name !== 'string' || name === '') return { name: '', tool };
	return {
		...{ name, tool, described: { description } },
		...(isRecord(parameters) ? { parameters } : {}),
	};
}

function formOf(parameters: Record<string, unknown>, name: string): ReadForm {
	try {
		const given = { type: 'object', ...parameters };
		const { $schema: _dialect, ...schema } = readJsonSchema(given, name, inOwnWords).schema;
		return sentForm(schema);
	} catch (error) {
		const receive: SentForm['receive'] = (value, numbers) => ({ value, numbers });
		return { schema: parameters, receive, problem: messageOf(error) };
	}
}

/** A call of the model with the client's own names; digits stay as they were written. */
export function receiveCall(tools: readonly ModelTool[]): (call: WireCall) => WireCall {
	const bySentName = new Map(tools.map((tool) => [tool.sentName, tool]));
	return (call) => {
		const tool = bySentName.get(call.function.name);
		if (!tool) return call;
		return { ...call, function: { name: tool.name, arguments: ownArguments(call, tool) } };
	};
}

/** Arguments that cannot be read, and those without renamed keys, stay as the model wrote them. */
function ownArguments({ function: { arguments: text } }: WireCall, { form }: ModelTool): string {
	const parsed = form ? parseArguments(text) : undefined;
	if (!form || !parsed?.ok) return text;
	const { value, numbers } = form.receive(parsed.value, parsed.numbers);
	return value === parsed.value ? text : exactJson(value, numbers);
}
