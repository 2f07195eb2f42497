import { z } from 'zod/v4';
import { ReflectionType, type DeclarationReflection, type ProjectReflection } from 'typedoc';
import { chatRequestSchema } from '../../core/chat/chatRequest';
import { clientOptionsSchema } from '../../core/client/clientConfig';
import { extractRequestSchema } from '../../core/extract/extractRequest';
import { loopRequestSchema } from '../../core/toolLoop/loopRequest';

const SCHEMAS = new Map<string, z.ZodType>([
	['ChatRequest', chatRequestSchema],
	['ClientOptions', clientOptionsSchema],
	['ExtractRequest', extractRequestSchema],
	['ToolLoopRequest', loopRequestSchema],
]);

interface Facts {
	default?: unknown;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
	properties?: Record<string, Facts>;
}

const propertySchema: z.ZodType<Facts> = z.object({
	default: z.unknown(),
	minimum: z.number().optional(),
	maximum: z.number().optional(),
	exclusiveMinimum: z.number().optional(),
	properties: z.lazy(() => z.record(z.string(), propertySchema)).optional(),
});

/** Adds to each option what its zod schema says: the default and the limits. */
export function addSchemaFacts(project: ProjectReflection): void {
	for (const own of project.children ?? []) {
		const schema = SCHEMAS.get(own.name);
		const json = schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
		addToMembers(own, propertySchema.parse(json ?? {}));
	}
}

function addToMembers(own: DeclarationReflection, { properties }: Facts): void {
	for (const option of own.children ?? []) {
		addFacts(option, properties?.[option.name] ?? {});
		const { type } = option;
		if (type instanceof ReflectionType) {
			addToMembers(type.declaration, properties?.[option.name] ?? {});
		}
	}
}

function addFacts(option: DeclarationReflection, facts: Facts): void {
	// TypeDoc shows parts of the schema as defaults.
	option.defaultValue = facts.default === undefined ? undefined : JSON.stringify(facts.default);
	const words = limitWords(facts);
	if (words !== '') option.comment?.summary.push({ kind: 'text', text: ` ${words}` });
}

function limitWords({ minimum, maximum, exclusiveMinimum }: Facts): string {
	const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
	if (exclusiveMinimum !== undefined) return `More than ${exclusiveMinimum}.`;
	if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return '';
	return most === undefined ? `At least ${minimum}.` : `From ${minimum} to ${most}.`;
}
