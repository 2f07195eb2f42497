import { defineTool } from '../../core';
import { readTarget } from '../../core/extract/targetSchema';
import * as contradictory from '../../core/schema/contradictions';
import * as translation from '../../core/schema/reading/modernized';

/** A large schema takes long to walk through: what is known of one comes from one reading. */

jest.mock('../../core/schema/reading/modernized', () => {
	const actual: typeof translation = jest.requireActual('../../core/schema/reading/modernized');
	return { ...actual, modernized: jest.fn(actual.modernized) };
});
jest.mock('../../core/schema/contradictions', () => {
	const actual: typeof contradictory = jest.requireActual('../../core/schema/contradictions');
	return { ...actual, contradictions: jest.fn(actual.contradictions) };
});

const schema = (name: string) => ({
	...{ type: 'object', properties: { [name]: { $ref: '#/definitions/a' } } },
	definitions: { a: { type: 'number', minimum: 2, maximum: 1 } },
});

test.each([
	[
		'a tool',
		() =>
			defineTool({ name: 'f', description: 'f', parameters: schema('tool'), execute: () => 1 })
				.warnings,
	],
	['an extraction', () => readTarget(schema('extraction')).warnings],
])('%s', (_name, warningsOf) => {
	jest.clearAllMocks();
	expect(warningsOf()).toEqual([expect.stringMatching(/can never be met/)]);
	expect(translation.modernized).toHaveBeenCalledTimes(1);
	expect(contradictory.contradictions).toHaveBeenCalledTimes(1);
});
