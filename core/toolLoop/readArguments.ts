import { parseArguments, type Arguments } from '../chat/parseArguments';
import { coerce } from '../extract/coerce';
import { badArguments, invalidArguments, toolThrew } from './messagesToModel';
import { unsafeNumbers } from '../json/sourceNumbers';
import { openBudget, sharingBudget, type Budget } from '../schema/patterns/budget';
import type { Received } from '../schema/sending/received';
import { sentForm } from '../schema/sending/sentForm';
import type { Tool } from './tool';
import { messageOf } from '../messageOf';

export type ReadArguments = { ok: true; value: unknown } | { ok: false; said: string };

/**
 * The arguments of a call, valid against the tool's schema, or what to tell the model. Values are
 * coerced only where nothing is lost: Claude was seen to send objects as JSON strings. It never throws.
 */
export async function readArguments(
	tool: Tool,
	text: string,
	budget: Budget = openBudget(),
): Promise<ReadArguments> {
	const parsed = parseArguments(text);
	if (!parsed.ok) return { ok: false, said: badArguments(parsed.reason) };
	try {
		return await checked(tool, receive(tool, parsed), budget);
	} catch (error) {
		// A refinement of the caller's own schema may throw.
		return { ok: false, said: toolThrew(messageOf(error)) };
	}
}

/** The arguments of a call as the tool's own schema means them; what is no object stays as it is. */
export function argumentsOf(tool: Tool | undefined, text: string): unknown {
	const parsed = parseArguments(text);
	// A number that lost digits would show another call than the model made.
	if (!parsed.ok || parsed.numbers?.lossy.size) return text;
	return tool ? receive(tool, parsed).value : parsed.value;
}

function receive({ parameters }: Tool, { value, numbers }: Arguments): Received {
	return sentForm(parameters).receive(value, numbers);
}

async function checked(
	tool: Tool,
	{ value, numbers }: Received,
	budget: Budget,
): Promise<ReadArguments> {
	const check = (given: unknown) => sharingBudget(() => tool.check(given), budget);
	const asIs = await check(value);
	if (asIs.ok && !numbers) return asIs;
	const coerced = coerce(value, tool.parameters, { isExact: true, numbers }).value;
	const mended = await check(coerced);
	const taken = mended.ok ? mended : asIs;
	if (!taken.ok) return { ok: false, said: invalidArguments(taken.failures) };
	const unsafe = unsafeNumbers(mended.ok ? coerced : value, numbers);
	return unsafe.length === 0 ? taken : { ok: false, said: invalidArguments(unsafe) };
}
