import { messageOf } from '../../messageOf';
import { callersAnswer } from '../callersAnswer';
import type { LoopRun } from '../loopRun';
import type { Tool } from '../tool';

/**
 * Whether a person has to approve a call with these arguments. Of a function, only a clear no lets it
 * run: not one that fails, takes too long or gives something else.
 */
export async function mustAsk(
	run: Parameters<typeof callersAnswer>[0] & Pick<LoopRun, 'warnings'>,
	{ name, needsApproval }: Tool,
	args: unknown,
): Promise<boolean> {
	if (typeof needsApproval !== 'function') return needsApproval === true;
	const title = `needsApproval of the tool "${name}"`;
	try {
		const given: unknown = await callersAnswer(run, title, () => needsApproval(args));
		return given !== false;
	} catch (error) {
		run.warnings.push(`A person is asked: ${messageOf(error)}`);
		return true;
	}
}
