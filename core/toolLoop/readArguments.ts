import type { ToolCall } from '../chat/chatResult';
import { argumentsIn, type Arguments } from '../chat/toolCalls';
import type { Failure } from '../errors';
import { abbreviated } from '../extract/answer/abbreviated';
import { coerce } from '../extract/answer/coercion/coerce';
import { untypedJson } from '../extract/answer/coercion/jsonIn';
import { namesIn, rivalKeys } from '../extract/answer/fieldNames';
import { isRecord } from '../lib/isRecord';
import { copiedJson, unsafeNumbers } from '../json/exactJson';
import { inOneGo } from '../lib/steps';
import { messageOf } from '../messageOf';
import { settled } from '../schema/checked';
import type { JsonSchema } from '../schema/jsonSchema';
import { openBudget, sharingBudget, type Budget } from '../schema/patterns/budget';
import type { Received } from '../schema/sending/received';
import { sentForm } from '../schema/sending/sentForm';
import { tryJson } from '../json/tryJson';
import { badArguments, invalidArguments, toolThrew } from './messagesToModel';
import type { Tool } from './tool';

export type ReadArguments = { ok: true; value: unknown } | { ok: false; said: string };

/**
 * The arguments of a call, valid against the tool's schema, or what to tell the model. Values are
 * coerced only if nothing is lost: Claude was seen to send objects as JSON strings. It never throws.
 */
export async function readArguments(
	tool: Tool,
	call: ToolCall,
	budget: Budget = openBudget(),
): Promise<ReadArguments> {
	const parsed = argumentsIn(call);
	if (!parsed.ok) return { ok: false, said: badArguments(parsed.reason) };
	try {
		return await checked(tool, receive(tool, parsed), budget);
	} catch (error) {
		// A refinement of the caller's own schema may throw.
		return { ok: false, said: toolThrew(messageOf(error)) };
	}
}

/**
 * The arguments of a call as the tool's own schema means them; anything other than an object is
 * unchanged.
 */
export function argumentsOf(tool: Tool | undefined, call: ToolCall): unknown {
	const parsed = argumentsIn(call);
	// A number that lost digits would show a different call than the model made.
	if (!parsed.ok || parsed.numbers?.lossy.size) return call.arguments;
	return tool ? receive(tool, parsed).value : parsed.value;
}

/**
 * The arguments as people outside see them: plain JSON, and as the model wrote them if the converted
 * ones have no such form.
 */
export function shownArguments(value: unknown, call: ToolCall): unknown {
	try {
		return JSON.parse(JSON.stringify(value));
	} catch {
		return tryJson(call.arguments);
	}
}

/** Arguments with the names and types that the tool asks for, if nothing is lost. */
export function fittedArguments(tool: Tool, parsed: Arguments): Received {
	return fitted(tool, receive(tool, parsed));
}

function receive({ parameters }: Tool, { value, numbers }: Arguments): Received {
	const received = sentForm(parameters).receive(value, numbers);
	if (!isRecord(received.value)) return received;
	return { ...received, value: untypedJson(received.value, parameters) };
}

function fitted({ parameters }: Tool, { value, numbers }: Received): Received {
	return coerce(value, parameters, { isExact: true, numbers });
}

async function checked(tool: Tool, given: Received, budget: Budget): Promise<ReadArguments> {
	// A copy: what a tool changes in its arguments is not what the model gave.
	const check = (value: unknown) =>
		settled(sharingBudget(() => tool.check(copiedJson(value)), budget));
	const doubted = doubts(given.value, tool.parameters);
	if (doubted.length > 0) return { ok: false, said: invalidArguments(doubted) };
	const asIs = await check(given.value);
	// Digits that a number cannot hold may be meant as text.
	if (asIs.ok && !asIs.caught && !given.numbers) return { ok: true, value: asIs.value };
	const fit = fitted(tool, given);
	const asFitted = await check(fit.value);
	const taken = asFitted.ok ? asFitted : asIs;
	if (!taken.ok) return { ok: false, said: invalidArguments(taken.failures) };
	const { value, numbers } = asFitted.ok ? fit : given;
	const unsafe = unsafeNumbers(value, numbers);
	if (unsafe.length > 0) return { ok: false, said: invalidArguments(unsafe) };
	return { ok: true, value: taken.value };
}

/** Keys that are not in the schema and contradict those that are: a correction, a second value. */
function doubts(value: unknown, root: JsonSchema): Failure[] {
	const names = namesIn(root);
	const terms = { names, root, isSaid: undefined, source: undefined };
	const { failures } = inOneGo(abbreviated(value, terms));
	return [...failures.filter(({ code }) => code === 'severalAnswers'), ...rivalKeys(value, names)];
}
