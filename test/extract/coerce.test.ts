import { coerce, coerceSteps } from '../../core/extract/answer/coercion/coerce';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { boolean, listOf, number, objectOf, text } from './readableRow';

/** Choices within choices: each level tries both branches of the next one. */
const node = { $ref: '#/$defs/node' };
const choices = {
	...node,
	$defs: {
		node: { anyOf: [objectOf({ a: node }), objectOf({ a: node, b: text }), number] },
	},
};
const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) });

test('an answer of any length is read, and it is said when its choices are too many', () => {
	const long = Array.from({ length: 120_000 }, () => 'yes');
	const read = coerce(long, listOf(boolean));
	expect(read.failures).toEqual([]);
	expect(read.value).toEqual(long.map(() => true));
	const target = readTarget(choices);
	const answer = readAnswer(JSON.stringify(nested(24)), target);
	expect(answer.ok ? [] : answer.failures.map(({ code }) => code)).toContain('tooManyReadings');
});

test('others may run while a long list is read', () => {
	const rows = Array.from({ length: 2000 }, () => ({ n: '1,5' }));
	const steps = coerceSteps({ rows }, objectOf({ rows: listOf(objectOf({ n: number })) }), {});
	let pauses = 0;
	let step = steps.next();
	for (; !step.done; step = steps.next()) pauses += 1;
	expect(pauses).toBeGreaterThan(50);
	expect(step.value.value).toEqual({ rows: rows.map(() => ({ n: 1.5 })) });
});
