import { TokenHubError } from '../errors';
import { followRef } from '../jsonPointer';
import { isRecord } from '../isRecord';
import { own } from '../own';
import { inOwnWords } from '../schema/reading/inOwnWords';
import {
	assertNoForeign,
	isSilent,
	isZodV3,
	isZodV4,
	type JsonSchema,
	type ZodType,
} from '../schema/jsonSchema';
import { knownSchema, valueCheck, type ValueCheck } from '../schema/valueCheck';
import { definitionOf, kindOf } from '../schema/zod/zodNode';
import type { Tool } from './tool';

/**
 * What a tool knows of its arguments.
 * @throws TokenHubError `badConfig` for what is not a schema, or one that no object can meet.
 */
export function readParameters(
	source: ZodType | JsonSchema | null | undefined,
	subject: string,
): Pick<Tool, 'parameters' | 'check' | 'warnings'> {
	if (!isZodV4(source) && !isZodV3(source)) assertNoForeign(source, subject);
	if (isWithoutParameters(source)) return withoutParameters(source, subject);
	// What is not a schema is told before what it is not about.
	const known = knownSchema(source, subject, inOwnWords);
	return {
		parameters: objectSchema(known.schema, subject),
		check: known.check,
		get warnings() {
			return known.warnings;
		},
	};
}

type Nothing = ZodType | JsonSchema | null | undefined;

/** What zod calls a schema of nothing, or of anything, by what the tool is handed in its place. */
const NOTHING: Record<string, (given: unknown) => unknown> = {
	void: () => undefined,
	undefined: () => undefined,
	null: () => null,
	never: () => ({}),
	any: (given) => given,
	unknown: (given) => given,
};

function isWithoutParameters(source: Nothing): source is Nothing & (null | undefined) {
	if (source === undefined || source === null) return true;
	if (isZodV4(source) || isZodV3(source)) return handedFor(source) !== undefined;
	return isRecord(source) && (isSilent(withoutNulls(source)) || source.type === 'null');
}

/** Servers in Go write null for each keyword that is not there. */
function withoutNulls(source: JsonSchema): JsonSchema {
	return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null));
}

function handedFor(source: unknown) {
	const definition = definitionOf(source);
	return definition && own(NOTHING, kindOf(definition));
}

function withoutParameters(source: unknown, subject: string): ReturnType<typeof readParameters> {
	const parameters = { type: 'object', properties: {} };
	const check = valueCheck(parameters, subject);
	// JSON Schema's `{}` takes anything: what the model gives is no mistake.
	const handed = handedFor(source) ?? ((given) => (isRecord(source) ? given : {}));
	const handing: ValueCheck = (value) => {
		const checked = check(value);
		return checked.ok ? { ok: true, value: handed(checked.value) } : checked;
	};
	return { parameters, warnings: [], check: handing };
}

/** Arguments are an object, whatever else the schema would take. */
function objectSchema(schema: JsonSchema, subject: string): JsonSchema {
	if (!takesObject(schema, schema)) {
		throw new TokenHubError('badConfig', `${subject} must describe an object.`, {
			hint: 'Models send arguments by name: wrap the schema in an object.',
		});
	}
	const isOpen = schema.type === undefined && COMBINING.some((key) => key in schema);
	return isOpen ? schema : { ...schema, type: 'object' };
}

const COMBINING = ['$ref', '$dynamicRef', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const'];
const MOST_STEPS = 32;

function takesObject(schema: unknown, root: JsonSchema, steps = 0): boolean {
	if (!isRecord(schema) || steps > MOST_STEPS) return schema !== false;
	const { type, $ref, anyOf, oneOf, allOf, enum: choices } = schema;
	const inner = (part: unknown) => takesObject(part, root, steps + 1);
	const isType = type === undefined || (Array.isArray(type) ? type : [type]).includes('object');
	return (
		isType &&
		(!('const' in schema) || isRecord(schema.const)) &&
		(!Array.isArray(choices) || choices.some(isRecord)) &&
		(typeof $ref !== 'string' || inner(followRef($ref, root) ?? true)) &&
		[anyOf, oneOf].every((parts) => !Array.isArray(parts) || parts.some(inner)) &&
		(!Array.isArray(allOf) || allOf.every(inner))
	);
}
