import { parseArguments, type Arguments } from '../chat/parseArguments';
import { coerce } from '../extract/coerce';
import { badArguments, invalidArguments, toolThrew } from './messagesToModel';
import { unsafeNumbers } from '../json/sourceNumbers';
import type { Tool } from './tool';
import { messageOf } from '../messageOf';

export type ReadArguments = { ok: true; value: unknown } | { ok: false; said: string };

/**
 * The arguments of a call, valid against the tool's schema, or what to tell the model. Values are
 * coerced only where nothing is lost: Claude was seen to send objects as JSON strings.
 */
export function readArguments(tool: Tool, text: string): ReadArguments {
	const parsed = parseArguments(text);
	if (!parsed.ok) return { ok: false, said: badArguments(parsed.reason) };
	try {
		return checked(tool, parsed);
	} catch (error) {
		// A refinement of the caller's own schema may throw.
		return { ok: false, said: toolThrew(messageOf(error)) };
	}
}

function checked(tool: Tool, { value, numbers }: Arguments): ReadArguments {
	const asIs = tool.check(value);
	if (asIs.ok && !numbers && !asIs.settle) return asIs;
	const coerced = coerce(value, tool.parameters, { isExact: true, numbers });
	const mended = tool.check(coerced.value);
	const taken = mended.ok ? mended : asIs;
	if (!taken.ok) return { ok: false, said: invalidArguments(taken.failures) };
	if (taken.settle) return { ok: false, said: toolThrew(NOT_AWAITED) };
	const unsafe = unsafeNumbers(mended.ok ? coerced.value : value, coerced.numbers);
	return unsafe.length === 0 ? taken : { ok: false, said: invalidArguments(unsafe) };
}

const NOT_AWAITED = 'the parameters have an async refinement or transform, which is not awaited';
