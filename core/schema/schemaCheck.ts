import { format, Validator, type OutputUnit } from '@cfworker/json-schema';
import { TokenHubError, type Failure } from '../errors';
import { messageOf } from '../messageOf';
import { brokenRefs } from './brokenRefs';
import { contradictions } from './contradictions';
import type { JsonSchema } from './jsonSchema';
import { keywordProblems } from './reading/keywordProblems';
import { modernized } from './reading/modernized';
import { quickCheck } from './quickCheck';
import { withStaticRefs } from './withStaticRefs';
import { withValues } from './withValues';

/** What is wrong with a value; empty when it is valid. */
type SchemaCheck = (value: unknown) => Failure[];

// The validator looks formats up by whatever name a schema gives: `hasOwnProperty` is none.
Object.setPrototypeOf(format, null);

/**
 * Compiles a JSON Schema for checking.
 * @throws TokenHubError `badConfig` with the path of what is no schema: a wrong keyword value, a
 *   `$ref` that leads nowhere or leaves the document, keywords that exclude each other.
 */
export function schemaCheck(given: JsonSchema, name = 'The JSON Schema'): SchemaCheck {
	const { schema } = modernized(given);
	refuse(keywordProblems(schema), name);
	const own = withStaticRefs(schema, name);
	refuse(brokenRefs(own), name);
	refuse(contradictions(schema, dialectOf(schema)).refused, name);
	const validator = new Validator(own, dialectOf(schema), false);
	const isPlainlyValid = quickCheck(own);
	return (value) => {
		if (isPlainlyValid?.(value)) return [];
		try {
			return withValues(toFailures(validator.validate(value).errors), value);
		} catch (thrown) {
			// Too deep, or a key that is no valid text: no reason to lose what was paid for.
			return [{ path: '', message: `it cannot be checked: ${messageOf(thrown)}` }];
		}
	};
}

/** Parts of a schema that no value can meet, which cost nothing as long as they are optional. */
export function unmetParts(schema: JsonSchema): Failure[] {
	return contradictions(schema, dialectOf(schema)).unmet;
}

function refuse(problems: Failure[], name: string): void {
	const [first] = problems;
	if (!first) return;
	const message = `${name} is not valid at ${first.path || 'its top level'}: ${first.message}`;
	throw new TokenHubError('badConfig', message, { failures: problems });
}

function dialectOf({ $schema }: JsonSchema): '7' | '2019-09' | '2020-12' {
	if (typeof $schema !== 'string') return '2020-12';
	if ($schema.includes('draft-07')) return '7';
	return $schema.includes('2019-09') ? '2019-09' : '2020-12';
}

/** Keywords that only pass on what is said more exactly by the units below them. */
const CONTAINERS = new Set(['properties', 'items', 'prefixItems', 'allOf', '$ref', 'then', 'else']);
CONTAINERS.add('patternProperties').add('additionalProperties').add('dependentSchemas');

/** The validator's own words speak of a boolean schema. */
const NOT_ALLOWED = 'the schema does not allow this here: leave it out';

function toFailures(units: readonly OutputUnit[]): Failure[] {
	const exact = units.filter((unit) => !CONTAINERS.has(unit.keyword));
	return (exact.length > 0 ? exact : units).map((unit) => ({
		path: decodeURIComponent(unit.instanceLocation.replace(/^#/, '')),
		message: unit.keyword === 'false' ? NOT_ALLOWED : unit.error,
		code: unit.keyword,
	}));
}
