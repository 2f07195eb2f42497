import { parseArguments, type Arguments } from '../chat/parseArguments';
import { coerce } from '../extract/coerce';
import { untypedJson } from '../extract/coercion/untypedJson';
import type { JsonSchema } from '../schema/jsonSchema';
import { badArguments, invalidArguments, toolThrew } from './messagesToModel';
import { unsafeNumbers } from '../json/sourceNumbers';
import type { SourceNumbers } from '../json/sourceNumbers';
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

function checked(tool: Tool, parsed: Arguments): ReadArguments {
	const { numbers } = parsed;
	const value = untypedJson(parsed.value, tool.parameters);
	const asIs = tool.check(value);
	if (asIs.ok && !numbers && !asIs.settle) return asIs;
	const fitted = fittedArguments(parsed, tool.parameters);
	const checkedFit = tool.check(fitted.value);
	const taken = checkedFit.ok ? checkedFit : asIs;
	if (!taken.ok) return { ok: false, said: invalidArguments(taken.failures) };
	if (taken.settle) return { ok: false, said: toolThrew(NOT_AWAITED) };
	const unsafe = unsafeNumbers(checkedFit.ok ? fitted.value : value, fitted.numbers);
	return unsafe.length === 0 ? taken : { ok: false, said: invalidArguments(unsafe) };
}

const NOT_AWAITED = 'the parameters have an async refinement or transform, which is not awaited';

/** Arguments in the types that the schema asks for, where nothing is lost by it. */
export function fittedArguments(
	{ value, numbers }: Pick<Arguments, 'value' | 'numbers'>,
	schema: JsonSchema,
): { value: unknown; numbers?: SourceNumbers | undefined } {
	return coerce(untypedJson(value, schema), schema, { isExact: true, numbers });
}
