import { isRecord } from '../../lib/isRecord';
import type { SourceNumbers } from '../../json/exactJson';
import { isTooDeep, TOO_DEEP } from '../../nesting';
import { perObject } from '../../lib/perObject';
import type { JsonSchema } from '../jsonSchema';
import { indexSchema, type SchemaIndex } from '../schemaIndex';
import { namesBack, schemasAbout, type Received } from './received';
import { legalName, namesIn, sentNames, sentSchema } from './sentSchema';

/** A schema as the parameters of a tool that Claude accepts. */
export interface SentForm {
	/** In draft 2020-12, with an object at the top whatever the schema is. For sending only. */
	schema: JsonSchema;
	/** Converts a model's arguments back to what the schema itself describes. */
	receive(args: unknown, numbers?: SourceNumbers): Received;
	/** The author's name for one that was sent, for example on the path to a list. */
	ownName(sent: PropertyKey): PropertyKey;
	/** Why the schema cannot be sent; missing if it can. */
	problem?: string;
}

/** The one form in which a schema is sent. Validation always uses the schema itself. */
export const sentForm = perObject((schema: JsonSchema): SentForm => {
	const index = indexSchema(schema, '2020-12');
	const names = sentNames(index.places.map((place) => place.schema));
	const ownNames = new Map([...names].map(([own, sent]) => [sent, own]));
	const about = schemasAbout(index);
	const back = namesBack(schema, { about, names });
	const wrapper = isPlainObject(schema) ? undefined : wrapperFor([...about(schema)]);
	const at = wrapper === undefined ? [] : ['properties', wrapper];
	const { body, defs } = sentSchema(schema, { index, names }, at);
	const top =
		wrapper === undefined
			? // OpenAI, and gateways that validate as it does, require `properties` even without properties.
				{ properties: {}, ...body, type: 'object' }
			: { type: 'object', properties: { [wrapper]: body }, required: [wrapper] };
	const sent = Object.keys(defs).length > 0 ? { ...top, $defs: defs } : top;
	const problem = problemOf(index, sent);
	return {
		schema: sent,
		receive: (args, numbers) => {
			const inner = wrapper === undefined ? undefined : unwrapped(args, wrapper, numbers);
			return inner ? back(inner.value, inner.numbers) : back(args, numbers);
		},
		ownName: (sent) => ownNames.get(String(sent)) ?? sent,
		...(problem === undefined ? {} : { problem }),
	};
});

function problemOf({ places, targets }: SchemaIndex, sent: JsonSchema): string | undefined {
	if (isTooDeep(sent)) return `its schema is ${TOO_DEEP}`;
	for (const { schema, path } of places) {
		const broken = targets.get(schema)?.find(({ target }) => !isSchema(target));
		if (broken)
			return `"${broken.keyword}": "${broken.ref}" at ${path || 'its top'} leads to no schema`;
	}
	return undefined;
}

function isSchema(value: unknown): boolean {
	return isRecord(value) || typeof value === 'boolean';
}

/** Keywords that Claude does not allow at the top of a tool's schema. */
const NOT_AT_TOP = ['$ref', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const'];
const REFERENCES = ['$dynamicRef', '$recursiveRef'];

function isPlainObject(schema: JsonSchema): boolean {
	const isObject =
		schema.type === 'object' || (schema.type === undefined && 'properties' in schema);
	return isObject && ![...NOT_AT_TOP, ...REFERENCES].some((key) => key in schema);
}

/** A name that the value itself cannot have. */
function wrapperFor(schemas: readonly JsonSchema[]): string {
	const taken = new Set(schemas.flatMap(namesIn));
	return (
		['value', 'input', 'wrapped'].find((name) => !taken.has(name)) ?? legalName('value', taken)
	);
}

/** The value in the wrapper, or the arguments themselves if the model has left it out. */
function unwrapped(
	args: unknown,
	wrapper: string,
	numbers: SourceNumbers | undefined,
): Received | undefined {
	if (!isRecord(args) || Object.keys(args).length !== 1 || !(wrapper in args)) return undefined;
	const value = args[wrapper];
	if (!numbers) return { value };
	const own = numbers.literalOf(args, wrapper);
	const literalOf: SourceNumbers['literalOf'] = (holder, key) =>
		numbers.literalOf(holder, key) ?? (key === '' ? own : undefined);
	return { value, numbers: { ...numbers, literalOf } };
}
