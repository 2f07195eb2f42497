import fc from 'fast-check';
import { plainChunk, readChunk } from '../../core/wire/completion';
import { casesOf } from '../support/sweep';

/** What is read the short way says what it says the long way, which a member beside it takes. */

const often = <Value>(usual: fc.Arbitrary<Value>, other: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: other });
const name = often(fc.string(), fc.constantFrom(null, 7, undefined));
const delta = fc.record(
	{
		role: fc.constantFrom('assistant', null),
		content: often(fc.string(), fc.constantFrom(null, [{ text: 'a' }])),
		refusal: fc.constantFrom(null, 'no'),
	},
	{ requiredKeys: ['content'] },
);
const choice = fc.record(
	{
		...{ index: fc.nat(1), logprobs: fc.constant(null), text: fc.constant('b') },
		delta: often(delta, fc.constant(null)),
		finish_reason: often(fc.constant(null), fc.constantFrom('stop', '')),
	},
	{ requiredKeys: ['delta'] },
);
const chunks = fc.record(
	{
		...{ id: name, object: name, model: name, usage: fc.constantFrom(null, { total_tokens: 3 }) },
		choices: fc.array(choice, { maxLength: 2 }),
	},
	{ requiredKeys: ['choices'] },
);

test('a piece of text is read the same in both ways', () => {
	let short = 0;
	fc.assert(
		fc.property(chunks, (chunk) => {
			const plain = plainChunk(chunk);
			if (!plain) return;
			short += 1;
			const choices = chunk.choices.map((choice) => ({ ...choice, beside: 1 }));
			expect(plain).toEqual(readChunk({ ...chunk, choices }));
		}),
		{ numRuns: casesOf(5_000), seed: 1 },
	);
	expect(short).toBeGreaterThan(5);
});
