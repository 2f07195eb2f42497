import { isRecord } from '../../../core/isRecord';

/**
 * n8n's AI Agent Tool runs its tools itself where it is a sub-agent, and asks the engine for them where it
 * is not: it looks for `getExecuteData` in its context. In n8n 2.41 both have it, so that a sub-agent with
 * tools fails in every tool call, "A connected tool returned an engine request". Here it does not see it.
 */
export function withSubAgents(nodeTypes: unknown): unknown {
	if (!isRecord(nodeTypes)) return nodeTypes;
	const { getByNameAndVersion: find } = nodeTypes;
	if (!isCallable(find)) return nodeTypes;
	const value = (type: unknown, ...rest: unknown[]): unknown => {
		const found = find.call(nodeTypes, type, ...rest);
		return AGENT_TOOL.test(String(type)) ? asSubAgent(found) : found;
	};
	return Object.create(nodeTypes, { getByNameAndVersion: { value } });
}

const AGENT_TOOL = /\.agentTool$/;

function asSubAgent(nodeType: unknown): unknown {
	if (!isRecord(nodeType)) return nodeType;
	const { execute: run } = nodeType;
	if (!isCallable(run)) return nodeType;
	const execute: Callable = function (...given) {
		return run.call(isRecord(this) ? new Proxy(this, UNSEEN) : this, ...given);
	};
	return Object.create(nodeType, { execute: { value: execute } });
}

const UNSEEN: ProxyHandler<object> = {
	has: (target, key) => key !== 'getExecuteData' && Reflect.has(target, key),
};

type Callable = (this: unknown, ...given: unknown[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';
