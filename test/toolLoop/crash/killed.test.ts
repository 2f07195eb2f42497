import { isWholeSweep } from '../../support/sweep';
import { KINDS } from './kinds';
import { bundled, killedLoop } from './killed';

const { program, remove } = bundled();
afterAll(remove);

const KILLS = isWholeSweep ? 10 : 4;

test.each(KINDS)(
	`%s: killed at ${KILLS} random moments, a loop ends right, and nothing that has ended runs twice`,
	async (kind) => {
		let kills = 0;
		while (kills < KILLS) {
			const survived = await killedLoop(program, kind, Math.min(5, KILLS - kills));
			expect(survived.faults).toEqual([]);
			kills += Math.max(1, survived.kills);
		}
	},
	240_000,
);
