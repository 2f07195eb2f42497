import { TokenHubError } from '../../errors';
import { callersAnswer } from '../callersAnswer';
import type { LoopRun } from '../loopRun';
import { turnState } from './turnState';

/** Whether the caller ends the loop after a turn. @throws TokenHubError `badConfig`, `cancelled` */
export async function isStopped(run: LoopRun): Promise<boolean> {
	const { stopWhen } = run.request;
	if (!stopWhen || run.iterations === 0) return false;
	const given = await callersAnswer(run, 'stopWhen', () => stopWhen(turnState(run)));
	if (typeof given === 'boolean' || given === undefined) return given === true;
	throw new TokenHubError('badConfig', 'stopWhen must give true or false.');
}
