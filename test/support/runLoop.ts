import type { Script } from '../../gateway';
import { KEY, openGateway } from './openGateway';
import { runNode, type NodeRun } from './runNode';

const parameters = {
	model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
	prompt: 'Go',
	maxTokens: 1024,
	tools: {},
	options: {},
};

/** A gateway with a script, and the Tool Call Loop node in n8n's engine on it. */
export async function openLoop(script: Script) {
	const opened = await openGateway(script);
	const credential = { apiKey: KEY, baseUrl: opened.gateway.url };
	const run = ({ parameters: set, ...rest }: Partial<NodeRun> = {}) =>
		runNode(credential, {
			...rest,
			type: 'tokenHubToolCallLoop',
			parameters: { ...parameters, ...set },
		});
	return { ...opened, run };
}
