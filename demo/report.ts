import Table from 'cli-table3';
import type { INodeExecutionData } from 'n8n-workflow';
import type { RunResult } from './engine';
import type { Endpoint } from './openEndpoint';
import { counted, type Paint, seconds, usd } from './screen';
import { addPaid, nothingPaid, type Paid } from './spending';

/** The result of one workflow. */
export interface Outcome {
	file: string;
	name: string;
	result: RunResult;
	items: INodeExecutionData[];
	paid: Paid;
}

const SHOWN_ITEMS = 3;
/** A narrower terminal gets all figures in one column. */
const WIDE = 130;

const WIDE_HEAD = [
	'workflow',
	'result',
	'what came out',
	'model',
	'requests',
	'tokens',
	'cost',
	'time',
];
const NARROW_HEAD = ['workflow', 'what came out', 'spent'];

/** The table of all workflows. */
export function report(outcomes: Outcome[], columns: number, paint: Paint): string {
	const wide = columns >= WIDE;
	const fixed = wide ? [20, 8, 0, 20, 10, 12, 11, 9] : [19, 0, 22];
	const borders = fixed.length + 1;
	const left = Math.max(14, columns - borders - fixed.reduce((sum, width) => sum + width, 0));
	const table = new Table({
		head: (wide ? WIDE_HEAD : NARROW_HEAD).map((title) => paint('bold', title)),
		colWidths: fixed.map((width) => width || left),
		wordWrap: true,
		// The table's own colours ignore NO_COLOR and are written even without a terminal.
		style: { head: [], border: [] },
	});
	table.push(...outcomes.map((outcome) => (wide ? wideRow : narrowRow)(outcome, paint)));
	return table.toString();
}

function wideRow(outcome: Outcome, paint: Paint): string[] {
	const { name, paid, result } = outcome;
	return [
		name,
		verdict(outcome, paint),
		cameOutOf(outcome),
		modelsOf(outcome),
		String(paid.requests),
		`${paid.usage.promptTokens} in\n${paid.usage.completionTokens} out`,
		usd(paid.costUsd),
		seconds(result.ms),
	];
}

function narrowRow(outcome: Outcome, paint: Paint): string[] {
	const { name, paid, result } = outcome;
	const figures = [
		modelsOf(outcome),
		counted(paid.requests, 'request'),
		`${paid.usage.promptTokens} in, ${paid.usage.completionTokens} out`,
		usd(paid.costUsd),
		seconds(result.ms),
	];
	return [`${name}\n${verdict(outcome, paint)}`, cameOutOf(outcome), figures.join('\n')];
}

function verdict({ result }: Outcome, paint: Paint): string {
	if (result.cancelled) return paint('red', 'stopped');
	return result.ok ? paint('green', 'ok') : paint('red', 'failed');
}

function modelsOf({ paid }: Outcome): string {
	return paid.models.map((model) => model.replace('anthropic/', '')).join('\n') || '-';
}

function cameOutOf({ items, result }: Outcome): string {
	if (result.error) return brief(`${result.error.node ?? 'error'}: ${result.error.message}`);
	const shown = items.slice(0, SHOWN_ITEMS).map(describeItem);
	const more = items.length - shown.length;
	if (more > 0) shown.push(`and ${counted(more, 'more item')}`);
	const numbered = items.length > 1 ? shown.map((text, i) => numberedItem(text, i)) : shown;
	return numbered.join('\n') || '(no items)';
}

function numberedItem(text: string, index: number): string {
	return index < SHOWN_ITEMS ? `${index + 1}. ${text}` : text;
}

/** Facts about the call: they have their own columns, or are meant for machines. */
const ASIDE = new Set([
	...['model', 'usage', 'costUsd', 'requests', 'retries', 'latencyMs'],
	...['id', 'finishReason', 'toolCalls', 'raw'],
	...['stopReason', 'iterations', 'steps', 'messages'],
	...['stage', 'attempts', 'warnings', 'evidence'],
]);

const LONGEST = 320;

/** One item for people, in a line or two. */
export function describeItem({ json }: INodeExecutionData): string {
	const { error, text, output } = json;
	if (error !== undefined) return brief(`failed: ${describe(json.message ?? error)}`);
	const rest = Object.entries(json).filter(([key]) => !ASIDE.has(key));
	return brief(describe(text ?? output ?? Object.fromEntries(rest))) || '(nothing)';
}

/** Puts it on one line, which the table then wraps, and shortens it. */
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

/** Nested values keep their brackets, which show where they end. */
function describeInner(value: unknown): string {
	if (Array.isArray(value)) return `[${describe(value)}]`;
	return typeof value === 'object' && value !== null ? `{${describe(value)}}` : describe(value);
}

/** Where it failed, why, and what to do, for each failed workflow. */
export function explainFailures(outcomes: Outcome[], paint: Paint): string[] {
	return outcomes.flatMap(({ name, result }) => {
		if (!result.error) return [];
		const { node, itemIndex, message, description } = result.error;
		const item = itemIndex === undefined ? '' : `, item ${itemIndex}`;
		const where = node === undefined ? '' : ` at node "${node}"${item}`;
		const hint = description ? [`  ${description}`] : [];
		return ['', paint('red', `${name} failed${where}:`), `  ${message}`, ...hint];
	});
}

export interface Timings {
	engineMs: number;
	endpointMs: number;
	workflowsMs: number;
}

/** The last lines: totals, who answered, and how long each part took. */
export function closing(outcomes: Outcome[], said: string, timings: Timings): string[] {
	const { usage, costUsd, requests } = outcomes.map((o) => o.paid).reduce(addPaid, nothingPaid());
	const failed = outcomes.filter(({ result }) => !result.ok).length;
	const totals = [
		`${counted(outcomes.length, 'workflow')}${failed > 0 ? `, ${failed} failed` : ', all ok'}`,
		counted(requests, 'request'),
		`${usage.promptTokens} tokens in, ${usage.completionTokens} out`,
		usd(costUsd),
	];
	const time = [
		`n8n engine ${seconds(timings.engineMs)}`,
		`endpoint ${seconds(timings.endpointMs)}`,
		`workflows ${seconds(timings.workflowsMs)}`,
	];
	return [
		'',
		`${totals.join(' · ')}.`,
		said,
		`Time: ${time.join(', ')}. Before that npm built the package: npm run build alone shows how long.`,
	];
}

/** For `--json`: the same facts for machines. */
export function jsonReport(outcomes: Outcome[], endpoint: Endpoint, timings: Timings): string {
	const workflows = outcomes.map(({ file, name, result, items, paid }) => ({
		...{ file, name, ok: result.ok, cancelled: result.cancelled, error: result.error },
		...{ items: items.map(({ json }) => json), ...paid, ms: result.ms },
	}));
	const { url, embedded } = endpoint;
	return JSON.stringify({ endpoint: { url, embedded }, workflows, timings }, undefined, 2);
}
