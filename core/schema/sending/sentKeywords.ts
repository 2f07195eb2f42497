import { isRecord } from '../../lib/isRecord';
import type { JsonSchema } from '../jsonSchema';
import { ownPattern } from '../reading/foreignPattern';
import { keywordProblem } from '../reading/keywordProblems';
import { KEYWORDS } from '../reading/keywords';
import { wellFormed } from '../../lib/text';

/** The forms of older drafts and of OpenAPI in the terms of draft 2020-12, without definitions. */
export function inNewWords(schema: JsonSchema): JsonSchema {
	const { items, additionalItems, dependencies, example, ...rest } = schema;
	const { definitions: _former, $defs: _defs, ...own } = rest;
	return {
		...own,
		...itemsOf(items, additionalItems, rest.prefixItems),
		...(isRecord(dependencies) ? dependents(dependencies, rest) : {}),
		...(example === undefined || rest.examples !== undefined ? {} : { examples: [example] }),
	};
}

/** The positions of a tuple come first, then its rest. */
function itemsOf(items: unknown, additionalItems: unknown, prefixItems: unknown): JsonSchema {
	if (!Array.isArray(items)) return items === undefined ? {} : { items };
	const rest = additionalItems === undefined ? {} : { items: additionalItems };
	return items.length === 0 || prefixItems !== undefined
		? rest
		: { ...rest, prefixItems: Array.from<unknown>(items) };
}

function dependents(dependencies: JsonSchema, { dependentRequired, dependentSchemas }: JsonSchema) {
	const entries = Object.entries(dependencies);
	const named = (own: unknown, others: typeof entries) => ({
		...Object.fromEntries(others),
		...(isRecord(own) ? own : {}),
	});
	const [lists, schemas] = [
		entries.filter(([, value]) => Array.isArray(value)),
		entries.filter(([, value]) => !Array.isArray(value)),
	];
	return {
		...(lists.length > 0 ? { dependentRequired: named(dependentRequired, lists) } : {}),
		...(schemas.length > 0 ? { dependentSchemas: named(dependentSchemas, schemas) } : {}),
	};
}

/** Annotations, which do not affect what is valid. */
const ANNOTATIONS: Record<string, (value: unknown) => boolean> = {
	title: (value) => typeof value === 'string',
	description: (value) => typeof value === 'string',
	contentEncoding: (value) => typeof value === 'string',
	contentMediaType: (value) => typeof value === 'string',
	examples: Array.isArray,
	deprecated: (value) => typeof value === 'boolean',
	readOnly: (value) => typeof value === 'boolean',
	writeOnly: (value) => typeof value === 'boolean',
	default: () => true,
	const: () => true,
};

/** Addresses are written as pointers instead. */
const ADDRESSES = /^\$/;
/** Keywords of other languages, which mean nothing to Claude. */
const FOREIGN = /^(?:x-|nullable$|discriminator$|xml$|externalDocs$|id$)/;

/** A keyword without a schema in it, as it is sent; undefined if it is left out. */
export function plainKeyword(keyword: string, value: unknown): unknown {
	const kind = KEYWORDS.get(keyword);
	if (ADDRESSES.test(keyword) || value === undefined) return undefined;
	if (kind === 'type') return typesOf(value);
	if (kind === 'pattern') return legalPattern(value);
	if (kind) return keywordProblem(kind, value, keyword) ? undefined : wellFormed(value);
	const fits = Object.hasOwn(ANNOTATIONS, keyword) ? ANNOTATIONS[keyword] : undefined;
	if (fits) return fits(value) ? wellFormed(value) : undefined;
	if (FOREIGN.test(keyword) || (typeof value === 'object' && value !== null)) return undefined;
	return wellFormed(value);
}

function typesOf(value: unknown): unknown {
	if (keywordProblem('type', value, 'type') !== undefined) return undefined;
	return Array.isArray(value) ? [...new Set(value)] : value;
}

/** A pattern that JSON Schema accepts, unchanged if possible. */
export function legalPattern(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const own = ownPattern(value.toWellFormed());
	return keywordProblem('pattern', own, 'pattern') === undefined ? own : undefined;
}
