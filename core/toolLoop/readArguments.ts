import { parseArguments } from '../chat/parseArguments';
import { coerce } from '../extract/coerce';
import { badArguments, invalidArguments, toolThrew } from './messagesToModel';
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
		const asIs = tool.check(parsed.value);
		if (asIs.ok) return asIs;
		const coerced = tool.check(coerce(parsed.value, tool.parameters, { isExact: true }).value);
		return coerced.ok ? coerced : { ok: false, said: invalidArguments(asIs.failures) };
	} catch (error) {
		// A refinement of the caller's own schema may throw.
		return { ok: false, said: toolThrew(messageOf(error)) };
	}
}
