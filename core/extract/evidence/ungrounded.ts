import type { Failure } from '../../errors';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { own } from '../../own';
import type { JsonSchema } from '../../schema/jsonSchema';
import { withValues } from '../../schema/checked';
import { inOneGo, type Steps } from '../../read/inSteps';
import { resolveSchema } from '../resolveSchema';
import { candidates } from './candidates';
import { openSource } from './source';

interface Check {
	text: string;
	schema: JsonSchema;
	/** The lowest score that counts, over 0 to 1. */
	minEvidence: number;
}

/**
 * Required values that the text does not say. What is chosen rather than read has no words to be
 * found: booleans, nulls and values of an `enum` or `const` are left out.
 */
export function ungrounded(value: unknown, check: Check): Failure[] {
	return inOneGo(groundingSteps(value, check));
}

export function* groundingSteps(
	value: unknown,
	{ text, schema, minEvidence }: Check,
): Steps<Failure[]> {
	const required = requiredLeaves(value, schema, { root: schema, path: [], isRequired: true });
	const source = yield* openSource(text);
	const failures: Failure[] = [];
	for (const { path, leaf } of required) {
		const [best] = yield* candidates(source, leaf);
		if ((best?.score ?? 0) >= minEvidence) continue;
		failures.push({
			path: jsonPointer(path),
			message: 'the text does not say this',
			code: 'ungrounded',
		});
	}
	return withValues(failures, value);
}

interface RequiredLeaf {
	path: PropertyKey[];
	leaf: string | number;
}

interface Place {
	root: JsonSchema;
	path: PropertyKey[];
	isRequired: boolean;
}

function requiredLeaves(value: unknown, wanted: unknown, place: Place): RequiredLeaf[] {
	const schema = resolveSchema(wanted, place.root) ?? {};
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) =>
			requiredLeaves(entry, schema.items, { ...place, path: [...place.path, index] }),
		);
	}
	if (isRecord(value)) {
		const properties = isRecord(schema.properties) ? schema.properties : {};
		const required = Array.isArray(schema.required) ? schema.required : [];
		return Object.entries(value).flatMap(([key, entry]) => {
			const isRequired = required.includes(key);
			return requiredLeaves(entry, own(properties, key), {
				...place,
				...{ path: [...place.path, key], isRequired },
			});
		});
	}
	const isRead = (typeof value === 'string' && value !== '') || typeof value === 'number';
	const isChosen = 'enum' in schema || 'const' in schema;
	return isRead && !isChosen && place.isRequired ? [{ path: place.path, leaf: value }] : [];
}
