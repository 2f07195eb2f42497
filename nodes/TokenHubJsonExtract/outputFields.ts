import type { Attempt } from '../../core/extract/attempt';
import type { ExtractResult } from '../../core/extract/extract';
import type { Mark } from '../../core/evaluate/score';
import type { Scored } from './run';
import { spendingFields, type OutputField, type Under } from '../shared/run/output';

type Key =
	| keyof ExtractResult
	| Under<'attempts[].', Attempt>
	| 'text'
	| keyof Scored
	| Under<'differences[].', Mark>;

/** The keys of a successful item. The compiler and a test compare them with the actual output. */
export const outputFields = {
	output: {
		type: 'any',
		text: 'The value, valid against the schema. With Output Mode Merge, its fields are next to those of the input instead; with Items, it is one entry of the list',
	},
	stage: {
		type: 'text',
		text: 'Which attempt gave it: `tool`, `json`, `repair` or `escalation`',
	},
	attempts: { type: 'list of objects', text: 'Every answer that was requested' },
	'attempts[].model': { type: 'text', text: 'The model that gave it' },
	'attempts[].stage': { type: 'text', text: 'Its stage' },
	'attempts[].failures': {
		type: 'list of objects',
		text: 'What was invalid: `path`, `message`, `code`, `value`',
		when: 'it was not valid',
	},
	'attempts[].usage': { type: 'object', text: 'Its tokens' },
	'attempts[].costUsd': { type: 'number or null', text: 'US dollars' },
	'attempts[].reportedCostUsd': {
		type: 'number',
		text: "US dollars by the gateway's own account",
		when: 'the gateway gives one',
	},
	'attempts[].estimated': {
		type: 'object',
		text: 'What limits count of it',
		when: 'it did not say how many tokens it used',
	},
	'attempts[].requests': { type: 'number', text: 'HTTP calls that succeeded' },
	'attempts[].retries': { type: 'number', text: 'HTTP calls that were retried' },
	'attempts[].fallbacks': {
		type: 'list of objects',
		text: 'Models that failed before this one answered',
		when: 'there were any',
	},
	warnings: { type: 'list of texts', text: 'What was read leniently in the answer' },
	evidence: {
		type: 'object',
		text: 'By JSON pointer of each value: `{ start, end, quote, score }`, or null if the text does not contain it',
		when: 'Evidence is on',
	},
	text: {
		type: 'text',
		text: 'The whole text that was read, to which evidence refers',
		when: 'Evidence is on and a PDF was read',
	},
	confidence: {
		type: 'object',
		text: 'By JSON pointer of each value: its confidence, from 0 to 1',
		when: 'Samples is above 1',
	},
	needsReview: {
		type: 'boolean',
		text: 'Whether a person should review it: the confidence of a value is below 0.75, or the answers have different numbers of entries',
		when: 'Samples is above 1',
	},
	score: {
		type: 'number',
		text: 'How much of the whole result is as expected, from 0 to 1 (F1); 1 if all of it is',
		when: 'Expected is set',
	},
	differences: {
		type: 'list of objects',
		text: 'Every value that differs from the expected one',
		when: 'Expected is set',
	},
	'differences[].verdict': { type: 'text', text: '`wrong`, `missing` or `extra`' },
	'differences[].path': {
		type: 'text',
		text: 'JSON pointer of the expected value, or of the extra value',
	},
	'differences[].field': { type: 'text', text: 'The same with `*` for each position in a list' },
	'differences[].expected': { type: 'any', text: 'What should be there', when: 'something should' },
	'differences[].actual': { type: 'any', text: 'What is there', when: 'something is' },
	'differences[].given': {
		type: 'text',
		text: 'JSON pointer of the value that is there',
		when: 'something is',
	},
	...spendingFields,
} satisfies Record<Key, OutputField>;
