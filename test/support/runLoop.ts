import type { Script } from '../../gateway';
import { openNode } from './openNode';
import type { NodeRun } from './runNode';

const base = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	prompt: 'Go',
	maxTokens: 1024,
	tools: {},
	options: {},
};

/** A gateway with a script, and the Tool Call Loop node in n8n's engine on it. */
export async function openLoop(script: Script) {
	const opened = await openNode({ type: 'tokenHubToolCallLoop', base, gateway: [script] });
	const run = ({ parameters = {}, ...rest }: Partial<NodeRun> = {}) => opened.run(parameters, rest);
	return { ...opened, run };
}
