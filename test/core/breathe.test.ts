import { breathe } from '../../core/lib/async';
import { countTurns } from '../support/countTurns';

test('who asks while a turn is under way waits for a whole one', async () => {
	const [turnsOfFirst, turnsOfLate] = [countTurns(), countTurns()];
	const [first, late] = await Promise.all([
		breathe().then(turnsOfFirst),
		breathe().then(turnsOfLate),
	]);
	expect(late).toBeGreaterThan(first);
});

test('one after the other each takes its turn', async () => {
	const turns = countTurns();
	for (let n = 0; n < 10; n += 1) await breathe();
	expect(turns()).toBeGreaterThanOrEqual(9);
});

test('a thousand who ask at once share two turns, time and again, and nobody is forgotten', async () => {
	const turns = countTurns();
	await Promise.all(Array.from({ length: 1_000 }, breathe));
	await Promise.all(Array.from({ length: 1_000 }, breathe));
	expect(turns()).toBeLessThanOrEqual(4);
});
