import { KEY, openGateway } from './openGateway';
import { runNode, type NodeRun } from './runNode';

interface Opening extends Pick<NodeRun, 'type'> {
	/** What every run of the node has, unless it sets it otherwise. */
	base: Record<string, unknown>;
	/** For `openGateway`: a script, and options of the client. */
	gateway: Parameters<typeof openGateway>;
}

/** A gateway, and one of the package's nodes in n8n's engine on it. */
export async function openNode({ type, base, gateway }: Opening) {
	const opened = await openGateway(...gateway);
	const credential = { apiKey: KEY, baseUrl: opened.gateway.url };
	const run = (parameters: Record<string, unknown>, rest: Partial<NodeRun> = {}) =>
		runNode(credential, { type, parameters: { ...base, ...parameters }, ...rest });
	return { ...opened, run };
}
