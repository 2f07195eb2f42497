import { isRecord } from '../../lib/isRecord';
import type { SentForm } from '../../schema/sending/sentForm';
import { isBlank, wellFormed } from '../../lib/text';
import { DEFAULT_MAX_TOKENS, NEVER_BOTH, PARAMETERS } from '../parameters';
import { assertReadable } from './givenMessage';
import { repairConversation } from './repairConversation';

/** A schema that was read, or the reason why it cannot be sent. */
export type ReadForm = Pick<SentForm, 'schema' | 'receive' | 'problem'>;

/** A function tool of another OpenAI client, in the form that Claude accepts. */
export interface ModelTool {
	/** The client's own name for it. */
	name: string;
	/** The name that the model sees. */
	sentName: string;
	/** The tool as it is sent. */
	sent: unknown;
	/** Reads arguments back; missing for a tool without parameters. */
	form?: ReadForm;
	/** Why it cannot be sent; missing if it can. */
	problem?: string;
}

/** TokenHub's documented parameters. */
const KNOWN = new Set<string>([
	...['messages', 'stream', 'stream_options'],
	...Object.values(PARAMETERS).map(({ wire }) => wire),
]);
const [KEPT, LEFT_OUT] = [PARAMETERS[NEVER_BOTH[0]].wire, PARAMETERS[NEVER_BOTH[1]].wire];

/**
 * A request of another OpenAI client as TokenHub's contract requires it: undocumented keys are left
 * out, `max_tokens` is always set, temperature and top_p are never both set, and a strict endpoint
 * accepts the conversation.
 * @param tools The tools of the request that are sent.
 */
export function repairBody(
	body: Record<string, unknown>,
	tools: readonly ModelTool[],
): Record<string, unknown> {
	const isSent = (key: string) => KNOWN.has(key) && !(key === LEFT_OUT && body[KEPT] !== undefined);
	return wellFormed({
		...Object.fromEntries(Object.entries(body).filter(([key]) => isSent(key))),
		max_tokens: body.max_tokens ?? body.max_completion_tokens ?? DEFAULT_MAX_TOKENS,
		...messagesOf(body, tools),
		stop: stopsOf(body.stop ?? body.stop_sequences),
		user: body.user ?? (isRecord(body.metadata) ? body.metadata.user_id : undefined),
		tools: tools.length > 0 ? tools.map(({ sent }) => sent) : undefined,
		tool_choice: tools.length > 0 ? choiceOf(body.tool_choice, tools) : undefined,
		...repairFormat(body.response_format),
	});
}

/** A single text is a list of one; a blank text cannot end an answer of Claude. */
function stopsOf(stop: unknown): unknown {
	const stops: unknown = typeof stop === 'string' ? [stop] : stop;
	if (!Array.isArray(stops)) return stops ?? undefined;
	const told = stops.filter((text) => typeof text !== 'string' || !isBlank(text));
	return told.length > 0 ? told : undefined;
}

function messagesOf({ messages }: Record<string, unknown>, tools: readonly ModelTool[]): object {
	if (!Array.isArray(messages)) return {};
	assertReadable(messages);
	const offered = new Map(tools.map(({ name, sentName }) => [name, sentName]));
	const { messages: repaired } = repairConversation(messages, {
		hasTools: tools.length > 0,
		offered,
	});
	return { messages: repaired };
}

function choiceOf(choice: unknown, tools: readonly ModelTool[]): unknown {
	if (choice === 'any') return 'required';
	const forced = tools.find(({ name }) => name === forcedName(choice));
	return forced ? { type: 'function', function: { name: forced.sentName } } : choice;
}

/** The name of the one tool that a model must call. */
export function forcedName(choice: unknown): string | undefined {
	const { name } = isRecord(choice) && isRecord(choice.function) ? choice.function : {};
	return typeof name === 'string' ? name : undefined;
}

/** `json_schema` is not documented: JSON is requested, and the client validates it. */
function repairFormat(format: unknown): object {
	return isRecord(format) && format.type === 'json_schema'
		? { response_format: { type: 'json_object' } }
		: {};
}
