import { callersOwn, callersOwnLater } from '../door';
import { TokenHubError } from '../errors';
import { isRecord } from '../isRecord';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from '../schema/jsonSchema';
import { assertSendable } from '../schema/schemaSize';
import type { Checked } from '../schema/checked';
import { knownSchema, type ValueCheck } from '../schema/valueCheck';
import { remembered, perObject } from '../perObject';
import { schemaFromExamples } from './exampleSchema';
import { sentForm, type SentForm } from '../schema/sending/sentForm';
import { undeclaredCheck } from './undeclared';
import { messageOf } from '../messageOf';
import { assertShallow } from '../nesting';

/** What an extraction aims at: zod v3 or v4, a JSON Schema, or examples of the result. */
export type SchemaSource = ZodType | JsonSchema | { example: unknown } | { examples: unknown[] };

export interface Target {
	/** The caller's schema as JSON Schema. */
	schema: JsonSchema;
	/** Validates by the caller's own schema; `value` has zod's defaults and transforms applied. */
	check: ValueCheck;
	/** The same as a tool's parameters. */
	form: SentForm;
	/** What was read otherwise than it was written, what seems a slip, and parts that nothing can meet. */
	warnings: string[];
}

const NAME = 'The extraction schema';

const targets = remembered<Target>();

/**
 * Compiled once for each zod schema, and for each distinct JSON Schema.
 * @throws TokenHubError `badConfig` for what is not a schema, before any request.
 */
export function readTarget(source: SchemaSource): Target {
	if (isZodV4(source) || isZodV3(source)) return ofZod(source);
	if (!examplesIn(source)) assertSendable(source, NAME);
	return targets(keyOf(source), () => compileTarget(source));
}

function keyOf(source: SchemaSource): string {
	try {
		return JSON.stringify(source);
	} catch (cause) {
		const [reason = ''] = messageOf(cause).split('\n');
		throw new TokenHubError('badConfig', `${NAME} has no JSON form: ${reason}`, { cause });
	}
}

const ofZod = perObject((source: ZodType) => compileTarget(source));

function compileTarget(source: SchemaSource): Target {
	const examples = examplesIn(source);
	assertShallow(examples, 'The example of the extraction');
	const meant = examples ? schemaFromExamples(examples) : source;
	const { schema, warnings, ...known } = knownSchema(meant, NAME);
	const check = answerCheck(schema, known.check);
	return {
		...{ schema, check: (value) => guarded(callersOwn(NAME, () => check(value))) },
		...{ warnings, form: sentForm(schema) },
	};
}

function guarded(checked: Checked): Checked {
	if (!checked.ok || !checked.settle) return checked;
	const { settle } = checked;
	return { ...checked, settle: () => callersOwnLater(NAME, settle) };
}

/** Valid, and about what the schema is about: optional fields make an excuse valid as well. */
function answerCheck(schema: JsonSchema, check: ValueCheck): ValueCheck {
	const undeclaredIn = undeclaredCheck(schema);
	return (value) => {
		const checked = check(value);
		const failures = checked.ok ? undeclaredIn(value) : [];
		return failures.length > 0 ? { ok: false, failures } : checked;
	};
}

/** Nothing but examples, one or a list of several: a schema has other keywords beside them. */
function examplesIn(source: SchemaSource): unknown[] | undefined {
	if (isZodV4(source) || isZodV3(source) || !isRecord(source)) return undefined;
	const [entry, ...others] = Object.entries(source);
	if (!entry || others.length > 0) return undefined;
	const [key, value]: [string, unknown] = entry;
	if (key === 'examples' && Array.isArray(value)) return Array.from<unknown>(value);
	if (key !== 'example') return undefined;
	if (value !== undefined) return [value];
	throw new TokenHubError('badConfig', 'The example of the extraction is missing.');
}
