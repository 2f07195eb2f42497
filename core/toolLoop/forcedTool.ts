import { TokenHubError } from '../errors';
import type { LoopRequest } from './loopRequest';
import { offeredName, type SetAside } from './offeredTools';
import type { Tool } from './tool';

/**
 * @throws TokenHubError `badConfig` for a forced tool that is not there or cannot be sent, and where none
 *   of the tools can be.
 */
export function assertForcedTool(
	{ toolChoice }: LoopRequest,
	tools: Map<string, Tool>,
	setAside: readonly SetAside[],
): void {
	const words = setAside.map((one) => one.words).join(' ');
	if (tools.size === 0 && setAside.length > 0) {
		throw new TokenHubError('badConfig', `None of the tools can be sent. ${words}`);
	}
	if (typeof toolChoice !== 'object' || offeredName(tools, toolChoice.name)) return;
	const forced = setAside.find(({ name }) => name === toolChoice.name);
	if (forced) {
		throw new TokenHubError(
			'badConfig',
			`Tool choice names a tool that cannot be sent. ${forced.words}`,
		);
	}
	const known = [...tools.values()].map(({ name }) => name).join(', ');
	throw new TokenHubError(
		'badConfig',
		`Tool choice names "${toolChoice.name}", which is not a tool.`,
		{
			hint: known
				? `Choose auto, required, or one of the tools: ${known}.`
				: 'There are no tools: add one, or choose auto.',
		},
	);
}
