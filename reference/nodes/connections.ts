import type { INodeTypeDescription } from 'n8n-workflow';
import { code } from '../markdown';

type Ends = INodeTypeDescription['inputs'] | INodeTypeDescription['outputs'];

/** The inputs and outputs of a node, one line each. */
export function connections({ inputs, outputs, outputNames }: INodeTypeDescription): string {
	const lines = [...ends('Input', inputs), ...ends('Output', outputs, outputNames)];
	return lines.map((line) => `- ${line}`).join('\n');
}

function ends(side: string, list: Ends, names: readonly string[] = []): string[] {
	if (typeof list === 'string') return [];
	return list.map((end, index) => {
		const { type, displayName = names[index] } = typeof end === 'string' ? { type: end } : end;
		const named = displayName === undefined ? side : `${side} **${displayName}**`;
		return [`${named}, ${code(type)}`, ...limits(end)].join(', ');
	});
}

function limits(end: string | object): string[] {
	if (typeof end === 'string') return [];
	const isOptional = 'required' in end && end.required === false;
	const isSingle = 'maxConnections' in end && end.maxConnections === 1;
	return [...(isOptional ? ['optional'] : []), ...(isSingle ? ['at most one'] : [])];
}
