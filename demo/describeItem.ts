import type { INodeExecutionData } from 'n8n-workflow';

/** Facts about the call, which have columns of their own or are for machines. */
const ASIDE = new Set([
	...['model', 'usage', 'costUsd', 'requests', 'retries', 'latencyMs'],
	...['id', 'finishReason', 'toolCalls', 'raw'],
	...['stopReason', 'iterations', 'steps', 'messages'],
	...['stage', 'attempts', 'warnings', 'evidence'],
]);

const LONGEST = 320;

/** One item in a line or two, for people. */
export function describeItem({ json }: INodeExecutionData): string {
	const { error, text, output } = json;
	if (error !== undefined) return brief(`failed: ${describe(json.message ?? error)}`);
	const rest = Object.entries(json).filter(([key]) => !ASIDE.has(key));
	return brief(describe(text ?? output ?? Object.fromEntries(rest))) || '(nothing)';
}

/** On one line, which the table then wraps, and not too long. */
export function brief(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function describe(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return String(value);
	if (Array.isArray(value)) return value.map(describeInner).join('; ');
	return Object.entries(value)
		.map(([key, inner]) => `${key}: ${describeInner(inner)}`)
		.join(', ');
}

/** Nested values keep their brackets, or nobody could tell where they end. */
function describeInner(value: unknown): string {
	if (Array.isArray(value)) return `[${describe(value)}]`;
	return typeof value === 'object' && value !== null ? `{${describe(value)}}` : describe(value);
}
