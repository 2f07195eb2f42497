import { KINDS } from './kinds';
import { bundled, killedLoop } from './killed';

const { program, remove } = bundled();
afterAll(remove);

test.each(KINDS)(
	'%s: killed at 10 random moments, a loop ends right, and nothing that has ended runs twice',
	async (kind) => {
		let kills = 0;
		while (kills < 10) {
			const survived = await killedLoop(program, kind, Math.min(5, 10 - kills));
			expect(survived.faults).toEqual([]);
			kills += Math.max(1, survived.kills);
		}
	},
	240_000,
);
