import { bundled, killedLoop } from './killed';

test('killed at 30 random moments, a loop ends right, and nothing that has ended runs twice', async () => {
	const { program, remove } = bundled();
	let kills = 0;
	while (kills < 30) {
		const survived = await killedLoop(program, Math.min(6, 30 - kills));
		expect(survived.faults).toEqual([]);
		kills += Math.max(1, survived.kills);
	}
	remove();
}, 240_000);
